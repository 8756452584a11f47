// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4), the identity of bytes in careo and in every bundle that a stranger checks.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.h"

namespace careo {

struct Sha256 {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const Sha256&) const = default;
  std::string hex() const { return careo::hex(bytes); }
};

Sha256 sha256(Bytes bytes);
inline Sha256 sha256(std::string_view text) {
  return sha256(bytes_of(text));
}
/// Malformed unless `text` is 64 lower-case hexadecimal digits.
Result<Sha256> parse_sha256(std::string_view text);

/// Hashes what comes in pieces. Not for use from two threads at once.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  void update(Bytes bytes);
  /// The digest; the hasher starts anew.
  Sha256 finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace careo

template <>
struct std::hash<careo::Sha256> {
  std::size_t operator()(const careo::Sha256& digest) const noexcept {
    std::size_t out = 0;
    for (std::size_t i = 0; i < sizeof out; ++i) out = (out << 8) | digest.bytes[i];
    return out;
  }
};
