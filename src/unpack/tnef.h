// SPDX-License-Identifier: Apache-2.0
// winmail.dat: what Outlook puts into mail instead of MIME (MS-OXTNEF), with its compressed RTF (MS-OXRTFCP).
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* tnef_opener();  ///< "tnef/1"

/// Unpacks PidTagRtfCompressed (MS-OXRTFCP, section 2): what came before any damage, at most `most` bytes.
struct UnpackedRtf {
  Buffer bytes;
  bool complete = false;
};
UnpackedRtf unpack_rtf(Bytes packed, std::uint64_t most);

}  // namespace careo
