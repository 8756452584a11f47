// SPDX-License-Identifier: Apache-2.0
// How the blocks of a PST are written: encoded ([MS-PST] 5.1, 5.2: no encryption, there is no key), summed, packed.
#pragma once

#include <span>

#include "base/bytes.h"

namespace careo {

enum class PstCoding { None, Permute, Cyclic };

/// Undoes the encoding in place. `block` is the block's id, which cyclic encoding is keyed with.
void decode_pst(PstCoding coding, std::uint64_t block, std::span<std::uint8_t> bytes);

/// [MS-PST] 5.3: CRC-32 without its two complements.
std::uint32_t pst_checksum(Bytes bytes);

/// A block of a file with pages of 4 KiB (Outlook 2013's OST), which are packed with zlib where that helps.
Result<Buffer> inflate_pst(Bytes packed, std::size_t size);

}  // namespace careo
