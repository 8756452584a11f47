// SPDX-License-Identifier: Apache-2.0
// What an archive says of its members beside their names and bytes: where links lead, comments, and the attributes that
// programs gave a file, such as the address it was fetched from.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/opener.h"

namespace careo {

/// One an archive, one thread. Names are in UTF-8.
class SaidOfMembers {
 public:
  void link(std::string_view name, std::string_view target);
  /// Of the whole archive where `name` is "".
  void of(std::string_view name, const std::vector<std::pair<std::string, std::string>>& said);
  /// "[link NAME: TARGET]" and "[comment on NAME: ...]", a line each; an Unread says how many more there are than ten
  /// thousand.
  Result<void> give(std::string_view reader, const Budget& budget, Sink& sink) const;

 private:
  void say(std::string line);

  std::string text_;
  std::size_t lines_ = 0;
  std::size_t more_ = 0;
};

}  // namespace careo
