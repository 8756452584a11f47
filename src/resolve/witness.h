// SPDX-License-Identifier: Apache-2.0
// The second witness: another print of the same document (its face, its barcode) heard on what a machine-readable zone
// said. It raises and lowers grades and never changes a value. The rules are docs/formats/witness.md.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "resolve/record.h"

namespace careo {

struct Testimony {
  struct Said {
    std::string text;
    int confidence = 0;  ///< 0..100
  };
  std::string witness;                                         ///< "face" or "barcode"
  std::vector<std::string> cells;                              ///< what is printed together, in the order of reading
  std::map<std::string, std::vector<Said>, std::less<>> said;  ///< by label
  /// Nothing else in the picture could be meant: only then a contradiction counts.
  bool alone = false;
};

/// Of a reading of kind "face" or "barcode". Malformed where its value is not what docs/formats/witness.md says.
Result<Testimony> testimony_of(const Reading& reading);

/// The numbers of six characters or more that the testimony prints, each once, as seen_number() gives them: by one of
/// them it may name a document.
std::vector<std::string> numbers_in(const Testimony& testimony);

/// Settles each field of the record that the witness speaks of, and the record's grade.
void hear(const Testimony& testimony, IdentityRecord* record);

/// A field is agreed upon: unconfirmed becomes checked, and so does what only the pixels left open where the check
/// digit holds; else doubtful becomes unconfirmed. What contradicts itself stays inconsistent.
void raise_by(std::string_view witness, FieldValue* field);
/// A field is contradicted by `value`: what was checked is inconsistent now, all else doubtful.
void lower_by(std::string_view witness, std::string_view value, FieldValue* field);

/// The lowest grade of document number, birth date and expiry date, of those that the record has.
void settle_grade(IdentityRecord* record);

}  // namespace careo
