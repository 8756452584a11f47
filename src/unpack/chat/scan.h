// SPDX-License-Identifier: Apache-2.0
// Finds the messages of Telegram's export byte by byte, so that one of any size needs no more memory than its nesting.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "unpack/account.h"

namespace careo {

/// Messages are the objects in an array that is called "messages", wherever it stands.
class TelegramScan {
 public:
  /// True where the byte belongs to no message and is not what merely parts two of them.
  bool take(std::uint8_t byte, std::uint64_t offset);
  /// The message that ended with the last byte.
  std::optional<ByteRun> finished();
  /// The name of the chat that the last message stands in.
  const std::string& chat() const { return chat_; }
  /// A message without an end.
  std::optional<ByteRun> unfinished(std::uint64_t size) const;

 private:
  struct Scope {
    bool object = false;
    bool messages = false;
    std::string key;   // the last one read
    std::string name;  // the value of "name"
  };
  void open(bool object, std::uint64_t offset);
  void close(std::uint64_t offset);
  void end_string();

  std::vector<Scope> scopes_;
  std::uint64_t deeper_ = 0;  // scopes that are only counted: inside of a message, or beyond any sense
  bool in_message_ = false;
  bool in_string_ = false;
  bool escaped_ = false;
  bool value_ = false;  // behind a colon
  std::string string_;  // its beginning, as written
  std::string chat_;
  std::uint64_t begin_ = 0;
  std::optional<ByteRun> finished_;
};

}  // namespace careo
