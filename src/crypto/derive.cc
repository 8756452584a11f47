// SPDX-License-Identifier: Apache-2.0
#include "crypto/derive.h"

#include <sodium.h>

#include <algorithm>

#include "base/hash.h"

namespace careo {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
static_assert(kLetters.size() == 32);
constexpr std::size_t kCharacters = 32;  // of five bits: 160, of which 128 are the secret
constexpr std::size_t kGroup = 4;

constexpr PassphraseCost kLeast{1, 8 << 10};
constexpr PassphraseCost kMost{16, 1 << 20};

// The secret and the first four bytes of a hash over it: a wrong character is noticed before a key is tried.
std::array<std::uint8_t, 20> with_checksum(const std::array<std::uint8_t, 16>& bits) {
  std::array<std::uint8_t, 20> out{};
  std::copy(bits.begin(), bits.end(), out.begin());
  Hasher hasher;
  hasher.update(bytes_of("careo recovery checksum 1"));
  hasher.update(bits);
  const Sha256 sum = hasher.finish();
  std::copy_n(sum.bytes.begin(), 4, out.begin() + 16);
  return out;
}

}  // namespace

Result<Secret> derive_passphrase(std::string_view passphrase, const Salt& salt, const PassphraseCost& cost) {
  const auto within = [](std::uint32_t value, std::uint32_t low, std::uint32_t high) {
    return value >= low && value <= high;
  };
  if (!within(cost.passes, kLeast.passes, kMost.passes) ||
      !within(cost.memory_kib, kLeast.memory_kib, kMost.memory_kib))
    return fail(Fault::Refused, "a passphrase cost out of bounds");
  Secret out;
  const int done =
      crypto_pwhash(out.data(), Secret::kSize, passphrase.data(), passphrase.size(), salt.data(), cost.passes,
                    static_cast<std::size_t>(cost.memory_kib) * 1024, crypto_pwhash_ALG_ARGON2ID13);
  if (done != 0)
    return fail(Fault::Io, "not enough memory for the passphrase: " + std::to_string(cost.memory_kib / 1024) + " MiB");
  return out;
}

Secret derive(const Secret& parent, std::string_view purpose) {
  Secret out;
  crypto_generichash(out.data(), Secret::kSize, bytes_of(purpose).data(), purpose.size(), parent.bytes().data(),
                     Secret::kSize);
  return out;
}

std::array<std::uint8_t, 16> authenticate(const Secret& key, Bytes bytes) {
  std::array<std::uint8_t, 16> out{};
  crypto_generichash(out.data(), out.size(), bytes.data(), bytes.size(), key.bytes().data(), Secret::kSize);
  return out;
}

RecoveryCode RecoveryCode::random() {
  RecoveryCode out;
  fill_random(out.bits);
  return out;
}

std::string RecoveryCode::print() const {
  const auto bytes = with_checksum(bits);
  std::string out;
  for (std::size_t i = 0; i < kCharacters; ++i) {
    if (i > 0 && i % kGroup == 0) out += '-';
    std::size_t value = 0;
    for (std::size_t bit = 5 * i; bit < 5 * i + 5; ++bit)
      value = value << 1 | ((static_cast<std::size_t>(bytes[bit / 8]) >> (7 - bit % 8)) & 1U);
    out += kLetters[value];
  }
  return out;
}

Result<RecoveryCode> RecoveryCode::parse(std::string_view words) {
  std::array<std::uint8_t, 20> bytes{};
  std::size_t count = 0;
  for (const char written : words) {
    if (written == '-' || written == ' ' || (written >= '\t' && written <= '\r')) continue;
    const char c = written >= 'a' && written <= 'z' ? static_cast<char>(written - 32) : written;
    const std::size_t value = kLetters.find(c);
    if (value == std::string_view::npos)
      return fail(Fault::Denied, "the recovery words have letters and 2 to 9 only, no I, O, 0 or 1");
    if (count == kCharacters) return fail(Fault::Denied, "the recovery words are too long: eight groups of four");
    for (std::size_t k = 0; k < 5; ++k) {
      const std::size_t bit = 5 * count + k;
      if (((value >> (4 - k)) & 1U) != 0) bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] | 0x80U >> bit % 8);
    }
    ++count;
  }
  if (count != kCharacters) return fail(Fault::Denied, "the recovery words are too short: eight groups of four");
  RecoveryCode out;
  std::copy_n(bytes.begin(), 16, out.bits.begin());
  if (with_checksum(out.bits) != bytes) return fail(Fault::Denied, "the recovery words hold a slip of the pen");
  return out;
}

Secret RecoveryCode::key() const {
  Secret parent;
  std::copy(bits.begin(), bits.end(), parent.data());
  return derive(parent, "careo recovery slot 1");
}

}  // namespace careo
