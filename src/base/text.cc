// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace careo {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// Length of the well-formed sequence at `at`, and its code point; 0 where ill-formed.
std::size_t decode(std::string_view text, std::size_t at, char32_t* out) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) {
    *out = lead;
    return 1;
  }
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  char32_t value = lead & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text, at + i)) return 0;
    value = (value << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
  *out = value;
  return length;
}

// The first byte from `at` that is not ASCII, or the end: eight bytes a step, since nearly all text is ASCII.
std::size_t end_of_ascii(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// Explicit directional marks, embeddings, overrides and isolates (UAX 9, section 2).
bool steers_direction(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

bool is_utf8(std::string_view text) {
  char32_t ignored = 0;
  for (std::size_t at = end_of_ascii(text, 0); at < text.size(); at = end_of_ascii(text, at)) {
    const std::size_t length = decode(text, at, &ignored);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

CleanText clean_utf8(std::string_view text) {
  CleanText out;
  out.text.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t plain = end_of_ascii(text, at) - at;
    out.text.append(text.substr(at, plain));
    at += plain;
    if (at == text.size()) break;
    char32_t value = 0;
    const std::size_t length = decode(text, at, &value);
    if (length > 0) {
      out.text.append(text.substr(at, length));
      at += length;
    } else {
      append_utf8(&out.text, kReplacement);
      ++out.replaced;
      ++at;
    }
  }
  return out;
}

char32_t next_code_point(std::string_view text, std::size_t* at) {
  char32_t value = 0;
  const std::size_t length = decode(text, *at, &value);
  *at += length == 0 ? 1 : length;
  return length == 0 ? kReplacement : value;
}

void append_utf8(std::string* out, char32_t c) {
  const auto byte = [out](char32_t value) { out->push_back(static_cast<char>(value)); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6));
    byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | (c >> 18));
    byte(0x80 | ((c >> 12) & 0x3F));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
}

std::u32string utf32_of(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, &at));
  return out;
}

std::string utf8_of(std::u32string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char32_t c : text) append_utf8(&out, c);
  return out;
}

std::uint64_t code_points(std::string_view text) {
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) next_code_point(text, &at);
  return count;
}

std::size_t offset_of_code_point(std::string_view text, std::uint64_t index) {
  std::size_t at = 0;
  for (; index > 0 && at < text.size(); --index) next_code_point(text, &at);
  return at;
}

char lower_ascii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower_ascii(c); });
  return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && starts_with_ignoring_case(a, b);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(),
                                                    [](char a, char b) { return lower_ascii(a) == lower_ascii(b); });
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t at = text.find(separator);
    out.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, &at);
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
    if (!control && !steers_direction(c)) {
      append_utf8(&out, c);
      continue;
    }
    char escape[16];
    std::snprintf(escape, sizeof escape, "\\u{%x}", static_cast<unsigned>(c));
    out += escape;
  }
  return out;
}

}  // namespace careo
