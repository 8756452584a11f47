// SPDX-License-Identifier: Apache-2.0
// Transfer encodings of mail, tolerant: damage is counted and passed over, never a reason to stop.
#pragma once

#include "base/bytes.h"

namespace careo {

/// What a decoder made, and how many input bytes it could not understand.
struct Decoded {
  Buffer bytes;
  std::uint64_t bad = 0;
};

Decoded decode_base64(Bytes text);            ///< RFC 2045, section 6.8; white space passes, other bytes count as bad
Decoded decode_quoted_printable(Bytes text);  ///< RFC 2045, section 6.7
Decoded decode_uuencode(Bytes text);          ///< from the "begin" line to "end"
/// Mailbox lines that begin with ">From ", ">>From ", ... lose one '>' (mboxrd).
Decoded undo_from_quoting(Bytes text);

/// Of a hexadecimal digit, large or small; -1 for all else.
int hex_value(std::uint8_t c);
inline int hex_value(char c) {
  return hex_value(static_cast<std::uint8_t>(c));
}

/// Behind the line end of the line at `at`, whatever system wrote it: LF, CR LF (CR CR LF where a gateway added one),
/// or CR alone, as on old Macs. The size of `text` where there is none.
std::size_t any_line_end(Bytes text, std::size_t at);

std::string encode_base64(Bytes bytes);  ///< one line, padded

}  // namespace careo
