// SPDX-License-Identifier: Apache-2.0
// Which charset the one-byte letters of a Word document are in.
#pragma once

#include <string>

#include "evidence/reading.h"
#include "unpack/office/word_file.h"

namespace careo {

/// windows-1252 in Word 97 and later. The language of an older one says; but many were written in Cyrillic or Greek
/// letters by a Word that was set to English: there its fonts say, or the letters, and `*grade` is Unconfirmed.
std::string charset_of_word(const WordFile& file, Grade* grade);

}  // namespace careo
