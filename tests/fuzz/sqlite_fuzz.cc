// SPDX-License-Identifier: Apache-2.0
// Any bytes as a database, and as the statement that made a table.
#include "fuzz/opener_check.h"
#include "unpack/database/schema.h"
#include "unpack/database/sqlite.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  careo::check_opener(*careo::sqlite_opener(), {data, size});
  careo::check_opener(*careo::sqlite_log_opener(), {data, size});
  careo::sqlite_table(careo::text_of(careo::Bytes{data, size}));
  return 0;
}
