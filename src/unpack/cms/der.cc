// SPDX-License-Identifier: Apache-2.0
#include "unpack/cms/der.h"

#include <algorithm>

#include "base/date.h"
#include "base/text.h"
#include "unpack/text/charset.h"
#include "unpack/text/one_line.h"

namespace careo {
namespace {

bool is_constructed(std::uint8_t tag) {
  return (tag & 0x20U) != 0;
}

/// Two digits at `at`; -1 where there are none.
int two_digits(std::string_view text, std::size_t at) {
  const std::string_view two = text.substr(std::min(at, text.size()), 2);
  const bool digits = two.size() == 2 && two.find_first_not_of("0123456789") == two.npos;
  return digits ? (two[0] - '0') * 10 + (two[1] - '0') : -1;
}

/// Minutes east of UTC: "Z" and nothing are none, "+0100" is sixty.
int offset_of(std::string_view zone) {
  if (zone.empty() || (zone[0] != '+' && zone[0] != '-')) return 0;
  const int minutes = std::max(two_digits(zone, 1), 0) * 60 + std::max(two_digits(zone, 3), 0);
  return zone[0] == '-' ? -minutes : minutes;
}

}  // namespace

// The value at `at` but for where it ends, if that is marked. X.690, 8.1.2 and 8.1.3.
std::optional<DerValue> DerReader::header(std::size_t at, bool* marked) const {
  if (end_ - at < 2 || (bytes_[at] & 0x1FU) == 0x1F) return std::nullopt;
  DerValue out;
  out.tag = bytes_[at];
  out.begin = at;
  const std::uint8_t first = bytes_[at + 1];
  out.content = at + 2;
  std::uint64_t length = first;
  *marked = first == 0x80;
  if (*marked && !is_constructed(out.tag)) return std::nullopt;
  if (first > 0x80) {
    const std::size_t count = first & 0x7FU;
    if (count > 8 || count > end_ - out.content) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < count; ++i) length = length << 8U | bytes_[out.content++];
  }
  if (*marked) return out;
  out.whole = length <= end_ - out.content;
  out.end = out.next = out.whole ? out.content + static_cast<std::size_t>(length) : end_;
  return out;
}

std::optional<DerValue> DerReader::next() {
  bool marked = false;
  std::optional<DerValue> out = at_ < end_ ? header(at_, &marked) : std::nullopt;
  if (!out) return std::nullopt;
  std::size_t depth = marked ? 1 : 0;
  for (std::size_t at = out->content; depth > 0;) {
    if (end_ - at >= 2 && bytes_[at] == 0 && bytes_[at + 1] == 0) {  // 8.1.5, end of contents
      out->end = at;
      out->next = at += 2;
      --depth;
      continue;
    }
    const std::optional<DerValue> inner = header(at, &marked);
    if (!inner) {
      out->end = out->next = end_;
      out->whole = false;
      break;
    }
    at = marked ? inner->content : inner->next;
    depth += marked ? 1 : 0;
  }
  at_ = out->next;
  return out;
}

std::optional<DerValue> DerReader::next(std::uint8_t tag) {
  return at_ < end_ && bytes_[at_] == tag ? next() : std::nullopt;
}

bool each_octets(Bytes bytes, const DerValue& value,
                 const std::function<void(std::size_t begin, std::size_t end)>& take) {
  if (!is_constructed(value.tag)) {
    take(value.content, value.end);
    return true;
  }
  bool all = true;
  std::vector<DerReader> open = {DerReader(bytes, value)};
  constexpr std::size_t kDeepest = 16;  // programs write two levels; each costs a walk where lengths are not told
  while (!open.empty()) {
    const std::optional<DerValue> piece = open.back().next();
    if (!piece) {
      all = all && open.back().at_end();
      open.pop_back();
    } else if (piece->tag == der::kOctets) {
      take(piece->content, piece->end);
    } else if (is_constructed(piece->tag) && open.size() < kDeepest) {
      open.emplace_back(bytes, *piece);
    } else {
      all = false;
    }
  }
  return all;
}

std::string object_identifier(Bytes content) {
  constexpr std::size_t kLongest = 64;  // the longest that is registered has 20
  if (content.empty() || content.size() > kLongest || (content.back() & 0x80U) != 0) return {};
  std::string out;
  std::uint64_t arc = 0;
  for (const std::uint8_t octet : content) {
    if (arc >> 56U != 0) return {};
    arc = arc << 7U | (octet & 0x7FU);
    if ((octet & 0x80U) != 0) continue;
    if (out.empty()) {  // X.690, 8.19.4: the first two in one
      const std::uint64_t top = std::min<std::uint64_t>(arc / 40, 2);
      out = std::to_string(top);
      arc -= top * 40;
    }
    out += "." + std::to_string(arc);
    arc = 0;
  }
  return out;
}

std::string der_text(std::uint8_t tag, Bytes content) {
  constexpr std::uint8_t kUtf8 = 0x0C;
  constexpr std::uint8_t kUniversal = 0x1C;
  constexpr std::uint8_t kBmp = 0x1E;
  const std::string_view charset = tag == kUtf8        ? "utf-8"
                                   : tag == kUniversal ? "utf-32be"
                                   : tag == kBmp       ? "utf-16be"
                                                       : "";
  constexpr std::size_t kLongest = 4096;  // RFC 5280, appendix A.1 has 32,768 letters for the longest, names have 64
  const bool cut = content.size() > kLongest;
  content = slice(content, 0, kLongest);
  std::string out;
  if (charset.empty() || !append_decoded(content, charset, &out)) out = decode_text(content, {}).utf8;
  return one_line(out) + (cut ? "\u2026" : "");
}

std::string der_time(std::uint8_t tag, Bytes content) {
  constexpr std::uint8_t kUtcTime = 0x17;
  const std::string_view text = text_of(content);
  std::size_t at = tag == kUtcTime ? 0 : 2;
  const int century =
      tag == kUtcTime ? (two_digits(text, 0) >= 50 ? 19 : 20) : two_digits(text, 0);  // RFC 5280, 4.1.2.5.1
  const int year = two_digits(text, at);
  const Date date{century * 100 + year, two_digits(text, at + 2), two_digits(text, at + 4)};
  const int hour = two_digits(text, at + 6);
  const int minute = two_digits(text, at + 8);
  if (century < 0 || year < 0 || !is_valid(date) || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return one_line(clean_utf8(text.substr(0, 64)).text);
  at += 10;
  int second = two_digits(text, at);
  if (second >= 0) at += 2;
  if (second > 60) second = 0;
  const std::size_t zone = std::min(text.find_first_of("Z+-", at), text.size());
  return iso(instant_of(date, hour, minute, std::max(second, 0), offset_of(text.substr(zone))));
}

}  // namespace careo
