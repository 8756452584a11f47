// SPDX-License-Identifier: Apache-2.0
// The pages of a PDF that are worth drawing, as pictures.
#pragma once

#include "evidence/opener.h"
#include "pixels/pdf.h"

namespace careo {

/// Has the page images, or so few letters, or so wrong ones, that what it shows must be seen? `text`: of its layer.
bool is_worth_drawing(const PdfPage& page, std::string_view text);

Result<void> give_drawings(const Pdf& pdf, const Budget& budget, Sink& sink);

}  // namespace careo
