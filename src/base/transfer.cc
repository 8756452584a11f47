// SPDX-License-Identifier: Apache-2.0
#include "base/transfer.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace careo {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kSkip = 64;
constexpr std::uint8_t kPad = 65;
constexpr std::uint8_t kBad = 66;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> out{};
  for (auto& value : out) value = kBad;
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    out[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  for (const char c : {' ', '\t', '\r', '\n', '\f', '\v'}) out[static_cast<unsigned char>(c)] = kSkip;
  out['='] = kPad;
  return out;
}
constexpr auto kValues = make_values();

// The end of the line that starts at `at`, behind its LF.
std::size_t line_end(Bytes text, std::size_t at) {
  const void* found = std::memchr(text.data() + at, '\n', text.size() - at);
  return found == nullptr ? text.size()
                          : static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - text.data()) + 1;
}

}  // namespace

int hex_value(std::uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::size_t any_line_end(Bytes text, std::size_t at) {
  const std::string_view all = text_of(text);
  const std::size_t end = all.find_first_of("\r\n", at);
  if (end == std::string_view::npos) return text.size();
  for (const std::string_view both : {"\r\r\n", "\r\n"})
    if (all.substr(end).starts_with(both)) return end + both.size();
  return end + 1;
}

Decoded decode_base64(Bytes text) {
  Decoded out;
  out.bytes.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t held = 0;
  int count = 0;
  for (const std::uint8_t c : text) {
    const std::uint8_t value = kValues[c];
    if (value < 64) {
      held = (held << 6) | value;
      if (++count == 4) {
        out.bytes.push_back(static_cast<std::uint8_t>(held >> 16));
        out.bytes.push_back(static_cast<std::uint8_t>(held >> 8));
        out.bytes.push_back(static_cast<std::uint8_t>(held));
        held = 0;
        count = 0;
      }
    } else if (value == kPad) {
      // A new group may follow: concatenated base64 blocks occur in real mail.
      if (count == 2) out.bytes.push_back(static_cast<std::uint8_t>(held >> 4));
      if (count == 3) {
        out.bytes.push_back(static_cast<std::uint8_t>(held >> 10));
        out.bytes.push_back(static_cast<std::uint8_t>(held >> 2));
      }
      held = 0;
      count = 0;
    } else if (value == kBad) {
      ++out.bad;
    }
  }
  if (count == 2) out.bytes.push_back(static_cast<std::uint8_t>(held >> 4));
  if (count == 3) {
    out.bytes.push_back(static_cast<std::uint8_t>(held >> 10));
    out.bytes.push_back(static_cast<std::uint8_t>(held >> 2));
  }
  if (count == 1) ++out.bad;
  return out;
}

Decoded decode_quoted_printable(Bytes text) {
  Decoded out;
  out.bytes.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '=') {
      // Trailing white space before a line end was added in transit (rule 3).
      if (text[i] == ' ' || text[i] == '\t') {
        std::size_t end = i;
        while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
        const bool at_line_end = end == text.size() || text[end] == '\n' || text[end] == '\r';
        if (!at_line_end)
          out.bytes.insert(out.bytes.end(), text.begin() + static_cast<std::ptrdiff_t>(i),
                           text.begin() + static_cast<std::ptrdiff_t>(end));
        i = end;
        continue;
      }
      out.bytes.push_back(text[i++]);
      continue;
    }
    const int high = i + 1 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (high >= 0 && low >= 0) {
      out.bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
      i += 3;
      continue;
    }
    std::size_t end = i + 1;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
    if (end >= text.size() || text[end] == '\r' || text[end] == '\n') {
      i = any_line_end(text, end);  // soft line break
      continue;
    }
    ++out.bad;
    out.bytes.push_back(text[i++]);
  }
  return out;
}

Decoded decode_uuencode(Bytes text) {
  Decoded out;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = any_line_end(text, at);
    Bytes line = text.subspan(at, end - at);
    at = end;
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line = line.first(line.size() - 1);
    if (!inside) {
      inside = text_of(line).starts_with("begin ");
      if (!inside) out.bad += line.size();
      continue;
    }
    if (line.empty()) continue;
    if (text_of(line) == "end") break;
    const std::size_t count = (line[0] - 32U) & 63U;
    std::size_t made = 0;
    // Blanks at its end, which are zeros, may have been cut off; the last line of all may have been cut short.
    const std::size_t given = at < text.size() ? 1 + (count + 2) / 3 * 4 : line.size();
    for (std::size_t i = 1; i < given && made < count; i += 4) {
      std::array<std::uint32_t, 4> v{};
      for (std::size_t k = 0; k < 4; ++k) v[k] = i + k < line.size() ? (line[i + k] - 32U) & 63U : 0;
      const std::uint32_t group = (v[0] << 18) | (v[1] << 12) | (v[2] << 6) | v[3];
      for (std::uint32_t shift : {16U, 8U, 0U})
        if (made++ < count) out.bytes.push_back(static_cast<std::uint8_t>(group >> shift));
    }
    out.bad += count - std::min(count, (line.size() - 1) / 4 * 3 + (line.size() - 1) % 4);
  }
  return out;
}

Decoded undo_from_quoting(Bytes text) {
  Decoded out;
  out.bytes.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = line_end(text, at);
    Bytes line = text.subspan(at, end - at);
    std::size_t marks = 0;
    while (marks < line.size() && line[marks] == '>') ++marks;
    if (marks > 0 && text_of(line.subspan(marks)).starts_with("From ")) line = line.subspan(1);
    out.bytes.insert(out.bytes.end(), line.begin(), line.end());
    at = end;
  }
  return out;
}

std::string encode_base64(Bytes bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = bytes.size() - i;
    std::uint32_t group = static_cast<std::uint32_t>(bytes[i]) << 16;
    if (left > 1) group |= static_cast<std::uint32_t>(bytes[i + 1]) << 8;
    if (left > 2) group |= bytes[i + 2];
    out += kAlphabet[group >> 18];
    out += kAlphabet[(group >> 12) & 63];
    out += left > 1 ? kAlphabet[(group >> 6) & 63] : '=';
    out += left > 2 ? kAlphabet[group & 63] : '=';
  }
  return out;
}

}  // namespace careo
