// SPDX-License-Identifier: Apache-2.0
// What control words say of the words behind them: put in, taken out, moved, hidden, by whom and when (RTF 1.9.1,
// "Track Changes (Revision Marks)").
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "unpack/office/change_marks.h"

namespace careo {

/// False for a word that says nothing of it.
bool read_change(std::string_view word, std::optional<std::int64_t> number, TextChange* out);

}  // namespace careo
