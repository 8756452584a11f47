// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/mailbox_count.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"
#include "unpack/mail/beginning.h"
#include "unpack/mail/mailbox.h"

namespace careo {
namespace {

// The begin of a line is all that counts; the rest of a line of a gigabyte is not kept.
constexpr std::size_t kLineKept = 8192;
// Lines behind a From_ line that are looked at.
constexpr int kHeaderLines = 40;
constexpr std::size_t kHeaderBytes = 4096;

bool is_in(std::string_view word, std::string_view list) {
  return word.size() == 3 && list.find(lower_ascii(word)) != std::string_view::npos;
}

bool is_number(std::string_view word, std::size_t least, std::size_t most) {
  return word.size() >= least && word.size() <= most &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "7:05", "07:05", "07:05:33"
bool is_clock(std::string_view word) {
  const auto parts = split(word, ':');
  return (parts.size() == 2 || parts.size() == 3) && is_number(parts[0], 1, 2) &&
         std::all_of(parts.begin() + 1, parts.end(), [](std::string_view p) { return is_number(p, 2, 2); });
}

// The date of asctime(): "Thu Jan  1 00:00:00 1970", with or without a zone before or behind the year.
bool holds_date(const std::vector<std::string_view>& words) {
  for (std::size_t i = 0; i + 4 < words.size(); ++i) {
    if (!is_in(words[i], "sun mon tue wed thu fri sat")) continue;
    if (!is_in(words[i + 1], "jan feb mar apr may jun jul aug sep oct nov dec")) continue;
    if (!is_number(words[i + 2], 1, 2) || !is_clock(words[i + 3])) continue;
    for (std::size_t k = i + 4; k < words.size() && k < i + 7; ++k)
      if (is_number(words[k], 4, 4) && (words[k][0] == '1' || words[k][0] == '2')) return true;
  }
  return false;
}

}  // namespace

FromLine from_line(std::string_view line) {
  constexpr std::size_t kLongest = 1024;
  if (!line.starts_with("From ") || line.size() > kLongest) return FromLine::No;
  std::vector<std::string_view> words;
  for (const std::string_view word : split(line.substr(5), ' '))
    if (!word.empty()) words.push_back(word);
  if (words.empty()) return FromLine::No;
  return holds_date(words) ? FromLine::Strong : FromLine::Weak;
}

bool header_follows(std::string_view lines) {
  lines = lines.substr(0, kHeaderBytes);
  int known = 0;
  for (int i = 0; i < kHeaderLines && !lines.empty(); ++i) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with("From ")) break;
    if (i == 0 && line.starts_with(">From ")) continue;
    if (i > 0 && (line[0] == ' ' || line[0] == '\t')) continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 ||
        trim(line.substr(0, colon)).find_first_of(" \t") != std::string_view::npos)
      return false;
    if (is_mail_field(trim(line.substr(0, colon)))) ++known;
    if (known >= 2) return true;
  }
  return false;
}

void SeparatorCount::feed(Bytes bytes) {
  std::string_view text = text_of(bytes);
  while (!text.empty()) {
    const void* lf = std::memchr(text.data(), '\n', text.size());
    const std::size_t end =
        lf == nullptr ? text.size() : static_cast<std::size_t>(static_cast<const char*>(lf) - text.data());
    if (lf != nullptr && carry_.empty()) {
      line(text.substr(0, end));
    } else {
      carry_.append(text.substr(0, std::min(end, kLineKept - std::min(kLineKept, carry_.size()))));
      if (lf != nullptr) {
        line(carry_);
        carry_.clear();
      }
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void SeparatorCount::line(std::string_view text) {
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (first_ && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // a byte order mark
  first_ = false;
  if (pending_) {
    const bool more = !text.empty() && below_.size() < kHeaderBytes && !text.starts_with("From ");
    below_.append(text.substr(0, kHeaderBytes)).push_back('\n');
    if (!more) settle();
  }
  if (text.starts_with("From ")) {
    const FromLine kind = from_line(trim(text));
    if (kind == FromLine::Strong && blank_before_) {
      ++count_;
    } else if (kind == FromLine::Strong || (kind == FromLine::Weak && blank_before_)) {
      pending_ = true;
      below_.clear();
    }
    // A From_ line straight behind another begins a mail of its own: the first mail is empty.
    blank_before_ = kind == FromLine::Strong && blank_before_;
    return;
  }
  blank_before_ = text.empty();
}

void SeparatorCount::settle() {
  pending_ = false;
  if (header_follows(below_)) ++count_;
}

std::uint64_t SeparatorCount::finish() {
  if (!carry_.empty()) line(carry_);
  if (pending_) settle();
  return count_;
}

}  // namespace careo
