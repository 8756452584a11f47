// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/ebcdic.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace careo {
namespace {

constexpr std::size_t kLeast = 64;
constexpr std::size_t kSample = 4096;
constexpr std::uint8_t kBlank = 0x40;

constexpr bool in(std::uint8_t byte, std::uint8_t first, std::uint8_t last) {
  return byte >= first && byte <= last;
}

constexpr bool is_letter(std::uint8_t byte) {
  const auto low = static_cast<std::uint8_t>(byte | 0x40U);  // capitals stand 0x40 above small letters
  return byte >= 0x80 && (in(low, 0xC1, 0xC9) || in(low, 0xD1, 0xD9) || in(low, 0xE2, 0xE9));
}

constexpr bool is_end_of_line(std::uint8_t byte) {
  return byte == 0x0D || byte == 0x15 || byte == 0x25;
}

// What all three code pages agree on: . < ( + & $ * ) ; - / , % _ > ? : # @ ' = " and the tab.
constexpr std::string_view kMarks =
    "\x4B\x4C\x4D\x4E\x50\x5B\x5C\x5D\x5E\x60\x61\x6B\x6C\x6D\x6E\x6F\x7A\x7B\x7C\x7D\x7E\x7F\x05";

bool is_text(std::uint8_t byte) {
  return byte == kBlank || is_letter(byte) || in(byte, 0xF0, 0xF9) || is_end_of_line(byte) ||
         kMarks.find(static_cast<char>(byte)) != std::string_view::npos;
}

}  // namespace

std::string ebcdic_charset(Bytes bytes) {
  const Bytes sample = slice(bytes, 0, kSample);
  if (sample.size() < kLeast) return {};
  std::array<std::size_t, 256> count{};
  std::size_t text = 0, letters = 0;
  for (const std::uint8_t byte : sample) {
    ++count[byte];
    text += is_text(byte) ? 1U : 0U;
    letters += is_letter(byte) ? 1U : 0U;
  }
  const std::size_t blanks = count[kBlank];
  if (blanks * 20 < sample.size() || text * 20 < sample.size() * 19) return {};
  if (letters * 3 < sample.size() - blanks) return {};
  if (count[0xAD] > 0 && count[0xAD] == count[0xBD]) return "ibm-1047";
  return count[0x4A] > 0 && count[0x4A] == count[0x5A] ? "ibm-500" : "ibm-37";
}

void tidy_ebcdic_lines(std::string* utf8) {
  constexpr std::string_view kNewLine = "\xC2\x85";
  std::size_t to = 0;
  for (std::size_t at = 0; at < utf8->size();) {
    const bool line = std::string_view(*utf8).substr(at, kNewLine.size()) == kNewLine;
    (*utf8)[to++] = line ? '\n' : (*utf8)[at];
    at += line ? kNewLine.size() : 1;
  }
  utf8->resize(to);
}

}  // namespace careo
