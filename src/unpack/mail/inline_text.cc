// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/inline_text.h"

#include <algorithm>

#include "base/text.h"

namespace careo {

bool is_inline_text(const MimePart& part, bool first) {
  if (part.kind != MimePart::Kind::Text || part.too_deep) return false;
  const std::string type = part.media_type();
  const bool readable = type == "text/plain" || type == "text/html" || type == "text" || part.type.type == "multipart";
  if (!readable || part.disposition.type == "attachment") return false;
  // A named text behind the first is a file that the program chose to show inline.
  return first || part.file_name().empty();
}

bool is_html(const MimePart& part) {
  return part.type.is("text", "html");
}

// A charset's name is short and plain; anything else is damage and says nothing.
std::string charset_hint(const MimePart& part) {
  constexpr std::size_t kLongest = 40;  // RFC 2978, section 2.3
  const std::string_view declared = trim(part.type.parameter("charset"));
  const bool plain = declared.size() <= kLongest &&
                     std::all_of(declared.begin(), declared.end(), [](char c) { return c > ' ' && c < 0x7F; });
  return plain ? lower_ascii(declared) : std::string();
}

// A mail that was saved as UTF-16, and is UTF-8 again, says so still.
std::string_view charset_of(const MimePart& part, Bytes decoded) {
  const std::string_view declared = part.type.parameter("charset");
  const std::string_view text = text_of(decoded);
  for (const std::string_view wide : {"utf-16", "utf16", "utf-32", "unicode", "ucs-", "iso-10646-ucs"})
    if (starts_with_ignoring_case(declared, wide) && text.find('\0') == text.npos && is_utf8(text)) return {};
  return declared;
}

// What an answer quotes begins with '>'.
bool holds_pgp(std::string_view text) {
  constexpr std::string_view kBegin = "\n-----BEGIN PGP MESSAGE-----";
  constexpr std::string_view kEnd = "\n-----END PGP MESSAGE-----";
  const std::size_t begin = text.starts_with(kBegin.substr(1)) ? 0 : text.find(kBegin);
  return begin != text.npos && text.find(kEnd, begin) != text.npos;
}

}  // namespace careo
