// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/false_text.h"

#include <cstddef>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::size_t kLeast = 40;
constexpr std::size_t kLeastLatin = 100;  // fewer letters may be all abbreviations

bool is_no_character(char32_t c) {
  return c == 0xFFFD || (c >= 0xE000 && c < 0xF900) || c >= 0xF0000 || c < 0x20 || (c >= 0x7F && c < 0xA0);
}
bool is_ascii_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_vowel(char32_t c) {
  return std::string_view("aeiouyAEIOUY").find(static_cast<char>(c)) != std::string_view::npos;
}
bool is_accented(char32_t c) {
  return c >= 0xC0 && c < 0x100;
}

}  // namespace

bool looks_false(std::string_view utf8) {
  std::size_t signs = 0;
  std::size_t none = 0;
  std::size_t plain = 0;
  std::size_t vowels = 0;
  std::size_t accented = 0;
  std::size_t other = 0;  // letters of other scripts, and every other sign
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_code_point(utf8, &at);
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xA0) continue;
    ++signs;
    none += is_no_character(c) ? 1 : 0;
    plain += is_ascii_letter(c) ? 1 : 0;
    vowels += is_ascii_letter(c) && is_vowel(c) ? 1 : 0;
    accented += is_accented(c) ? 1 : 0;
    other += c >= 0x100 ? 1 : 0;
  }
  if (signs < kLeast) return false;
  if (none * 10 > signs) return true;
  if (other < signs / 10 && accented >= kLeast && accented > plain * 2) return true;
  // Accented letters of Latin languages are vowels, nearly all. Writing has 35 to 50 vowels of 100 letters.
  const std::size_t letters = plain + accented;
  return other < signs / 10 && letters >= kLeastLatin && (vowels + accented) * 100 < letters * 24;
}

}  // namespace careo
