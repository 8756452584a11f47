// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/biff.h"

#include "unpack/little_endian.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::uint16_t kContinue = 0x3C;
constexpr std::uint64_t kHeader = 4;

}  // namespace

bool BiffRecords::header(std::uint16_t* type, ByteRun* data) {
  if (at_ > stream_.size() || stream_.size() - at_ < kHeader) return false;
  *type = u16_at(stream_, at_);
  *data = {at_ + kHeader, u16_at(stream_, at_ + 2)};
  // A last record that ends early keeps what there is of it.
  data->length = std::min<std::uint64_t>(data->length, stream_.size() - data->offset);
  return true;
}

bool BiffRecords::next(BiffRecord* out) {
  ByteRun data;
  if (!header(&out->type, &data)) return false;
  out->offset = at_;
  out->pieces.assign(1, data);
  at_ = data.end();
  std::uint16_t type = 0;
  while (header(&type, &data) && type == kContinue) {
    out->pieces.push_back(data);
    at_ = data.end();
  }
  return true;
}

void BiffCursor::settle() {
  while (piece_ < pieces_.size() && at_ >= pieces_[piece_].length) next_piece();
}

void BiffCursor::next_piece() {
  ++piece_;
  at_ = 0;
}

std::uint32_t BiffCursor::little(unsigned width) {
  std::uint32_t out = 0;
  for (unsigned i = 0; i < width; ++i) {
    settle();
    if (!done()) out |= std::uint32_t{stream_[pieces_[piece_].offset + at_++]} << (8 * i);
  }
  return out;
}

std::uint8_t BiffCursor::u8() {
  return static_cast<std::uint8_t>(little(1));
}
std::uint16_t BiffCursor::u16() {
  return static_cast<std::uint16_t>(little(2));
}
std::uint32_t BiffCursor::u32() {
  return little(4);
}
std::uint64_t BiffCursor::u64() {
  const std::uint64_t low = little(4);
  return low | std::uint64_t{little(4)} << 32U;
}

void BiffCursor::skip(std::uint64_t count) {
  for (settle(); count > 0 && !done(); settle()) {
    const std::uint64_t step = std::min(count, pieces_[piece_].length - at_);
    at_ += step;
    count -= step;
  }
}

std::string BiffCursor::unicode(std::uint64_t count) {
  constexpr std::uint8_t kWide = 1;
  constexpr std::uint8_t kPhonetic = 4;
  constexpr std::uint8_t kRuns = 8;
  const std::uint8_t flags = u8();
  const std::uint64_t runs = (flags & kRuns) != 0 ? u16() : 0;
  const std::uint64_t phonetic = (flags & kPhonetic) != 0 ? u32() : 0;
  bool wide = (flags & kWide) != 0;
  Buffer units;  // UTF-16
  while (count > 0) {
    if (piece_ < pieces_.size() && at_ >= pieces_[piece_].length) {
      next_piece();
      if (!done() && pieces_[piece_].length > 0) wide = (u8() & kWide) != 0;
      continue;
    }
    if (done()) break;
    const std::uint64_t width = wide ? 2 : 1;
    const std::uint64_t here = std::min(count, (pieces_[piece_].length - at_) / width);
    if (here == 0) {  // half a letter: damage
      next_piece();
      continue;
    }
    for (std::uint64_t i = 0; i < here; ++i) {
      const std::uint64_t at = pieces_[piece_].offset + at_ + i * width;
      units.push_back(stream_[at]);
      units.push_back(wide ? stream_[at + 1] : 0);
    }
    at_ += here * width;
    count -= here;
  }
  skip(runs * 4 + phonetic);
  std::string out;
  append_decoded(units, "utf-16le", &out);
  return out;
}

std::string BiffCursor::bytes(std::uint64_t count, const std::string& charset) {
  Buffer text;
  for (settle(); count > 0 && !done(); settle()) {
    const std::uint64_t here = std::min(count, pieces_[piece_].length - at_);
    const Bytes more = slice(stream_, pieces_[piece_].offset + at_, here);
    text.insert(text.end(), more.begin(), more.end());
    at_ += here;
    count -= here;
  }
  return decode_text(text, charset).utf8;
}

}  // namespace careo
