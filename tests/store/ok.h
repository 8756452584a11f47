// SPDX-License-Identifier: Apache-2.0
// The value of a Result that must hold; the test stops with its words where it does not.
#pragma once

#include <stdexcept>

#include "base/result.h"

namespace careo {

template <typename T>
T ok(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace careo
