// SPDX-License-Identifier: Apache-2.0
// What all that reads the value of a field needs.
#pragma once

#include <string_view>

namespace careo {

inline constexpr std::size_t kNone = std::string_view::npos;

/// White space of a field, that of its folds too.
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace careo
