// SPDX-License-Identifier: Apache-2.0
// Days: written in numbers, by month and day, by weekday, or from today.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "read/date/grammar.h"
#include "read/number.h"

namespace careo {
namespace {

constexpr int kPivot = 30;  // two-digit years from 30 on are of the last century, as most mail programs read them

int full_year(int value, std::size_t digits) {
  if (digits != 2) return value;
  return value < kPivot ? 2000 + value : 1900 + value;
}

bool sane(const DatePiece& piece) {
  if (piece.month > 12 || piece.month == 0 || piece.day == 0 || piece.day > 31) return false;
  if (piece.month < 0 || piece.day < 0) return true;
  const int year = piece.year < 0 ? 2000 : piece.year;  // a leap year, so that 29 February passes
  return piece.day <= days_in_month(year, piece.month);
}

}  // namespace

int DateGrammar::Word::number() const {
  int out = 0;
  std::from_chars(value.data(), value.data() + value.size(), out);
  return out;
}

DateGrammar::Word DateGrammar::longest_word(std::size_t i) const {
  Word out;
  if (!tokens_.word(i) || !words_.begins(tokens_[i].folded)) return out;
  for (std::size_t to = i + 1; to <= i + 6 && to <= tokens_.size(); ++to) {
    if (tokens_[to - 1].kind == Token::Kind::Mark && !tokens_.is(to - 1, "-")) break;
    if (const auto* row = words_.find(tokens_.phrase(i, to)); row != nullptr && tokens_.word(to - 1))
      out = {(*row)[1], (*row)[2], to};
  }
  return out;
}

bool DateGrammar::is_any(std::size_t i, std::initializer_list<std::string_view> list) const {
  return std::any_of(list.begin(), list.end(), [&](std::string_view word) { return tokens_.is(i, word); });
}

DateGrammar::Value DateGrammar::small_number(std::size_t i, int least, int most) const {
  if (tokens_.digits(i)) {
    if (tokens_[i].written.size() > 2) return {};
    const int value = whole_digits(tokens_[i]);
    return value >= least && value <= most ? Value{value, i + 1} : Value{};
  }
  const auto number = whole_number_at(tokens_, i, language_);
  if (!number || number->digits || number->vague || number->value < least || number->value > most) return {};
  const int value = static_cast<int>(number->value);
  return value == number->value ? Value{value, number->to} : Value{};
}

DateGrammar::Value DateGrammar::day_number(std::size_t i, bool words) const {
  if (tokens_.digits(i) && tokens_[i].written.size() > 2) return {};
  if (tokens_.digits(i) || words) {
    if (const auto ordinal = ordinal_at(tokens_, i, language_); ordinal && ordinal->value >= 1 && ordinal->value <= 31)
      return {static_cast<int>(ordinal->value), ordinal->to};
  }
  if (!tokens_.digits(i) && !words) return {};
  return small_number(i, 1, 31);
}

DateGrammar::Value DateGrammar::year_number(std::size_t i, bool short_form) const {
  if (tokens_.digits(i)) {
    const std::string_view digits = tokens_[i].written;
    const int value = whole_digits(tokens_[i]);
    const bool joined_more = tokens_.joined(i + 1) && tokens_.word(i + 1) && tokens_[i + 1].folded != "s";
    if (digits.size() == 4 && value >= 1000 && value <= 2199 && !joined_more) return {value, i + 1};
    if (short_form && digits.size() == 2) return {full_year(value, 2), i + 1};
    return {};
  }
  if (is_any(i, {"'", "’", "‘"}) && tokens_.digits(i + 1) && tokens_.joined(i + 1) &&
      tokens_[i + 1].written.size() == 2)
    return {full_year(whole_digits(tokens_[i + 1]), 2), i + 2};
  if (!tokens_.word(i)) return {};
  const auto number = number_at(tokens_, i, language_);
  if (!number || number->digits || number->vague) return {};
  if (number->value >= 1000 && number->value <= 2199 && number->value == static_cast<int>(number->value) &&
      number->to > i + 1)
    return {static_cast<int>(number->value), number->to};
  if (number->value < 15 || number->value > 21) return {};
  // "nineteen ninety", "twenty sixteen"
  const auto rest = number_at(tokens_, number->to, language_);
  if (!rest || rest->digits || rest->value < 10 || rest->value > 99) return {};
  return {static_cast<int>(number->value * 100 + rest->value), rest->to};
}

DateGrammar::Value DateGrammar::month_name(std::size_t i, bool weak) const {
  const Word found = word(i);
  if (found.kind != "month" && !(weak && found.kind == "weak-month")) return {};
  std::size_t to = found.to;
  if (found.kind == "weak-month" && tokens_.is(to, ".") && tokens_.joined(to)) ++to;
  return {found.number(), to};
}

DateGrammar::Value DateGrammar::weekday_name(std::size_t i, bool weak) const {
  const Word found = word(i);
  if (found.kind != "weekday" && !(weak && found.kind == "weak-weekday")) return {};
  std::size_t to = found.to;
  if (found.kind == "weak-weekday" && tokens_.is(to, ".") && tokens_.joined(to)) ++to;
  return {found.number(), to};
}

// A year behind a month or a day: ", 2016", "of 2016", "de 2016", "del 2016", "'16".
bool DateGrammar::year_follows(std::size_t i, DatePiece* piece) const {
  std::size_t at = i;
  if (is_any(at, {",", "-", "/", "."})) ++at;
  at = skip(at, {"of", "in", "de", "del"});
  at = skip(at, {"year", "ano", "el", "the"});
  const bool short_form = at > i && is_any(at - 1, {"-", "/", "."});
  const Value year = year_number(at, short_form);
  if (year.value < 0) return false;
  if (tokens_.is(year.to, ":") && tokens_.joined(year.to)) return false;
  piece->year = year.value;
  piece->to = year.to;
  return true;
}

// 2023-09-28, 2023/09/28, 2023.09.28, with a time behind T.
DateGrammar::Found DateGrammar::iso(std::size_t i) const {
  if (!tokens_.digits(i) || tokens_[i].written.size() != 4 || !tokens_.joined(i + 1)) return std::nullopt;
  if (!is_any(i + 1, {"-", "/", ".", "–"}) || tokens_[i + 3].folded != tokens_[i + 1].folded) return std::nullopt;
  if (!tokens_.digits(i + 2) || !tokens_.digits(i + 4)) return std::nullopt;
  if (!tokens_.joined(i + 2) || !tokens_.joined(i + 3) || !tokens_.joined(i + 4)) return std::nullopt;
  DatePiece piece{.from = i, .to = i + 5, .anchored = true};
  piece.year = whole_digits(tokens_[i]);
  piece.month = whole_digits(tokens_[i + 2]);
  piece.day = whole_digits(tokens_[i + 4]);
  if (piece.year < 1000 || piece.year > 2199 || tokens_[i + 4].written.size() > 2 || !sane(piece)) return std::nullopt;
  return piece;
}

// 4/22, 4/22/2016, 22-04-16, 13.5.2015: month first in English, day first elsewhere, the other way where that alone
// gives a date.
DateGrammar::Found DateGrammar::numeric(std::size_t i) const {
  if (!tokens_.digits(i) || tokens_[i].written.size() > 2) return std::nullopt;
  if (tokens_.joined(i) && (tokens_.word(i - 1) || is_any(i - 1, {"/", "-", ".", ",", "$"}))) return std::nullopt;
  const std::string_view sign = tokens_[i + 1].folded;
  if (!is_any(i + 1, {"/", "-", ".", "–"}) || !tokens_.joined(i + 1) || !tokens_.digits(i + 2) ||
      !tokens_.joined(i + 2))
    return std::nullopt;
  if (tokens_[i + 2].written.size() > 2) return std::nullopt;
  const int first = whole_digits(tokens_[i]);
  const int second = whole_digits(tokens_[i + 2]);
  DatePiece piece{.from = i, .to = i + 3};
  const bool month_first = language_ == "en" ? first <= 12 : second > 12;
  piece.month = month_first ? first : second;
  piece.day = month_first ? second : first;
  const bool third = (tokens_.is(i + 3, sign) || (sign == "/" && tokens_.is(i + 3, ","))) && tokens_.joined(i + 3) &&
                     tokens_.digits(i + 4) && tokens_.joined(i + 4);
  if (third && (tokens_[i + 4].written.size() == 4 || tokens_[i + 4].written.size() == 2)) {
    piece.year = full_year(whole_digits(tokens_[i + 4]), tokens_[i + 4].written.size());
    piece.to = i + 5;
    piece.anchored = true;
    if (tokens_.joined(i + 5) && (tokens_.is(i + 5, sign) && tokens_.digits(i + 6))) return std::nullopt;
  } else if (third || sign != "/") {
    return std::nullopt;
  } else {
    // "4/22" is a day, "3/4" more likely three quarters, unless a preposition of time stands before.
    const bool fraction = second == 2 || second == 3 || second == 4 || second == 5 || second == 8 || second == 10;
    const bool after_word = i > 0 && is_any(i - 1, {"on", "el", "del", "from", "to", "until", "since", "by", "before",
                                                    "after", "desde", "hasta", "back", "each", "every", "cada", "al"});
    if (fraction && first < second && !after_word) return std::nullopt;
  }
  if (!sane(piece) || piece.month < 1) return std::nullopt;
  return piece;
}

// "May 21", "Oct. 2nd, 2016", "October2", "May twenty one".
DateGrammar::Found DateGrammar::month_day(std::size_t i) const {
  const Value month = month_name(i, true);
  if (month.value < 0) return std::nullopt;
  std::size_t at = skip(month.to, {"-", "/", ",", "."});
  at = skip(at, {"the", "el"});
  const Value day = day_number(at, true);
  if (day.value < 0) return std::nullopt;
  if (tokens_.is(day.to, ":") && tokens_.digits(day.to + 1)) return std::nullopt;
  if (language_ == "es" && at == month.to && !tokens_.digits(at)) return std::nullopt;
  const bool unit_behind = word(day.to).kind == "unit";
  if (unit_behind) return std::nullopt;
  DatePiece piece{.from = i, .to = day.to, .month = month.value, .day = day.value, .anchored = true};
  year_follows(day.to, &piece);
  return sane(piece) ? Found(piece) : std::nullopt;
}

// "28 September 2023", "22nd of April", "15 de junio de 2016", "22april".
DateGrammar::Found DateGrammar::day_month(std::size_t i) const {
  const Value day = day_number(i, true);
  if (day.value < 0) return std::nullopt;
  std::size_t at = skip(day.to, {"-", "/", ",", ".", "th"});
  at = skip(at, {"of", "de", "del"});
  at = skip(at, {"mes"});
  at = skip(at, {"de"});
  const Value month = month_name(at, true);
  if (month.value < 0) return std::nullopt;
  DatePiece piece{.from = i, .to = month.to, .month = month.value, .day = day.value, .anchored = true};
  year_follows(month.to, &piece);
  return sane(piece) ? Found(piece) : std::nullopt;
}

DatePiece DateGrammar::day_from_today(int days, std::size_t from, std::size_t to) const {
  DatePiece piece{.from = from, .to = to, .anchored = true};
  piece.offset = days < 0 ? fmt::format("-P{}D", -days) : fmt::format("P{}D", days);
  if (context_.today) {
    const Date date = civil_from_days(days_from_civil(*context_.today) + days);
    piece.year = date.year;
    piece.month = date.month;
    piece.day = date.day;
  } else {
    piece.name = "XXXX-XX-XX";
  }
  return piece;
}

DateGrammar::Found DateGrammar::relative_day(std::size_t i) const {
  std::size_t at = skip(i, {"the", "el"});
  Word found = word(i).kind == "day" ? word(i) : word(at);
  if (found.kind != "day") return std::nullopt;
  // "la mañana", "de la mañana", "esta mañana": the morning, not tomorrow.
  if (tokens_.is(i, "manana") && i > 0 && is_any(i - 1, {"la", "esta", "cada", "por", "las", "una"}))
    return std::nullopt;
  return day_from_today(found.number(), word(i).kind == "day" ? i : at, found.to);
}

// "next Friday", "this week Friday", "Friday next week", "viernes pasado", "el próximo lunes".
DateGrammar::Found DateGrammar::shifted_weekday(std::size_t i) const {
  const auto resolve = [&](int weekday, int weeks, std::size_t to) {
    DatePiece piece{.from = i, .to = to, .weekday = weekday, .anchored = true};
    piece.offset = weeks < 0 ? fmt::format("-P{}W", -weeks) : fmt::format("P{}W", weeks);
    if (context_.today) {
      const std::int64_t monday = days_from_civil(*context_.today) - weekday_of(*context_.today) + 1;
      const Date date = civil_from_days(monday + 7 * weeks + weekday - 1);
      piece.year = date.year;
      piece.month = date.month;
      piece.day = date.day;
    }
    return piece;
  };
  std::size_t at = skip(i, {"on", "the", "el"});
  if (at > i && tokens_.is(i, "on")) return std::nullopt;
  const Word first = word(at);
  if (first.kind == "shift") {
    std::size_t next = first.to;
    const Word unit = word(next);
    if (unit.kind == "unit" && unit.value == "W") next = skip(unit.to, {"'s", "on", "s"});
    const Value day = weekday_name(next, true);
    if (day.value < 0) return std::nullopt;
    auto piece = resolve(day.value, first.number(), day.to);
    piece.from = at;
    return piece;
  }
  const Value day = weekday_name(at, true);
  if (day.value < 0) return std::nullopt;
  std::size_t next = skip(day.to, {"of", "de", "in"});
  next = skip(next, {"la", "the"});
  const Word shift = word(next);
  if (shift.kind != "shift") {
    const Word unit = word(next);  // "viernes de la semana pasada"
    const Word behind = word(unit.to);
    if (unit.kind == "unit" && unit.value == "W" && behind.kind == "shift") {
      auto piece = resolve(day.value, behind.number(), behind.to);
      piece.from = at;
      return piece;
    }
    return std::nullopt;
  }
  const Word unit = word(shift.to);
  if (unit.kind == "unit" && unit.value != "W") return std::nullopt;
  if (unit.kind != "unit" && language_ == "en") return std::nullopt;
  auto piece = resolve(day.value, shift.number(), unit.kind == "unit" ? unit.to : shift.to);
  piece.from = at;
  return piece;
}

// "the second Monday of May", "first Sunday".
DateGrammar::Found DateGrammar::nth_weekday(std::size_t i) const {
  std::size_t at = skip(i, {"the", "el"});
  const bool last = is_any(at, {"last", "ultimo"});
  const auto ordinal = ordinal_at(tokens_, at, language_);
  if (!last && (!ordinal || ordinal->value > 5 || ordinal->value < 1)) return std::nullopt;
  const Value day = weekday_name(last ? at + 1 : ordinal->to, false);
  if (day.value < 0) return std::nullopt;
  std::size_t next = skip(day.to, {"of", "in", "de", "del"});
  const Value month = month_name(next, true);
  if (month.value < 0) return std::nullopt;
  DatePiece piece{.from = i, .to = month.to, .anchored = true};
  year_follows(month.to, &piece);
  const int which = last ? 5 : static_cast<int>(ordinal->value);
  piece.name = (piece.year < 0 ? "XXXX" : fmt::format("{:04}", piece.year)) +
               fmt::format("-{:02}-WXX-{}-#{}", month.value, day.value, which);
  return piece;
}

DateGrammar::Found DateGrammar::holiday(std::size_t i) const {
  const Word found = word(i);
  if (found.kind != "holiday") return std::nullopt;
  DatePiece piece{.from = i, .to = found.to, .anchored = true};
  year_follows(found.to, &piece);
  piece.name = (piece.year < 0 ? "XXXX" : fmt::format("{:04}", piece.year)) + "-" + std::string(found.value);
  return piece;
}

// "the 27th", "el 15": a day of an unnamed month, where a preposition of time stands before and no noun behind.
DateGrammar::Found DateGrammar::bare_day(std::size_t i) const {
  const bool article = is_any(i, {"the", "el"});
  const std::size_t at = article ? i + 1 : i;
  const bool preposition = i > 0 && is_any(i - 1, {"on", "for", "by", "until", "since", "before", "after", "para",
                                                   "desde", "hasta", "back"});
  const Value day = day_number(at, article);
  if (day.value < 0 || !(preposition || language_ == "es") || !(article || (i > 0 && is_any(i - 1, {"on", "back"}))))
    return std::nullopt;
  const bool ends = !tokens_.word(day.to) || tokens_[day.to].breaks > 0 ||
                    is_any(day.to, {"at", "a", "and", "y", "i", "of", "from", "in", "de", "del", "for", "to"});
  if (!ends || is_any(day.to, {"%", "$", "€", "-", "/", "°", "º"}) || tokens_.is(day.to, ":")) return std::nullopt;
  if (is_any(day.to, {".", ","}) && tokens_.joined(day.to + 1) && tokens_.digits(day.to + 1)) return std::nullopt;
  if (tokens_.digits(at) && tokens_.is(day.to, "de")) return std::nullopt;
  DatePiece piece{.from = i, .to = day.to, .day = day.value};
  return piece;
}

// "Friday, 28 September", "Saturday the 23rd", "miércoles 22 de enero".
DateGrammar::Found DateGrammar::with_weekday(std::size_t i) const {
  const Value day = weekday_name(i, true);
  if (day.value < 0) return std::nullopt;
  std::size_t at = skip(day.to, {",", ".", "-"});
  at = skip(at, {"the", "el", "dia"});
  for (const auto& found : {iso(at), numeric(at), month_day(at), day_month(at)}) {
    if (!found) continue;
    DatePiece piece = *found;
    piece.from = i;
    piece.anchored = true;
    return piece;
  }
  const Value number = day_number(at, at > day.to + (is_any(day.to, {","}) ? 1u : 0u));
  const bool time_behind =
      tokens_.is(number.to, ":") || is_any(number.to, {"am", "pm", "a", "p", "h", "to", "-", "hasta"});
  if (number.value > 0 && !time_behind && (at > day.to || tokens_.joined(number.to) || language_ == "es") &&
      !word(number.to).to) {
    DatePiece piece{.from = i, .to = number.to, .day = number.value, .weekday = day.value, .anchored = true};
    if (!context_.today) return piece;
    for (int months = 0; months < 14; ++months) {  // the nearest month in which that day is that weekday, as read
      const int index = context_.today->year * 12 + context_.today->month - 1 + months;
      const Date date{index / 12, index % 12 + 1, number.value};
      if (!is_valid(date) || weekday_of(date) != day.value) continue;
      piece.year = date.year;
      piece.month = date.month;
      break;
    }
    return piece;
  }
  const bool strong = weekday_name(i, false).value > 0;
  if (!strong && !tokens_[i].capital) return std::nullopt;
  if (!strong && day.to == i + 1 && !is_any(i > 0 ? i - 1 : 0, {"on", "by", "until", "next", "last", "this"}))
    return std::nullopt;
  return DatePiece{.from = i, .to = day.to, .weekday = day.value, .anchored = true};
}

DateGrammar::Found DateGrammar::longest_date(std::size_t i) const {
  Found best;
  const auto offer = [&](const Found& found) {
    if (found && (!best || found->to > best->to)) best = found;
  };
  if (tokens_.digits(i)) {
    offer(iso(i));
    offer(numeric(i));
    offer(day_month(i));
    offer(bare_day(i));
    return best;
  }
  if (!tokens_.word(i)) return best;
  offer(with_weekday(i));
  offer(shifted_weekday(i));
  offer(month_day(i));
  offer(day_month(i));
  if (is_any(i, {"the", "el"})) {
    offer(day_month(i + 1));
    offer(month_day(i + 1));
    if (best && best->from == i + 1) best->from = i + (tokens_.is(i, "el") ? 1 : 0);
  }
  offer(relative_day(i));
  offer(nth_weekday(i));
  offer(holiday(i));
  offer(bare_day(i));
  return best;
}

}  // namespace careo
