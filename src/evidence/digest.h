// SPDX-License-Identifier: Apache-2.0
// The lines of a case, and the digest over them: equal for any number of workers and interruptions, in any order, at
// any time (docs/formats/trail.md, "Lines and the digest of a case").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/outcome.h"
#include "evidence/trail.h"

namespace careo {

/// "place <child> src:<source> <step>": a file of a source. `child` is a part's id in hex, or "unreadable".
std::string place_line(std::string_view child, const SourceId& source, const Step& step);
/// "place <child> part:<parent> <step>".
std::string place_line(const PartId& child, const PartId& parent, const Step& step);

/// "outcome <part> <stage> <state> <hash>": the hash is over the packed outcome without its readers' versions.
std::string outcome_line(Outcome outcome);

/// The digest over the hashes of all lines. Hashes may come in any order and more than once.
Sha256 digest_of(std::vector<Sha256> line_hashes);

}  // namespace careo
