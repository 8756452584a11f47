// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/beside.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace careo {

void add_line(std::string_view kind, std::string_view place, const std::vector<std::string_view>& values,
              std::string* out) {
  std::string line;
  for (const std::string_view value : values) {
    if (!trim(value).empty()) line.append(line.empty() ? "" : " | ").append(trim(value));
  }
  if (line.empty()) return;
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  *out += fmt::format("{}{}{}: {}\n", kind, place.empty() ? "" : " ", place, line);
}

}  // namespace careo
