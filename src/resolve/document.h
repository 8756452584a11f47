// SPDX-License-Identifier: Apache-2.0
// Images are not documents: the pictures of one document, found to be one, and what they say together.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "resolve/record.h"

namespace careo {

struct IdentityDocument {
  std::string id;                    ///< "d-" and 12 hex digits, from its smallest record
  std::vector<std::size_t> records;  ///< indices into the records given, ascending by record id
  IdentityRecord merged;             ///< each field from the record that read it best
  std::vector<std::string> reasons;  ///< why its pictures are one document
  std::size_t sure_records = 1;      ///< distinct documents its records surely are: 1; more where a merge is a guess
};

/// How sure it is that two records show one document.
enum class Sameness { Sure, Likely, No };
struct DocumentMatch {
  Sameness sameness = Sameness::No;
  std::string why;
};
/// Rules D1 to D4 of docs/formats/persons.md.
DocumentMatch same_document(const IdentityRecord& a, const IdentityRecord& b);

/// Two records, the smaller index first.
using RecordPair = std::pair<std::size_t, std::size_t>;

/// Groups records into documents, never two of `apart` (a person said so) into one. The result does not depend on the
/// order of `records`, except that its indices point into it. Table lines without a number stay alone.
std::vector<IdentityDocument> group_documents(const std::vector<IdentityRecord>& records,
                                              const std::set<RecordPair>& apart = {});

}  // namespace careo
