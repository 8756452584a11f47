// SPDX-License-Identifier: Apache-2.0
// Pages that seem to be identity documents without a machine-readable zone: national cards, licences, military books,
// birth certificates, migration cards, entry stamps, picture pages photographed without their zone. Kind "candidate" of
// docs/formats/witness.md: always doubtful, never counted as a person.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/opener.h"

namespace careo {

struct CandidatePage {
  std::string seems;               ///< "passport", "driving licence", ...; "identity document" where no title says
  std::vector<std::string> words;  ///< the phrases that say so, folded, each once, in order
};

/// Nothing for an ordinary page.
std::optional<CandidatePage> candidate_page(std::string_view text);

/// Looks at the text of pages only: what was recognised in a picture, or drawn on a PDF's page. A mail that speaks of
/// passports is no passport.
class CandidateReader : public TextReader {
 public:
  std::string_view name() const override { return "candidate/1"; }
  std::vector<Reading> read(const Text& text) const override;
};

}  // namespace careo
