// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/data_address.h"

#include <algorithm>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::string_view kScheme = "data:";
constexpr std::string_view kMark = ";base64,";
constexpr std::size_t kLongestType = 200;
constexpr std::size_t kFewestLetters = 1000;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
}

/// "image/png" of "image/png;name=a.png"; "" where none is declared.
std::string type_of(std::string_view parameters) {
  const std::string_view type = trim(parameters.substr(0, parameters.find(';')));
  const bool plain = type.find('/') != type.npos &&
                     std::all_of(type.begin(), type.end(), [](char c) { return c > ' ' && c < 0x7F && c != '"'; });
  return plain ? lower_ascii(type) : std::string();
}

}  // namespace

std::vector<DataAddress> find_data_addresses(Bytes page) {
  const std::string_view text = text_of(page);
  std::vector<DataAddress> out;
  for (std::size_t at = 0; (at = text.find(kScheme, at)) != text.npos;) {
    const std::size_t mark = text.substr(at, kLongestType).find(kMark);
    if (mark == text.npos) {
      at += kScheme.size();
      continue;
    }
    const std::size_t begin = text.rfind(kScheme, at + mark);  // words before it may say "metadata:"
    at += mark;
    DataAddress made;
    made.type = type_of(text.substr(begin + kScheme.size(), at - begin - kScheme.size()));
    made.begin = made.end = at + kMark.size();
    // Between marks of quotation the address may be folded.
    const char before = begin > 0 ? text[begin - 1] : ' ';
    const bool quoted = before == '"' || before == '\'' || before == '(';
    const auto folds = [&](char c) { return quoted && (c == '\r' || c == '\n' || c == '\t'); };
    while (made.end < text.size() && (is_letter(text[made.end]) || folds(text[made.end]))) ++made.end;
    at = made.end;
    if (made.end - made.begin >= kFewestLetters) out.push_back(std::move(made));
  }
  return out;
}

}  // namespace careo
