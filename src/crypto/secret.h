// SPDX-License-Identifier: Apache-2.0
// A key of 32 bytes that is wiped from memory when it goes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/bytes.h"

namespace careo {

/// Overwrites `bytes` with zeros in a way no compiler leaves out.
void wipe(std::span<std::uint8_t> bytes);
void wipe(std::string* text);

class Secret {
 public:
  static constexpr std::size_t kSize = 32;

  Secret() = default;
  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret() { wipe(bytes_); }

  /// 32 bytes from the system's generator.
  static Secret random();
  /// Malformed unless there are exactly 32 bytes.
  static Result<Secret> of(Bytes bytes);

  Bytes bytes() const { return bytes_; }
  std::uint8_t* data() { return bytes_.data(); }

 private:
  std::array<std::uint8_t, kSize> bytes_{};
};

/// Bytes from the system's generator. The only door to randomness below the desk; it makes keys and nonces, nothing
/// that a case's digest could see.
void fill_random(std::span<std::uint8_t> bytes);

}  // namespace careo
