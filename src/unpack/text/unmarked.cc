// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/unmarked.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "unpack/text/charset_guess.h"

namespace careo {
namespace {

constexpr std::size_t kSample = 32 * 1024;

bool is_letter_or_mark(char32_t c) {
  return (c >= 0xA0 && c < 0x700) || (c >= 0x900 && c < 0x1100) || (c >= 0x1E00 && c < 0x2070) ||
         (c >= 0x20A0 && c < 0x2150) || (c >= 0x3000 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7B0) ||
         (c >= 0xFF00 && c < 0xFFF0);
}

bool is_usual_control(char32_t c) {
  return c == '\n' || c == '\r' || c == '\t' || c == '\f';
}

int sextet(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// Letters in runs of modified base64, those of Europe and the Near East apart: what is no UTF-7 gives others by
/// chance.
struct Found {
  std::size_t near = 0;
  std::size_t far = 0;
  bool is_certain() const { return near >= 4 ? far * 10 <= near : far >= 20; }
};

/// RFC 2152, rule 2: units of UTF-16, big end first, and less than a sextet of zeros. False where `run` is none.
bool take_run(std::string_view run, Found* found) {
  std::uint32_t bits = 0;
  unsigned held = 0;
  bool letter_in_it = false;
  for (const char c : run) {
    letter_in_it = letter_in_it || c < '0' || c > '9';
    bits = bits << 6U | static_cast<std::uint32_t>(sextet(c));
    held += 6;
    if (held < 16) continue;
    held -= 16;
    const std::uint32_t unit = bits >> held & 0xFFFFU;
    bits &= (1U << held) - 1;
    const bool half = unit >= 0xD800 && unit < 0xE000;
    if (unit < 0x20 || (unit > 0x7E && !half && !is_letter_or_mark(unit))) return false;
    if (!is_letter_or_mark(unit)) continue;
    ++(unit < 0x700 || (unit >= 0x2010 && unit < 0x2150) ? found->near : found->far);
  }
  return letter_in_it && run.size() >= 3 && held < 6 && bits == 0;
}

struct Line {
  std::string_view bytes;  ///< with its end
  std::string utf8;
  std::uint64_t letters = 0;  ///< whole ones beyond ASCII
  std::uint64_t replaced = 0;
  bool is_ascii = true;

  /// Six letters in a row that happen to be well-formed are no accident, nor is one fault among many.
  bool is_utf8_without_doubt() const { return letters >= 6 && letters >= 4 * replaced; }
  bool is_of_another() const { return replaced > 0 && !is_utf8_without_doubt(); }
};

Line line_of(std::string_view bytes) {
  Line out{bytes, {}, 0, 0, is_ascii(bytes_of(bytes))};
  if (out.is_ascii) return out;
  CleanText clean = clean_utf8(bytes);
  out.replaced = clean.replaced;
  out.utf8 = std::move(clean.text);
  for (std::size_t at = 0; at < out.utf8.size();) {
    const char32_t c = next_code_point(out.utf8, &at);
    if (c >= 0x80 && c != 0xFFFD && is_letter_or_mark(c)) ++out.letters;
  }
  return out;
}

/// One at a time, since there may be as many as bytes.
template <typename Take>
void for_each_line(std::string_view text, const Take& take) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    take(line_of(text.substr(at, end - at)));
    at = end;
  }
}

}  // namespace

std::string unmarked_utf16(Bytes bytes) {
  bytes = slice(bytes, 0, std::min<std::size_t>(bytes.size(), 4096) / 2 * 2);
  std::array<std::size_t, 2> zeros{}, small{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    zeros[i % 2] += bytes[i] == 0 ? 1U : 0U;
    small[i % 2] += bytes[i] < 0x20 ? 1U : 0U;
  }
  const std::size_t high = zeros[0] > zeros[1] ? 0 : 1;
  const std::size_t units = bytes.size() / 2;
  if (units < 4 || zeros[high] * 20 < units || zeros[1 - high] * 100 > units || small[high] * 10 < units * 9) return {};
  std::size_t controls = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    const std::uint8_t low = bytes[i + 1 - high];
    if (bytes[i + high] == 0 && low < 0x20 && low != '\n' && low != '\r' && low != '\t') ++controls;
  }
  if (controls * 100 > units) return {};
  return high == 0 ? "utf-16be" : "utf-16le";
}

std::string unmarked_utf32(Bytes bytes) {
  const std::size_t units = std::min(bytes.size(), kSample) / 4;
  if (units < 4 || bytes.size() % 4 != 0) return {};
  for (const bool big : {false, true}) {
    std::size_t text = 0;
    for (std::size_t i = 0; i < units; ++i) {
      char32_t c = 0;
      for (std::size_t k = 0; k < 4; ++k) c = c << 8U | bytes[4 * i + (big ? k : 3 - k)];
      const bool ascii = (c >= 0x20 && c < 0x7F) || is_usual_control(c);
      text += ascii || is_letter_or_mark(c) || (c >= 0x1F000 && c < 0x20000) ? 1 : 0;
    }
    if (text * 100 >= units * 98) return big ? "utf-32be" : "utf-32le";
  }
  return {};
}

bool is_certain_utf7(Bytes bytes) {
  const std::string_view text = text_of(slice(bytes, 0, kSample));
  Found found;
  for (std::size_t at = text.find('+'); at != text.npos; at = text.find('+', at)) {
    std::size_t end = at + 1;
    while (end < text.size() && sextet(text[end]) >= 0) ++end;
    if (end == text.size() && text.size() < bytes.size()) break;  // goes on behind the sample
    const std::string_view run = text.substr(at + 1, end - at - 1);
    at = end;
    if (run.empty() && end < text.size() && text[end] == '-') continue;  // "+-" is a plus sign
    if (!take_run(run, &found)) return false;
  }
  return found.is_certain() && is_ascii(bytes);
}

std::optional<DecodedText> decode_mixed(Bytes bytes) {
  bool certain = false;
  Buffer others;
  for_each_line(text_of(bytes), [&](const Line& line) {
    certain = certain || line.is_utf8_without_doubt();
    const Bytes sample = bytes_of(line.bytes);
    if (line.is_of_another() && others.size() < kSample) others.insert(others.end(), sample.begin(), sample.end());
  });
  if (!certain) return std::nullopt;
  DecodedText out;
  out.charset = "utf-8";
  out.grade = Grade::Unconfirmed;
  const std::string charset = others.empty() ? std::string() : guess_charset(others);
  for_each_line(text_of(bytes), [&](const Line& line) {
    if (line.is_of_another()) {
      out.replaced += append_decoded(bytes_of(line.bytes), charset, &out.utf8).value_or(0);
    } else {
      out.utf8.append(line.is_ascii ? line.bytes : std::string_view(line.utf8));
      out.replaced += line.replaced;
    }
  });
  return out;
}

}  // namespace careo
