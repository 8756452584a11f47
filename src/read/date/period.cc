// SPDX-License-Identifier: Apache-2.0
// Periods: months, years, weeks, quarters, seasons, decades, lengths of time, and what comes again and again.
#include <fmt/format.h>

#include <algorithm>

#include "read/date/grammar.h"
#include "read/number.h"

namespace careo {
namespace {

std::string range_of(const Date& from, const Date& to, const std::string& length) {
  return fmt::format("({},{},{})", iso(from), iso(to), length);
}

Date month_start(int index) {
  return {index / 12, index % 12 + 1, 1};
}

}  // namespace

// A whole period some steps from the one that today lies in.
DatePiece DateGrammar::shifted(std::string_view unit, int by, std::size_t from, std::size_t to) const {
  DatePiece piece{.from = from, .to = to, .type = DateMention::Type::DateRange, .anchored = true};
  piece.offset = by < 0 ? fmt::format("-P{}{}", -by, unit) : fmt::format("P{}{}", by, unit);
  if (unit == "10Y") piece.offset = by < 0 ? "-P10Y" : "P10Y";
  if (unit == "WE") piece.offset = by < 0 ? fmt::format("-P{}W", -by) : fmt::format("P{}W", by);
  if (!context_.today) {
    piece.name = unit == "W"    ? "XXXX-WXX"
                 : unit == "WE" ? "XXXX-WXX-WE"
                 : unit == "M"  ? "XXXX-XX"
                 : unit == "D"  ? "XXXX-XX-XX"
                                : "XXXX";
    return piece;
  }
  const Date today = *context_.today;
  if (unit == "Y") {
    piece.year = today.year + by;
  } else if (unit == "M") {
    const int index = today.year * 12 + today.month - 1 + by;
    piece.year = index / 12;
    piece.month = index % 12 + 1;
  } else if (unit == "10Y") {
    const int start = today.year / 10 * 10 + 10 * by;
    piece.name = range_of({start, 1, 1}, {start + 10, 1, 1}, "P10Y");
  } else if (unit == "3M") {
    const int index = today.year * 12 + (today.month - 1) / 3 * 3 + 3 * by;
    piece.name = range_of(month_start(index), month_start(index + 3), "P3M");
  } else if (unit == "D") {
    return day_from_today(by, from, to);
  } else {
    piece.name = iso_week(civil_from_days(days_from_civil(today) + 7 * by)) + (unit == "WE" ? "-WE" : "");
  }
  return piece;
}

std::optional<DateLength> DateGrammar::length(std::size_t i) const {
  DateLength out;
  std::size_t at = i;
  for (int count = 0; count < 5; ++count) {
    double amount = 0;
    std::size_t to = at;
    const Word loose = word(at);
    const auto number = number_at(tokens_, at, language_);
    const bool half = tokens_.is(at, "half") && (is_any(at + 1, {"a", "an"}) || word(at + 1).kind == "unit");
    if (loose.kind == "number") {
      amount = loose.number();
      to = loose.to;
    } else if (half || is_any(at, {"medio", "media"})) {
      amount = 0.5;
      to = skip(at + 1, {"a", "an"});
    } else if (number && !number->vague && number->value >= 0) {
      amount = number->value;
      to = number->to;
    } else if (is_any(at, {"a", "an", "another", "one", "un", "una", "otro", "otra"})) {
      amount = 1;
      to = at + 1;
    } else {
      break;
    }
    to = skip(to, {"-", "of"});
    to = skip(to, {"more", "full", "whole", "long"});
    const Word unit = word(to);
    if (unit.kind != "unit" || unit.value == "WE") break;
    if (tokens_[to].folded.size() == 1 && !(tokens_.joined(to) && tokens_.digits(to - 1)) &&
        !(tokens_.is(to, "h") && tokens_.digits(to - 1)))
      break;
    if (tokens_[to].breaks > 1) break;
    // "a second trial", "un segundo registro": the next of a row, not a length
    const bool second = unit.value == "TS" && amount == 1 && tokens_.word(unit.to) && tokens_.word(unit.to - 1) &&
                        !tokens_[unit.to].breaks;
    if (second && !is_any(unit.to, {"ago", "later", "and", "y", "atras"})) break;
    // "five years old" is an age: a figure, not a time.
    if (is_any(unit.to, {"old"}) || (is_any(unit.to, {"of", "de"}) && is_any(unit.to + 1, {"age", "edad"}))) break;
    if (tokens_.is(unit.to, "-") && tokens_.is(unit.to + 1, "old")) break;
    std::string letter(unit.value);
    if (letter == "2W") letter = "W", amount *= 2;
    if (letter == "10Y") letter = "Y", amount *= 10;
    if (letter == "100Y") letter = "Y", amount *= 100;
    if (letter == "3M") letter = "M", amount *= 3;
    if (letter == "15D") letter = "D", amount *= 15;
    if (letter == "BD") letter = "D";
    std::size_t end = unit.to;
    if (is_any(end, {"and", "y"}) && is_any(end + 1, {"a", "half", "media", "medio"})) {
      const std::size_t behind = skip(end + 1, {"a"});
      if (is_any(behind, {"half", "media", "medio"}) && word(behind + 1).kind != "unit") {
        amount += 0.5;
        end = behind + 1;
      }
    }
    out.parts.emplace_back(amount, letter);
    out.to = end;
    at = skip(end, {","});
    at = skip(at, {"and", "y"});
  }
  if (out.parts.empty()) {
    std::size_t from = i;
    if (is_any(from, {"all", "full", "whole", "todo", "toda"})) {
      from = skip(from + 1, {"-", "el", "la", "the"});
      const Word unit = word(from);
      if (unit.kind == "unit" && unit.value.size() <= 2) {
        out.parts.emplace_back(1, std::string(unit.value));
        out.to = unit.to;
      }
    }
  }
  return out.to > 0 ? std::optional(out) : std::nullopt;
}

namespace {

Date add_calendar(const Date& date, double amount, std::string_view unit) {
  const int whole = static_cast<int>(std::clamp(amount, -30000.0, 30000.0));
  if (unit == "D") return civil_from_days(days_from_civil(date) + whole);
  if (unit == "W") return civil_from_days(days_from_civil(date) + 7 * whole);
  const int months = unit == "Y" ? whole * 12 : whole;
  const int index = date.year * 12 + date.month - 1 + months;
  if (index < 12) return date;
  Date out{index / 12, index % 12 + 1, date.day};
  out.day = std::min(out.day, days_in_month(out.year, out.month));
  return out;
}

}  // namespace

DateGrammar::Found DateGrammar::counted(std::size_t i) const {
  const bool in = is_any(i, {"in"}) ||
                  (language_ == "es" && (tokens_.is(i, "en") || (tokens_.is(i, "dentro") && tokens_.is(i + 1, "de"))));
  const bool hace = language_ == "es" && tokens_.is(i, "hace");
  std::size_t at = i;
  if (in || hace) at = tokens_.is(i, "dentro") ? i + 2 : i + 1;
  const auto span = length(at);
  if (!span) return std::nullopt;
  int sign = 0;
  std::size_t to = span->to;
  if (is_any(to, {"ago", "earlier", "atras", "antes"}) || hace) {
    sign = -1;
    if (!hace || is_any(to, {"atras"})) ++to;
  } else if (is_any(to, {"later", "hence"}) || (is_any(to, {"from"}) && is_any(to + 1, {"now", "today"})) ||
             (is_any(to, {"mas"}) && tokens_.is(to + 1, "tarde")) || is_any(to, {"despues"})) {
    sign = 1;
    to += is_any(to, {"from", "mas"}) ? 2 : 1;
  } else if (in) {
    sign = 1;
  }
  if (sign == 0) return std::nullopt;
  const bool timed =
      std::any_of(span->parts.begin(), span->parts.end(), [](const auto& part) { return part.second[0] == 'T'; });
  if (language_ == "es" && tokens_.is(i, "en") && !context_.today)
    return std::nullopt;  // "en tres días": how long, or when
  DatePiece piece{.from = i, .to = to, .anchored = true};
  piece.offset = (sign < 0 ? "-" : "") + span->timex();
  piece.name = timed ? "XXXX-XX-XXTXX" : "XXXX-XX-XX";
  if (timed) piece.type = DateMention::Type::DateTime;
  if (!context_.today) return piece;
  Date date = *context_.today;
  double seconds = 0;
  for (const auto& [amount, unit] : span->parts) {
    if (unit[0] == 'T')
      seconds += amount * (unit == "TH" ? 3600 : unit == "TM" ? 60 : 1);
    else
      date = add_calendar(date, sign * amount, unit);
  }
  piece.name.clear();
  if (timed) {
    const Instant now = instant_of(date, context_.hour, context_.minute, context_.second, 0);
    const std::string moved = careo::iso(now + static_cast<Instant>(sign * std::min(seconds, 1e12)));
    piece.name = moved.substr(0, moved.size() - 1);
    return piece;
  }
  piece.year = date.year;
  piece.month = date.month;
  piece.day = date.day;
  return piece;
}

// "1945" where it must be a year: behind a preposition or "year", in brackets, alone; never before what it could count.
DateGrammar::Found DateGrammar::plain_year(std::size_t i) const {
  if (i > 0 && tokens_.joined(i) && !is_any(i - 1, {"(", "-", "–", "—", "/", "\"", "“", "«", "["})) return std::nullopt;
  const bool behind_sign = tokens_.joined(i) && is_any(i - 1, {"-", "–", "—", "/"});
  if (behind_sign && !(i > 1 && tokens_.digits(i - 2) && tokens_[i - 2].written.size() == 4)) return std::nullopt;
  const Value found = year_number(i, false);
  if (found.value < 0) return std::nullopt;
  const bool digits = tokens_.digits(i);
  const bool preposition =
      i > 0 &&
      is_any(i - 1, {"in",    "since",   "of",      "from",  "until", "till",    "by", "during", "year", "before",
                     "after", "between", "and",     "to",    "the",   "through", "en", "de",     "del",  "desde",
                     "hasta", "ano",     "durante", "entre", "y",     "a",       "al", "early",  "late", "mid",
                     "-",     "–",       "в",       "с",     "до",    "у",       "з"});
  if (!digits && !preposition) return std::nullopt;
  if (digits && (found.value < 1500 && !preposition)) return std::nullopt;
  const Token& behind = tokens_[found.to];
  if (tokens_.joined(found.to) &&
      (is_any(found.to, {"%", "°", "º", "$", "€", "/", ":"}) || behind.kind == Token::Kind::Word))
    return std::nullopt;
  if (tokens_.joined(found.to) && is_any(found.to, {".", ","}) && tokens_.joined(found.to + 1) &&
      tokens_.digits(found.to + 1))
    return std::nullopt;
  const bool noun = behind.kind == Token::Kind::Word && behind.breaks == 0 && behind.folded.size() > 3 &&
                    behind.folded.back() == 's' && !behind.capital;
  const bool strong = i > 0 && is_any(i - 1, {"in", "since", "year", "during", "en", "desde", "ano", "durante", "the"});
  if (noun && digits && !strong && !is_any(found.to, {"was", "has", "is"})) return std::nullopt;
  if (digits && is_any(found.to, {"people", "persons", "men", "women", "dollars", "euros", "pesos", "million", "miles",
                                  "millones", "thousand", "tons", "km", "kg"}))
    return std::nullopt;
  DatePiece piece{.from = i, .to = found.to, .type = DateMention::Type::DateRange, .year = found.value};
  if (language_ == "ru" || language_ == "uk")
    piece.to = skip(piece.to, {"г", "году", "года", "год", "р", "році", "року", "рік"});
  return piece;
}

// "next week", "last month", "this year", "la semana pasada", "el próximo mes", "this weekend".
DateGrammar::Found DateGrammar::shifted_period(std::size_t i) const {
  std::size_t at = skip(i, {"el", "la", "los", "las", "the"});
  const Word first = word(at);
  if (first.kind == "shift") {
    if (const Value month = month_name(first.to, true); month.value > 0) {
      DatePiece piece{
          .from = at, .to = month.to, .type = DateMention::Type::DateRange, .month = month.value, .anchored = true};
      if (context_.today) {
        const int now = context_.today->month;
        const int by = first.number();
        piece.year = context_.today->year + (by > 0 && month.value <= now ? 1 : by < 0 && month.value >= now ? -1 : 0);
      }
      return piece;
    }
    const Word noun = word(first.to);
    if (noun.kind == "season") {
      DatePiece piece{.from = at, .to = noun.to, .type = DateMention::Type::DateRange, .anchored = true};
      piece.name = (context_.today ? fmt::format("{}", context_.today->year + first.number()) : "XXXX") + "-" +
                   std::string(noun.value);
      return piece;
    }
    // "next 3 days", "los últimos dos años"
    if (const auto span = length(first.to); span && span->parts.size() == 1 && first.number() != 0) {
      const auto& [amount, unit] = span->parts.front();
      DatePiece piece{.from = at, .to = span->to, .type = DateMention::Type::DateRange, .anchored = true};
      piece.offset = (first.number() < 0 ? "-" : "") + span->timex();
      piece.name = span->timex();
      if (context_.today && unit[0] == 'T') {
        const double seconds = std::min(amount, 1e7) * (unit == "TH" ? 3600 : unit == "TM" ? 60 : 1);
        const bool ahead = first.number() > 0;
        piece.name =
            moments(*context_.today, *context_.today, ahead ? 0 : -seconds, ahead ? seconds : 0, span->timex());
        piece.type = DateMention::Type::DateTimeRange;
      }
      if (context_.today && unit[0] != 'T') {
        const bool ahead = first.number() > 0;
        const Date base = ahead ? add_calendar(*context_.today, 1, "D") : *context_.today;
        const Date far = add_calendar(base, ahead ? amount : -amount, unit);
        piece.name = range_of(ahead ? base : far, ahead ? far : base, span->timex());
      }
      return piece;
    }
    if (noun.kind == "unit" && noun.value[0] == 'T' && first.number() != 0 && context_.today) {  // "next hour"
      const double seconds = noun.value == "TH" ? 3600 : noun.value == "TM" ? 60 : 1;
      const bool ahead = first.number() > 0;
      DatePiece piece{.from = at, .to = noun.to, .type = DateMention::Type::DateTimeRange, .anchored = true};
      piece.name = moments(*context_.today, *context_.today, ahead ? 0 : -seconds, ahead ? seconds : 0,
                           "PT1" + std::string(noun.value.substr(1)));
      return piece;
    }
    if (noun.kind != "unit" || noun.value[0] == 'T') return std::nullopt;
    return shifted(noun.value, first.number(), at, noun.to);
  }
  if (first.kind == "unit" && first.value[0] != 'T') {
    const Word behind = word(first.to);
    if (behind.kind == "shift" && language_ == "es") return shifted(first.value, behind.number(), at, behind.to);
  }
  return std::nullopt;
}

// "the 1970s", "the '40s", "los años 70", "la década de 1980".
DateGrammar::Found DateGrammar::decade(std::size_t i) const {
  std::size_t at = skip(i, {"the", "los", "la"});
  const bool spanish = is_any(at, {"anos", "decada"});
  if (spanish) at = skip(skip(at + 1, {"de"}), {"los"});
  std::size_t number = skip(at, {"'", "’", "‘"});
  if (!tokens_.digits(number)) return std::nullopt;
  const std::string_view digits = tokens_[number].written;
  const bool s = tokens_.joined(number + 1) &&
                 (tokens_.is(number + 1, "s") || (tokens_.is(number + 1, "'") && tokens_.is(number + 2, "s")));
  if (!(s || spanish) || (digits.size() != 4 && digits.size() != 2) || digits.back() != '0') return std::nullopt;
  const int value = whole_digits(tokens_[number]);
  DatePiece piece{.from = i,
                  .to = number + (s ? (tokens_.is(number + 1, "s") ? 2u : 3u) : 1u),
                  .type = DateMention::Type::DateRange,
                  .anchored = true};
  if (digits.size() == 4) {
    const int years = value % 100 == 0 ? 100 : 10;
    piece.name = range_of({value, 1, 1}, {value + years, 1, 1}, fmt::format("P{}Y", years));
  } else {
    piece.name = fmt::format("(XX{:02}-01-01,XX{:02}-01-01,P10Y)", value, (value + 10) % 100);
  }
  return piece;
}

// "Q3 2016", "2016 H2", "the third quarter of 2016".
DateGrammar::Found DateGrammar::quarter(std::size_t i) const {
  std::size_t at = i;
  DatePiece piece{.from = i, .to = i, .type = DateMention::Type::DateRange, .anchored = true};
  const Value before = year_number(at, false);
  if (before.value > 0) {
    piece.year = before.value;
    at = skip(before.to, {"-", "'s"});
  }
  int which = 0;
  int months = 3;
  if (is_any(at, {"q", "h"}) && tokens_.joined(at + 1) && tokens_.digits(at + 1) &&
      tokens_[at + 1].written.size() == 1) {
    which = whole_digits(tokens_[at + 1]);
    months = tokens_.is(at, "h") ? 6 : 3;
    piece.to = at + 2;
  } else {
    at = skip(at, {"the", "el", "la"});
    const auto ordinal = ordinal_at(tokens_, at, language_);
    if (!ordinal) return std::nullopt;
    if (!is_any(ordinal->to, {"quarter", "half", "trimestre", "cuatrimestre", "semestre", "mitad"}))
      return std::nullopt;
    which = static_cast<int>(ordinal->value);
    months = is_any(ordinal->to, {"half", "semestre", "mitad"}) ? 6 : 3;
    piece.to = ordinal->to + 1;
  }
  if (which < 1 || which > 12 / months) return std::nullopt;
  if (piece.year < 0) {
    year_follows(piece.to, &piece);
    const std::size_t next = skip(skip(piece.to, {"of", "de"}), {"this", "este"});
    if (piece.year < 0 && next > piece.to) {
      if (const auto year = shifted_period(next); year && year->year > 0 && year->month < 0) {
        piece.year = year->year;
        piece.to = year->to;
      } else if (const auto this_year = shifted_period(next - 1);
                 this_year && this_year->year > 0 && this_year->month < 0) {
        piece.year = this_year->year;
        piece.to = this_year->to;
      }
    }
  }
  const int first = months * (which - 1);
  const auto day = [&](int month) {
    const int year = piece.year + month / 12;
    return piece.year < 0 ? fmt::format("XXXX-{:02}-01", month % 12 + 1)
                          : fmt::format("{:04}-{:02}-01", year, month % 12 + 1);
  };
  piece.name = fmt::format("({},{},P{}M)", day(first), day(first + months), months);
  return piece;
}

// "week 10", "the third week of this month", "first week of 2015".
DateGrammar::Found DateGrammar::week(std::size_t i) const {
  std::size_t at = skip(i, {"the", "la"});
  DatePiece piece{.from = i, .to = i, .type = DateMention::Type::DateRange, .anchored = true};
  const Word unit = word(at);
  if (unit.kind == "unit" && unit.value == "W" && tokens_.digits(unit.to)) {
    const int number = whole_digits(tokens_[unit.to]);
    if (number < 1 || number > 53) return std::nullopt;
    piece.to = unit.to + 1;
    year_follows(piece.to, &piece);
    const int year = piece.year > 0 ? piece.year : context_.today ? context_.today->year : -1;
    piece.name = (year > 0 ? fmt::format("{:04}", year) : "XXXX") + fmt::format("-W{:02}", number);
    return piece;
  }
  const auto ordinal = ordinal_at(tokens_, at, language_);
  if (!ordinal || ordinal->value > 5) return std::nullopt;
  const Word noun = word(ordinal->to);
  if (noun.kind != "unit" || noun.value != "W") return std::nullopt;
  std::size_t next = skip(noun.to, {"of", "in", "de", "del"});
  const int which = static_cast<int>(ordinal->value);
  if (const Value month = month_name(next, true); month.value > 0) {
    piece.to = month.to;
    year_follows(month.to, &piece);
    piece.name =
        (piece.year > 0 ? fmt::format("{:04}", piece.year) : "XXXX") + fmt::format("-{:02}-W{:02}", month.value, which);
    return piece;
  }
  for (const std::size_t start : {next, skip(next, {"the", "el"})}) {
    const auto period_of = shifted_period(start);
    if (period_of && period_of->year > 0) {
      piece.to = period_of->to;
      piece.name = period_of->month > 0 ? fmt::format("{:04}-{:02}-W{:02}", period_of->year, period_of->month, which)
                                        : fmt::format("{:04}-W{:02}", period_of->year, which);
      return piece;
    }
  }
  if (const Value year = year_number(next, false); year.value > 0) {
    piece.to = year.to;
    piece.name = fmt::format("{:04}-W{:02}", year.value, which);
    return piece;
  }
  return std::nullopt;
}

DateGrammar::Found DateGrammar::longest_period(std::size_t i) const {
  Found best;
  const auto offer = [&](const Found& found) {
    if (found && (!best || found->to > best->to)) best = found;
  };
  offer(shifted_period(i));
  offer(decade(i));
  offer(quarter(i));
  offer(week(i));
  const Word season = word(i);
  if (season.kind == "season") {
    DatePiece piece{.from = i, .to = season.to, .type = DateMention::Type::DateRange};
    year_follows(season.to, &piece);
    piece.name = (piece.year > 0 ? fmt::format("{:04}-", piece.year) : "") + std::string(season.value);
    if (piece.year > 0 || !is_any(i, {"fall", "spring"})) offer(piece);
  }
  const Value strong = month_name(i, false);
  const Value month = strong.value > 0 ? strong : month_name(i, true);
  if (month.value > 0) {
    DatePiece piece{
        .from = i, .to = month.to, .type = DateMention::Type::DateRange, .month = month.value, .anchored = true};
    const bool year_too = year_follows(month.to, &piece);
    const bool preposition = i > 0 && is_any(i - 1, {"in", "of", "since", "until", "during", "by", "from", "to", "en",
                                                     "de", "desde", "hasta", "month", "mes", "early", "late"});
    const bool capital = tokens_[i].capital && (language_ != "en" || !tokens_.is(i, "may") || preposition);
    if (strong.value > 0 || year_too || (preposition && (capital || language_ == "es")) ||
        (capital && !is_any(i, {"may", "march", "mar", "set", "sun"})))
      offer(piece);
  }
  // "2016-11", "2016 june", "11/2016"
  if (const Value year = year_number(i, false); year.value > 0 && tokens_.digits(i)) {
    const std::size_t next = skip(year.to, {"-", "/", ",", "~"});
    DatePiece piece{.from = i, .to = next, .type = DateMention::Type::DateRange, .year = year.value, .anchored = true};
    if (next > year.to && tokens_.digits(next) && tokens_[next].written.size() <= 2 &&
        digits_value(tokens_[next]) >= 1 && digits_value(tokens_[next]) <= 12 && !tokens_.is(next + 1, "-") &&
        !tokens_.is(next + 1, "/")) {
      piece.month = whole_digits(tokens_[next]);
      piece.to = next + 1;
      offer(piece);
    } else if (const Value named = month_name(next, true); named.value > 0) {
      piece.month = named.value;
      piece.to = named.to;
      offer(piece);
    }
  }
  if (tokens_.digits(i) && tokens_[i].written.size() <= 2 && is_any(i + 1, {"/", "-", "~"}) && tokens_.digits(i + 2) &&
      tokens_[i + 2].written.size() == 4) {
    const int number = whole_digits(tokens_[i]);
    const Value year = year_number(i + 2, false);
    if (number >= 1 && number <= 12 && year.value > 1500 &&
        !(i > 0 && tokens_.joined(i) && is_any(i - 1, {"/", "-", "."})))
      offer(DatePiece{.from = i,
                      .to = i + 3,
                      .type = DateMention::Type::DateRange,
                      .year = year.value,
                      .month = number,
                      .anchored = true});
  }
  return best;
}

// "now", "as soon as possible": TIMEX3's PRESENT_REF and FUTURE_REF.
DateGrammar::Found DateGrammar::reference(std::size_t i) const {
  const Word found = word(i);
  if (found.kind != "reference" || !context_.today) return std::nullopt;  // "now" in an article is hardly a date
  DatePiece piece{.from = i, .to = found.to, .type = DateMention::Type::DateTime, .anchored = true};
  piece.name = found.value;
  return piece;
}

// "within 5 days", "dentro de 2 horas": from now until then. Without today: the length alone.
DateGrammar::Found DateGrammar::within(std::size_t i) const {
  if (!tokens_.is(i, "within")) return std::nullopt;
  std::size_t at = skip(i + 1, {"the"});
  if (const Word shift = word(at); shift.kind == "shift" && shift.number() > 0) at = shift.to;
  const auto span = length(at);
  if (!span) return std::nullopt;
  DatePiece piece{.from = i, .to = span->to, .type = DateMention::Type::DateRange, .anchored = true};
  piece.offset = span->timex();
  piece.name = span->timex();
  if (!context_.today) return piece;
  Date day = *context_.today;
  double seconds = 0;
  for (const auto& [amount, unit] : span->parts) {
    if (unit[0] == 'T')
      seconds += amount * (unit == "TH" ? 3600 : unit == "TM" ? 60 : 1);
    else
      day = add_calendar(day, amount, unit);
  }
  if (seconds == 0) {
    piece.name = range_of(*context_.today, day, span->timex());
    return piece;
  }
  piece.type = DateMention::Type::DateTimeRange;
  piece.name = moments(*context_.today, day, 0, seconds, span->timex());
  return piece;
}

// From one day's now to another's, each moved by seconds.
std::string DateGrammar::moments(const Date& first, const Date& last, double before, double after,
                                 const std::string& length) const {
  const auto print = [&](const Date& day, double seconds) {
    const Instant now = instant_of(day, context_.hour, context_.minute, context_.second, 0);
    const std::string text = careo::iso(now + static_cast<Instant>(std::clamp(seconds, -1e11, 1e11)));
    return text.substr(0, text.size() - 1);
  };
  return fmt::format("({},{},{})", print(first, before), print(last, after), length);
}

// "daily", "every two days", "each Monday", "cada lunes".
DateGrammar::Found DateGrammar::set(std::size_t i) const {
  const Word found = word(i);
  DatePiece piece{.from = i, .to = found.to, .type = DateMention::Type::Set, .anchored = true};
  // "el diario", "Diario del Puerto": the newspaper, not what comes every day
  const bool newspaper =
      is_any(i, {"diario", "diarios"}) && (tokens_[i].capital || tokens_[i + 1].capital ||
                                           (i > 0 && is_any(i - 1, {"el", "un", "este", "del", "al", "su", "otro"})));
  if (newspaper) return std::nullopt;
  if (found.kind == "set") {
    piece.name = found.value;
    return piece;
  }
  const bool all = language_ == "es" && tokens_.is(i, "todos") && tokens_.is(i + 1, "los");
  if (!is_any(i, {"every", "each", "cada"}) && !all) return std::nullopt;
  const std::size_t at = skip(i + (all ? 2 : 1), {"other"});
  if (const Value day = weekday_name(at, true); day.value > 0) {
    piece.weekday = day.value;
    piece.to = day.to;
    if (const auto hour = time(skip(skip(day.to, {"at", "a"}), {"las"}))) {
      piece.hour = hour->hour;
      piece.minute = hour->minute;
      piece.to = hour->to;
    }
    return piece;
  }
  if (const Word unit = word(at); unit.kind == "unit" && unit.value[0] != 'T') {
    piece.name = "P1" + std::string(unit.value);
    piece.to = unit.to;
    return piece;
  }
  if (const Word part = word(at); part.kind == "part") {
    piece.part = part.value;
    piece.to = part.to;
    return piece;
  }
  if (const auto span = length(at)) {
    piece.name = span->timex();
    piece.to = span->to;
    return piece;
  }
  if (const auto day = date(at); day && day->anchored) {
    DatePiece out = *day;
    out.from = i;
    out.type = DateMention::Type::Set;
    return out;
  }
  return std::nullopt;
}

}  // namespace careo
