// SPDX-License-Identifier: Apache-2.0
// A long walk through the log pauses now and then, where somebody shares the case and may want to ask it something.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>

#include "base/result.h"

namespace careo {

class Breath {
 public:
  /// Never pauses: the case is nobody else's.
  Breath() = default;
  /// `pause` may let go of the case and take it again; what is walked through may grow meanwhile. Its error ends the
  /// walk.
  explicit Breath(std::function<Result<void>()> pause) : pause_(std::move(pause)) {}

  /// Called at each step of a walk.
  Result<void> operator()() { return pause_ && ++steps_ % kSteps == 0 ? pause_() : Result<void>(); }

 private:
  static constexpr std::size_t kSteps = 256;  // outcomes: a few milliseconds
  std::function<Result<void>()> pause_;
  std::size_t steps_ = 0;
};

}  // namespace careo
