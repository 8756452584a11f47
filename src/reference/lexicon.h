// SPDX-License-Identifier: Apache-2.0
// A table of phrases, found by their words: units, counted things, approximators, cues of speech.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace careo {

/// The rows of one table under resources/, by their first column: words in lower case without Latin accents, one space
/// between them. The first row of a phrase wins. Safe to share between threads once made.
class Lexicon {
 public:
  using Row = std::vector<std::string_view>;

  explicit Lexicon(std::string_view path);

  /// The row of that phrase, or null.
  const Row* find(std::string_view phrase) const;
  /// True where some phrase begins with that word.
  bool begins(std::string_view word) const { return first_words_.contains(word); }
  /// Words of the longest phrase.
  std::size_t longest() const { return longest_; }
  const std::vector<Row>& rows() const { return rows_; }

 private:
  std::vector<Row> rows_;
  std::unordered_map<std::string_view, std::size_t> by_phrase_;
  std::unordered_map<std::string_view, bool> first_words_;
  std::size_t longest_ = 0;
};

/// The lexicon of "<area>/<language>.tsv", made once; an empty one where there is no such table. Areas: units,
/// figures, things, statements, dates, names, claims, places, plus "units/signs" and "documents/titles".
const Lexicon& lexicon(std::string_view area, std::string_view language);

}  // namespace careo
