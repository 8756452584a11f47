// SPDX-License-Identifier: Apache-2.0
// How long sound and film run, told from their containers' own headers; no stream of them is decoded.
#pragma once

#include <optional>
#include <string_view>

#include "evidence/opener.h"

namespace careo {

struct MediaLength {
  double seconds = 0;
  bool exact = true;  ///< false: reckoned from the size and the first frame's bit rate
};

/// Nothing where it cannot be: 0, or months.
std::optional<MediaLength> media_length_of(double units, double a_second, bool exact = true);

/// For WAV, AVI (RIFF), FLAC (RFC 9639, 8.2), Ogg (RFC 3533, 6; Vorbis, Opus, Speex), MP3, AMR (RFC 4867, 5), MP4 and
/// QuickTime (ISO/IEC 14496-12, 8.2.2), Matroska and WebM (RFC 9559), by the media type that sniff() gives. Nothing
/// where the header is damaged or says nothing. Reads little: at most 64 KiB at a time, and walks at most 100,000 boxes
/// or frames.
std::optional<MediaLength> media_length(PartBytes& part, std::string_view type);

}  // namespace careo
