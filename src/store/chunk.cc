// SPDX-License-Identifier: Apache-2.0
#include "store/chunk.h"

#include <algorithm>
#include <cstdio>

#include "crypto/derive.h"

namespace careo {
namespace {

constexpr std::string_view kMagic = "careo log 1\n";
constexpr std::size_t kRandom = 16;

Nonce nonce_of(Bytes random, ChunkPlace place) {
  Nonce out{};
  std::copy(random.begin(), random.end(), out.begin());
  for (std::size_t i = 0; i < 4; ++i) {
    out[kRandom + i] = static_cast<std::uint8_t>(place.segment >> (8 * i));
    out[kRandom + 4 + i] = static_cast<std::uint8_t>(place.offset >> (8 * i));
  }
  return out;
}

}  // namespace

std::string segment_name(std::uint32_t number) {
  char out[24];
  std::snprintf(out, sizeof out, "%06u.seg", number);
  return out;
}

std::uint32_t segment_number(const std::string& name) {
  if (name.size() != 10 || !name.ends_with(".seg")) return 0;
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    if (name[i] < '0' || name[i] > '9') return 0;
    out = out * 10 + static_cast<std::uint32_t>(name[i] - '0');
  }
  return out;
}

Buffer ChunkSealer::segment_head(std::uint32_t segment) const {
  Packer out;
  out.raw(bytes_of(kMagic)).u32le(segment).raw(id_);
  out.raw(authenticate(derive(key_, "careo segment head 1"), out.bytes()));
  return out.take();
}

bool ChunkSealer::is_segment_head(std::uint32_t segment, Bytes bytes) const {
  const Buffer right = segment_head(segment);
  return bytes.size() >= right.size() && std::equal(right.begin(), right.end(), bytes.begin());
}

ChunkPlace ChunkSealer::behind(ChunkPlace place, std::uint64_t stored) const {
  const std::uint64_t next = place.offset + stored;
  if (next >= segment_limit_) return {place.segment + 1, kSegmentHead};
  return {place.segment, static_cast<std::uint32_t>(next)};
}

Buffer ChunkSealer::additional(std::uint32_t length) const {
  Packer out;
  out.raw(id_).u32le(length);
  return out.take();
}

// The random half of the nonce keeps a place that is written anew after a crash from using a nonce twice; the other
// half is the place itself, so that a chunk opens nowhere else.
Buffer ChunkSealer::seal(ChunkPlace place, std::uint32_t first_record, Bytes records) const {
  Packer plain;
  plain.u16le(static_cast<std::uint16_t>(first_record)).raw(records);
  const auto length = static_cast<std::uint32_t>(plain.size());
  std::array<std::uint8_t, kRandom> random{};
  fill_random(random);
  Packer head;
  head.u32le(length).u32le(~length).raw(random);
  Buffer out = head.take();
  out.reserve(kChunkHead + plain.size() + kTagSize);
  careo::seal(key_, nonce_of(random, place), plain.bytes(), additional(length), &out);
  return out;
}

Result<OpenedChunk> ChunkSealer::open_as(ChunkPlace place, Bytes stored, std::uint32_t length) const {
  if (length < 2 || length > kChunkPlain) return fail(Fault::Malformed, "not the length of a chunk");
  const std::uint32_t whole = kChunkHead + length + kTagSize;
  if (stored.size() < whole) return fail(Fault::Malformed, "a chunk ends early");
  const Bytes sealed = stored.subspan(kChunkHead, length + kTagSize);
  auto plain = unseal(key_, nonce_of(stored.subspan(8, kRandom), place), sealed, additional(length));
  if (!plain) return fail(Fault::Malformed, "a chunk's seal does not hold");
  OpenedChunk out;
  out.first_record = static_cast<std::uint32_t>((*plain)[0] | (*plain)[1] << 8);
  out.records = std::move(*plain);
  out.records.erase(out.records.begin(), out.records.begin() + 2);
  out.stored = whole;
  std::copy_n(sealed.end() - kTagSize, kTagSize, out.tag.begin());
  return out;
}

Result<OpenedChunk> ChunkSealer::open(ChunkPlace place, Bytes stored) const {
  Cursor in(stored);
  const std::uint32_t length = TRY(in.u32le());
  const std::uint32_t again = ~TRY(in.u32le());
  auto out = open_as(place, stored, length);
  if (length == again) return out;
  if (!out) out = open_as(place, stored, again);
  if (out) out->head_damaged = true;
  return out;
}

}  // namespace careo
