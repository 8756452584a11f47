// SPDX-License-Identifier: Apache-2.0
#include "reference/letters.h"

#include <unicode/uchar.h>

#include "base/text.h"

namespace careo {
namespace {

// Latin-1 letters from U+00C0 on, folded; 0 where the letter stays as it is, in lower case (ß, æ, ø, þ have no plain
// form of one letter).
constexpr std::string_view kLatin1 =
    "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0"
    "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y";

}  // namespace

char32_t fold_letter(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (c == 0x2019 || c == 0x02BC) return '\'';
  if (c >= 0xC0 && c <= 0xFF) {
    const char plain = kLatin1[c - 0xC0];
    if (plain != 0) return static_cast<char32_t>(plain);
    return c < 0xDF && c != 0xD7 ? c + 32 : c;
  }
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c == 0x401 || c == 0x451) return 0x435;  // Ё is written Е as often as not
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (c == 0xAA || c == 0xBA) return false;  // ª, º
  return (U_MASK(u_charType(static_cast<UChar32>(c))) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool is_upper(char32_t c) {
  return c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper(static_cast<UChar32>(c)) != 0;
}

std::string fold(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) append_utf8(&out, fold_letter(next_code_point(text, &at)));
  return out;
}

}  // namespace careo
