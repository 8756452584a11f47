// SPDX-License-Identifier: Apache-2.0
// Two documents (or lines of a table): one person's, or not? Bits for and against, and walls.
#pragma once

#include <string>
#include <vector>

#include "resolve/record.h"

namespace careo {

/// What is compared of one document, made ready once.
struct Facts {
  PersonName name;
  FieldValue birth_date, sex, nationality, issuer, number, id_number, birth_place;
  std::vector<std::string> contacts;  ///< mail addresses, phones
  std::string town;
  bool typed = false;  ///< a line of a table: every field may hold a slip, none is proved
};
Facts facts_of(const IdentityRecord& record);

struct Judged {
  double bits = 0;
  bool firm = false;   ///< certain enough to hold in the upper bound: rules P1 to P3 of docs/formats/persons.md
  bool wall = false;   ///< never one person, whatever else agrees
  bool may_be = true;  ///< could be one person for all that was surely read: the lower bound counts on this
  std::vector<std::string> pro, contra, absent;

  bool likely(double bar) const { return !wall && (firm || bits >= bar); }
};
Judged judge(const Facts& a, const Facts& b);

/// The bits from which a pair is held to be one person. Papers: 20, whatever their number, since a wrong merge hides a
/// person. Lines of a table: log2 of their number (the odds that two met by chance) and four bits to be right 16 times
/// in 17, at least 13.
double likely_bar(const Facts& a, const Facts& b, std::size_t documents);

/// Could two dates be one that was misread: equal, one part missing, day and month swapped, or one digit off? Near:
/// within two months, or so but for one digit of the year: not one digit's slip, yet not as far as strangers are.
enum class DateLikeness { Equal, Partial, Slip, Near, Different, Unknown };
DateLikeness compare_dates(const FieldValue& a, const FieldValue& b);

}  // namespace careo
