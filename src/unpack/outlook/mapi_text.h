// SPDX-License-Identifier: Apache-2.0
// Text as MAPI's stores keep it.
#pragma once

#include "unpack/text/charset.h"

namespace careo {

/// A text value up to its end mark. `type` is PtypString or PtypString8; `code_page` is that of the latter, 0 where it
/// is to be guessed.
DecodedText decode_mapi_text(Bytes bytes, std::uint16_t type, unsigned code_page);

/// A subject without the two marks that PST stores put before it, which say how long its "Re: " is ([MS-PST]
/// 2.5.3.1.1.1); programs that copy items put them there once more.
std::string without_subject_marks(std::string subject);

}  // namespace careo
