// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "crypto/derive.h"
#include "crypto/seal.h"

namespace careo {
namespace {

Buffer from_hex(std::string_view text) {
  return unhex(text).value();
}

template <std::size_t N>
std::array<std::uint8_t, N> array_of(std::string_view text) {
  std::array<std::uint8_t, N> out{};
  const Buffer bytes = from_hex(text);
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
TEST(Seal, MatchesTheDraft) {
  const Secret key = Secret::of(from_hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f")).value();
  const auto nonce = array_of<24>("404142434445464748494a4b4c4d4e4f5051525354555657");
  const Buffer additional = from_hex("50515253c0c1c2c3c4c5c6c7");
  const std::string_view plain =
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be "
      "it.";
  Buffer sealed;
  seal(key, nonce, bytes_of(plain), additional, &sealed);
  EXPECT_EQ(hex(sealed),
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
            "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
            "21f9664c97637da9768812f615c68b13b52e"
            "c0875924c1c7987947deafd8780acf49");
  EXPECT_EQ(text_of(unseal(key, nonce, sealed, additional).value()), plain);
}

TEST(Seal, OneChangedBitIsDenied) {
  const Secret key = Secret::random();
  NonceSource nonces;
  const Nonce nonce = nonces.next();
  Buffer sealed;
  seal(key, nonce, bytes_of("a word"), bytes_of("place 1"), &sealed);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    Buffer changed = sealed;
    changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
    ASSERT_EQ(unseal(key, nonce, changed, bytes_of("place 1")).error().fault, Fault::Denied);
  }
  EXPECT_FALSE(unseal(key, nonce, sealed, bytes_of("place 2")));
  EXPECT_FALSE(unseal(Secret::random(), nonce, sealed, bytes_of("place 1")));
  EXPECT_FALSE(unseal(key, nonces.next(), sealed, bytes_of("place 1")));
  EXPECT_FALSE(unseal(key, nonce, {}, {}));
}

TEST(Seal, InPlaceIsTheSame) {
  NonceSource nonces;
  const Secret key = Secret::random();
  const Nonce nonce = nonces.next();
  for (const std::string plain : {"", "a", "some bytes that stay where they are"}) {
    Buffer apart(3);
    seal(key, nonce, bytes_of(plain), bytes_of("place"), &apart);
    Buffer here(3 + plain.size());
    std::copy(plain.begin(), plain.end(), here.begin() + 3);
    seal_in_place(key, nonce, bytes_of("place"), 3, &here);
    EXPECT_EQ(here, apart);
    EXPECT_EQ(text_of(unseal_in_place(key, nonce, bytes_of("place"), 3, here).value()), plain);
    here.back() ^= 1;
    EXPECT_EQ(unseal_in_place(key, nonce, bytes_of("place"), 3, here).error().fault, Fault::Denied);
    EXPECT_FALSE(unseal_in_place(key, nonce, bytes_of("place"), 4, apart));
    EXPECT_FALSE(unseal_in_place(key, nonce, bytes_of("place"), apart.size() + 1, apart));
  }
}

TEST(Seal, NoncesDoNotRepeat) {
  NonceSource a;
  NonceSource b;
  std::set<Nonce> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(a.next()).second && seen.insert(b.next()).second);
}

TEST(Derive, KeyedBlake2bMatchesItsVectors) {
  // BLAKE2b-256 with this key over nothing, computed with Python's hashlib.blake2b.
  const Secret key = Secret::of(from_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")).value();
  EXPECT_EQ(hex(derive(key, "").bytes()), "4e51e7a913fc80137da52880fecca175bf81e117d5c68126dc2774033517ea0d");
  EXPECT_EQ(hex(derive(key, "log").bytes()), "0964aaf33f845824e69def051ef518b159b4b0125d7145f5ffb02c2f673a62bd");
  EXPECT_NE(hex(derive(key, "log").bytes()), hex(derive(key, "catalog").bytes()));
}

TEST(Derive, PassphraseIsArgon2id) {
  Salt salt{};
  salt.fill(0x2a);
  const Secret key = derive_passphrase("correct horse", salt, {1, 8 << 10}).value();
  // Argon2id, version 19, computed with another implementation (the reference program `argon2`, salt
  // "****************").
  EXPECT_EQ(hex(key.bytes()), "cc5f5ad61a0f62bdbbb3b4c64186c2c1ea68f246bf7b2f448dff565b8cd3f8c7");
  EXPECT_NE(hex(derive_passphrase("correct horsf", salt, {1, 8 << 10}).value().bytes()), hex(key.bytes()));
}

TEST(Derive, CostsOutOfBoundsAreRefused) {
  for (const PassphraseCost cost : {PassphraseCost{0, 1 << 16}, PassphraseCost{17, 1 << 16}, PassphraseCost{1, 1024},
                                    PassphraseCost{1, 0xffffffff}})
    EXPECT_EQ(derive_passphrase("x", Salt{}, cost).error().fault, Fault::Refused);
}

TEST(RecoveryCode, ReadsBackWhateverTheHandDid) {
  const RecoveryCode code = RecoveryCode::random();
  const std::string printed = code.print();
  EXPECT_EQ(printed.size(), 39U);
  EXPECT_EQ(RecoveryCode::parse(printed).value().bits, code.bits);
  std::string sloppy;
  for (const char c : printed) sloppy += c == '-' ? std::string(" \n") : std::string(1, static_cast<char>(tolower(c)));
  EXPECT_EQ(RecoveryCode::parse(sloppy).value().bits, code.bits);
}

TEST(RecoveryCode, EverySlipIsNoticed) {
  const std::string printed = RecoveryCode::random().print();
  for (std::size_t i = 0; i < printed.size(); ++i) {
    std::string changed = printed;
    if (changed[i] == '-') continue;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(RecoveryCode::parse(changed).error().fault, Fault::Denied);
  }
  EXPECT_FALSE(RecoveryCode::parse(printed + "A"));
  EXPECT_FALSE(RecoveryCode::parse(printed.substr(0, 38)));
  EXPECT_FALSE(RecoveryCode::parse(""));
  EXPECT_FALSE(RecoveryCode::parse("O000-0000-0000-0000-0000-0000-0000-0000"));
}

TEST(Secret, IsWipedWhenItGoes) {
  alignas(Secret) std::array<std::uint8_t, sizeof(Secret)> room{};
  auto* const secret = new (room.data()) Secret(Secret::random());
  secret->~Secret();
  // Read through volatile: the object is gone, its room is ours.
  const volatile std::uint8_t* const left = room.data();
  for (std::size_t i = 0; i < room.size(); ++i) EXPECT_EQ(left[i], 0);
}

}  // namespace
}  // namespace careo
