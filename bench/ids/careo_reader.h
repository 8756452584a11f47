// SPDX-License-Identifier: Apache-2.0
// careo's reader as the library offers it: from the bytes of a file to graded zones, in this process.
#pragma once

#include "answer.h"
#include "base/bytes.h"
#include "read/mrz/grade.h"

namespace careo::bench {

Answer answer_of(const mrz::GradedZone& zone);
Answers read_with_careo(Bytes file);

}  // namespace careo::bench
