// SPDX-License-Identifier: Apache-2.0
// Whatever unpacks as an outcome packs to the same bytes.
#include <algorithm>
#include <cstdlib>

#include "evidence/digest.h"
#include "store/join_keys.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  const auto outcome = unpack_outcome(Bytes(data, size));
  if (!outcome) return 0;
  if (!std::ranges::equal(pack(*outcome), Bytes(data, size))) std::abort();
  Caption caption;
  static_cast<void>(join_keys(*outcome, &caption));
  static_cast<void>(outcome_line(*outcome));
  return 0;
}
