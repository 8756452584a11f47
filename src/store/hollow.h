// SPDX-License-Identifier: Apache-2.0
// What is said of a container once something inside it was forgotten.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "evidence/outcome.h"

namespace careo {

/// The outcome without the children that go: neither their names nor their hashes, nor readings of theirs. It claims no
/// bytes, since it has none any more; where a child went it is cut and says so. The same for any stage without
/// children.
Outcome hollowed(Outcome outcome, const std::function<bool(const PartId&)>& goes);

/// Does a text or a reading of the hollowed outcome still hold one of the names? Names of fewer than four bytes say
/// nothing.
bool mentions(const Outcome& hollowed, const std::vector<std::string>& names);

}  // namespace careo
