// SPDX-License-Identifier: Apache-2.0
// The meaning of a query, written as plainly as it can be: one part is read word by word and asked. The index must find
// exactly what this finds (tests/search/differential_test.cc); snippets find the words to mark with it.
#pragma once

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "reference/fold.h"
#include "search/entry.h"
#include "search/query.h"

namespace careo {

/// A word of a text and the bytes it was made from.
struct Spot {
  std::string folded;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The words of a text, kTextBreak among them; at most `limit`.
std::vector<Spot> spots_of(std::string_view text, std::size_t limit = SIZE_MAX);

/// Tells whether a word of a text is a word of a query; remembers the query word's meeting keys and what it answered
/// for words of other alphabets. Not safe to share between threads.
class WordTest {
 public:
  enum class How { Meet, Exact, Prefix };
  WordTest(std::string word, How how);
  bool operator()(std::string_view folded) const;

 private:
  std::string word_;
  How how_;
  Alphabet alphabet_;
  std::vector<std::string> keys_;  // sorted
  mutable std::unordered_map<std::string, bool> answers_;
};

/// A phrase made ready to be looked for.
class PhraseTest {
 public:
  explicit PhraseTest(const Phrase& phrase);
  /// True when the phrase stands at `spots[at]`.
  bool at(const std::vector<Spot>& spots, std::size_t at) const;
  bool in(const std::vector<Spot>& spots) const;
  std::size_t size() const { return words_.size(); }

 private:
  std::vector<WordTest> words_;
};

/// Does the field hold this column?
bool holds(QueryField field, Column column);

/// One part, cut into words.
class Scanned {
 public:
  explicit Scanned(const Entry& entry);
  bool matches(const Query& query) const;

 private:
  bool matches(const Phrase& phrase) const;
  bool matches(const Facet& facet) const;

  const Entry* entry_;
  std::array<std::vector<Spot>, kColumns> spots_;
};

}  // namespace careo
