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
};
Facts facts_of(const IdentityRecord& record);

struct Judged {
  double bits = 0;
  bool firm = false;   ///< certain enough to hold in the upper bound: rules P1 to P3 of docs/formats/persons.md
  bool wall = false;   ///< never one person, whatever else agrees
  bool may_be = true;  ///< could be one person for all that was surely read: the lower bound counts on this
  std::vector<std::string> pro, contra, absent;

  bool likely() const { return !wall && (firm || bits >= kLikely); }
  /// log2 of 50,000 persons, each pair of whom might be met, and six bits to be wrong once in sixty.
  static constexpr double kLikely = 20;
};
Judged judge(const Facts& a, const Facts& b);

/// Could two dates be one that was misread: equal, one part missing, day and month swapped, or one digit off?
enum class DateLikeness { Equal, Partial, Slip, Different, Unknown };
DateLikeness compare_dates(const FieldValue& a, const FieldValue& b);

}  // namespace careo
