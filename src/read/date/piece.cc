// SPDX-License-Identifier: Apache-2.0
// How the pieces of a date are written as TIMEX3.
#include <fmt/format.h>

#include <cmath>

#include "read/date/grammar.h"

namespace careo {
namespace {

std::string digits(int value, int width) {
  return value < 0 ? std::string(static_cast<std::size_t>(width), 'X') : fmt::format("{:0{}}", value, width);
}

std::string amount(double value) {
  return value == std::floor(value) && std::abs(value) < 1e15 ? fmt::format("{}", static_cast<long long>(value))
                                                              : fmt::format("{}", value);
}

}  // namespace

int weekday_of(const Date& date) {
  const auto days = days_from_civil(date);
  return static_cast<int>(((days + 3) % 7 + 7) % 7) + 1;  // 1970-01-01 was a Thursday
}

std::string iso_week(const Date& date) {
  const std::int64_t thursday = days_from_civil(date) - weekday_of(date) + 4;
  const Date middle = civil_from_days(thursday);
  const std::int64_t first = days_from_civil({middle.year, 1, 1});
  return fmt::format("{:04}-W{:02}", middle.year, (thursday - first) / 7 + 1);
}

std::string DatePiece::date_timex() const {
  if (!name.empty()) return name;
  if (day < 0 && month < 0 && weekday > 0) return fmt::format("XXXX-WXX-{}", weekday);
  std::string out = digits(year, 4);
  if (month < 0 && day < 0) return out;
  out += "-" + digits(month, 2);
  if (day < 0) return out;
  return out + "-" + digits(day, 2);
}

std::string DatePiece::time_timex() const {
  if (hour < 0) return part.empty() ? "" : "T" + part;
  std::string out = fmt::format("T{:02}", hour);
  if (minute >= 0) out += fmt::format(":{:02}", minute);
  if (second >= 0) out += fmt::format(":{:02}", second);
  return out;
}

std::string DatePiece::timex() const {
  if (!has_date()) return time_timex();
  return date_timex() + time_timex();
}

std::string DateLength::timex() const {
  static constexpr std::string_view kOrder[] = {"Y", "M", "W", "D", "TH", "TM", "TS"};
  std::string out = "P";
  bool in_time = false;
  for (const std::string_view unit : kOrder) {
    double sum = 0;
    bool any = false;
    for (const auto& [value, letter] : parts)
      if (letter == unit) {
        sum += value;
        any = true;
      }
    if (!any) continue;
    if (unit[0] == 'T' && !in_time) {
      out += 'T';
      in_time = true;
    }
    out += amount(sum) + std::string(unit.substr(unit[0] == 'T' ? 1 : 0));
  }
  return out;
}

}  // namespace careo
