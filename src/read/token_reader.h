// SPDX-License-Identifier: Apache-2.0
// What every reader that walks over words has in common: a long text comes in pieces, each with its tokens.
#pragma once

#include <string_view>
#include <vector>

#include "evidence/opener.h"
#include "read/token.h"

namespace careo {

class TokenReader : public TextReader {
 public:
  /// At most about kMostReadings, in the order of the text.
  std::vector<Reading> read(const Text& text) const final;

 protected:
  /// What one piece says; `language` as language_of() tells it.
  virtual std::vector<Reading> read_piece(const Tokens& tokens, std::string_view language) const = 0;

  /// A reading of tokens [from, to): region, words and reader, but no value yet.
  Reading reading_of(std::string_view kind, const Tokens& tokens, std::size_t from, std::size_t to) const;
};

}  // namespace careo
