// SPDX-License-Identifier: Apache-2.0
// Any bytes mended as a PDF: what comes begins with them, and mending once more finds what it wrote.
#include "pixels/pdf_mending.h"

#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const careo::Bytes file(data, size);
  const auto mended = careo::mended_pdf(file);
  if (!mended) return 0;
  if (mended->size() <= size || !std::equal(file.begin(), file.end(), mended->begin())) std::abort();
  if (!careo::mended_pdf(*mended)) std::abort();
  return 0;
}
