// SPDX-License-Identifier: Apache-2.0
// Packed streams unpacked piece by piece, with everything that came before a fault: zlib, bzip2 and liblzma driven by
// hand, since libarchive drops up to 64 KiB of good bytes in front of the place where a stream breaks.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "evidence/trail.h"

namespace careo {

/// One packed stream. Not safe to share between threads.
class StreamUnpacker {
 public:
  enum class State {
    More,      ///< go on, with more input or more room
    End,       ///< the stream is complete; what was not used lies behind it
    Damaged,   ///< `made` bytes are good, nothing follows
    TooLarge,  ///< would need more memory than is granted
  };
  struct Step {
    std::size_t used = 0;  ///< bytes of `in`
    std::size_t made = 0;  ///< bytes written to `out`
    State state = State::More;
  };
  enum class Input { More, Last };

  virtual ~StreamUnpacker() = default;
  virtual Step step(Bytes in, Input input, std::span<std::uint8_t> out) = 0;
};

/// Null for packings that have no unpacker here (zstd, compress). Several gzip members, bzip2 or xz streams in a row
/// are one stream, as their own tools read them.
std::unique_ptr<StreamUnpacker> stream_unpacker(Packing packing);

/// One stream with the head and the checksum of zlib (RFC 1950).
std::unique_ptr<StreamUnpacker> zlib_unpacker();

}  // namespace careo
