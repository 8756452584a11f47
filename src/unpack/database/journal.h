// SPDX-License-Identifier: Apache-2.0
// The pages of a rollback journal of SQLite 3, the file "-journal" beside a database: what stood in them before a
// change
// ("Database File Format", sqlite.org/fileformat2.html, section 3).
#pragma once

#include "unpack/database/log.h"

namespace careo {

struct SqliteJournal {
  /// By its header; where the change is done and the file was kept ("journal_mode=PERSIST") that is zeros, and the
  /// pages behind it tell it by their checksums.
  static bool may(Bytes head);
  /// Each page is a frame: Before where its checksum is that of this journal, else LeftOver. Malformed where the header
  /// is none, or tells sizes that cannot be.
  static Result<SqliteLog> read(PartBytes& bytes);
};

}  // namespace careo
