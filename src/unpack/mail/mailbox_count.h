// SPDX-License-Identifier: Apache-2.0
// What begins a mail in a mailbox, and a count of it by a line-by-line scan that shares no code with the opener's own
// search: the opener's count is held against this one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace careo {

/// True when the lines begin a mail's header: fields only, two of them of mail, before the first blank line.
bool header_follows(std::string_view lines);

/// Counts the mails of a mailbox fed to it in pieces, in order. Not safe to share between threads.
class SeparatorCount {
 public:
  void feed(Bytes bytes);
  /// The count; nothing may be fed afterwards.
  std::uint64_t finish();

 private:
  void line(std::string_view text);
  void settle();

  std::string carry_;  // the begin of a line whose end has not come yet
  std::string below_;  // the lines behind a From_ line that is not decided yet
  std::uint64_t count_ = 0;
  bool first_ = true;  // no line yet
  bool blank_before_ = true;
  bool pending_ = false;
};

}  // namespace careo
