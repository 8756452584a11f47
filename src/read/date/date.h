// SPDX-License-Identifier: Apache-2.0
// Dates, times, periods and durations in English and Spanish text (days and months in Russian and Ukrainian too).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "evidence/opener.h"
#include "read/token.h"

namespace careo {

/// One mention. `timex` is TIMEX3 (ISO-TimeML) in the form that Microsoft's Recognizers print: 2023-09-28, 2023-09,
/// 2022, XXXX-WXX-3 (a Wednesday), XXXX-05-03, T16:30, 2016-11-07T16, P3D, PT2H, and (begin,end,length) for a range.
struct DateMention {
  enum class Type { Date, DateRange, Time, TimeRange, DateTime, DateTimeRange, Duration, Set };
  std::size_t from = 0;  ///< tokens
  std::size_t to = 0;
  Type type = Type::Date;
  std::string timex = {};
  /// "before", "after", "since", "until" where the text bounds and does not name; else "".
  std::string bound = {};
  /// Days, weeks, months or years away from the text's own date ("-P1D" for yesterday), where that is all it says.
  std::string offset = {};
  /// For a range, its ends as the text gives them: "1945/1991" (ISO 8601-1, section 5.5.1).
  std::string interval = {};
};

std::string_view name_of(DateMention::Type type);

/// What "today" is, where it is known.
struct DateContext {
  std::optional<Date> today;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

/// Every mention, from left to right, none overlapping. Without `today`, what rests on it keeps X for what is unknown.
/// `language`: "en", "es", "ru", "uk".
std::vector<DateMention> dates_in(const Tokens& tokens, std::string_view language, const DateContext& context = {});

/// kind "date": value {"timex","type","interval"?,"bound"?,"offset"?}. Reader "date/2": none of
/// what marks of changes and comments say (read/date/mark.h).
const TextReader& date_reader();

}  // namespace careo
