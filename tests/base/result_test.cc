// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

Result<int> half(int value) {
  if (value % 2 != 0) return fail(Fault::Malformed, "odd", "src:x");
  return value / 2;
}

Result<int> quarter(int value) {
  const int once = TRY(half(value));
  return TRY(half(once));
}

Result<void> nothing(int value) {
  TRY(quarter(value));
  return {};
}

TEST(Result, TryReturnsTheFirstError) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error().message, "odd");
  EXPECT_TRUE(nothing(8));
  EXPECT_EQ(nothing(3).error().fault, Fault::Malformed);
}

TEST(Result, WrappingKeepsTheCause) {
  const Result<int> outer = wrap(half(3).error(), "cannot halve");
  EXPECT_EQ(outer.error().text(), "cannot halve: odd");
  EXPECT_EQ(outer.error().fault, Fault::Malformed);
  EXPECT_EQ(outer.error().trail, "src:x");
}

}  // namespace
}  // namespace careo
