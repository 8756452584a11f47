// SPDX-License-Identifier: Apache-2.0
#include "read/one_script.h"

#include <array>
#include <utility>

#include "base/text.h"

namespace careo {
namespace {

/// Letters that look the same in both scripts.
constexpr std::array<std::pair<char32_t, char32_t>, 20> Twins = {
    {{U'A', U'А'}, {U'B', U'В'}, {U'C', U'С'}, {U'E', U'Е'}, {U'H', U'Н'}, {U'I', U'І'}, {U'K', U'К'},
     {U'M', U'М'}, {U'O', U'О'}, {U'P', U'Р'}, {U'T', U'Т'}, {U'X', U'Х'}, {U'a', U'а'}, {U'c', U'с'},
     {U'e', U'е'}, {U'i', U'і'}, {U'o', U'о'}, {U'p', U'р'}, {U'x', U'х'}, {U'y', U'у'}}};

char32_t twin_of(char32_t c) {
  for (const auto& [latin, cyrillic] : Twins) {
    if (c == latin) return cyrillic;
    if (c == cyrillic) return latin;
  }
  return 0;
}

bool is_latin(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xc0 && c <= 0x24f);
}
bool is_cyrillic(char32_t c) {
  return c >= 0x400 && c <= 0x52f;
}

std::string with_one_script(std::string_view line) {
  std::u32string text = utf32_of(line);
  std::size_t latin = 0;
  std::size_t cyrillic = 0;
  for (const char32_t c : text) {
    if (twin_of(c) != 0) continue;
    latin += is_latin(c) ? 1U : 0U;
    cyrillic += is_cyrillic(c) ? 1U : 0U;
  }
  if (latin == cyrillic) return std::string(line);
  const bool to_cyrillic = cyrillic > latin;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    bool twins = true;
    while (end < text.size() &&
           (is_latin(text[end]) || is_cyrillic(text[end]) || (text[end] >= '0' && text[end] <= '9'))) {
      twins = twins && twin_of(text[end]) != 0;
      ++end;
    }
    for (std::size_t i = begin; i < end && twins; ++i) {
      if (is_cyrillic(text[i]) != to_cyrillic) text[i] = twin_of(text[i]);
    }
    begin = end + 1;
  }
  return utf8_of(text);
}

}  // namespace

std::string with_one_script_a_line(std::string_view text) {
  std::string out;
  for (const std::string_view line : split(text, '\n')) {
    out += with_one_script(line);
    out += '\n';
  }
  out.pop_back();  // split() gives one piece more than there are line ends
  return out;
}

}  // namespace careo
