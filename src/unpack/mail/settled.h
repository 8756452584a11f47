// SPDX-License-Identifier: Apache-2.0
// What the parts of a mail turn out to be once all of it has been walked over: multiparts whose boundary never came,
// where base64 ends and words begin, and names in raw bytes.
#pragma once

#include "unpack/mail/mime.h"

namespace careo {

/// REQUIRES: the ends of all parts are known.
void settle_parts(ParsedMail* mail);

}  // namespace careo
