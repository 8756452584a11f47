// SPDX-License-Identifier: Apache-2.0
// The words after `bench_ids`.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "scene.h"

namespace careo::bench {

struct Options {
  int each = 60;
  std::uint64_t seed = 1;
  std::vector<Category> categories;  ///< all unless --only names some
  std::string write;                 ///< a folder
  std::string retake;                ///< a set's folder, whose pictures are photographed again for `write`
  std::string read;                  ///< a set's folder
  std::string reader = "careo";      ///< careo, program, tesseract or crops
  std::string program = "careo";     ///< for the reader "program"
  std::string score;                 ///< a set's folder
  std::vector<std::string> results;  ///< files to score, each named after its reader
  std::string misses;                ///< a folder; of --score a file
  bool margins = false;
};

extern const char Usage[];
Result<Options> parse_options(int count, char** words);

}  // namespace careo::bench
