// SPDX-License-Identifier: Apache-2.0
// What an attacker who runs code in a child would try. Each probe is one attempt.
#pragma once

#include <string_view>
#include <vector>

namespace careo {

struct Probe {
  std::string_view name;
  /// 0 when the attempt succeeded, else the error it was refused with. May not return at all.
  int (*attempt)();
};

/// Every one must be refused.
const std::vector<Probe>& escape_probes();

/// Every one must succeed: what parsers need, so that the list of refusals is not simply everything.
const std::vector<Probe>& wanted_probes();

}  // namespace careo
