// SPDX-License-Identifier: Apache-2.0
// Whose documents are these, and how many persons: every identity document of a case, grouped and counted.
#pragma once

#include <vector>

#include "resolve/person.h"
#include "store/case.h"

namespace careo {

struct CasePersons {
  std::vector<IdentityRecord> records;     ///< one an image
  std::vector<std::vector<Trail>> trails;  ///< by record: every place of its image, with the region of the zone
  std::vector<Trail> unread;               ///< pictures that may show a document and gave none
  Resolution resolution;

  /// The places of every image of a document.
  std::vector<Trail> images_of(const IdentityDocument& document) const;
};

/// Reads the log's identity documents and resolves them with the case's decisions.
Result<CasePersons> persons_of(Case& store);

}  // namespace careo
