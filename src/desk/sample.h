// SPDX-License-Identifier: Apache-2.0
// The demo's leak: made by the program sample-leak beside this one, into a folder that goes with this object.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

namespace careo {

class Sample {
 public:
  /// Makes an invented mailbox and two articles about it; seconds. NotFound where sample-leak is not installed.
  static Result<std::unique_ptr<Sample>> make();
  ~Sample();

  std::string leak() const { return folder_ + "/sample/leak"; }
  std::string article(std::string_view language) const;  ///< "english" or "spanish"

 private:
  Sample() = default;
  std::string folder_;
};

}  // namespace careo
