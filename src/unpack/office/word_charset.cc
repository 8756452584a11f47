// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/word_charset.h"

#include <algorithm>

#include "unpack/little_endian.h"
#include "unpack/text/charset_guess.h"

namespace careo {
namespace {

/// "" where it is unknown ([MS-LCID]).
std::string charset_of_language(unsigned language) {
  switch (language) {
    case 0x0C1A:
    case 0x1C1A: return "windows-1251";  // Serbian in Cyrillic letters
    case 0x0804:
    case 0x1004: return "gbk";
    case 0x0404:
    case 0x0C04:
    case 0x1404: return "big5";
    default: break;
  }
  switch (language & 0x3FFU) {
    case 0x02:
    case 0x19:
    case 0x22:
    case 0x23:
    case 0x2F:
    case 0x3F:
    case 0x40:
    case 0x44:
    case 0x50: return "windows-1251";
    case 0x05:
    case 0x0E:
    case 0x15:
    case 0x18:
    case 0x1A:
    case 0x1B:
    case 0x1C:
    case 0x24: return "windows-1250";
    case 0x08: return "windows-1253";
    case 0x1F:
    case 0x2C:
    case 0x43: return "windows-1254";
    case 0x0D: return "windows-1255";
    case 0x01:
    case 0x20:
    case 0x29: return "windows-1256";
    case 0x25:
    case 0x26:
    case 0x27: return "windows-1257";
    case 0x2A: return "windows-1258";
    case 0x1E: return "windows-874";
    case 0x11: return "shift_jis";
    case 0x12: return "windows-949";
    case 0x00: return "";
    default: return "windows-1252";
  }
}

/// The charset of a document's fonts ([MS-WMF] 2.1.1.5 numbers them), "" where none is said but the western one.
std::string charset_of_fonts(const WordFile& file) {
  const Bytes fonts = file.table(WordTable::Fonts);
  for (std::uint64_t at = 2; at < fonts.size(); at += 1ULL + u8_at(fonts, at)) {
    switch (u8_at(fonts, at + 4)) {
      case 128: return "shift_jis";
      case 129: return "windows-949";
      case 134: return "gbk";
      case 136: return "big5";
      case 161: return "windows-1253";
      case 162: return "windows-1254";
      case 177: return "windows-1255";
      case 178: return "windows-1256";
      case 186: return "windows-1257";
      case 204: return "windows-1251";
      case 222: return "windows-874";
      case 238: return "windows-1250";
      default: break;
    }
  }
  return {};
}

/// True where a third of the letters is above 0x7F, which no western language does.
bool is_foreign(Bytes text) {
  std::size_t high = 0;
  std::size_t letters = 0;
  for (const std::uint8_t byte : text) {
    high += byte >= 0xC0 ? 1 : 0;
    letters += byte >= 0xC0 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ? 1 : 0;
  }
  return high > 0 && high * 3 >= letters;
}

}  // namespace

std::string charset_of_word(const WordFile& file, Grade* grade) {
  if (!file.old()) return "windows-1252";
  std::string stated = charset_of_language(file.language());
  if (!stated.empty() && stated != "windows-1252") return stated;
  Buffer text;
  constexpr std::size_t kEnough = 1U << 16U;
  for (const WordPiece& piece : file.pieces()) {
    const Bytes bytes = slice(file.main(), piece.offset, std::min<std::size_t>(piece.end - piece.begin, kEnough));
    text.insert(text.end(), bytes.begin(), bytes.end());
    if (text.size() > kEnough) break;
  }
  if (!is_foreign(text)) return "windows-1252";
  *grade = Grade::Unconfirmed;
  std::string fonts = charset_of_fonts(file);
  return fonts.empty() ? guess_charset(text) : fonts;
}

}  // namespace careo
