// SPDX-License-Identifier: Apache-2.0
// The words in the boxes of MP4, 3GPP and QuickTime: "udta" and "meta" of a film and its tracks.
#pragma once

#include "unpack/media/source.h"
#include "unpack/media/words.h"

namespace careo {

/// ISO/IEC 14496-12, 8.10 and 8.11; 3GPP TS 26.244, 8; QuickTime File Format, "User Data Atoms" and "Metadata"; iTunes'
/// "ilst"; packets of XMP (ISO 16684-3, 4.4). When the film was made, by "mvhd".
void box_words(MediaSource& in, MediaWords* out);

}  // namespace careo
