// SPDX-License-Identifier: Apache-2.0
// For tests: the value of a Result that must hold (the test stops with its words where it does not), and keys.
#pragma once

#include <stdexcept>

#include "store/case.h"

namespace careo {

template <typename T>
T ok(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline Key passphrase(const std::string& words) {
  Key out;
  out.passphrase = words;
  return out;
}
inline Key key_file_at(const std::string& path) {
  Key out;
  out.key_file = path;
  return out;
}
inline Key recovery(const std::string& words) {
  Key out;
  out.recovery = words;
  return out;
}

}  // namespace careo
