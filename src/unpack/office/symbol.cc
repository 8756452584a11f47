// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/symbol.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace careo {
namespace {

struct Sign {
  std::string_view font;
  unsigned code;
  std::string_view shown;
};

// As the fonts draw them; Word writes their codes in the private zone, F000 and up, or without it.
constexpr std::array kSigns = {
    Sign{"Wingdings", 0x4A, "☺"},   Sign{"Wingdings", 0x4C, "☹"},   Sign{"Wingdings", 0x6C, "●"},
    Sign{"Wingdings", 0x6E, "■"},   Sign{"Wingdings", 0x6F, "☐"},   Sign{"Wingdings", 0x71, "☐"},
    Sign{"Wingdings", 0x76, "❖"},   Sign{"Wingdings", 0x78, "☒"},   Sign{"Wingdings", 0xA7, "▪"},
    Sign{"Wingdings", 0xA8, "☐"},   Sign{"Wingdings", 0xD8, "➢"},   Sign{"Wingdings", 0xE0, "→"},
    Sign{"Wingdings", 0xFB, "✗"},   Sign{"Wingdings", 0xFC, "✓"},   Sign{"Wingdings", 0xFD, "☒"},
    Sign{"Wingdings", 0xFE, "☑"},   Sign{"Wingdings 2", 0x4F, "✗"}, Sign{"Wingdings 2", 0x50, "✓"},
    Sign{"Wingdings 2", 0x51, "☒"}, Sign{"Wingdings 2", 0x52, "☑"}, Sign{"Wingdings 2", 0x53, "☒"},
    Sign{"Wingdings 2", 0xA3, "☐"}, Sign{"Symbol", 0xA3, "≤"},      Sign{"Symbol", 0xB0, "°"},
    Sign{"Symbol", 0xB1, "±"},      Sign{"Symbol", 0xB3, "≥"},      Sign{"Symbol", 0xB4, "×"},
    Sign{"Symbol", 0xB7, "•"},      Sign{"Symbol", 0xB9, "≠"},      Sign{"Symbol", 0xD2, "®"},
    Sign{"Symbol", 0xD3, "©"},      Sign{"Symbol", 0xD4, "™"},
};

}  // namespace

std::string symbol_text(std::string_view font, std::string_view code) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), number, 16);
  if (error != std::errc() || end != code.data() + code.size()) return {};
  const unsigned in_font = number >= 0xF000 && number <= 0xF0FF ? number - 0xF000 : number;
  const auto sign = std::find_if(kSigns.begin(), kSigns.end(), [&](const Sign& each) {
    return each.code == in_font && equal_ignoring_case(each.font, font);
  });
  if (sign != kSigns.end()) return std::string(sign->shown);
  return "[" + std::string(font) + (font.empty() ? "" : " ") + std::string(code) + "]";
}

}  // namespace careo
