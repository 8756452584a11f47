// SPDX-License-Identifier: Apache-2.0
// Finding one's way in a damaged log.
#pragma once

#include <optional>

#include "store/log.h"

namespace careo {

/// The first chunk behind `bad` whose seal holds, looking at every byte where lengths are lost too; none at the end.
Result<std::optional<ChunkPlace>> next_good_chunk(LogReader* reader, ChunkPlace bad);

/// The commit that a chunk ends with, if it does. Whatever else is in a log is sealed once more, so nothing read from a
/// document can look like one.
std::optional<CommitRecord> commit_at_end(const OpenedChunk& chunk);

}  // namespace careo
