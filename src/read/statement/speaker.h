// SPDX-License-Identifier: Apache-2.0
// Who says it: the noun phrase before or behind a cue, and the named person behind "he" or "the diplomat".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "read/statement/text.h"

namespace careo {

class Speakers {
 public:
  explicit Speakers(const SpeechText& text) : text_(text), tokens_(text.tokens()) {}

  /// The subject that ends in front of `cue` and does not reach back over `limit`: "The ambassador, Viktor K.", "he",
  /// or the antecedent of "who".
  std::optional<TokenSpan> before(const Cue& cue, std::size_t limit) const;
  /// The noun phrase that begins at `i`, up to `limit`: "the diplomat", "Viktor Koronelli, embajador de Rusia".
  std::optional<TokenSpan> behind(std::size_t i, std::size_t limit) const;

  /// Remembers a speaker, in the order of the text.
  void note(const TokenSpan& speaker);
  /// The full name that `speaker` stands for: for a pronoun, a role or a surname, of those noted so far; "" where none.
  std::string resolve(const TokenSpan& speaker) const;
  /// The speaker noted last.
  const std::optional<TokenSpan>& last() const { return last_; }

  /// The longest run of capitalised words in a phrase, without titles: a name; empty where it is one of a place or
  /// body.
  TokenSpan name_in(const TokenSpan& phrase) const;

 private:
  std::optional<TokenSpan> phrase_left(std::size_t end, std::size_t limit) const;
  bool may_end_left(std::size_t i) const;
  bool begins_aside(std::size_t i) const;

  const SpeechText& text_;
  const Tokens& tokens_;
  std::vector<std::string> names_;  ///< full names of persons noted, newest last
  std::optional<TokenSpan> last_;
};

}  // namespace careo
