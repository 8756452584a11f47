// SPDX-License-Identifier: Apache-2.0
// The locks of RAR archives: AES-128 with a key of 2^18 rounds of SHA-1 since RAR 2.9 ("RAR 4"), AES-256 with PBKDF2 in
// RAR 5 (RARLAB's technical note, "RAR 5.0 archive format"); each file is encrypted, and the headers where names are
// hidden too. Older ciphers (before RAR 2.9) and volumes of a set stay locked.
#pragma once

#include <set>
#include <string>

#include "unpack/rebuilt.h"

namespace careo {

/// An archive without its lock; it pulls from the part that it was made of.
struct UnlockedArchive {
  RebuiltPart archive;
  std::vector<std::string> missing;  ///< what of it could not be unlocked or is damaged, in a few words each
};

/// By the first of the part's passwords that is right. NotFound where nothing is locked, Denied where no password opens
/// it, Unsupported where its lock is none that is read here, Malformed.
Result<UnlockedArchive> unlocked_rar4(PartBytes& part);
Result<UnlockedArchive> unlocked_rar5(PartBytes& part);

/// By its signature.
bool is_rar5(PartBytes& part);
/// The numbers of the files, from 0, that are locked: none in most archives. Denied where names are hidden too.
Result<std::set<std::uint64_t>> locked_files_of_rar5(PartBytes& part);

}  // namespace careo
