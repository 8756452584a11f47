// SPDX-License-Identifier: Apache-2.0
// Text of IBM's large machines, whose blank is 0x40 and whose letters stand above 0x80.
#pragma once

#include <string>

#include "base/bytes.h"

namespace careo {

/// "ibm-37", "ibm-500" or "ibm-1047", which differ in brackets and a few marks only, where nearly all of 64 bytes and
/// more are EBCDIC's blanks, letters, digits, marks and ends of lines; else "".
std::string ebcdic_charset(Bytes bytes);

/// The ends of lines of EBCDIC (NL, which is U+0085) as line feeds, in place.
void tidy_ebcdic_lines(std::string* utf8);

}  // namespace careo
