// SPDX-License-Identifier: Apache-2.0
// Text cut into words, digit runs and marks: what the readers of figures, dates and statements walk over.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/reading.h"
#include "reference/letters.h"

namespace careo {

struct Token {
  enum class Kind : std::uint8_t {
    Word,    ///< letters, with apostrophes between letters: "didn't", "Russia's"
    Digits,  ///< 0-9 only
    Mark,    ///< one other code point
  };
  Kind kind = Kind::Mark;
  bool capital = false;     ///< a word that begins with an upper-case letter
  bool spaced = false;      ///< white space, or the start of the text, stands before it
  bool cell = false;        ///< a tab is among that white space: another cell of a table
  std::uint8_t breaks = 0;  ///< line ends in that white space, at most 3
  std::uint32_t begin = 0;  ///< bytes of the text
  std::uint32_t end = 0;
  std::uint32_t first = 0;   ///< code points of the text
  std::uint32_t last = 0;    ///< one behind
  std::string_view folded;   ///< lower case, Latin accents gone, ’ as '; for a mark: as written
  std::string_view written;  ///< as in the text
};

/// The tokens of one text. The views live as long as this and the text given to it.
class Tokens {
 public:
  /// REQUIRES: text.size() < 2^31. `first_code_point` is the number of the text's first code point in its whole.
  explicit Tokens(std::string_view text, std::uint32_t first_code_point = 0);

  std::size_t size() const { return tokens_.size(); }
  /// A token behind the end is an empty mark, so that a reader may look ahead without asking.
  const Token& operator[](std::size_t i) const { return i < tokens_.size() ? tokens_[i] : kNone; }
  std::string_view text() const { return text_; }

  /// The text from token `from` up to and without token `to`.
  std::string_view written(std::size_t from, std::size_t to) const;
  Region region(std::size_t from, std::size_t to) const;

  bool word(std::size_t i) const { return (*this)[i].kind == Token::Kind::Word; }
  bool digits(std::size_t i) const { return (*this)[i].kind == Token::Kind::Digits; }
  bool is(std::size_t i, std::string_view folded) const { return (*this)[i].folded == folded; }
  /// The folded tokens from `from` up to `to` with one space where white space or a hyphen stands: a lexicon's key.
  std::string phrase(std::size_t from, std::size_t to) const;
  /// True where token `i` follows the one before it without white space.
  bool joined(std::size_t i) const { return i > 0 && i < size() && !tokens_[i].spaced; }

 private:
  static const Token kNone;
  std::string_view text_;
  std::unique_ptr<char[]> folded_;  // at most as long as the text: folding never lengthens
  std::vector<Token> tokens_;
};

/// Readings of one kind that one text may give: beyond that it is a table or noise, no prose that anyone reads.
inline constexpr std::size_t kMostReadings = 50'000;

/// Walks a long text in pieces of about 256 KiB, cut at a line's end where there is one, so that memory stays small.
void for_each_piece(std::string_view text, const std::function<void(const Tokens&)>& visit);

/// "en", "es", "ru" or "uk": `declared` when it is one of them, else told by the commonest words; "en" in doubt.
std::string_view language_of(const Tokens& tokens, std::string_view declared);

}  // namespace careo
