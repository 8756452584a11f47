// SPDX-License-Identifier: Apache-2.0
// Any bytes as a workbook: in a compound file, or the bare records.
#include "fuzz/opener_check.h"
#include "unpack/compound/compound.h"
#include "unpack/office/excel.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  careo::check_opener(*careo::excel_opener(), {data, size});
  careo::check_opener(*careo::compound_opener(), {data, size});
  return 0;
}
