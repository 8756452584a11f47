// SPDX-License-Identifier: Apache-2.0
// What a reader said of a set, as a file that any program can write: tab-separated, a heading, then one row a zone, and
// one row without lines for a picture in which it found none.
//
//   file     as in truth.tsv
//   seconds  of the processor for this picture, the same in each of its rows; empty where not measured
//   line1 line2 line3
//   checked  the fields it shows as surely read, divided by commas (names of docs/formats/mrz.md), "-" for none;
//            "digits" for readers that grade nothing: every field counts whose check digit holds
//   names    "shown" where it shows the names as something to work with, else empty
//   format   of the zone, where the reader says so (names of docs/formats/mrz.md); may be left out
#pragma once

#include <filesystem>
#include <iosfwd>
#include <map>

#include "answer.h"
#include "base/result.h"

namespace careo::bench {

using Results = std::map<std::string, Answers, std::less<>>;

extern const char ResultsHead[];
void write_answers(std::ostream& out, std::string_view file, const Answers& answers);
/// Malformed where a row has too few columns or names a field that is none.
Result<Results> read_results(const std::filesystem::path& file);

}  // namespace careo::bench
