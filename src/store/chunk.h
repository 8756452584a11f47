// SPDX-License-Identifier: Apache-2.0
// The sealed chunk, the brick of the log (docs/formats/log.md, "Segments"): at most 64 KiB of records under one seal
// that binds them to their case, segment and offset.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>

#include "base/hash.h"
#include "crypto/seal.h"

namespace careo {

/// Where a chunk begins.
struct ChunkPlace {
  std::uint32_t segment = 1;
  std::uint32_t offset = 0;
  auto operator<=>(const ChunkPlace&) const = default;
};

/// Where a record begins: its chunk, and the byte inside the chunk's records. As one number it grows along the log:
/// 19 bits of segment, 28 of offset, 16 inside.
struct Address {
  ChunkPlace chunk;
  std::uint32_t inside = 0;
  auto operator<=>(const Address&) const = default;

  std::uint64_t number() const {
    return static_cast<std::uint64_t>(chunk.segment) << 44 | static_cast<std::uint64_t>(chunk.offset) << 16 | inside;
  }
  static Address of(std::uint64_t number) {
    return {{static_cast<std::uint32_t>(number >> 44), static_cast<std::uint32_t>(number >> 16 & 0xfffffff)},
            static_cast<std::uint32_t>(number & 0xffff)};
  }
};

constexpr std::uint32_t kSegmentHead = 48;
constexpr std::uint32_t kChunkHead = 24;
constexpr std::uint32_t kChunkPlain = 65536;               ///< what is sealed at once
constexpr std::uint32_t kChunkRecords = kChunkPlain - 2;   ///< what of it are records
constexpr std::uint32_t kNoRecord = 0xffff;                ///< no record begins in this chunk
constexpr std::uint64_t kSegmentLimit = 64ULL << 20;       ///< no chunk begins behind it
constexpr std::uint64_t kMostSegments = (1ULL << 19) - 1;  ///< 32 TiB

/// "000001.seg".
std::string segment_name(std::uint32_t number);
/// The number in such a name; 0 where it is another name.
std::uint32_t segment_number(const std::string& name);

/// What names one case's log apart from every other.
using LogId = std::array<std::uint8_t, 16>;

struct OpenedChunk {
  Buffer records;
  std::uint32_t first_record = kNoRecord;  ///< offset of the first record that begins here
  std::uint32_t stored = 0;                ///< bytes in the segment, head and tag with it
  std::array<std::uint8_t, kTagSize> tag{};
  bool head_damaged = false;  ///< one of the two lengths was wrong; the seal holds for the other
};

/// Seals and opens chunks under the log's key.
class ChunkSealer {
 public:
  /// `segment_limit` is kSegmentLimit in every case; tests of what happens at the border of segments lower it.
  ChunkSealer(const Secret& key, const LogId& id, std::uint64_t segment_limit = kSegmentLimit)
      : key_(key), id_(id), segment_limit_(segment_limit) {}

  /// Of the log before that place, about: for telling how far a walk has come.
  std::uint64_t bytes_before(ChunkPlace place) const { return (place.segment - 1) * segment_limit_ + place.offset; }

  /// Where the chunk behind one of `stored` bytes begins: in the next segment when this one is full.
  ChunkPlace behind(ChunkPlace place, std::uint64_t stored) const;

  /// The first 48 bytes of a segment, and whether these are they.
  Buffer segment_head(std::uint32_t segment) const;
  bool is_segment_head(std::uint32_t segment, Bytes bytes) const;

  /// The stored chunk. REQUIRES records.size() <= kChunkRecords.
  Buffer seal(ChunkPlace place, std::uint32_t first_record, Bytes records) const;
  /// `stored` begins with the chunk and may go on behind it. Malformed where no chunk of that place stands there.
  Result<OpenedChunk> open(ChunkPlace place, Bytes stored) const;

 private:
  Result<OpenedChunk> open_as(ChunkPlace place, Bytes stored, std::uint32_t length) const;
  Buffer additional(std::uint32_t length) const;

  Secret key_;
  LogId id_;
  std::uint64_t segment_limit_;
};

}  // namespace careo
