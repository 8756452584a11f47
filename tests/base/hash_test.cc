// SPDX-License-Identifier: Apache-2.0
#include "base/hash.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

// FIPS 180-4 example values as NIST publishes them.
TEST(Sha256, MatchesTheStandard) {
  EXPECT_EQ(sha256("").hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')).hex(),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Hasher, PiecesMakeTheWholeAndItStartsAnew) {
  Hasher hasher;
  for (int round = 0; round < 2; ++round) {
    hasher.update(bytes_of("a"));
    hasher.update({});
    hasher.update(bytes_of("bc"));
    EXPECT_EQ(hasher.finish(), sha256("abc"));
  }
}

TEST(Sha256, ReadsItsOwnPrintOnly) {
  EXPECT_EQ(parse_sha256(sha256("x").hex()).value(), sha256("x"));
  EXPECT_FALSE(parse_sha256(""));
  EXPECT_FALSE(parse_sha256(std::string(62, '0')));
  EXPECT_FALSE(parse_sha256(std::string(64, 'A')));
}

}  // namespace
}  // namespace careo
