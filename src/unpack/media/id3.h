// SPDX-License-Identifier: Apache-2.0
// The tags of MP3 files: ID3v2.2, 2.3 and 2.4 at the beginning (id3.org), ID3v1 in the last 128 bytes.
#pragma once

#include "unpack/media/source.h"
#include "unpack/media/words.h"

namespace careo {

/// Texts, comments, lyrics, addresses, and pictures as files. Of a tag of more than 16 MiB the beginning; frames that
/// are packed or encrypted are told as lost.
void id3_words(MediaSource& in, MediaWords* out);
/// Of one that stands elsewhere, as in WAV: nothing behind `run` is its.
void id3v2_words(MediaSource& in, ByteRun run, MediaWords* out);

}  // namespace careo
