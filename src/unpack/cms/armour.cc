// SPDX-License-Identifier: Apache-2.0
#include "unpack/cms/armour.h"

#include <algorithm>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/cms/message.h"

namespace careo {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n";

/// Where the base64 of a text begins, and where it ends.
struct Body {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t next = 0;  ///< behind the line that ends it
  bool bare = false;     ///< without lines around it
};

std::optional<Body> body_of(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n", text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  if (first == kNone) return std::nullopt;
  if (!text.substr(first).starts_with("-----BEGIN ")) {
    const std::size_t end = std::min(text.find_first_not_of(kBase64, first), text.size());
    return Body{first, end, end, true};
  }
  const std::size_t line = text.find('\n', first);
  const std::string_view label = text.substr(first, std::min(line, text.size()) - first);
  const bool known = label.find("PKCS7") != kNone || label.find("CMS") != kNone || label.find("PKCS #7") != kNone;
  if (line == kNone || !known) return std::nullopt;
  const std::size_t end = std::min(text.find("-----END", line), text.size());
  return Body{line + 1, end, std::min(text.find('\n', end), text.size() - 1) + 1, false};
}

}  // namespace

bool begins_armoured_cms(Bytes head) {
  constexpr std::size_t kLooked = 512;
  const std::string_view text = text_of(slice(head, 0, kLooked));
  const auto body = body_of(text);
  if (!body) return false;
  if (body->bare && body->end < text.size()) return false;
  return begins_cms(decode_base64(slice(bytes_of(text), body->begin, body->end - body->begin)).bytes);
}

std::optional<Armour> undo_armour(Bytes text) {
  const auto body = body_of(text_of(text));
  if (!body) return std::nullopt;
  Decoded decoded = decode_base64(slice(text, body->begin, body->end - body->begin));
  return Armour{std::move(decoded.bytes), body->next, decoded.bad};
}

}  // namespace careo
