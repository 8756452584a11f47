// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/hidden_ranges.h"

#include <algorithm>

namespace careo {
namespace {

constexpr std::size_t kMostBytes = 10'000;

/// "AB" of 28.
std::string letters_of(std::uint64_t column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

}  // namespace

void HiddenRanges::add(std::uint64_t first, std::uint64_t last) {
  if (first == 0 || last < first) return;
  if (first_ != 0 && first >= first_ && first <= last_ + 1) {
    last_ = std::max(last_, last);
    return;
  }
  give();
  first_ = first;
  last_ = last;
}

void HiddenRanges::give() {
  if (first_ == 0 || full_) return;
  full_ = out_.size() > kMostBytes;
  const auto named = [this](std::uint64_t number) {
    return of_ == Of::Rows ? std::to_string(number) : letters_of(number);
  };
  if (!out_.empty()) out_ += ", ";
  out_ += full_ ? "and more" : named(first_);
  if (!full_ && last_ > first_) out_ += "-" + named(last_);
}

std::string HiddenRanges::text() {
  give();
  first_ = 0;
  return out_;
}

}  // namespace careo
