// SPDX-License-Identifier: Apache-2.0
// An article made ready for reading statements: sentences, quotations, cues of speech, dates.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "read/date/date.h"
#include "read/statement/statement.h"
#include "reference/lexicon.h"

namespace careo {

/// Words that the grammar of statements knows by class. One set a language.
enum class SpeechWord {
  None,
  Determiner,
  Pronoun,    ///< can stand for a speaker: "he", "ella"
  Relative,   ///< "who", "quien"
  Auxiliary,  ///< between subject and cue: "has", "did", "había"
  Negation,
  Adverb,
  Preposition,
  Conjunction,   ///< "and", "but", "pero"
  Subordinator,  ///< "after", "while", "aunque"
  That,          ///< "that", "que"
  Verb,          ///< a common verb that ends a noun phrase
  Role,          ///< "diplomat", "portavoz": a person named by what they are
};

/// The stance that a row of resources/statements names; Assert where it names none.
Stance stance_named(std::string_view name);

SpeechWord speech_word(std::string_view language, std::string_view folded);

/// A word or phrase that says that somebody says something.
struct Cue {
  std::size_t from = 0;
  std::size_t to = 0;
  std::string_view lemma = {};
  std::string_view frame = {};
  Stance stance = Stance::Assert;
  bool negated = false;
  bool refused = false;  ///< "declined to confirm"
  bool passive = false;  ///< "was announced by"
};

struct Sentence {
  TokenSpan span;
  bool headline = false;
};

class SpeechText {
 public:
  SpeechText(const Tokens& tokens, std::string_view language);

  const Tokens& tokens() const { return tokens_; }
  std::string_view language() const { return language_; }
  const std::vector<Sentence>& sentences() const { return sentences_; }
  const std::vector<TokenSpan>& quotes() const { return quotes_; }  ///< with their marks
  /// The cues from token `i` on, from left to right.
  std::span<const Cue> cues_from(std::size_t i) const;

  /// Number of the quotation that holds token `i`, its marks included; -1 outside.
  int quote_at(std::size_t i) const { return i < quote_of_.size() ? quote_of_[i] : -1; }
  /// Token behind the date that begins at `i`, an article or "on" before it included; `i` where none does.
  std::size_t behind_date(std::size_t i) const;
  bool in_date(std::size_t i) const { return i < in_date_.size() && in_date_[i]; }
  SpeechWord word(std::size_t i) const;
  bool is_word(std::size_t i, SpeechWord kind) const { return word(i) == kind; }
  const Cue* cue_at(std::size_t i) const;  ///< the cue that token `i` belongs to

 private:
  void find_quotes();
  void find_sentences();
  void find_dates();
  void find_cues();
  bool cue_fits(const Lexicon::Row& row, Cue* cue) const;
  bool fits_english(const Lexicon::Row& row, Cue* cue, std::size_t before) const;
  bool fits_spanish(const Lexicon::Row& row, Cue* cue, std::size_t before) const;
  std::size_t before_auxiliaries(std::size_t i, Cue* cue) const;

  const Tokens& tokens_;
  std::string_view language_;
  std::vector<Sentence> sentences_;
  std::vector<TokenSpan> quotes_;
  std::vector<int> quote_of_;
  std::vector<std::size_t> date_end_;
  std::vector<bool> in_date_;
  std::vector<SpeechWord> words_;
  std::vector<Cue> cues_;
  std::vector<int> cue_of_;
};

}  // namespace careo
