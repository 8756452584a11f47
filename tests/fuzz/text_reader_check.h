// SPDX-License-Identifier: Apache-2.0
// What must hold of every reading of a text reader, whatever the text.
#pragma once

#include <cstdlib>
#include <span>

#include "base/json.h"
#include "base/text.h"
#include "evidence/opener.h"

namespace careo {

/// The first byte picks a language, the rest is the text: clean UTF-8, as the worker hands it on.
inline void check_text_reader(const TextReader& reader, const std::uint8_t* data, std::size_t size) {
  static constexpr const char* kLanguages[] = {"en", "es", "ru", "uk", ""};
  if (size == 0) return;
  Text text;
  text.language = kLanguages[data[0] % 5];
  text.utf8 = clean_utf8(std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1)).text;
  const std::uint64_t length = code_points(text.utf8);
  for (const Reading& reading : reader.read(text)) {
    if (!Json::parse(reading.value) || !is_utf8(reading.raw) || reading.reader != reader.name()) std::abort();
    const auto span = reading.region.text;
    if (!span || span->begin >= span->end || span->end > length) std::abort();
  }
}

}  // namespace careo
