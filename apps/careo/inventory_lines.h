// SPDX-License-Identifier: Apache-2.0
// The account of every part as the terminal says it: how all ended, then what asks for something to be done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/case.h"

namespace careo::cli {

/// What must be true, said so that its opposite is seen: "yes" or "NO".
std::string yes(bool value);

/// `missing`: Message-IDs of mails that mails here answer or quote.
void print_inventory(const Inventory& inventory, const std::vector<std::string>& missing);
/// As docs/formats/json.md has it; `missing` where it was counted.
void print_inventory_json(const Inventory& inventory, std::optional<std::uint64_t> missing);

}  // namespace careo::cli
