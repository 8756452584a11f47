// SPDX-License-Identifier: Apache-2.0
#include "base/date.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

TEST(Date, DaysGoThereAndBack) {
  EXPECT_EQ(days_from_civil({1970, 1, 1}), 0);
  EXPECT_EQ(days_from_civil({2000, 3, 1}), 11017);
  EXPECT_EQ(days_from_civil({1969, 12, 31}), -1);
  for (std::int64_t day = -800'000; day < 800'000; day += 379) {
    const Date date = civil_from_days(day);
    ASSERT_TRUE(is_valid(date));
    ASSERT_EQ(days_from_civil(date), day);
  }
}

TEST(Date, KnowsLeapYears) {
  EXPECT_TRUE(is_valid({2000, 2, 29}));
  EXPECT_TRUE(is_valid({2024, 2, 29}));
  EXPECT_FALSE(is_valid({1900, 2, 29}));
  EXPECT_FALSE(is_valid({2023, 2, 29}));
  EXPECT_FALSE(is_valid({2023, 13, 1}));
  EXPECT_FALSE(is_valid({2023, 0, 1}));
  EXPECT_FALSE(is_valid({2023, 4, 31}));
}

TEST(Date, ReadsIsoOnly) {
  EXPECT_EQ(parse_iso_date("2023-09-28"), (Date{2023, 9, 28}));
  for (const char* bad : {"2023-9-28", "2023-09-31", "28.09.2023", "2023-09-28T", "-023-09-28", ""})
    EXPECT_EQ(parse_iso_date(bad), std::nullopt) << bad;
  EXPECT_EQ(iso(Date{2023, 9, 28}), "2023-09-28");
}

TEST(Instant, IsInUtc) {
  EXPECT_EQ(iso(instant_of({2023, 9, 28}, 12, 0, 0, 120)), "2023-09-28T10:00:00Z");
  EXPECT_EQ(iso(instant_of({2023, 1, 1}, 0, 30, 0, 60)), "2022-12-31T23:30:00Z");
  EXPECT_EQ(iso(Instant{0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(iso(Instant{-1}), "1969-12-31T23:59:59Z");
}

}  // namespace
}  // namespace careo
