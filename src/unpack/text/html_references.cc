// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/html_references.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "unpack/text/html_entities.h"

namespace careo {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<char32_t> entity(std::string_view name) {
  const auto at = std::lower_bound(kHtmlEntities.begin(), kHtmlEntities.end(), name,
                                   [](const HtmlEntity& e, std::string_view n) { return e.name < n; });
  if (at == kHtmlEntities.end() || at->name != name) return std::nullopt;
  return at->code_point;
}

// HTML Standard, section 13.2.5.80: numbers 0x80 to 0x9F mean windows-1252, and some mean nothing.
char32_t numbered(char32_t code) {
  constexpr auto kWindows =
      std::to_array<char16_t>({0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                               0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                               0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178});
  if (code >= 0x80 && code <= 0x9F) return kWindows[code - 0x80];
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0xFFFD;
  return code;
}

}  // namespace

char32_t html_reference(std::string_view text, std::size_t* at) {
  std::size_t i = *at + 1;
  ++*at;
  if (i < text.size() && text[i] == '#') {
    ++i;
    const bool hexadecimal = i < text.size() && (text[i] == 'x' || text[i] == 'X');
    if (hexadecimal) ++i;
    char32_t code = 0;
    const std::size_t begin = i;
    for (; i < text.size() && i - begin < 10; ++i) {
      const char c = lower_ascii(text[i]);
      const bool digit = c >= '0' && c <= '9';
      if (!digit && !(hexadecimal && c >= 'a' && c <= 'f')) break;
      const auto value = static_cast<char32_t>(digit ? c - '0' : c - 'a' + 10);
      code = std::min<char32_t>(code * (hexadecimal ? 16 : 10) + value, 0x110000);
    }
    if (i == begin) return '&';
    *at = i < text.size() && text[i] == ';' ? i + 1 : i;
    return numbered(code);
  }
  constexpr std::size_t kLongestName = 12;
  std::size_t end = i;
  while (end < text.size() && end - i < kLongestName &&
         (is_letter(text[end]) || (text[end] >= '0' && text[end] <= '9')))
    ++end;
  const auto found = entity(text.substr(i, end - i));
  if (!found) return '&';
  *at = end < text.size() && text[end] == ';' ? end + 1 : end;
  return *found;
}

std::string resolve_references(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '&') {
      append_utf8(&out, html_reference(text, &at));
    } else {
      out.push_back(text[at++]);
    }
  }
  return out;
}

}  // namespace careo
