// SPDX-License-Identifier: Apache-2.0
// Sealing: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03, IETF form). What is sealed can be neither read nor changed
// nor moved to where other additional data is expected.
#pragma once

#include <array>
#include <cstdint>

#include "crypto/secret.h"

namespace careo {

/// A nonce may be used once with a key. 24 bytes are enough to be chosen at random.
using Nonce = std::array<std::uint8_t, 24>;
constexpr std::size_t kTagSize = 16;

/// Appends the sealed bytes to `out`: as many as `plain` has, and the tag of 16.
void seal(const Secret& key, const Nonce& nonce, Bytes plain, Bytes additional, Buffer* out);
/// Seals what stands in `bytes` from `start` on, where it stands; the tag goes behind it.
void seal_in_place(const Secret& key, const Nonce& nonce, Bytes additional, std::size_t start, Buffer* bytes);

/// Denied where key, nonce, bytes or additional data are not those it was sealed with.
Result<Buffer> unseal(const Secret& key, const Nonce& nonce, Bytes sealed, Bytes additional);
/// Unseals what stands in `bytes` from `start` on, where it stands; what stood before it goes.
Result<Buffer> unseal_in_place(const Secret& key, const Nonce& nonce, Bytes additional, std::size_t start,
                               Buffer bytes);

/// Gives nonces that never repeat: 16 random bytes of its own, then a counter. One thread.
class NonceSource {
 public:
  NonceSource() { fill_random(prefix_); }
  Nonce next();

 private:
  std::array<std::uint8_t, 16> prefix_{};
  std::uint64_t count_ = 0;
};

}  // namespace careo
