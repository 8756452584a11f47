// SPDX-License-Identifier: Apache-2.0
#include "base/date.h"

#include <charconv>
#include <cstdio>

namespace careo {

int days_in_month(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool is_valid(const Date& date) {
  return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": eras of 400 years that start in March.
std::int64_t days_from_civil(const Date& date) {
  const std::int64_t y = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Date civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t doe = days - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const int day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(yoe + era * 400 + (month <= 2 ? 1 : 0)), month, day};
}

std::string iso(const Date& date) {
  char out[40];
  std::snprintf(out, sizeof out, "%04d-%02d-%02d", date.year, date.month, date.day);
  return out;
}

std::optional<Date> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  Date out;
  const auto number = [&](std::size_t at, std::size_t count, int* value) {
    const auto end = text.data() + at + count;
    const auto parsed = std::from_chars(text.data() + at, end, *value);
    return parsed.ec == std::errc() && parsed.ptr == end && *value >= 0;
  };
  if (!number(0, 4, &out.year) || !number(5, 2, &out.month) || !number(8, 2, &out.day)) return std::nullopt;
  return is_valid(out) ? std::optional(out) : std::nullopt;
}

Instant instant_of(const Date& date, int hour, int minute, int second, int offset_minutes) {
  return days_from_civil(date) * 86400 + hour * 3600 + (minute - offset_minutes) * 60 + second;
}

std::string iso(Instant instant) {
  const std::int64_t days = (instant >= 0 ? instant : instant - 86399) / 86400;
  const auto rest = static_cast<int>(instant - days * 86400);
  char clock[40];
  std::snprintf(clock, sizeof clock, "T%02d:%02d:%02dZ", rest / 3600, rest / 60 % 60, rest % 60);
  return iso(civil_from_days(days)) + clock;
}

}  // namespace careo
