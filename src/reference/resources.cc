// SPDX-License-Identifier: Apache-2.0
#include "reference/resources.h"

#include "base/text.h"

namespace careo {

std::vector<std::vector<std::string_view>> table_rows(std::string_view text) {
  std::vector<std::vector<std::string_view>> out;
  for (std::string_view line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    out.push_back(split(line, '\t'));
  }
  return out;
}

}  // namespace careo
