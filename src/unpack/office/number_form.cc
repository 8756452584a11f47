// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/number_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/date.h"
#include "base/text.h"

namespace careo {
namespace {

constexpr std::int64_t SecondsOfDay = 86400;

/// The inside of `[h]`, `[mm]`, `[ss]`: counted on beyond a day, an hour, a minute (18.8.31).
bool counts_beyond(std::string_view inside) {
  const char first = inside.empty() ? ' ' : lower_ascii(inside[0]);
  if (first != 'h' && first != 'm' && first != 's') return false;
  return std::all_of(inside.begin(), inside.end(), [&](char c) { return lower_ascii(c) == first; });
}

/// "06:00", "36:00:05".
std::string clock_of(std::int64_t seconds) {
  const std::string out = fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
  return seconds % 60 == 0 ? out : fmt::format("{}:{:02}", out, seconds % 60);
}

}  // namespace

NumberForm form_of_number(unsigned id, std::string_view code) {
  if (id == 46) return NumberForm::Duration;
  if ((id >= 18 && id <= 21) || id == 45 || id == 47) return NumberForm::Time;
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return NumberForm::Date;
  if (id < 164) return NumberForm::Plain;
  bool quoted = false;
  bool day = false;
  bool time = false;
  bool either = false;  // m is a month or a minute
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = lower_ascii(code[i]);
    if (c == '\\' || c == '_' || c == '*') {
      ++i;  // the next character stands for itself
      continue;
    }
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '[') {
      const std::string_view inside = code.substr(i + 1, code.find(']', i) - i - 1);
      if (counts_beyond(inside)) return NumberForm::Duration;
      i += inside.size();
      continue;
    }
    day = day || c == 'y' || c == 'd';
    time = time || c == 'h' || c == 's';
    either = either || c == 'm';
  }
  if (time && !day) return NumberForm::Time;
  return day || either ? NumberForm::Date : NumberForm::Plain;
}

std::string text_of_serial(double serial, NumberForm form, bool from_1904) {
  if (form == NumberForm::Plain || !(serial >= 0) || serial > 2958466) return {};  // 9999-12-31
  const std::int64_t all = std::llround(serial * static_cast<double>(SecondsOfDay));
  if (form == NumberForm::Duration) return clock_of(all);
  auto day = all / SecondsOfDay;
  const std::int64_t seconds = all % SecondsOfDay;
  const std::string time = clock_of(seconds);
  // Day 0 is no day in the 1900 system; in the 1904 system it is one only where the format shows days.
  if (day == 0 && (!from_1904 || seconds != 0 || form == NumberForm::Time)) return time;
  const std::int64_t epoch = from_1904 ? days_from_civil({1904, 1, 1}) : days_from_civil({1899, 12, 31});
  const bool never = !from_1904 && day == 60;
  if (!from_1904 && day > 60) --day;
  const std::string date = never ? "1900-02-29" : iso(civil_from_days(epoch + day));
  return seconds == 0 ? date : date + " " + time;
}

}  // namespace careo
