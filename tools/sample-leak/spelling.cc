// SPDX-License-Identifier: Apache-2.0
#include "spelling.h"

#include <array>

#include "base/text.h"

namespace careo::sample {
namespace {

struct Letter {
  char32_t upper;
  std::string_view mrz;    // ICAO 9303-3, 6
  std::string_view latin;  // visual zone; "" where it is the MRZ's
  bool silent = false;     // printed as nothing
};

constexpr Letter kLetters[] = {
    {U'А', "A", ""},  {U'Б', "B", ""},    {U'В', "V", ""},    {U'Г', "G", ""},  {U'Д', "D", ""},
    {U'Е', "E", ""},  {U'Ё', "E", "YO"},  {U'Ж', "ZH", ""},   {U'З', "Z", ""},  {U'И', "I", ""},
    {U'Й', "I", "Y"}, {U'К', "K", ""},    {U'Л', "L", ""},    {U'М', "M", ""},  {U'Н', "N", ""},
    {U'О', "O", ""},  {U'П', "P", ""},    {U'Р', "R", ""},    {U'С', "S", ""},  {U'Т', "T", ""},
    {U'У', "U", ""},  {U'Ф', "F", ""},    {U'Х', "KH", ""},   {U'Ц', "TS", ""}, {U'Ч', "CH", ""},
    {U'Ш', "SH", ""}, {U'Щ', "SHCH", ""}, {U'Ъ', "IE", "\""}, {U'Ы', "Y", ""},  {U'Ь', "", "", true},
    {U'Э', "E", ""},  {U'Ю', "IU", "YU"}, {U'Я', "IA", "YA"}, {U'Ґ', "G", ""},  {U'Є', "IE", "YE"},
    {U'І', "I", ""},  {U'Ї', "I", "YI"},  {U'Á', "A", ""},    {U'À', "A", ""},  {U'Â', "A", ""},
    {U'Ã', "A", ""},  {U'Ä', "AE", ""},   {U'Å', "AA", ""},   {U'Æ', "AE", ""}, {U'Ç', "C", ""},
    {U'É', "E", ""},  {U'È', "E", ""},    {U'Ê', "E", ""},    {U'Ë', "E", ""},  {U'Í', "I", ""},
    {U'Î', "I", ""},  {U'Ï', "I", ""},    {U'Ñ', "N", ""},    {U'Ó', "O", ""},  {U'Ô', "O", ""},
    {U'Ö', "OE", ""}, {U'Ø', "OE", ""},   {U'Ú', "U", ""},    {U'Û', "U", ""},  {U'Ü', "UE", ""},
    {U'Ý', "Y", ""},  {U'ß', "SS", ""},
};

const Letter* letter_of(char32_t upper) {
  for (const auto& letter : kLetters) {
    if (letter.upper == upper) return &letter;
  }
  return nullptr;
}

bool is_cyrillic(char32_t c) {
  return c >= 0x400 && c < 0x500;
}

char32_t upper(char32_t c) {
  if (c >= U'a' && c <= U'z') return c - 32;
  if (c >= 0xe0 && c <= 0xfe && c != 0xf7) return c - 32;  // Latin-1
  if (c >= 0x430 && c <= 0x44f) return c - 32;             // а to я
  if (c >= 0x450 && c <= 0x45f) return c - 80;             // ё and the further letters of the block
  if (c == U'ґ') return U'Ґ';
  return c;
}

// The Ukrainian column of the table, which differs inside and at the head of a name.
std::string_view ukrainian(char32_t c, bool first) {
  switch (c) {
    case U'Г': return "H";
    case U'И': return "Y";
    case U'Є': return first ? "YE" : "IE";
    case U'Ї': return first ? "YI" : "I";
    case U'Й': return first ? "Y" : "I";
    case U'Ю': return first ? "YU" : "IU";
    case U'Я': return first ? "YA" : "IA";
    default: return "";
  }
}

void append_mrz(std::string* out, char32_t c, Culture culture, bool first) {
  if (c < 0x80) {
    if (c >= 'A' && c <= 'Z') out->push_back(static_cast<char>(c));
    if (c == ' ' || c == '-') out->push_back('<');
    return;
  }
  if (culture == Culture::Spanish && c == U'Ü') {
    out->push_back('U');
    return;
  }
  if (culture == Culture::Ukrainian) {
    if (const auto own = ukrainian(c, first); !own.empty()) {
      *out += own;
      return;
    }
  }
  if (const auto* letter = letter_of(c)) *out += letter->mrz;
}

}  // namespace

std::string upper(std::string_view utf8) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = upper(next_code_point(utf8, &at));
    c == U'ß' ? void(out += "SS") : append_utf8(&out, c);
  }
  return out;
}

std::string mrz_name(std::string_view utf8, Culture culture) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const bool first = out.empty() || out.back() == '<';
    append_mrz(&out, upper(next_code_point(utf8, &at)), culture, first);
  }
  return out;
}

std::string latin_name(std::string_view utf8, Culture culture) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = upper(next_code_point(utf8, &at));
    const auto* letter = is_cyrillic(c) ? letter_of(c) : nullptr;
    if (letter == nullptr) {
      c == U'ß' ? void(out += "SS") : append_utf8(&out, c);
    } else if (culture == Culture::Ukrainian && (c == U'Г' || c == U'И')) {
      out += c == U'Г' ? "H" : "Y";
    } else if (!letter->silent) {
      out += letter->latin.empty() ? letter->mrz : letter->latin;
    }
  }
  return out;
}

std::string address_name(std::string_view utf8, Culture culture) {
  std::string out;
  for (const char c : mrz_name(utf8, culture)) {
    if (c != '<') out += lower_ascii(c);
  }
  return out;
}

}  // namespace careo::sample
