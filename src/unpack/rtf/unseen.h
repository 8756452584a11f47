// SPDX-License-Identifier: Apache-2.0
// What an RTF document says beside its text: properties of its own, variables, fields of forms, names and descriptions
// of shapes and objects, entries of an index, names of those who revised it.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>

namespace careo {

class RtfUnseen {
 public:
  /// Is `word` a destination whose characters belong here?
  static bool holds(std::string_view word);
  /// Do the groups inside it stand apart (a name and its value, one reviser and the next)?
  static bool is_parted(std::string_view word);
  /// Where the characters of a group that begins with `word` go, valid as long as this; nullptr: nowhere. REQUIRES:
  /// holds(word).
  std::string* begin(std::string_view word);

  /// Each thing once, in brackets behind a word, parted by blank lines.
  std::string text() const;
  /// \userprops: names and values as written.
  const std::deque<std::pair<std::string, std::string>>& custom() const { return custom_; }
  /// More than `kMost` things: what came behind them was left out.
  bool full() const { return full_; }

 private:
  static constexpr std::size_t kMost = 100'000;
  struct Note {
    std::string_view word;
    std::string text;
  };
  std::string* note(std::string_view word);

  std::deque<Note> notes_;
  std::deque<std::pair<std::string, std::string>> custom_;
  std::string shape_property_;
  bool full_ = false;
};

}  // namespace careo
