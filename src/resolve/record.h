// SPDX-License-Identifier: Apache-2.0
// A record: the readings of one picture of one document together, or one line of a table of persons.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/decision.h"
#include "evidence/reading.h"
#include "resolve/compare_names.h"

namespace careo {

/// A person's word: who, when, and what had been read instead.
struct Word {
  std::string by;
  Instant at = 0;
  std::string read;
  Grade grade = Grade::Unconfirmed;  ///< of what had been read
};

/// What a witness says in a field's place.
struct Dissent {
  std::string witness;
  std::string value;
};

/// One field as read: as understood, how surely, what else it may say, and who was heard on it.
struct FieldValue {
  std::string value;  ///< dates ISO 8601, codes and numbers without fillers
  std::string raw;
  Grade grade = Grade::Unconfirmed;
  std::vector<std::string> alternatives;
  std::optional<Word> corrected;  ///< a person set `value`; `grade` is Checked then, since they saw the picture
  bool check_holds = false;       ///< it has a check digit, and that holds
  std::vector<std::string> witnesses = {};  ///< who says the same: "face", "barcode", "image" (docs/formats/witness.md)
  std::vector<Dissent> against = {};        ///< who says something else
  bool empty() const { return value.empty(); }
};

/// Fields by the names of json.md: issuer, document_number, nationality, birth_date, sex, expiry_date, surname,
/// given_names, optional, optional_2; from tables also name, birth_place, id_number, email, phone, address.
struct IdentityRecord {
  std::string id;                ///< of a table's line; else the anchor, printed
  std::optional<Anchor> anchor;  ///< where it was read
  std::string format;            ///< "TD3", ...; "" from a table
  std::vector<std::string> lines;
  std::map<std::string, FieldValue, std::less<>> fields;
  Grade grade = Grade::Unconfirmed;  ///< of the reading as a whole
  bool names_truncated = false;
  std::optional<Word> reviewed;  ///< the last person who looked it through

  /// The field, or an empty one.
  const FieldValue& field(std::string_view name) const;
  PersonName name() const;
};

/// The record of a reading of kind "mrz", or of a barcode that holds a document. Malformed where its value is not what
/// docs/formats/json.md says.
Result<IdentityRecord> record_of(const PartId& part, const Reading& reading);

/// The record of one line of a table whose columns are named as in FollowTheMoney (id, name, firstName, lastName,
/// middleName, birthDate, birthPlace, gender, nationality, passportNumber, idNumber, email, phone, address, ...) or by
/// a common other name for one of these (dob, surname, given_name, ...). Unknown columns are left out.
/// REQUIRES: header and cells of one length; an empty id becomes "row N".
IdentityRecord record_of_row(const std::vector<std::string>& header, const std::vector<std::string>& cells,
                             std::size_t row);

/// Letters and digits only, upper case: how numbers are compared.
std::string plain_number(std::string_view text);

/// The ISO form of a date as tables write it (1974-08-12, 19740812, 12/08/1974, 12.08.1974); "" where it is none.
/// Where day and month could be either, day first.
std::string plain_date(std::string_view text);

}  // namespace careo
