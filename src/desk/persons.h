// SPDX-License-Identifier: Apache-2.0
// Whose documents are these, and how many persons: every identity document of a case, grouped and counted.
#pragma once

#include <vector>

#include "desk/progress.h"
#include "resolve/person.h"
#include "store/case.h"

namespace careo {

/// A page that seems to be an identity document and has no machine-readable zone: doubtful, and nobody's.
struct CandidateDocument {
  std::string id;                  ///< "c-" and 12 hex digits, from its page
  std::string seems;               ///< "driving licence", ...
  std::vector<std::string> words;  ///< the printed words that say so
  std::vector<Trail> trails;       ///< every place of its part, with the page
};

struct CasePersons {
  std::vector<IdentityRecord> records;        ///< one an image
  std::vector<std::vector<Trail>> trails;     ///< by record: every place of its image, with the region of the zone
  std::vector<Trail> unread;                  ///< pages that may show a document and gave none
  std::uint64_t unread_images = 0;            ///< those, and every page that could not be seen
  std::uint64_t waiting_pages = 0;            ///< of PDFs whose pages nobody has looked at yet: not among `unread`
  std::vector<CandidateDocument> candidates;  ///< these are among `unread`
  std::uint64_t unseen = 0;                   ///< pictures whose printed words have not been read yet
  Resolution resolution;

  /// The places of every image of a document.
  std::vector<Trail> images_of(const IdentityDocument& document) const;
};

/// The log's identity documents and their witnesses, nothing resolved: what no decision changes.
Result<CasePersons> gather_persons(Case& store, const StopFlag& stop = kNeverStopped);
/// Resolves what was gathered with the case's decisions.
Result<CasePersons> resolved(CasePersons gathered, Case& store);
/// Both.
Result<CasePersons> persons_of(Case& store);

}  // namespace careo
