// SPDX-License-Identifier: Apache-2.0
// Forgetting what was added: for good, with a word of who did it and why (docs/formats/log.md, "Forgetting").
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/gather.h"
#include "desk/relatives.h"
#include "desk/session.h"

namespace careo {

struct ForgetRequest {
  Trail trail;         ///< a part, everywhere it stands; without steps: a whole source
  std::string by;      ///< a person's name; not empty
  std::string reason;  ///< not empty
  Instant at = 0;
};

/// What stands at the trail goes, with its keys; the catalog and the index are made anew. Refused without a name or a
/// reason; NotFound where nothing stands there. After an error the session is to be opened anew.
Result<Forgetting> forget(Session& session, const ForgetRequest& request);

/// Of what is nearly the same as something forgotten (relatives_of), what stays: a copy with other headers, a draft.
std::vector<Relative> without(std::vector<Relative> relatives, const Forgetting& forgetting);

/// What was promised to be forgotten does not come back because a folder is added again: asked of each file before its
/// bytes are kept.
class Forgotten {
 public:
  static Result<Forgotten> of(Case& store);

  bool any() const { return !stones_.empty(); }
  /// Where its bytes were forgotten: it is not taken in.
  std::optional<LeftOut> leaves_out(const SourceFile& file) const;
  /// Where its bytes went for what they held: it stands, and is not kept again.
  bool emptied(const Sha256& bytes) const;
  /// The gathering without what is left out, each file told to `progress`.
  Gathering without(Gathering gathering, Progress* progress) const;

 private:
  std::vector<Tombstone> stones_;
};

}  // namespace careo
