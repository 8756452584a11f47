// SPDX-License-Identifier: Apache-2.0
// The elements of Matroska and WebM (RFC 9559) in the order of the file: how long it runs, its title, its tags, the
// files attached to it.
#pragma once

#include <optional>

#include "unpack/media/length.h"
#include "unpack/media/source.h"
#include "unpack/media/words.h"

namespace careo {

/// By "Duration" and "TimestampScale" (5.1.2).
std::optional<MediaLength> matroska_length(MediaSource& in);
/// The title of the segment, its tags by name (5.1.8), attached files (5.1.6).
void matroska_words(MediaSource& in, MediaWords* out);

}  // namespace careo
