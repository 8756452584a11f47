// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/words.h"

#include <array>

#include "base/text.h"

namespace careo {
namespace {

constexpr char32_t Between = 0;    // parts words
constexpr char32_t Invisible = 1;  // stands within a word and is not seen

constexpr std::array<std::uint8_t, 128> Ascii = [] {
  std::array<std::uint8_t, 128> out{};
  for (char c = '0'; c <= '9'; ++c) out[static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(c);
  for (char c = 'a'; c <= 'z'; ++c) {
    out[static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(c);
    out[static_cast<std::size_t>(c - 'a' + 'A')] = static_cast<std::uint8_t>(c);
  }
  return out;
}();

bool is_in(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

/// A code point as words are compared, from U+0080 on.
char32_t folded(char32_t c) {
  if (c == 0xAD || is_in(c, 0x200B, 0x200F) || c == 0x2060 || c == 0xFEFF) return Invisible;
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA ? c : Between;
  if (is_in(c, 0x2000, 0x206F) || is_in(c, 0x3000, 0x3003) || is_in(c, 0x3008, 0x3011)) return Between;
  if (is_in(c, 0xC0, 0xDE) || is_in(c, 0x391, 0x3A9) || is_in(c, 0x410, 0x42F)) return c + 32;
  if (is_in(c, 0x400, 0x40F)) return c + 80;
  // Large and small in turn: the large one is even, in two runs odd.
  if (is_in(c, 0x100, 0x137) || is_in(c, 0x14A, 0x177) || is_in(c, 0x48A, 0x4BF) || is_in(c, 0x4D0, 0x52F))
    return c | 1U;
  if (is_in(c, 0x139, 0x148) || is_in(c, 0x179, 0x17E)) return (c + 1) & ~1U;
  return c;
}

bool is_ideograph(char32_t c) {
  return is_in(c, 0x3040, 0x9FFF) || is_in(c, 0xF900, 0xFAFF) || is_in(c, 0x20000, 0x3FFFF);
}

}  // namespace

std::optional<std::uint64_t> next_word(std::string_view text, std::size_t* at) {
  constexpr std::uint64_t Start = 0xCBF29CE484222325;  // FNV-1a, a code point at a time
  constexpr std::uint64_t Prime = 0x100000001B3;
  std::uint64_t hash = Start;
  while (*at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[*at]);
    std::size_t next = *at + 1;
    char32_t c = 0;
    if (byte < 0x80) {
      c = Ascii[byte];
    } else {
      next = *at;
      c = folded(next_code_point(text, &next));
    }
    const bool alone = is_ideograph(c);
    if (hash != Start && (c == Between || alone)) return hash;
    *at = next;
    if (c > Invisible) hash = (hash ^ c) * Prime;
    if (alone) return hash;
  }
  return hash != Start ? std::optional(hash) : std::nullopt;
}

}  // namespace careo
