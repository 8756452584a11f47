// SPDX-License-Identifier: Apache-2.0
// What the directory of a ZIP and its members disagree on: readings of the kind "zip_difference"
// (docs/formats/documents.md).
#pragma once

#include <optional>

#include "unpack/archive/zip.h"

namespace careo {

/// What stands in the stream of an archive of `size` bytes and not in its directory.
Reading zip_only_in_stream(const ZipEntry& entry, std::uint64_t size);

/// Nothing where the directory's record and the local header agree.
std::optional<Reading> zip_difference(const ZipEntry& entry, const ZipEntry& local, std::uint64_t size);

}  // namespace careo
