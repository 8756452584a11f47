// SPDX-License-Identifier: Apache-2.0
// Any bytes as a message of CMS.
#include "fuzz/opener_check.h"
#include "unpack/cms/cms.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  careo::check_opener(*careo::cms_opener(), careo::Bytes(data, size));
  return 0;
}
