// SPDX-License-Identifier: Apache-2.0
// A file of many mails as the Multichannel Memorandum Distribution Facility kept them (mmdf(5); Mutt and SCO Unix write
// it still): a line of four Ctrl-A stands before and behind each mail.
#pragma once

#include "evidence/opener.h"

namespace careo {

/// Such a line, and behind it the header of a mail.
bool begins_mmdf(Bytes head);

/// Each mail as a child; what stands between two lines and has no header of a mail is a child of no type.
Result<void> read_mmdf(PartBytes& part, const Budget& budget, Sink& sink);

}  // namespace careo
