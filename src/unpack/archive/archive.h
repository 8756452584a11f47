// SPDX-License-Identifier: Apache-2.0
// Archives as parts: their members, what they say of themselves, and every byte accounted for where the layout allows
// it.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* zip_opener();  ///< hands office packages on
/// A ZIP as an archive of members, whatever they make together.
Result<void> open_zip_members(PartBytes& bytes, const Budget& budget, Sink& sink);
const Opener* tar_opener();
const Opener* warc_opener();
/// 7z, RAR 4 and 5, CAB, LHA, ISO 9660, cpio and ar, lz4 and lzip, through libarchive.
const Opener* archive_opener();

}  // namespace careo
