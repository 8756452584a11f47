// SPDX-License-Identifier: Apache-2.0
#include "unpack/rtf/tokens.h"

#include <algorithm>

#include "base/text.h"
#include "base/transfer.h"

namespace careo {
namespace {

constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kMostDigits = 10;

bool is_letter(std::uint8_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::optional<RtfToken> RtfTokens::next() {
  using enum RtfToken::Kind;
  while (at_ < file_.size()) {
    const std::uint8_t c = file_[at_++];
    if (c == '{') return RtfToken{Open, at_ - 1, c, {}, {}};
    if (c == '}') return RtfToken{Close, at_ - 1, c, {}, {}};
    if (c == '\\' && at_ < file_.size()) return behind_backslash();
    if (c != '\\' && c != '\r' && c != '\n' && c != 0) return RtfToken{Letter, at_ - 1, c, {}, {}};
  }
  return std::nullopt;
}

std::optional<RtfToken> RtfTokens::behind_backslash() {
  const std::size_t begin = at_ - 1;
  if (is_letter(file_[at_])) return word(begin);
  const std::uint8_t c = file_[at_++];
  if (c == '\'') return escaped(begin);
  return RtfToken{RtfToken::Kind::Symbol, begin, c, {}, {}};
}

std::optional<RtfToken> RtfTokens::escaped(std::size_t begin) {
  if (file_.size() - at_ < 2) {
    at_ = file_.size();
    return std::nullopt;
  }
  const int high = hex_value(file_[at_]), low = hex_value(file_[at_ + 1]);
  if (high < 0 || low < 0) return RtfToken{RtfToken::Kind::Damaged, begin, 0, {}, {}};
  at_ += 2;
  return RtfToken{RtfToken::Kind::Escaped, begin, static_cast<std::uint8_t>(high * 16 + low), {}, {}};
}

RtfToken RtfTokens::word(std::size_t begin) {
  const std::size_t start = at_;
  while (at_ < file_.size() && at_ - start < kLongestWord && is_letter(file_[at_])) ++at_;
  RtfToken out{RtfToken::Kind::Word, begin, 0, text_of(file_.subspan(start, at_ - start)), number()};
  if (at_ < file_.size() && file_[at_] == ' ') ++at_;
  return out;
}

std::optional<std::int64_t> RtfTokens::number() {
  std::size_t at = at_;
  const bool negative = at < file_.size() && file_[at] == '-';
  if (negative) ++at;
  const std::size_t digits = at;
  std::int64_t value = 0;
  while (at < file_.size() && at - digits < kMostDigits && file_[at] >= '0' && file_[at] <= '9')
    value = value * 10 + (file_[at++] - '0');
  if (at == digits) return std::nullopt;
  at_ = at;
  return negative ? -value : value;
}

Bytes RtfTokens::take(std::uint64_t length) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(length, file_.size() - at_));
  at_ += size;
  return file_.subspan(at_ - size, size);
}

}  // namespace careo
