// SPDX-License-Identifier: Apache-2.0
// What a PDF says: the text of its pages and of earlier revisions, its properties, the files inside it and behind it.
#pragma once

#include "evidence/opener.h"
#include "pixels/pdf.h"

namespace careo {

inline constexpr std::string_view kPdfReader = "pdf/4";

/// `document`: the bytes that `pdf` was made of; `behind`: those that stand behind it and are none of it.
Result<void> give_words(const Pdf& pdf, Bytes document, Bytes behind, const Budget& budget, Sink& sink);

}  // namespace careo
