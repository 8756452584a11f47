// SPDX-License-Identifier: Apache-2.0
// EXISTS, VERBATIM and DATE: is what a sentence names in the case?
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "claims/confront.h"

namespace careo {

/// What a sentence names that can be looked for.
struct Named {
  std::vector<std::string> names;    ///< two or more capitalised words in a row
  std::vector<std::string> numbers;  ///< of documents: at least six letters and digits, four of them digits
  bool empty() const { return names.empty() && numbers.empty(); }
};

/// Names and numbers in `text`. `speaker` is left out, so is a run that begins the sentence with a common word.
Named named_in(std::string_view text, std::string_view speaker);

/// Looks every name and number up. All found: fits; one missing: nothing_held. An error is the lookup's.
/// REQUIRES: !named.empty().
Result<Confrontation> confront_named(const Named& named, const Lookup& lookup);

/// A quotation that is said to stand in a mail, looked for word by word.
Result<Confrontation> confront_verbatim(std::string_view quotation, const Lookup& lookup);

/// "The first mail was sent on D": `day` ISO 8601, against the earliest or latest of the case.
Confrontation confront_day(std::string_view day, std::string_view raw, bool first, const EvidenceValues& evidence);

}  // namespace careo
