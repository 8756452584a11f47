// SPDX-License-Identifier: Apache-2.0
// Near relatives: parts that are nearly the same as another, and how much. They are shown, and nothing else is done
// about it: every place is kept and counted as before.
#pragma once

#include <string>
#include <vector>

#include "desk/session.h"

namespace careo {

struct Relative {
  Trail trail;  ///< with a page where it is a page that is nearly the same
  std::string title;
  double alike = 0;  ///< 0 to 1
  std::string by;    ///< "text" or "picture"
  double scale = 1;  ///< of a picture: its width by that of the part's own, as both lie alike
  int turned = 0;    ///< of a picture: degrees clockwise by which the part's own must be turned to lie as it does
};

/// At most 20, most alike first. Texts: the share of their runs of three words that both have, counted on the texts
/// themselves, at least 0.6; mails without what they quote (search/likeness.h). Pictures and pages without a text of
/// their own: how their light goes together, of those that agree in every place (search/picture_likeness.h).
Result<std::vector<Relative>> relatives_of(Session& session, const PartId& part);

/// What was done to the one of two pictures to make the other, as far as it shows: "smaller (50 %), turned", or "".
std::string change_between(const Relative& relative);

}  // namespace careo
