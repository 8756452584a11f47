// SPDX-License-Identifier: Apache-2.0
#include "encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/text.h"

namespace careo::sample {
namespace {

// The letters of KOI8-R from 0xC0 on (RFC 1489).
constexpr std::u32string_view kKoi8 = U"юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ";

struct Pair {
  char32_t letter;
  unsigned char byte;
};
constexpr Pair kWindows1251[] = {{U'Ё', 0xa8}, {U'ё', 0xb8}, {U'Є', 0xaa}, {U'є', 0xba}, {U'І', 0xb2}, {U'і', 0xb3},
                                 {U'Ї', 0xaf}, {U'ї', 0xbf}, {U'Ґ', 0xa5}, {U'ґ', 0xb4}, {U'«', 0xab}, {U'»', 0xbb},
                                 {U'—', 0x97}, {U'–', 0x96}, {U'№', 0xb9}, {U'…', 0x85}, {U'’', 0x92}};
constexpr Pair kKoi8U[] = {{U'є', 0xa4}, {U'і', 0xa6}, {U'ї', 0xa7}, {U'ґ', 0xad},
                           {U'Є', 0xb4}, {U'І', 0xb6}, {U'Ї', 0xb7}, {U'Ґ', 0xbd}};

int of(std::span<const Pair> table, char32_t c) {
  for (const auto& pair : table) {
    if (pair.letter == c) return pair.byte;
  }
  return -1;
}

int windows1251(char32_t c) {
  if (c >= 0x410 && c <= 0x44f) return static_cast<int>(c - 0x410 + 0xc0);
  return of(kWindows1251, c);
}

int koi8(char32_t c, bool ukrainian) {
  if (const auto at = kKoi8.find(c); at != kKoi8.npos) return static_cast<int>(0xc0 + at);
  if (c == U'ё') return 0xa3;
  if (c == U'Ё') return 0xb3;
  return ukrainian ? of(kKoi8U, c) : -1;
}

std::string_view plain(char32_t c) {
  switch (c) {
    case U'«':
    case U'»':
    case U'“':
    case U'”': return "\"";
    case U'—':
    case U'–': return "-";
    case U'№': return "No";
    case U'…': return "...";
    case U'’': return "'";
    default: return "";
  }
}

int byte_in(char32_t c, std::string_view charset) {
  if (c < 0x80) return static_cast<int>(c);
  if (charset == "iso-8859-1") return c >= 0xa0 && c < 0x100 ? static_cast<int>(c) : -1;
  if (charset == "windows-1251") return windows1251(c);
  if (charset == "koi8-r") return koi8(c, false);
  if (charset == "koi8-u") return koi8(c, true);
  return -1;
}

constexpr std::string_view kHex = "0123456789ABCDEF";
void append_hex(std::string* out, char escape, unsigned char byte) {
  *out += escape;
  *out += kHex[byte >> 4];
  *out += kHex[byte & 15];
}

}  // namespace

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string_view name_of(Transfer transfer) {
  switch (transfer) {
    case Transfer::SevenBit: return "7bit";
    case Transfer::EightBit: return "8bit";
    case Transfer::QuotedPrintable: return "quoted-printable";
    case Transfer::Base64: return "base64";
  }
  return "";
}

std::optional<std::string> encode(std::string_view utf8, std::string_view charset) {
  if (charset == "utf-8") return std::string(utf8);
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_code_point(utf8, &at);
    const int byte = byte_in(c, charset);
    if (byte >= 0) {
      out.push_back(static_cast<char>(byte));
    } else if (const auto cousin = plain(c); !cousin.empty()) {
      out += cousin;
    } else {
      return std::nullopt;
    }
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(bytes.size() * 4 / 3 + 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k)
      group = (group << 8) | (k < have ? static_cast<unsigned char>(bytes[i + k]) : 0);
    for (std::size_t k = 0; k < 4; ++k) out += k <= have ? digits[(group >> (18 - 6 * k)) & 63] : '=';
  }
  return out;
}

std::string base64_lines(std::string_view bytes) {
  const std::string whole = base64(bytes);
  std::string out;
  out.reserve(whole.size() * 77 / 76 + 2);
  for (std::size_t i = 0; i < whole.size(); i += 76) {
    out += std::string_view(whole).substr(i, 76);
    out += '\n';
  }
  return out;
}

std::string quoted_printable(std::string_view bytes) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (c == '\n') {
      out += '\n';
      column = 0;
      continue;
    }
    const bool at_end = i + 1 == bytes.size() || bytes[i + 1] == '\n';
    const bool escaped = c >= 0x7f || c == '=' || (c < 0x20 && c != '\t') || ((c == ' ' || c == '\t') && at_end);
    if (column + (escaped ? 3U : 1U) > 75) {
      out += "=\n";
      column = 0;
    }
    if (escaped) {
      append_hex(&out, '=', c);
    } else {
      out += static_cast<char>(c);
    }
    column += escaped ? 3 : 1;
  }
  return out;
}

std::string transferred(std::string_view bytes, Transfer how) {
  switch (how) {
    case Transfer::QuotedPrintable: return quoted_printable(bytes);
    case Transfer::Base64: return base64_lines(bytes);
    case Transfer::SevenBit:
    case Transfer::EightBit: break;
  }
  return std::string(bytes);
}

std::string header_text(std::string_view utf8, std::string_view charset, Word how) {
  if (is_ascii(utf8)) return std::string(utf8);
  std::string out;
  std::string word;
  // Few letters a word, so that no encoding of them passes 75 characters: a word must not end inside a letter.
  const std::size_t most = how == Word::Base64 ? 36 : 14;
  const auto close = [&] {
    if (word.empty()) return;
    if (!out.empty()) out += "\n ";
    const std::string bytes = encode(word, charset).value_or("?");
    out += fmt::format("=?{}?{}?", charset, how == Word::Base64 ? 'B' : 'Q');
    if (how == Word::Base64) {
      out += base64(bytes);
    } else {
      for (const char c : bytes) {
        const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (c == ' ') {
          out += '_';
        } else if (safe) {
          out += c;
        } else {
          append_hex(&out, '=', static_cast<unsigned char>(c));
        }
      }
    }
    out += "?=";
    word.clear();
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    next_code_point(utf8, &at);
    if (word.size() + (at - start) > most) close();
    word += utf8.substr(start, at - start);
  }
  close();
  return out;
}

std::string parameter(std::string_view name, std::string_view utf8, std::string_view charset) {
  if (is_ascii(utf8)) return fmt::format("{}=\"{}\"", name, utf8);
  std::string escaped;
  for (const char c : encode(utf8, charset).value_or(std::string(utf8))) {
    const bool safe =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    if (safe) {
      escaped += c;
    } else {
      append_hex(&escaped, '%', static_cast<unsigned char>(c));
    }
  }
  if (escaped.size() <= 50) return fmt::format("{}*={}''{}", name, charset, escaped);
  std::string out;
  int part = 0;
  for (std::size_t i = 0; i < escaped.size(); ++part) {
    std::size_t take = std::min<std::size_t>(45, escaped.size() - i);
    while (i + take < escaped.size() && (escaped[i + take - 1] == '%' || escaped[i + take - 2] == '%')) --take;
    const auto head = part == 0 ? fmt::format("{}''", charset) : std::string();
    out += fmt::format("{}{}*{}*={}{}", part == 0 ? "" : ";\n ", name, part, head,
                       std::string_view(escaped).substr(i, take));
    i += take;
  }
  return out;
}

}  // namespace careo::sample
