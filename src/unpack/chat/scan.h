// SPDX-License-Identifier: Apache-2.0
// Finds the messages of Telegram's export byte by byte, so that one of any size needs no more memory than its nesting.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "unpack/account.h"

namespace careo {

/// Messages are the objects in an array that is called "messages", wherever it stands. Damage costs one message where
/// it can: a line's end ends a string (RFC 8259, 7: none stands in one), and a brace that opens a line in the column
/// where the message before opened its own begins the next one, since Telegram indents.
class TelegramScan {
 public:
  /// True where the byte belongs to no message and is not what merely parts two of them.
  bool take(std::uint8_t byte, std::uint64_t offset);
  /// The message that ended with the last byte.
  std::optional<ByteRun> finished();
  /// The name of the chat that the last message stands in.
  const std::string& chat() const { return chat_; }
  /// What stood between two messages and can be none, ended by the last byte. Its bytes are among those that `take`
  /// told.
  std::optional<ByteRun> stray() { return std::exchange(stray_, std::nullopt); }
  /// Nothing comes behind the last byte: what strays may be asked for a last time.
  void end();
  /// A message without an end.
  std::optional<ByteRun> unfinished(std::uint64_t size) const;
  /// Whether something is open: the export goes on behind its last byte.
  bool cut_off() const { return !scopes_.empty(); }

 private:
  struct Scope {
    bool object = false;
    bool messages = false;
    std::string key;   // the last one read
    std::string name;  // the value of "name"
  };
  void open(bool object, std::uint64_t offset);
  bool begins_anew(char c, std::uint64_t offset) const;
  void watch_strays(char c, std::uint64_t offset);
  void close(bool object, std::uint64_t offset);
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
  std::uint64_t line_ = 0;    // where the line begins
  bool indent_ = true;        // nothing but blanks in the line as yet
  std::uint64_t column_ = 0;  // of the brace that opened the message; 0 where it did not open its line
  std::optional<ByteRun> finished_;
  std::optional<ByteRun> stray_;
  ByteRun straying_;
};

}  // namespace careo
