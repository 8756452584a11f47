// SPDX-License-Identifier: Apache-2.0
// Where the programs beside this one are.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace careo {

/// A program of ours beside the running one, or where the package puts it; NotFound names both places.
Result<std::string> program_of_ours(std::string_view name);
/// The worker.
Result<std::string> worker_program();

}  // namespace careo
