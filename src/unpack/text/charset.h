// SPDX-License-Identifier: Apache-2.0
// Text in any charset to UTF-8, with an honest grade for how the charset was known. Safe from several threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "evidence/reading.h"

namespace careo {

struct DecodedText {
  std::string utf8;              ///< well-formed always
  std::string charset;           ///< the one used, in lower case
  Grade grade = Grade::Checked;  ///< Unconfirmed where the charset was guessed or some bytes did not fit it
  std::uint64_t replaced = 0;    ///< sequences that became U+FFFD
};

/// Decodes as declared; where nothing, nonsense or something untrue is declared: a byte order mark, then UTF-8 when all
/// of it is well-formed, line by line where some lines plainly are UTF-8, then a guess by letters. Never fails.
/// us-ascii and iso-8859-1 are read as windows-1252, their superset, as every mail program and the WHATWG Encoding
/// Standard do.
DecodedText decode_text(Bytes bytes, std::string_view declared);

/// Appends `bytes` read as `charset` to `out`, nothing guessed; the count of replaced sequences, or nothing where the
/// charset is unknown.
std::optional<std::uint64_t> append_decoded(Bytes bytes, std::string_view charset, std::string* out);

/// The charset that bytes say themselves, without statistics: "utf-16", "utf-32" by their marks, "utf-16le",
/// "utf-16be", "utf-32le" and "utf-32be" by where their zeros stand, "utf-7" by its runs, "iso-2022-jp" and
/// "iso-2022-kr" by their escapes; "" where they say nothing.
std::string charset_by_marks(Bytes bytes);

/// The charset of a Windows code page, as Outlook, Word and RTF number them; "windows-N" where N is not known.
std::string charset_of_code_page(unsigned page);

/// Makes decoded text fit for people and indexes, in place: CR LF and bare CR become LF, so that a text reads the same
/// from every system; NUL becomes U+FFFD, since it ends a string in half of what comes behind.
void tidy_text(std::string* utf8);

/// True when no byte is above 0x7F.
bool is_ascii(Bytes bytes);

}  // namespace careo
