// SPDX-License-Identifier: Apache-2.0
// Any bytes as what stands beside the pixels of an image: chunks and segments, packets of XMP, datasets of IPTC, TIFF.
#include <cstdlib>

#include "base/text.h"
#include "unpack/image/marks.h"
#include "unpack/image/tiff.h"
#include "unpack/image/words.h"

namespace {

void check(const std::vector<careo::ImageWord>& words) {
  for (const careo::ImageWord& word : words)
    if (!careo::is_utf8(word.text) || !careo::is_utf8(word.name) || word.text.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const careo::Bytes bytes(data, size);
  const careo::ImageMarks marks = careo::image_marks(bytes);
  if (marks.end > size) std::abort();
  for (const std::string& comment : marks.comments)
    if (!careo::is_utf8(comment)) std::abort();
  for (const std::string& packet : marks.xmp) check(careo::xmp_words(packet));
  check(careo::iptc_words(marks.iptc));
  check(careo::xmp_words(careo::text_of(bytes)));
  check(careo::iptc_words(bytes));
  careo::iptc_in_resources(bytes);
  careo::tiff_words(bytes);
  return 0;
}
