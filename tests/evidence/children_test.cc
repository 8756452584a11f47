// SPDX-License-Identifier: Apache-2.0
#include "evidence/children.h"

#include <gtest/gtest.h>

#include "evidence/outcome.h"

namespace careo {
namespace {

Child number(std::uint64_t i) {
  Child out;
  out.step = Step::range(i, i % 7, i % 3 == 0 ? std::vector<Transform>{Transform::Base64} : std::vector<Transform>{});
  out.hints.media_type = "message/rfc822";
  out.name = std::string(i % 11, 'x');
  out.media_type = "message/rfc822";
  if (i % 5 != 0) out.part = Part{sha256(std::to_string(i)), i, out.hints};
  return out;
}

constexpr std::uint64_t kMany = 30'000;  // some megabytes: several blocks

Children many() {
  Children out;
  for (std::uint64_t i = 0; i < kMany; ++i) out.push_back(number(i));
  return out;
}

TEST(Children, GivesBackWhatCameIn) {
  const Children list = many();
  ASSERT_EQ(list.size(), kMany);
  std::uint64_t i = 0;
  for (const Child& child : list) ASSERT_EQ(child, number(i++));
  EXPECT_EQ(i, kMany);
  EXPECT_EQ(list.list().size(), kMany);
  const Children none;
  EXPECT_TRUE(none.begin() == none.end());
}

TEST(Children, ACopyStaysWhatItWas) {
  Children list = many();
  const Children copy = list;
  EXPECT_EQ(list, copy);
  list.push_back(number(1));
  EXPECT_EQ(copy.size(), kMany);
  EXPECT_EQ(copy, many());
  EXPECT_NE(list, copy);
  std::uint64_t i = 0;
  for (const Child& child : list) {
    ASSERT_EQ(child, number(i == kMany ? 1 : i));
    ++i;
  }
}

TEST(Children, DrainsInOrderAndOnlyItself) {
  Children list = many();
  const Children copy = list;
  std::uint64_t i = 0;
  ASSERT_TRUE(list.drain([&](const Child& child) -> Result<void> {
    EXPECT_EQ(child, number(i++));
    return {};
  }));
  EXPECT_EQ(i, kMany);
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(copy, many());
  list = copy;
  EXPECT_FALSE(list.drain([](const Child&) -> Result<void> { return fail(Fault::Refused, "enough"); }));
  EXPECT_TRUE(list.empty());
}

// A long list stays in the memory of its record, a short one does not hold on to it; both say the same.
TEST(Children, AreTheSameOutOfARecord) {
  for (const bool is_long : {false, true}) {
    Outcome outcome;
    outcome.children = is_long ? many() : Children{number(1), number(2)};
    outcome.texts.push_back({{}, "behind", "", Grade::Unconfirmed, "r/1"});
    const Buffer packed = pack(outcome);
    EXPECT_EQ(unpack_outcome(Bytes(packed)).value(), outcome);
    Outcome kept = unpack_outcome(Buffer(packed)).value();
    EXPECT_EQ(kept, outcome);
    EXPECT_EQ(pack(kept), packed);
    kept.children.push_back(number(3));
    EXPECT_EQ(unpack_outcome(pack(kept)).value(), kept);
    EXPECT_EQ(kept.children.list().back(), number(3));
  }
}

}  // namespace
}  // namespace careo
