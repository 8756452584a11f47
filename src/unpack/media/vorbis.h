// SPDX-License-Identifier: Apache-2.0
// Comments as Vorbis has them (Vorbis I, section 5), in Ogg and in FLAC.
#pragma once

#include "unpack/media/source.h"
#include "unpack/media/words.h"

namespace careo {

/// RFC 3533, 6: of each stream the first packet says what it is, the second one holds the comments: of Vorbis, Opus
/// (RFC 7845, 5.2), Theora, Speex, FLAC. Of at most 16 MiB of pages.
void ogg_words(MediaSource& in, MediaWords* out);
/// RFC 9639, 8.6: blocks of comments; 8.8: pictures.
void flac_words(MediaSource& in, MediaWords* out);

}  // namespace careo
