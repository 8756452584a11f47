// SPDX-License-Identifier: Apache-2.0
// The whole: a leak, two articles about it, and the truth of both, in one folder.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"

namespace careo::sample {

struct Order {
  std::uint64_t seed = 1;
  std::int64_t mails = 400;
  int documents = 0;            ///< pictures of documents; 0: as many as suit the mails
  std::optional<int> papers{};  ///< without a machine-readable zone; as many as suit the documents where none is said
  std::string folder;
};

/// Refused where the order makes no sense (fewer than 50 mails, fewer than 4 documents or too many for the mails) or
/// the folder is not empty.
Result<void> make_leak(const Order& order, const std::function<void(std::int64_t mails)>& progress);

}  // namespace careo::sample
