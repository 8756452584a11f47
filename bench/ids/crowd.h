// SPDX-License-Identifier: Apache-2.0
// Several documents before one camera.
#pragma once

#include "sheet.h"

namespace careo::bench {

/// A passport open at its page with a visa opposite; two cards; front and back of one card; three or four documents
/// laid on a scanner as they fell.
Sheet draw_crowd(Dice& dice, double dots);

}  // namespace careo::bench
