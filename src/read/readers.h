// SPDX-License-Identifier: Apache-2.0
// Every reader there is. Pointers live as long as the program.
#pragma once

#include <vector>

#include "evidence/opener.h"

namespace careo {

/// Stage::Open, on every text found, and Stage::Ocr, on every text recognised: cheap ones only.
std::vector<const TextReader*> text_readers();

/// Beside them, where what stands where is known: known forms.
std::vector<const LayoutReader*> layout_readers();

/// Stage::Mine: dates, figures, names, contacts.
std::vector<const TextReader*> miners();

/// Stage::Mine of a part marked as an article, besides miners(): statements, places.
std::vector<const TextReader*> article_miners();

/// Stage::Open, on every image; Stage::Look, on every page that is drawn.
std::vector<const PictureReader*> picture_readers();

/// Stage::Ocr (read/ocr.cc); never null. The worker warms it up by one blank picture before confinement, so it must
/// keep its loaded models for the life of the program.
const Recogniser* recogniser();

}  // namespace careo
