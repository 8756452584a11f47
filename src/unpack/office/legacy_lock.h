// SPDX-License-Identifier: Apache-2.0
// Workbooks and Word documents before 2007 that RC4 hides (unpack/office/rc4_lock.h): the file without its lock as its
// one child. Presentations stay locked.
#pragma once

#include "unpack/compound/file.h"

namespace careo {

/// Denied where no password opens it, or the lock is none that is read here.
/// REQUIRES: `stream` is the whole of `workbook`, and a record FilePass stands in it.
Result<void> unlock_workbook(CompoundFile& file, const CompoundEntry& workbook, Bytes stream, const PartBytes& locked,
                             const Budget& budget, Sink& sink);

/// The same of a Word document whose header says that it is encrypted. REQUIRES: a stream WordDocument.
Result<void> unlock_word(CompoundFile& file, const PartBytes& locked, const Budget& budget, Sink& sink);

}  // namespace careo
