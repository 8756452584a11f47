// SPDX-License-Identifier: Apache-2.0
// The files of data/, linked into the program by CMake.
#pragma once

#include <string_view>

namespace careo::sample {

/// The bytes of data/`name`; empty where there is no such file.
std::string_view embedded(std::string_view name);

}  // namespace careo::sample
