// SPDX-License-Identifier: Apache-2.0
// UTF-8 and small string work that no library of ours or others does more plainly.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// True when `text` is well-formed UTF-8 (Unicode 15, table 3-7: no surrogates, no overlong forms).
bool is_utf8(std::string_view text);

/// The text with every ill-formed sequence replaced by U+FFFD; `replaced` counts the replacements.
struct CleanText {
  std::string text;
  std::uint64_t replaced = 0;
};
CleanText clean_utf8(std::string_view text);

/// Decodes the code point at `*at` and moves `*at` behind it; U+FFFD and one byte forward where ill-formed.
/// REQUIRES: *at < text.size().
char32_t next_code_point(std::string_view text, std::size_t* at);
void append_utf8(std::string* out, char32_t code_point);
std::u32string utf32_of(std::string_view text);
std::string utf8_of(std::u32string_view text);

/// Count of Unicode code points, the unit of every text span in careo.
std::uint64_t code_points(std::string_view text);
/// The byte offset of code point number `index`; text.size() where it lies behind the end.
std::size_t offset_of_code_point(std::string_view text, std::uint64_t index);

char lower_ascii(char c);
std::string lower_ascii(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);  ///< ASCII letters only
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
std::string_view trim(std::string_view text);  ///< space, tab, CR, LF, FF, VT at both ends
std::vector<std::string_view> split(std::string_view text, char separator);

/// `text` fit for one line of a terminal: control characters and bidirectional overrides become visible escapes.
std::string printable(std::string_view text);

}  // namespace careo
