// SPDX-License-Identifier: Apache-2.0
// Reads files and all that is inside them through a real worker, with and without confinement, and compares.
#pragma once

#include <string>
#include <vector>

#include "wire/desk_side.h"

namespace careo {

struct ParityCount {
  std::size_t parts = 0;
  std::size_t states[4] = {};
  std::size_t texts = 0;
  std::size_t text_bytes = 0;
  std::size_t refused_files = 0;
  std::size_t pictures = 0;  ///< files that were drawn, 300 pixels wide
  std::vector<std::string> differences;
  double confined_seconds = 0;
  double open_seconds = 0;
};

/// Files below `folder` up to 32 MiB, sorted, at most `most`; their children to a depth of three: opened, and looked
/// at.
ParityCount compare_confinement(const std::string& worker, const std::string& folder, std::size_t most);

}  // namespace careo
