// SPDX-License-Identifier: Apache-2.0
// What every export of a chat is turned into: messages as children, what is none of them unread or text.
#pragma once

#include <string>
#include <string_view>

#include "unpack/account.h"

namespace careo {

/// Gives messages as children until a limit is met; the rest is then unread as a whole.
class Messages {
 public:
  Messages(const Budget& budget, Sink& sink) : budget_(budget), sink_(sink) {}
  Result<void> give(ByteRun run, std::string name, const std::string& type);
  void unread(ByteRun run, std::string reason) { account_.unread(run, std::move(reason), sink_); }
  /// What stands among messages and can be none: told one by one until there are too many for anybody to look at.
  void stray(ByteRun run);
  void settle(std::uint64_t size);

 private:
  const Budget& budget_;
  Sink& sink_;
  Account account_;
  std::uint64_t count_ = 0;
  std::uint64_t strays_ = 0;
  std::uint64_t more_strays_ = 0;
  ByteRun over_;
};

/// Tidied; nothing where there is no letter in it.
Result<void> give_chat_text(std::string utf8, Grade grade, std::string_view reader, Sink& sink);

}  // namespace careo
