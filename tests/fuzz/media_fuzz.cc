// SPDX-License-Identifier: Apache-2.0
// Any bytes as sound or film of every kind: lengths that can be, words in UTF-8.
#include <cstdlib>

#include "base/text.h"
#include "memory_part.h"
#include "unpack/media/length.h"
#include "unpack/media/words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const char* type : {"audio/wav", "video/x-msvideo", "audio/flac", "audio/ogg", "audio/mpeg", "audio/amr",
                           "video/mp4", "video/x-matroska", "video/x-ms-asf"}) {
    careo::MemoryPart part({data, size});
    const auto length = careo::media_length(part, type);
    if (length && !(length->seconds > 0)) std::abort();
    for (const careo::MediaWord& word : careo::media_words(part, type).words)
      if (!careo::is_utf8(word.name) || !careo::is_utf8(word.text) || word.text.empty()) std::abort();
  }
  return 0;
}
