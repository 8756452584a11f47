// SPDX-License-Identifier: Apache-2.0
// Any bytes mended as a PDF: what comes begins with them, ends as a PDF does, and can be mended again.
#include "pixels/pdf_mending.h"

#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const careo::Bytes file(data, size);
  const auto mended = careo::mended_pdf(file);
  if (!mended) return 0;
  if (mended->size() <= size || !std::equal(file.begin(), file.end(), mended->begin())) std::abort();
  if (!careo::text_of(*mended).ends_with("%%EOF\n")) std::abort();
  // What stood at the cut may read as a lock now that something stands behind it: then it is left alone.
  static_cast<void>(careo::mended_pdf(*mended));
  return 0;
}
