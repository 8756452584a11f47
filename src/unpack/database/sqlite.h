// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evidence/opener.h"

namespace careo {

/// "sqlite/4": a database of SQLite 3 (docs/formats/database.md): each table as text, blobs as children.
const Opener* sqlite_opener();
/// "sqlite-log/3": a write-ahead log or a rollback journal beside a database, its rows as text.
const Opener* sqlite_log_opener();

}  // namespace careo
