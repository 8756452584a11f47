// SPDX-License-Identifier: Apache-2.0
// A day with its time or its part of the day, in either order.
#include <algorithm>

#include "read/date/grammar.h"

namespace careo {
namespace {

DatePiece join(const DatePiece& date, const DatePiece& time, std::size_t from, std::size_t to) {
  DatePiece out = date;
  out.from = from;
  out.to = to;
  out.type = DateMention::Type::DateTime;
  out.hour = time.hour;
  out.minute = time.minute;
  out.second = time.second;
  out.meridiem = time.meridiem;
  out.offset.clear();
  out.part.clear();
  return out;
}

DatePiece with_part(const DatePiece& date, std::string_view part, std::size_t from, std::size_t to) {
  DatePiece out = date;
  out.from = from;
  out.to = to;
  out.type = DateMention::Type::DateTimeRange;
  out.part = part;
  out.offset.clear();
  return out;
}

// An hour of twelve put where its part of the day says.
void place(std::string_view part, DatePiece* time) {
  if (time->meridiem) return;
  if ((part == "AF" || part == "EV" || part == "NI") && time->hour < 12 && !(part == "NI" && time->hour < 5))
    time->hour += 12;
  time->meridiem = true;
}

}  // namespace

// "morning", "early-afternoon", "in the late night", "por la tarde", "a primeras horas de la mañana".
DateGrammar::Part DateGrammar::part_of_day(std::size_t i) const {
  Part out;
  std::size_t at = skip(i, {"in", "at", "during", "por", "en", "a", "de", "of", "del", "durante"});
  out.announced = at > i;
  at = skip(at, {"the", "la", "las"});
  if (is_any(at, {"primeras", "ultimas", "primera", "ultima", "altas"}) && is_any(at + 1, {"horas", "hora"})) {
    at = skip(skip(at + 2, {"de"}), {"la"});
  } else if (is_any(at, {"early", "late", "mid"}) && !tokens_.word(at + 1)) {
    at = skip(at + 1, {"-"});
  } else if (is_any(at, {"early", "late"})) {
    ++at;
  }
  if (language_ == "es" && tokens_.is(at, "manana") && at > i && is_any(at - 1, {"la", "esta"})) {
    out.value = "MO";
    out.to = at + 1;
    return out;
  }
  const Word part = word(at);
  if (part.kind != "part" || tokens_.is(at, "tonight")) return {};
  out.value = part.value;
  out.to = part.to;
  return out;
}

std::size_t DateGrammar::behind_words(std::size_t i, std::initializer_list<std::string_view> list) const {
  for (int words = 0; words < 4; ++words) i = skip(i, list);
  return i;
}

// "tomorrow at 8", "el 14 de octubre, cerca de las 8", "Friday afternoon", "mañana por la mañana a las 7".
DateGrammar::Found DateGrammar::day_then_time(std::size_t i) const {
  const auto day = date(i);
  if (!day || day->has_time()) return std::nullopt;
  const std::size_t next = skip(day->to, {","});
  if (is_any(next, {"am", "pm"}) && !day->anchored) return std::nullopt;
  if (is_any(next, {"am", "pm"})) return with_part(*day, tokens_.is(next, "am") ? "MO" : "AF", i, next + 1);
  if (const Part part = part_of_day(next); part.to > 0 && part.value != "DT") {
    if (const auto hour = time(behind_words(part.to, {",", "at", "around", "a", "las", "la"}));
        hour && hour->has_time()) {
      DatePiece placed = *hour;
      place(part.value, &placed);
      return join(*day, placed, i, hour->to);
    }
    return with_part(*day, part.value, i, part.to);
  }
  const std::size_t at = behind_words(day->to, {",", "at", "around", "a", "las", "la", "for", "t", "-", "on", "in",
                                                "the", "por", "de", "en", "sobre", "cerca", "alrededor"});
  for (std::size_t start = at; start + 4 > at && start >= day->to && start > 0; --start) {
    const auto hour = time(start);
    if (hour && hour->has_time() && !(start == day->to && !tokens_.joined(start) && !tokens_[start].spaced))
      return join(*day, *hour, i, hour->to);
    if (start == day->to) break;
  }
  return std::nullopt;
}

// "8pm on Sunday", "a las siete del 15", "10, tonight", "7 esta mañana".
DateGrammar::Found DateGrammar::time_then_day(std::size_t i) const {
  auto hour = time(i);
  if (!hour || !hour->has_time()) return std::nullopt;
  // "a las siete menos cuarto de mañana", "7 esta mañana": the day behind, not the part of it
  if (language_ == "es" && hour->to > i && tokens_.is(hour->to - 1, "manana") && !is_any(hour->to - 2, {"la"}))
    --hour->to;
  const std::size_t at = behind_words(hour->to, {",", "on", "of", "del", "de", "el", "the", "for"});
  for (std::size_t start = hour->to; start <= at; ++start) {
    if (const auto shifted = this_part(start); shifted && shifted->part.size() == 2) {
      DatePiece placed = *hour;
      place(shifted->part, &placed);
      return join(*shifted, placed, i, shifted->to);
    }
    const auto day = date(start);
    if (!day || day->has_time()) continue;
    const Part part = part_of_day(day->to);
    DatePiece placed = *hour;
    if (part.to > 0) place(part.value, &placed);
    return join(*day, placed, i, part.to > 0 ? part.to : day->to);
  }
  if (language_ == "es" && is_any(hour->to, {"del"}) && tokens_.digits(hour->to + 1)) {
    if (const Value day = day_number(hour->to + 1, false); day.value > 0) {
      DatePiece bare{.from = i, .to = day.to, .day = day.value};
      return join(bare, *hour, i, day.to);
    }
  }
  return std::nullopt;
}

// "this afternoon", "tonight", "anoche", "esta mañana", "last night".
DateGrammar::Found DateGrammar::this_part(std::size_t i) const {
  const bool last_night = word(i).kind == "night";
  if (tokens_.is(i, "tonight") || last_night)
    return with_part(day_from_today(last_night ? -1 : 0, i, i + 1), "NI", i, i + 1);
  const Word shift = word(i);
  if (shift.kind != "shift") return std::nullopt;
  const bool morning = language_ == "es" && tokens_.is(shift.to, "manana");
  const Word part = word(shift.to);
  if (!morning && (part.kind != "part" || part.value == "DT" || part.value == "BH")) return std::nullopt;
  const std::size_t to = morning ? shift.to + 1 : part.to;
  return with_part(day_from_today(shift.number(), i, to), morning ? "MO" : part.value, i, to);
}

DateGrammar::Found DateGrammar::longest_date_time(std::size_t i) const {
  if (auto found = day_then_time(i)) return found;
  if (auto found = time_then_day(i)) return found;
  if (const auto shifted = this_part(i)) {
    const std::size_t at = behind_words(shifted->to, {",", "at", "around", "a", "las", "la", "for"});
    auto hour = time(at);
    if (!hour) hour = time(at > shifted->to ? at - 1 : at);
    if (hour && hour->has_time()) {
      place(shifted->part, &*hour);
      return join(*shifted, *hour, i, hour->to);
    }
    return shifted;
  }
  const Part part = part_of_day(i);
  if (part.to == 0) return std::nullopt;
  const std::size_t at = behind_words(part.to, {",", "of", "on", "at", "de", "del", "el", "a", "las", "la"});
  for (std::size_t start = part.to; start <= at; ++start) {
    const auto day = date(start);
    if (day && !day->has_time()) return with_part(*day, part.value, i, day->to);
  }
  for (const std::size_t start : {at, at > part.to ? at - 1 : at}) {
    auto hour = time(start);
    if (!hour || !hour->has_time() || hour->has_date()) continue;
    place(part.value, &*hour);
    hour->from = i;
    return hour;
  }
  // Alone only where a preposition makes it a time: "in the morning", not "a good morning".
  if (!part.announced || is_any(i, {"de", "of", "del", "a"})) return std::nullopt;
  return DatePiece{.from = i, .to = part.to, .type = DateMention::Type::TimeRange, .part = std::string(part.value)};
}

}  // namespace careo
