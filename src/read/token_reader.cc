// SPDX-License-Identifier: Apache-2.0
#include "read/token_reader.h"

#include <iterator>

namespace careo {

std::vector<Reading> TokenReader::read(const Text& text) const {
  std::vector<Reading> out;
  for_each_piece(text.utf8, [&](const Tokens& tokens) {
    if (out.size() >= kMostReadings) return;
    std::vector<Reading> found = read_piece(tokens, language_of(tokens, text.language));
    for (Reading& reading : found) reading.region.page = text.region.page;
    std::move(found.begin(), found.end(), std::back_inserter(out));
  });
  return out;
}

Reading TokenReader::reading_of(std::string_view kind, const Tokens& tokens, std::size_t from, std::size_t to) const {
  Reading reading;
  reading.kind = kind;
  reading.region = tokens.region(from, to);
  reading.raw = std::string(tokens.written(from, to));
  reading.reader = name();
  return reading;
}

}  // namespace careo
