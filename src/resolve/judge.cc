// SPDX-License-Identifier: Apache-2.0
#include "resolve/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/date.h"
#include "reference/fold.h"
#include "resolve/spelling_distance.h"

namespace careo {
namespace {

constexpr std::size_t kLeastNumber = 5;
constexpr std::int64_t kNearDays = 62;

// Bits of each agreement and disagreement; where they come from is docs/formats/persons.md, "Bits".
constexpr double kDateEqual = 13.5;    // log2 of 40 years of days, less typing together on purpose
constexpr double kDatePartial = 5;     // the year, or year and month
constexpr double kDateSlip = 6;        // one digit, or day and month swapped
constexpr double kDateDifferent = -9;  // one in 500 birth dates of one person is written two ways
constexpr double kDateNear = -2;       // of lines of tables only
constexpr double kSexEqual = 1;
constexpr double kSexDifferent = -7;
constexpr double kNationalityEqual = 2;
constexpr double kNationalityDifferent = -4;
constexpr double kNumberEqual = 20;
constexpr double kIdNumberEqual = 18;
constexpr double kIdNumberDifferent = -6;
constexpr double kPlaceEqual = 5;
constexpr double kPlaceDifferent = -1;
constexpr double kContactEqual = 12;
constexpr double kContactNear = 7;
constexpr double kTownEqual = 3;
// Below this even lines full of slips are surely two persons'.
constexpr double kSurelyTwo = -10;

bool clear(const FieldValue& field) {
  return !field.empty() && field.grade >= Grade::Unconfirmed;
}

/// Register numbers stand in the optional data; a filler or a remark does not.
bool is_register_number(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return text.size() >= 7 && digits >= 5;
}

int differing(std::string_view a, std::string_view b) {
  int out = 0;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) out += a[i] != b[i] ? 1 : 0;
  return out;
}

bool swapped(std::string_view a, std::string_view b) {
  return a.substr(0, 4) == b.substr(0, 4) && a.substr(5, 2) == b.substr(8, 2) && a.substr(8, 2) == b.substr(5, 2);
}

/// Weighs one pair, field by field.
class Scale {
 public:
  Scale(const Facts& a, const Facts& b) : a_(a), b_(b) {}
  Judged run();

 private:
  void pro(double bits, std::string what);
  void contra(double bits, std::string what);
  void names();
  void dates();
  void sexes();
  void nationalities();
  void numbers();
  void others();
  void conclude();

  const Facts& a_;
  const Facts& b_;
  NameComparison names_;
  DateLikeness dates_ = DateLikeness::Unknown;
  bool same_number_ = false;
  bool same_register_ = false;
  Judged out_;
};

void Scale::pro(double bits, std::string what) {
  out_.bits += bits;
  out_.pro.push_back(std::move(what));
}

void Scale::contra(double bits, std::string what) {
  out_.bits += bits;
  out_.contra.push_back(std::move(what));
}

void Scale::names() {
  if (a_.name.empty() || b_.name.empty()) {
    out_.absent.push_back("name");
    return;
  }
  names_ = compare_names(a_.name, b_.name);
  const std::string one = a_.name.print();
  const std::string other = b_.name.print();
  if (names_.bits > 0) {
    const std::string_view how = names_.band == NameBand::Same ? "same name" : "name alike";
    pro(names_.bits, one == other ? fmt::format("same name {}", one) : fmt::format("{}: {} and {}", how, one, other));
  } else {
    contra(names_.bits, fmt::format("different names {} and {}", one, other));
  }
  // Twins, siblings: a given name on each side, and they do not meet.
  if (names_.given_differ || names_.surname_differ) out_.may_be = false;
  if (names_.band == NameBand::Different) out_.may_be = false;
}

void Scale::dates() {
  dates_ = compare_dates(a_.birth_date, b_.birth_date);
  const std::string both = fmt::format("{} and {}", a_.birth_date.value, b_.birth_date.value);
  switch (dates_) {
    case DateLikeness::Unknown: out_.absent.push_back("birth date"); return;
    case DateLikeness::Equal: pro(kDateEqual, fmt::format("same birth date {}", a_.birth_date.value)); return;
    case DateLikeness::Partial: pro(kDatePartial, fmt::format("birth dates {} do not contradict", both)); return;
    case DateLikeness::Slip: pro(kDateSlip, fmt::format("birth dates {} differ by a slip", both)); break;
    case DateLikeness::Near:
      contra(a_.typed && b_.typed ? kDateNear : kDateDifferent, fmt::format("birth dates {} are near", both));
      break;
    case DateLikeness::Different: contra(kDateDifferent, fmt::format("different birth dates {}", both)); break;
  }
  if (a_.birth_date.grade == Grade::Checked && b_.birth_date.grade == Grade::Checked) {
    out_.wall = true;
    out_.may_be = false;
    out_.contra.push_back(fmt::format("both birth dates are checked: {}", both));
  }
}

void Scale::sexes() {
  if (a_.sex.empty() || b_.sex.empty()) {
    out_.absent.push_back("sex");
  } else if (a_.sex.value == b_.sex.value) {
    out_.bits += kSexEqual;
  } else {
    contra(kSexDifferent, "different sex");
    // No check digit guards it, so it walls only where nothing that is checked says otherwise.
    const bool both_clear = clear(a_.sex) && clear(b_.sex);
    const bool typed = a_.typed && b_.typed;
    out_.wall = out_.wall || (both_clear && !typed && !same_number_ && !same_register_);
    if (both_clear) out_.may_be = false;
  }
}

void Scale::nationalities() {
  if (a_.nationality.empty() || b_.nationality.empty()) {
    out_.absent.push_back("nationality");
  } else if (a_.nationality.value == b_.nationality.value) {
    pro(kNationalityEqual, fmt::format("nationality {} agrees", a_.nationality.value));
  } else {
    contra(kNationalityDifferent, fmt::format("nationalities {} and {}", a_.nationality.value, b_.nationality.value));
  }
}

void Scale::numbers() {
  const std::string& number = a_.number.value;
  if (number.size() >= kLeastNumber && number == b_.number.value) {
    same_number_ = true;
    pro(kNumberEqual, fmt::format("same document number {}", number));
  }
  const std::string& id = a_.id_number.value;
  if (!is_register_number(id) || !is_register_number(b_.id_number.value)) return;
  if (id == b_.id_number.value) {
    same_register_ = true;
    pro(kIdNumberEqual, fmt::format("same personal number {}", id));
  } else if (a_.issuer.value == b_.issuer.value && differing(id, b_.id_number.value) > 2) {
    contra(kIdNumberDifferent, fmt::format("different personal numbers {} and {}", id, b_.id_number.value));
  }
}

void Scale::others() {
  if (!a_.birth_place.empty() && !b_.birth_place.empty()) {
    const bool equal = folded_words(a_.birth_place.value) == folded_words(b_.birth_place.value);
    equal ? pro(kPlaceEqual, "same birth place") : contra(kPlaceDifferent, "different birth places");
  }
  if (!a_.town.empty() && a_.town == b_.town) pro(kTownEqual, fmt::format("same town {}", a_.town));
  for (const std::string& contact : a_.contacts) {
    if (std::find(b_.contacts.begin(), b_.contacts.end(), contact) == b_.contacts.end()) continue;
    pro(kContactEqual, fmt::format("same contact {}", contact));
    return;
  }
  for (const std::string& x : a_.contacts) {
    for (const std::string& y : b_.contacts) {
      if (x.size() < 10 || slips(x, y, 2) > 2) continue;
      pro(kContactNear, fmt::format("contacts {} and {} differ by a slip", x, y));
      return;
    }
  }
}

void Scale::conclude() {
  const bool dates_equal = dates_ == DateLikeness::Equal;
  // Read clearly once, and the same again: a misreading would have to hit upon a namesake's birth date.
  const bool sure_dates = dates_equal && (clear(a_.birth_date) || clear(b_.birth_date));
  const bool one_state = !a_.nationality.empty() && a_.nationality.value == b_.nationality.value;
  const bool one_sex = a_.sex.empty() || b_.sex.empty() || a_.sex.value == b_.sex.value;
  const bool clean_names = names_.band == NameBand::Same;
  if (a_.typed && b_.typed) out_.may_be = !out_.wall && out_.bits > kSurelyTwo;
  // Twins whose given names differ stay apart even where all else agrees; so do siblings.
  const bool typed = a_.typed && b_.typed;
  if (names_.given_differ && !typed && !same_register_ && !same_number_) out_.wall = true;
  out_.firm = !out_.wall && one_sex &&
              ((clean_names && sure_dates && one_state) || (same_number_ && dates_equal && clean_names) ||
               (same_register_ && dates_equal && names_.band != NameBand::Different));
  // What an altogether other date says is outweighed only by a number.
  const bool other_date = dates_ == DateLikeness::Different || dates_ == DateLikeness::Near;
  if (other_date && !typed && !same_number_ && !same_register_) {
    const bool guessed = a_.birth_date.grade < Grade::Unconfirmed || b_.birth_date.grade < Grade::Unconfirmed;
    out_.may_be = out_.may_be && guessed;
  }
}

Judged Scale::run() {
  numbers();
  names();
  dates();
  sexes();
  nationalities();
  others();
  conclude();
  return std::move(out_);
}

}  // namespace

Facts facts_of(const IdentityRecord& record) {
  Facts out;
  out.name = record.name();
  out.birth_date = record.field("birth_date");
  out.sex = record.field("sex");
  out.nationality = record.field("nationality");
  out.issuer = record.field("issuer");
  out.number = record.field("document_number");
  out.birth_place = record.field("birth_place");
  for (const char* name : {"id_number", "optional", "optional_2"}) {
    if (is_register_number(out.id_number.value)) break;
    out.id_number = record.field(name);
    out.id_number.value = plain_number(out.id_number.value);
  }
  out.typed = record.format.empty();
  for (const std::string& word : folded_words(record.field("city").value)) out.town += word;
  for (const char* name : {"email", "phone"}) {
    if (!record.field(name).empty()) out.contacts.push_back(record.field(name).value);
  }
  return out;
}

DateLikeness compare_dates(const FieldValue& a, const FieldValue& b) {
  if (a.empty() || b.empty()) return DateLikeness::Unknown;
  if (a.value == b.value) return DateLikeness::Equal;
  const auto one_of = [](const std::string& value, const FieldValue& field) {
    return std::find(field.alternatives.begin(), field.alternatives.end(), value) != field.alternatives.end();
  };
  if (one_of(a.value, b) || one_of(b.value, a)) return DateLikeness::Slip;
  if (a.value.size() != b.value.size()) {
    const std::size_t shorter = std::min(a.value.size(), b.value.size());
    return a.value.substr(0, shorter) == b.value.substr(0, shorter) ? DateLikeness::Partial : DateLikeness::Different;
  }
  if (a.value.size() != 10) return DateLikeness::Different;
  if (differing(a.value, b.value) == 1 || swapped(a.value, b.value)) return DateLikeness::Slip;
  const std::optional<Date> x = parse_iso_date(a.value);
  const std::optional<Date> y = parse_iso_date(b.value);
  if (!x || !y) return DateLikeness::Different;
  const auto near = [](const Date& one, const Date& other) {
    return std::abs(days_from_civil(one) - days_from_civil(other)) <= kNearDays;
  };
  if (near(*x, *y)) return DateLikeness::Near;
  const bool one_digit = differing(a.value.substr(0, 4), b.value.substr(0, 4)) <= 1;
  if (one_digit && near({y->year, x->month, std::min(x->day, 28)}, *y)) return DateLikeness::Near;
  return DateLikeness::Different;
}

double likely_bar(const Facts& a, const Facts& b, std::size_t documents) {
  if (!a.typed || !b.typed) return 20;
  return std::max(13.0, std::log2(static_cast<double>(std::max<std::size_t>(documents, 1))) + 4);
}

Judged judge(const Facts& a, const Facts& b) {
  return Scale(a, b).run();
}

}  // namespace careo
