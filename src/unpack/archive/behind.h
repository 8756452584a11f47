// SPDX-License-Identifier: Apache-2.0
// Archives that do not begin where their file begins: a program that unpacks itself, a picture or a film with a ZIP
// joined to its end. Programs that unpack find the ZIP all the same, since its directory is sought from the end.
#pragma once

#include <optional>

#include "unpack/account.h"

namespace careo {

/// Opens the archive that stands behind other bytes: a ZIP at the end of any file; a 7z or RAR in the first mebibytes
/// of a program. What stands before it is a child too. False, and nothing given, where there is none.
Result<bool> open_archive_behind(PartBytes& bytes, std::string_view type, const Budget& budget, Sink& sink);

/// Claims what stands before `end` as structure, and gives what stands behind it as a child, if it is not all zeros.
Result<void> give_what_is_behind(PartBytes& bytes, std::uint64_t end, const Budget& budget, Sink& sink);

/// Are all bytes from `begin` to `end` zeros, as they pad a tape or a block? True where there are none.
Result<bool> only_zeros(PartBytes& bytes, std::uint64_t begin, std::uint64_t end);

/// A ZIP at the end of a file, from its first member to its end record; nothing where there is none, or it is all.
Result<std::optional<ByteRun>> zip_behind(PartBytes& bytes, const Budget& budget);

}  // namespace careo
