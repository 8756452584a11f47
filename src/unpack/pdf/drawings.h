// SPDX-License-Identifier: Apache-2.0
// The pages of a PDF that are worth drawing, as pictures.
#pragma once

#include "evidence/opener.h"
#include "pixels/pdf.h"

namespace careo {

Result<void> give_drawings(const Pdf& pdf, const Budget& budget, Sink& sink);

}  // namespace careo
