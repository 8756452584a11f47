// SPDX-License-Identifier: Apache-2.0
// Every opener there is, in the order in which they are asked. Pointers live as long as the program.
#pragma once

#include <vector>

#include "evidence/opener.h"

namespace careo {

/// Parsers of our own: mail, mailboxes, text, tables. One locked child reads a whole batch (unpack/light.cc).
std::vector<const Opener*> light_openers();

/// Formats that a foreign library parses: one locked child a file (unpack/library.cc).
std::vector<const Opener*> library_openers();

/// Loads what those libraries load lazily (gconv tables, CMaps, fonts) while files may still be opened. Called once,
/// before confinement. Measured: without it poppler gave 0 bytes of text for 956 of 956 files, and no error.
void warm_up_unpack();

/// The same of what all openers load: the module of old ciphers.
void warm_up_light();

}  // namespace careo
