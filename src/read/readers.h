// SPDX-License-Identifier: Apache-2.0
// Every reader there is. Pointers live as long as the program.
#pragma once

#include <vector>

#include "evidence/opener.h"

namespace careo {

/// Stage::Open, on every text found: cheap ones only (read/language.cc).
std::vector<const TextReader*> text_readers();

/// Stage::Mine: dates, figures, names, contacts.
std::vector<const TextReader*> miners();

/// Stage::Mine of a part marked as an article, besides miners(): statements.
std::vector<const TextReader*> article_miners();

/// Stage::Open, on every picture found.
std::vector<const PictureReader*> picture_readers();

/// Stage::Ocr (read/ocr.cc); never null.
const Recogniser* recogniser();

/// Loads the OCR models while files may still be opened. Called once, before confinement, in the ocr lane only.
void warm_up_ocr();

}  // namespace careo
