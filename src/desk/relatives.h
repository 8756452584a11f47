// SPDX-License-Identifier: Apache-2.0
// Near relatives: parts that are nearly the same as another, and how much.
#pragma once

#include <string>
#include <vector>

#include "desk/session.h"

namespace careo {

struct Relative {
  Trail trail;
  std::string title;
  double alike = 0;  ///< 0 to 1
  std::string by;    ///< "text"
};

/// At most 20, most alike first. Texts: the share of their runs of three words that both have, counted on the texts
/// themselves, at least 0.6; mails without what they quote (search/likeness.h).
Result<std::vector<Relative>> relatives_of(Session& session, const PartId& part);

}  // namespace careo
