// SPDX-License-Identifier: Apache-2.0
#include "unpack/database/log.h"

#include <algorithm>
#include <bit>

namespace careo {
namespace {

using namespace std::string_view_literals;

std::uint32_t word_be(Bytes bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8U | (at + i < bytes.size() ? bytes[at + i] : 0U);
  return out;
}

/// Section 4.2, "Checksum Algorithm": over pairs of words in the order that the magic number tells.
struct Checksum {
  bool big = true;
  std::uint32_t first = 0;
  std::uint32_t second = 0;

  void take(Bytes bytes) {
    const auto word = [&](std::size_t at) {
      const std::uint32_t value = word_be(bytes, at);
      return big ? value : value >> 24U | (value >> 8U & 0xFF00U) | (value << 8U & 0xFF0000U) | value << 24U;
    };
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      first += word(at) + second;
      second += word(at + 4) + first;
    }
  }
  bool is(Bytes bytes, std::size_t at) const { return word_be(bytes, at) == first && word_be(bytes, at + 4) == second; }
};

}  // namespace

bool SqliteLog::may(Bytes head) {
  return text_of(head).starts_with("\x37\x7f\x06\x82"sv) || text_of(head).starts_with("\x37\x7f\x06\x83"sv);
}

Result<SqliteLog> SqliteLog::read(PartBytes& bytes) {
  const Bytes view = TRY(bytes.at(0, Header));
  const Buffer head(view.begin(), view.end());
  if (!may(head) || head.size() < Header) return fail(Fault::Malformed, "no header of a log of SQLite");
  SqliteLog out;
  out.page_size = word_be(head, 8);
  if (out.page_size < 512 || out.page_size > 65536 || !std::has_single_bit(out.page_size))
    return fail(Fault::Malformed, "no size of a page");
  Checksum sum{head[3] == 0x83};
  sum.take(slice(head, 0, 24));
  bool chained = sum.is(head, 24);
  std::size_t committed = 0;
  for (std::uint64_t at = Header; at + out.frame_size() <= bytes.size(); at += out.frame_size()) {
    const Bytes frame = TRY(bytes.at(at, out.frame_size()));
    if (frame.size() < out.frame_size()) break;
    const bool salted = std::equal(frame.begin() + 8, frame.begin() + 16, head.begin() + 16);
    if (chained && salted) {
      sum.take(slice(frame, 0, 8));
      sum.take(frame.subspan(FrameHeader));
    }
    chained = chained && salted && sum.is(frame, 16);
    const bool commits = word_be(frame, 4) != 0;
    out.frames.push_back(
        {word_be(frame, 0), commits, at + FrameHeader, chained ? State::Uncommitted : State::LeftOver});
    if (chained && commits) committed = out.frames.size();
  }
  out.end = Header + out.frames.size() * out.frame_size();
  for (std::size_t i = 0; i < committed; ++i) out.frames[i].state = State::Committed;
  return out;
}

}  // namespace careo
