// SPDX-License-Identifier: Apache-2.0
// The bytes of a file of sound or film, looked at a little at a time. One thread.
#pragma once

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>

#include "evidence/opener.h"

namespace careo {

/// RFC 8794, 4 and 5: an element's id, whose marker belongs to it, or its size; of one to eight bytes, 0 where none is.
struct EbmlNumber {
  enum class Marker { Kept, Off };
  std::uint64_t value = 0;
  unsigned width = 0;
};

/// Numbers at places of the part; 0 behind its end or where it cannot be had.
class MediaSource {
 public:
  static constexpr std::uint64_t kMost = 64U << 10U;
  static constexpr std::uint64_t kMostText = 16U << 20U;

  explicit MediaSource(PartBytes& part) : part_(part) {}
  std::uint64_t size() const { return part_.size(); }
  /// Up to `length` bytes, at most kMost, of which a view lives until the next call of anything here.
  std::string_view at(std::uint64_t offset, std::uint64_t length) {
    const Result<Bytes> got = part_.at(offset, std::min(length, kMost));
    return got ? text_of(*got) : std::string_view{};
  }
  /// The same, read in pieces, of up to kMostText bytes.
  std::string text(std::uint64_t offset, std::uint64_t length) {
    std::string out;
    length = std::min(length, kMostText);
    while (out.size() < length) {
      const std::string_view piece = at(offset + out.size(), length - out.size());
      if (piece.empty()) break;
      out += piece;
    }
    return out;
  }
  std::uint64_t big(std::uint64_t offset, unsigned width) { return number(offset, width, true); }
  std::uint64_t little(std::uint64_t offset, unsigned width) { return number(offset, width, false); }

  EbmlNumber ebml(std::uint64_t offset, EbmlNumber::Marker marker) {
    const auto first = static_cast<std::uint8_t>(big(offset, 1));
    if (first == 0) return {};
    const auto width = static_cast<unsigned>(std::countl_zero(first)) + 1;
    const std::uint64_t value = big(offset, width);
    const bool kept = marker == EbmlNumber::Marker::Kept;
    return {kept ? value : value & ((std::uint64_t{1} << (7 * width)) - 1), width};
  }

 private:
  std::uint64_t number(std::uint64_t offset, unsigned width, bool big) {
    const std::string_view bytes = at(offset, width);
    std::uint64_t out = 0;
    for (unsigned i = 0; i < width && bytes.size() == width; ++i)
      out = out << 8U | static_cast<std::uint8_t>(bytes[big ? i : width - 1 - i]);
    return out;
  }
  PartBytes& part_;
};

}  // namespace careo
