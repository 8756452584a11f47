// SPDX-License-Identifier: Apache-2.0
// The texts of one part, within what it may spend on them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evidence/opener.h"

namespace careo {

/// Why a text is cut.
std::string text_limit(const Budget& budget);

/// One a part, one thread.
class TextWriter {
 public:
  TextWriter(std::string_view reader, const Budget& budget, Sink& sink)
      : reader_(reader), budget_(budget), sink_(sink) {}

  /// Nothing where there is nothing but blanks. Cut, and that told, where all texts of the part are more than allowed.
  Result<void> give(std::string utf8, std::optional<std::uint32_t> page = {}, Grade grade = Grade::Checked);

 private:
  std::string_view reader_;
  const Budget& budget_;
  Sink& sink_;
  std::uint64_t given_ = 0;
};

}  // namespace careo
