// SPDX-License-Identifier: Apache-2.0
// What can be had of a 7z archive that is cut short. Its header, with all names, stands at the end; but streams packed
// by LZMA2, which 7-Zip uses unless told otherwise, say themselves how they go on.
#pragma once

#include "evidence/opener.h"

namespace careo {

/// Nothing where the archive has its header. Else each packed stream as a child, as far as it goes (the files of a
/// solid block are one stream, one behind the other), and an Unread that says so; Malformed where none is of LZMA2.
Result<bool> rescue_seven_zip(PartBytes& part, const Budget& budget, Sink& sink);

}  // namespace careo
