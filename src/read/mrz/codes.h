// SPDX-License-Identifier: Apache-2.0
// Codes of issuers and nationalities: no check digit covers them, but there are few of them.
#pragma once

#include "read/mrz/decode.h"

namespace careo::mrz {

/// Puts the likeliest code into the issuer's and the nationality's places of `read`: one of our table unless the pixels
/// say clearly that it is another. Codes that are not in the table stay what they are.
void settle_codes(ReadZone* read);

}  // namespace careo::mrz
