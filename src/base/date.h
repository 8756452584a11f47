// SPDX-License-Identifier: Apache-2.0
// Calendar dates and instants without a clock, a locale or a time zone of the machine.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace careo {

/// A day of the proleptic Gregorian calendar.
struct Date {
  int year = 0;
  int month = 0;  ///< 1..12
  int day = 0;    ///< 1..31
  auto operator<=>(const Date&) const = default;
};

bool is_valid(const Date& date);
int days_in_month(int year, int month);
/// Days since 1970-01-01.
std::int64_t days_from_civil(const Date& date);
Date civil_from_days(std::int64_t days);
/// "2023-09-28" (ISO 8601).
std::string iso(const Date& date);
std::optional<Date> parse_iso_date(std::string_view text);

/// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
using Instant = std::int64_t;
Instant instant_of(const Date& date, int hour, int minute, int second, int offset_minutes);
/// "2023-09-28T10:00:00Z".
std::string iso(Instant instant);

}  // namespace careo
