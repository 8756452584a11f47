// SPDX-License-Identifier: Apache-2.0
// Ranges: two pieces and the words between them, where one may lend the other its month, year or half of the day.
#include "read/date/range.h"

#include <fmt/format.h>

#include <algorithm>

#include "read/number.h"

namespace careo {
namespace {

using Type = DateMention::Type;

bool day_level(const DatePiece& piece) {
  return piece.day > 0 || piece.weekday > 0;
}

Date date_of(const DatePiece& piece, int year) {
  Date date{piece.year > 0 ? piece.year : year, std::max(piece.month, 1), std::max(piece.day, 1)};
  date.day = std::min(date.day, days_in_month(date.year, date.month));
  return date;
}

std::string print_end(const DatePiece& piece) {
  std::string date;
  if (piece.has_date()) {
    DatePiece whole = piece;
    if (whole.name.empty() && whole.weekday < 0) {
      if (whole.month < 0 && whole.day < 0) whole.month = 1;
      if (whole.day < 0) whole.day = 1;
    }
    date = whole.date_timex();
  }
  return date + piece.time_timex();
}

std::string days_between(const DatePiece& a, const DatePiece& b) {
  const int year = 2001;  // no leap day when the text gives no year
  const std::int64_t days =
      days_from_civil(date_of(b, a.year > 0 ? a.year : year)) - days_from_civil(date_of(a, b.year > 0 ? b.year : year));
  return fmt::format("P{}D", days < 0 ? days + 365 : days);
}

int seconds_of(const DatePiece& piece) {
  return piece.hour * 3600 + std::max(piece.minute, 0) * 60 + std::max(piece.second, 0);
}

std::string time_between(const DatePiece& a, const DatePiece& b) {
  std::int64_t seconds = seconds_of(b) - seconds_of(a);
  if (a.year > 0 && b.year > 0 && a.day > 0 && b.day > 0)
    seconds += 86400 * (days_from_civil(date_of(b, 0)) - days_from_civil(date_of(a, 0)));
  if (seconds <= 0 && seconds > -86400) seconds += 86400;
  std::string out = "PT";
  if (seconds >= 3600) out += fmt::format("{}H", seconds / 3600);
  if (seconds % 3600 >= 60) out += fmt::format("{}M", seconds % 3600 / 60);
  if (seconds % 60 > 0) out += fmt::format("{}S", seconds % 60);
  return out;
}

std::string length_between(const DatePiece& a, const DatePiece& b) {
  if (a.has_time() && b.has_time()) return time_between(a, b);
  if (a.weekday > 0 && b.weekday > 0 && a.year < 0) return fmt::format("P{}D", (b.weekday - a.weekday + 7) % 7);
  const bool years = a.year > 0 && b.year > 0;
  if (years && a.month < 0 && b.month < 0) return fmt::format("P{}Y", b.year - a.year);
  if (!day_level(a) && !day_level(b)) {
    const int months = (std::max(b.month, 1) - std::max(a.month, 1)) + (years ? 12 * (b.year - a.year) : 0);
    return fmt::format("P{}M", months < 0 ? months + 12 : months);
  }
  return days_between(a, b);
}

}  // namespace

std::optional<DatePiece> DateRanges::end_at(std::size_t i) const {
  std::optional<DatePiece> best;
  const auto offer = [&](const std::optional<DatePiece>& found) {
    if (found && (!best || found->to > best->to)) best = found;
  };
  offer(grammar_.date_time(i));
  offer(grammar_.date(i));
  offer(grammar_.time(i));
  offer(grammar_.period(i));
  offer(grammar_.year(i));
  return best;
}

// A number alone that could be a day or an hour, with "the" or "las" before it.
std::optional<DatePiece> DateRanges::weak_at(std::size_t i) const {
  const std::size_t at = grammar_.skip(i, {"the", "el", "las", "la"});
  const auto value = grammar_.day_number(at, true);
  if (value.value < 0) return std::nullopt;
  DatePiece piece{.from = i, .to = value.to, .day = value.value};
  if (tokens_.is(piece.to, ":") && tokens_.digits(piece.to + 1)) return std::nullopt;
  return piece;
}

bool DateRanges::joins(std::size_t i, Opening opening, std::size_t* behind) const {
  std::size_t at = grammar_.skip(i, {","});
  if (grammar_.is_any(
          at, {"to", "-", "–", "—", "~", "until", "till", "til", "through", "thru", "hasta", "a", "al", "до", "по"})) {
    if (tokens_.is(at, "a") && language_ == "en") return false;
    *behind = at + 1;
    return true;
  }
  if (opening == Opening::Between && grammar_.is_any(at, {"and", "y", "e", "и", "и", "та", "і"})) {
    *behind = at + 1;
    return true;
  }
  return false;
}

namespace {

// A weak number takes its sense from the other end.
bool settle(const DatePiece& strong, DatePiece* weak, bool weak_is_first) {
  if (strong.has_time() && !strong.has_date()) {
    if (weak->day > 24) return false;
    weak->hour = weak->day;
    weak->day = -1;
    const bool pm = strong.meridiem && strong.hour >= 12;
    if (weak_is_first && pm && weak->hour < 12 && weak->hour + 12 <= strong.hour) weak->hour += 12;
    if (!weak_is_first && weak->hour < 12 && weak->hour <= strong.hour && weak->hour + 12 > strong.hour)
      weak->hour += 12;
    weak->type = Type::Time;
    return true;
  }
  if (strong.has_time() && strong.day > 0) {  // "5 to 6pm of April 22"
    if (weak->day > 24) return false;
    DatePiece out = strong;
    out.from = weak->from;
    out.to = weak->to;
    out.hour = weak->day;
    out.minute = out.second = -1;
    if (strong.hour >= 12 && out.hour < 12 && out.hour + 12 <= strong.hour) out.hour += 12;
    *weak = out;
    return true;
  }
  if (strong.month < 0 || strong.day < 0) return false;
  weak->month = strong.month;
  weak->year = strong.year;
  return true;
}

void lend(DatePiece* a, DatePiece* b) {
  const bool plain = a->name.empty() && b->name.empty();
  if (!plain) return;
  if (a->has_date() && b->has_date() && a->weekday < 0 && b->weekday < 0) {
    if (a->year < 0 && a->month > 0) a->year = b->year;
    if (b->year < 0 && b->month > 0) b->year = a->year;
    if (a->month < 0 && a->day > 0) a->month = b->month;
    if (b->month < 0 && b->day > 0) b->month = a->month;
  }
  if (a->has_time() && b->has_time()) {
    const auto copy = [](const DatePiece& from, DatePiece* to) {
      to->year = from.year;
      to->month = from.month;
      to->day = from.day;
      to->weekday = from.weekday;
    };
    if (a->has_date() && !b->has_date()) copy(*a, b);
    if (b->has_date() && !a->has_date()) copy(*b, a);
    if (a->meridiem && !b->meridiem && b->hour < 12 && b->hour <= a->hour && b->hour + 12 > a->hour) b->hour += 12;
    if (!a->meridiem && b->meridiem && b->hour > 12 && a->hour + 12 < b->hour && a->hour < 12) a->hour += 12;
  }
}

bool comparable(const DatePiece& a, const DatePiece& b) {
  if (!a.name.empty() || !b.name.empty())
    return a.anchored && b.anchored && a.name.find('(') == std::string::npos && b.name.find('(') == std::string::npos &&
           a.part.empty() && b.part.empty();
  if (a.has_date() != b.has_date()) return false;
  if (!a.has_date()) return a.has_time() && b.has_time();
  if ((a.weekday > 0 && a.day < 0) != (b.weekday > 0 && b.day < 0)) return false;
  if (a.year > 0 && b.year > 0 && a.year > b.year) return false;
  return a.has_time() == b.has_time() && a.part.empty() && b.part.empty();
}

}  // namespace

// "(from 4) to 22 this month", "19 y 20 de noviembre": the month behind two bare numbers.
bool DateRanges::month_behind(DatePiece* a, DatePiece* b) const {
  std::size_t at = grammar_.skip(b->to, {"of", "de", "del", "in"});
  at = grammar_.skip(at, {"the"});
  if (const auto month = grammar_.month_name(at, true); month.value > 0) {
    b->month = month.value;
    b->to = month.to;
    if (const auto period = grammar_.period(at); period && period->year > 0 && period->month == month.value) {
      b->year = period->year;
      b->to = period->to;
    }
  } else if (const auto period = grammar_.period(at); period && period->month > 0) {
    b->month = period->month;
    b->year = period->year;
    b->to = period->to;
  } else {
    return false;
  }
  a->month = b->month;
  a->year = b->year;
  return true;
}

// "five to seven today", "from 5 to 6 of April 22": two bare numbers that a whole day follows are hours.
bool DateRanges::hours_of_a_day(DatePiece* a, DatePiece* b) const {
  if (a->month > 0 || b->month > 0 || a->day > 24 || b->day > 24 || a->day < 0 || b->day < 0) return false;
  std::size_t at = b->to;
  for (int words = 0; words < 2; ++words) at = grammar_.skip(at, {"on", "of", ",", "de", "del", "el"});
  const auto day = grammar_.date(at);
  if (!day || day->has_time() || !day->anchored) return false;
  a->hour = a->day;
  b->hour = b->day;
  for (DatePiece* one : {a, b}) {
    one->year = day->year;
    one->month = day->month;
    one->day = day->day;
    one->weekday = day->weekday;
    one->name = day->name;
    one->anchored = true;
  }
  b->to = day->to;
  return a->hour < b->hour;
}

std::optional<DateMention> DateRanges::at(std::size_t i) const {
  Opening opening = Opening::None;
  std::size_t first = i;
  if (grammar_.is_any(i, {"from", "desde", "de", "del", "с", "з", "від"})) opening = Opening::From;
  if (grammar_.is_any(i, {"between", "entre", "между", "між"})) opening = Opening::Between;
  if (opening != Opening::None) ++first;
  auto a = end_at(first);
  const bool a_weak = !a || (!a->anchored && !a->has_time() && a->year < 0);
  if (a_weak) {
    const auto weak = weak_at(first);
    if (!weak && !a) return std::nullopt;
    if (weak) a = weak;
  }
  std::size_t second = 0;
  if (!joins(a->to, opening, &second)) return std::nullopt;
  auto b = end_at(second);
  if (!b) b = end_at(grammar_.skip(second, {"the", "el", "las", "la"}));
  bool b_weak = !b || (!b->anchored && !b->has_time() && b->year < 0);
  if (b_weak) {
    const auto weak = weak_at(second);
    if (!weak && !b) return std::nullopt;
    if (weak) b = weak;
  }
  const bool dash = grammar_.is_any(second - 1, {"-", "–", "—", "a", "~"}) && opening == Opening::None;
  if (a_weak && b_weak && hours_of_a_day(&*a, &*b)) {
    // "5 to 6 on April 22": hours, both
  } else if (a_weak && b_weak && !(a->month > 0 || b->month > 0)) {
    if (!month_behind(&*a, &*b)) return std::nullopt;
  } else if (a_weak && a->month < 0) {
    if (!settle(*b, &*a, true)) return std::nullopt;
  } else if (b_weak && b->month < 0) {
    if (dash && !a->has_time() && b->day <= a->day) return std::nullopt;
    if (!settle(*a, &*b, false)) return std::nullopt;
  }
  lend(&*a, &*b);
  if (!comparable(*a, *b)) return std::nullopt;
  DateMention out{.from = i, .to = b->to};
  if (opening == Opening::From && grammar_.is_any(i, {"del"})) out.from = i;
  const bool timed = a->has_time() && b->has_time();
  out.type = timed ? (a->has_date() ? Type::DateTimeRange : Type::TimeRange) : Type::DateRange;
  out.timex = fmt::format("({},{},{})", print_end(*a), print_end(*b), length_between(*a, *b));
  out.interval = a->timex() + "/" + b->timex();
  return out;
}

}  // namespace careo
