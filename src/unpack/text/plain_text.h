// SPDX-License-Identifier: Apache-2.0
// Text files, tables of values and HTML documents.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* html_opener();  ///< "html/5": the visible text, what a page says beside it, and pictures in its addresses
const Opener* table_opener();  ///< "csv/3": the text, and a reading of kind "table" (unpack/text/columns.h)
const Opener* text_opener();   ///< "text/2": whatever is text at all

/// True when the bytes are text in some charset: no NULs (but as UTF-16 has them), few control characters.
bool looks_like_text(Bytes head);

}  // namespace careo
