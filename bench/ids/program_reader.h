// SPDX-License-Identifier: Apache-2.0
// careo as users run it: `careo read --json FILE`, program, worker and confinement included.
#pragma once

#include <string>

#include "answer.h"

namespace careo::bench {

/// One run of `program` for one file. Seconds are those of the program and of its workers.
Answers read_with_program(const std::string& program, const std::string& file);

/// From the rows of `careo read --json`: those of kind "mrz".
std::vector<Answer> answers_of_json(std::string_view rows);

}  // namespace careo::bench
