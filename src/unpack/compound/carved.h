// SPDX-License-Identifier: Apache-2.0
// Text of a compound file whose directory is gone, as where a copy broke off: what its sectors hold that reads as text,
// in the order of the file. Which stream a sector belongs to, and in which order, nobody can tell any more.
#pragma once

#include "evidence/opener.h"

namespace careo {

/// Runs of UTF-16 and of letters of one byte as one doubtful text; all else is unread, and `why` is said. NotFound, and
/// nothing given, where there is no such run.
Result<void> carve_compound(PartBytes& part, std::string_view why, const Budget& budget, Sink& sink);

}  // namespace careo
