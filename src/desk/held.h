// SPDX-License-Identifier: Apache-2.0
// What the case holds, counted, so that an article can be held against it.
#pragma once

#include <set>

#include "claims/evidence_values.h"
#include "desk/persons.h"
#include "desk/session.h"

namespace careo {

/// Counts everything outside `articles` (parts of articles are what is confronted, never what it is confronted with).
Result<EvidenceValues> held_by(Session& session, const CasePersons& persons, const std::set<PartId>& articles,
                               const StopFlag& stop = kNeverStopped);

/// Looks names, numbers and phrases up in documents and texts outside `articles`.
class CaseLookup : public Lookup {
 public:
  CaseLookup(Session& session, const CasePersons& persons, const std::set<PartId>& articles)
      : session_(session), persons_(persons), articles_(articles) {}
  Result<Sightings> name(std::string_view name) const override;
  Result<Sightings> number(std::string_view number) const override;
  Result<Sightings> phrase(std::string_view phrase) const override;

 private:
  Result<Sightings> texts_with(std::string_view phrase) const;
  void add_document(const IdentityDocument& document, Sightings* out) const;

  Session& session_;
  const CasePersons& persons_;
  const std::set<PartId>& articles_;
};

}  // namespace careo
