// SPDX-License-Identifier: Apache-2.0
// A person's word on documents and persons, written to the case's log. Nothing is overwritten: a later word stands
// before it, and the reading beside both.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/persons.h"
#include "desk/session.h"
#include "resolve/corrections.h"

namespace careo {

struct DecideRequest {
  Decision::Verdict verdict = Decision::Verdict::Unsure;
  std::vector<std::string> things;      ///< trails of pictures, or ids of documents or persons: one or two
  std::vector<Correction> corrections;  ///< for Corrected
  std::string by;                       ///< who decides
  Instant at = 0;
};

/// The verdict that a person may give by that word: "same", "different", "unsure", "corrected", "reviewed".
Result<Decision::Verdict> verdict_of(std::string_view word);

/// Writes the word. `persons` are the case's as they stand: what a thing is called is looked up there. Refused, with
/// words for people, where a thing is not one identity document of this case, or a value cannot be; the case is as it
/// was then. REQUIRES: the session may write.
Result<Decision> decide(Session& session, const CasePersons& persons, const DecideRequest& request);

/// A word on two pictures, one of them a document's.
struct PairWord {
  Decision decision;
  std::size_t other = 0;  ///< the document of the other picture: an index, perhaps this document's own
  Trail here;             ///< this document's picture
  Trail there;            ///< the other
  bool stands = true;     ///< false: a later word on the same two documents stands before it
};

/// What people said of a document and another, in the order of `decisions`, which is the log's.
std::vector<PairWord> pair_words(const std::vector<Decision>& decisions, const CasePersons& persons,
                                 std::size_t document);

}  // namespace careo
