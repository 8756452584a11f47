// SPDX-License-Identifier: Apache-2.0
// Compressed RTF ([MS-OXRTFCP], "LZFu"): how Outlook keeps the rich text of a mail.
#pragma once

#include "base/bytes.h"

namespace careo {

/// Unpacks PidTagRtfCompressed (MS-OXRTFCP, section 2): what came before any damage, at most `most` bytes.
struct UnpackedRtf {
  Buffer bytes;
  bool complete = false;
};
UnpackedRtf unpack_rtf(Bytes packed, std::uint64_t most);

}  // namespace careo
