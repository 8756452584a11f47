// SPDX-License-Identifier: Apache-2.0
// Keys out of keys, passphrases and recovery sheets.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/secret.h"

namespace careo {

/// What a passphrase costs to try (Argon2id, RFC 9106). Kept beside what it opens, so that it can grow with the years.
struct PassphraseCost {
  std::uint32_t passes = 3;            ///< over the memory
  std::uint32_t memory_kib = 1 << 18;  ///< 256 MiB: 0.7 s here; a guesser pays the same memory for every guess
  bool operator==(const PassphraseCost&) const = default;
};
using Salt = std::array<std::uint8_t, 16>;

/// Refused where the cost is outside 1..16 passes and 8 MiB..1 GiB, so that a hostile file cannot ask for more.
Result<Secret> derive_passphrase(std::string_view passphrase, const Salt& salt, const PassphraseCost& cost);

/// A key for one purpose: BLAKE2b-256 (RFC 7693) keyed with `parent` over the purpose's name. Different names give
/// keys that tell nothing about one another.
Secret derive(const Secret& parent, std::string_view purpose);

/// BLAKE2b keyed with `key` over `bytes`, cut to 16 bytes.
std::array<std::uint8_t, 16> authenticate(const Secret& key, Bytes bytes);

/// A secret for paper: 128 random bits and 32 bits of checksum as eight groups of four characters, of 24 letters and
/// eight digits that no hand confuses (no I, O, 0, 1): "ABCD-EFGH-...". Layout: docs/formats/log.md.
struct RecoveryCode {
  std::array<std::uint8_t, 16> bits{};

  RecoveryCode() = default;
  RecoveryCode(const RecoveryCode&) = default;
  RecoveryCode& operator=(const RecoveryCode&) = default;
  ~RecoveryCode() { wipe(bits); }

  static RecoveryCode random();
  std::string print() const;
  /// Case, blanks and hyphens are ignored. Denied with what is wrong: a strange character, the length, the checksum.
  static Result<RecoveryCode> parse(std::string_view words);
  Secret key() const;
};

}  // namespace careo
