// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/date.h"

#include <array>
#include <string>

#include "base/text.h"
#include "unpack/mail/header.h"

namespace careo {
namespace {

constexpr auto kMonths = std::to_array<std::string_view>(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});

/// RFC 5322 section 4.3 gives the North American zones; the rest are what mail of the last decades carries, where one
/// meaning is by far the most common. Minutes east of UTC.
struct Zone {
  std::string_view name;
  int minutes;
};
constexpr auto kZones = std::to_array<Zone>({
    {"ut", 0},      {"utc", 0},    {"gmt", 0},    {"z", 0},      {"wet", 0},    {"est", -300}, {"edt", -240},
    {"cst", -360},  {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"bst", 60},
    {"cet", 60},    {"met", 60},   {"mez", 60},   {"cest", 120}, {"mest", 120}, {"mesz", 120}, {"eet", 120},
    {"eest", 180},  {"msk", 180},  {"msd", 240},  {"ist", 330},  {"jst", 540},  {"kst", 540},  {"hkt", 480},
    {"sgt", 480},   {"aest", 600}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780}, {"brt", -180}, {"art", -180},
    {"clt", -240},  {"pet", -300}, {"cot", -300}, {"west", 60},  {"sast", 120}, {"yekt", 300}, {"akst", -540},
    {"akdt", -480}, {"hst", -600},
});

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int number_of(std::string_view digits) {
  int out = 0;
  for (const char c : digits) out = out > 100'000'000 ? out : out * 10 + (c - '0');
  return out;
}

/// Goes over the words of a date and keeps what each one can only mean.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : text_(text) {}

  std::optional<MailDate> read() {
    while (at_ < text_.size() && at_ < kMaxLength) {
      const char c = text_[at_];
      if (c == '(') {
        const std::size_t end = end_of_comment(text_, at_);
        at_ = end == std::string_view::npos ? text_.size() : end;
      } else if (is_digit(c)) {
        digits();
      } else if (is_letter(c)) {
        letters();
      } else if ((c == '+' || c == '-') && have_time_ && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) {
        zone();
      } else {
        ++at_;
      }
    }
    return finish();
  }

 private:
  static constexpr std::size_t kMaxLength = 400;  // no date is longer, whatever follows

  std::string_view run_of_digits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  bool next_is(std::string_view marks) const {
    return at_ + 1 < text_.size() && marks.find(text_[at_]) != std::string_view::npos && is_digit(text_[at_ + 1]);
  }

  void digits() {
    const std::string_view run = run_of_digits();
    if (!have_time_ && run.size() <= 2 && (next_is(":") || (have_date() && next_is(".")))) {
      time(number_of(run));
    } else if (run.size() == 4 && year_ < 0 && next_is("-/.") && month_ < 0) {
      iso_date(number_of(run));
    } else if (run.size() == 14 && !have_date() && year_ < 0) {
      compact(run);
    } else if (run.size() <= 2 && day_ < 0) {
      day_ = number_of(run);
      if (month_ < 0 && next_is("./-")) numeric_month();
    } else if (year_ < 0 && run.size() <= 4) {
      set_year(run);
    } else if (have_time_ && !out_.offset && run.size() == 4) {
      set_offset(number_of(run), 1);  // "0300" without its sign
    }
  }

  // "28.09.2023" and "28/09/2023": only where the order cannot be mistaken, by the dot or by a day above twelve.
  void numeric_month() {
    const char mark = text_[at_];
    ++at_;
    const int second = number_of(run_of_digits());
    if (mark == '.' || (day_ > 12 && second <= 12) || day_ == second) {
      month_ = second;
    } else if (second > 12 && day_ <= 12) {
      month_ = day_;
      day_ = second;
    } else {
      ambiguous_ = true;
    }
    if (next_is("./-")) {
      ++at_;
      set_year(run_of_digits());
    }
  }

  void iso_date(int year) {
    year_ = year;
    ++at_;
    month_ = number_of(run_of_digits());
    if (!next_is("-/.")) return;
    ++at_;
    day_ = number_of(run_of_digits());
    if (at_ < text_.size() && (text_[at_] == 'T' || text_[at_] == 't')) ++at_;
  }

  void compact(std::string_view run) {
    year_ = number_of(run.substr(0, 4));
    month_ = number_of(run.substr(4, 2));
    day_ = number_of(run.substr(6, 2));
    out_.hour = number_of(run.substr(8, 2));
    out_.minute = number_of(run.substr(10, 2));
    out_.second = number_of(run.substr(12, 2));
    have_time_ = true;
  }

  void set_year(std::string_view run) {
    const int year = number_of(run);
    // RFC 5322, section 4.3: two digits below 50 are of this century, three digits count from 1900.
    if (run.size() == 2) year_ = year < 50 ? 2000 + year : 1900 + year;
    if (run.size() == 3) year_ = 1900 + year;
    if (run.size() == 4) year_ = year;
  }

  void time(int hour) {
    have_time_ = true;
    out_.hour = hour;
    ++at_;
    out_.minute = number_of(run_of_digits());
    if (!next_is(":.")) return;
    ++at_;
    out_.second = number_of(run_of_digits());
    if (next_is(".,")) {  // fractions
      ++at_;
      run_of_digits();
    }
  }

  void letters() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_letter(text_[at_])) ++at_;
    std::string word = lower_ascii(text_.substr(begin, at_ - begin));
    if (word.size() == 1 && lower_ascii(text_.substr(at_, 2)) == ".m") {  // "p.m."
      word += 'm';
      at_ += 2;
    }
    if (word == "pm" && have_time_ && out_.hour < 12) out_.hour += 12;
    if (word == "am" && have_time_ && out_.hour == 12) out_.hour = 0;
    if (word.size() >= 3 && month_ < 0) month(word);
    if (!have_time_ || out_.offset) return;
    for (const Zone& zone : kZones)
      if (word == zone.name) out_.offset = zone.minutes;
    // "GMT+0300": the number that follows is the zone.
    if (out_.offset && at_ + 1 < text_.size() && (text_[at_] == '+' || text_[at_] == '-') && is_digit(text_[at_ + 1]))
      out_.offset.reset();
  }

  // "mar, 3 oct": in French and Spanish a day of the week, as the comma before the day says, unless no month comes.
  void month(std::string_view word) {
    const bool weekday = day_ < 0 && at_ < text_.size() && text_[at_] == ',';
    for (std::size_t i = 0; i < kMonths.size(); ++i)
      if (word.starts_with(kMonths[i])) (weekday ? doubtful_month_ : month_) = static_cast<int>(i) + 1;
  }

  void zone() {
    const int sign = text_[at_] == '-' ? -1 : 1;
    ++at_;
    const std::string_view hours = run_of_digits();
    int value = number_of(hours);
    if (hours.size() <= 2) {
      value *= 100;
      if (next_is(":")) {
        ++at_;
        value += number_of(run_of_digits());
      }
    }
    if (out_.offset) return;
    set_offset(value, sign);
  }

  void set_offset(int hhmm, int sign) {
    if (hhmm / 100 > 14 || hhmm % 100 > 59) return;
    out_.offset = sign * (hhmm / 100 * 60 + hhmm % 100);
    out_.minus = sign < 0;
  }

  bool have_date() const { return day_ >= 0 && month_ >= 0 && year_ >= 0; }

  std::optional<MailDate> finish() {
    if (month_ < 0) month_ = doubtful_month_;
    if (ambiguous_ || !have_date()) return std::nullopt;
    out_.date = {year_, month_, day_};
    if (!is_valid(out_.date) || year_ < 1000) return std::nullopt;
    if (out_.hour > 24 || out_.minute > 59 || out_.second > 60) {
      // No clock shows that: the day is all that stands there.
      out_.hour = out_.minute = out_.second = 0;
      out_.offset.reset();
    }
    return out_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  MailDate out_;
  int day_ = -1;
  int month_ = -1;
  int doubtful_month_ = -1;
  int year_ = -1;
  bool have_time_ = false;
  bool ambiguous_ = false;
};

}  // namespace

std::optional<MailDate> parse_mail_date(std::string_view value) {
  return DateReader(value).read();
}

}  // namespace careo
