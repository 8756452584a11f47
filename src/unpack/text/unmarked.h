// SPDX-License-Identifier: Apache-2.0
// Unicode that does not say so by a mark: UTF-32, UTF-16, UTF-7, and texts that are UTF-8 but for some lines.
#pragma once

#include <optional>

#include "unpack/text/charset.h"

namespace careo {

/// "utf-32be" or "utf-32le" where three bytes of each unit are nearly all zeros and the units are text, else "".
std::string unmarked_utf32(Bytes bytes);

/// "utf-16be" or "utf-16le" where zeros stand at one side of the units only, with other small numbers of a plane's half
/// (0x04 of Cyrillic), and what they belong to is text, else "".
std::string unmarked_utf16(Bytes bytes);

/// RFC 2152: each '+' begins a run that ends as it must and gives letters, four of them at least. ASCII only.
bool is_certain_utf7(Bytes bytes);

/// Bytes that are no UTF-8 as a whole, but some of whose lines plainly are: those lines are read as UTF-8, damaged
/// letters in them replaced, and all others in one guessed charset, as where a program appended to an older one's file.
/// Nothing where no line is UTF-8 without doubt. Unconfirmed.
std::optional<DecodedText> decode_mixed(Bytes bytes);

}  // namespace careo
