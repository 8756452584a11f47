// SPDX-License-Identifier: Apache-2.0
// The lock of a 7z archive: a coder, AES-256 in CBC, before all others of a folder, and of the header where names are
// hidden too. Method 06F10701 of the LZMA SDK.
#pragma once

#include "unpack/rebuilt.h"

namespace careo {

/// The archive without that coder: the same folders over decrypted streams, which the first of the part's passwords
/// opens; it pulls from `part`. NotFound where nothing is locked, Denied where no password opens it, Malformed, Refused
/// or Unsupported where its header is not read here.
Result<RebuiltPart> unlocked_seven_zip(PartBytes& part);

}  // namespace careo
