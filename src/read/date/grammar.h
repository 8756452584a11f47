// SPDX-License-Identifier: Apache-2.0
// The pieces that dates are made of: a day, a period, a time of day, a duration, each tried at one token.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "read/date/date.h"
#include "reference/lexicon.h"

namespace careo {

/// One piece as written. Fields that the text does not give are -1; `name` stands before them where it is set: a week,
/// a season, a decade, anything that is no plain year-month-day.
struct DatePiece {
  std::size_t from = 0;
  std::size_t to = 0;
  DateMention::Type type = DateMention::Type::Date;
  int year = -1;
  int month = -1;
  int day = -1;
  int weekday = -1;  ///< 1 Monday ... 7 Sunday
  int hour = -1;
  int minute = -1;
  int second = -1;
  bool meridiem = false;  ///< the half of the day is known
  bool anchored = false;  ///< a month or day by name, a full numeric date: cannot be a mere number
  std::string name = {};
  std::string part = {};  ///< "MO", "AF", "EV", "NI": part of the day
  std::string bound = {};
  std::string offset = {};

  bool has_time() const { return hour >= 0; }
  bool has_date() const { return year >= 0 || month >= 0 || day >= 0 || weekday >= 0 || !name.empty(); }
  std::string date_timex() const;
  std::string time_timex() const;  ///< "T16:30"
  std::string timex() const;
};

/// A length of time: amount and TIMEX letter ("D", "TH").
struct DateLength {
  std::size_t to = 0;
  std::vector<std::pair<double, std::string>> parts;
  std::string timex() const;
};

/// What a rule gave at the tokens it was last asked about: the rules ask one another about the same places again and
/// again.
template <typename Given>
class Remembered {
 public:
  template <typename Rule>
  Given at(std::size_t token, Rule rule) {
    Slot& slot = slots_[token % slots_.size()];
    if (slot.token == token) return slot.given;
    Given given = rule();  // which may ask about others that live in this slot
    slot = {token, given};
    return given;
  }

 private:
  struct Slot {
    std::size_t token = static_cast<std::size_t>(-1);  // where nothing stands and every rule gives nothing
    Given given = {};
  };
  std::array<Slot, 16> slots_;
};

class DateGrammar {
 public:
  DateGrammar(const Tokens& tokens, std::string_view language, const DateContext& context)
      : tokens_(tokens), language_(language), context_(context), words_(lexicon("dates", language)) {}

  using Found = std::optional<DatePiece>;
  Found date(std::size_t i) const {
    return said_dates_.at(i, [&] { return longest_date(i); });
  }
  Found time(std::size_t i) const {
    return said_times_.at(i, [&] { return longest_time(i); });
  }
  Found date_time(std::size_t i) const {
    return said_date_times_.at(i, [&] { return longest_date_time(i); });
  }
  Found reference(std::size_t i) const;  ///< "now"
  Found within(std::size_t i) const;     ///< "within 5 days"
  /// A bare year where its surroundings say that it is one.
  Found year(std::size_t i) const {
    return said_years_.at(i, [&] { return plain_year(i); });
  }
  /// A month, a year, a week, a season, a decade, "last month".
  Found period(std::size_t i) const {
    return said_periods_.at(i, [&] { return longest_period(i); });
  }
  Found set(std::size_t i) const;
  std::optional<DateLength> length(std::size_t i) const;
  /// "three days ago", "in two weeks": a length counted from today.
  Found counted(std::size_t i) const;

  /// The class and value of the longest phrase of the date lexicon at `i`, and where it ends.
  struct Word {
    std::string_view kind;
    std::string_view value;
    std::size_t to = 0;
    int number() const;
  };
  Word word(std::size_t i) const {
    return said_words_.at(i, [&] { return longest_word(i); });
  }
  bool is_any(std::size_t i, std::initializer_list<std::string_view> list) const;
  std::size_t skip(std::size_t i, std::initializer_list<std::string_view> list) const {
    return is_any(i, list) ? i + 1 : i;
  }

  struct Value {
    int value = -1;
    std::size_t to = 0;
  };
  Value day_number(std::size_t i, bool words) const;
  Value year_number(std::size_t i, bool short_form) const;
  Value month_name(std::size_t i, bool weak) const;
  Value weekday_name(std::size_t i, bool weak) const;

 private:
  friend class DateRanges;
  Word longest_word(std::size_t i) const;
  Found longest_date(std::size_t i) const;
  Found longest_time(std::size_t i) const;
  Found longest_date_time(std::size_t i) const;
  Found longest_period(std::size_t i) const;
  Found plain_year(std::size_t i) const;
  Found numeric(std::size_t i) const;
  Found iso(std::size_t i) const;
  Found month_day(std::size_t i) const;
  Found day_month(std::size_t i) const;
  Found relative_day(std::size_t i) const;
  Found shifted_weekday(std::size_t i) const;
  Found nth_weekday(std::size_t i) const;
  Found holiday(std::size_t i) const;
  Found bare_day(std::size_t i) const;
  Found with_weekday(std::size_t i) const;
  struct Part {
    std::string_view value;  ///< "MO", "AF", "EV", "NI"
    std::size_t to = 0;
    bool announced = false;  ///< a preposition stands before it
  };
  Part part_of_day(std::size_t i) const;
  std::size_t behind_words(std::size_t i, std::initializer_list<std::string_view> list) const;
  Found day_then_time(std::size_t i) const;
  Found time_then_day(std::size_t i) const;
  Found this_part(std::size_t i) const;
  std::string moments(const Date& first, const Date& last, double before, double after,
                      const std::string& length) const;
  Found clock(std::size_t i) const;
  Found spoken_time(std::size_t i) const;
  Found named_time(std::size_t i) const;
  Found shifted_period(std::size_t i) const;
  Found decade(std::size_t i) const;
  Found quarter(std::size_t i) const;
  Found week(std::size_t i) const;
  std::size_t meridiem(std::size_t i, DatePiece* piece) const;
  Value small_number(std::size_t i, int least, int most) const;
  bool year_follows(std::size_t i, DatePiece* piece) const;
  DatePiece day_from_today(int days, std::size_t from, std::size_t to) const;
  DatePiece shifted(std::string_view unit, int by, std::size_t from, std::size_t to) const;

  const Tokens& tokens_;
  std::string_view language_;
  const DateContext& context_;
  const Lexicon& words_;
  mutable Remembered<Word> said_words_;
  mutable Remembered<Found> said_dates_, said_times_, said_date_times_, said_periods_, said_years_;
};

/// ISO 8601 week of a day, as "2016-W45".
std::string iso_week(const Date& date);
/// 1 Monday ... 7 Sunday.
int weekday_of(const Date& date);

}  // namespace careo
