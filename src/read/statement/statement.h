// SPDX-License-Identifier: Apache-2.0
// Statements in an article: who said what, by which word, and whether it was asserted, denied, conceded or disclaimed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/opener.h"
#include "read/token.h"

namespace careo {

enum class Stance { Assert, Deny, Concede, Disclaim, Accuse, Promise, Threaten };
std::string_view name_of(Stance stance);

/// A run of tokens.
struct TokenSpan {
  std::size_t from = 0;
  std::size_t to = 0;
  bool empty() const { return to <= from; }
  bool holds(std::size_t i) const { return i >= from && i < to; }
};

struct StatementMention {
  enum class Type { Direct, Indirect, Mixed, Headline, Article };
  std::optional<TokenSpan> speaker = {};
  std::string resolved = {};  ///< the named person behind a pronoun or a role, where the text makes it clear
  std::optional<TokenSpan> cue = {};
  TokenSpan content;
  Type type = Type::Indirect;
  Stance stance = Stance::Assert;
  /// Whether the proposition, stripped of its own negation, is put forward as so: "denied that he went" and "said that
  /// he did not go" are both negative, "did not deny that he went" is positive.
  bool positive = true;
  std::string rule = {};  ///< what fired, for people: "quote before cue", "cue + that", ...
};

std::string_view name_of(StatementMention::Type type);

/// Every statement, by where its content begins. `language`: "en", "es", "ru", "uk".
std::vector<StatementMention> statements_in(const Tokens& tokens, std::string_view language);

/// kind "statement", shape in docs/formats/json.md. Reader "statement/1".
const TextReader& statement_reader();

}  // namespace careo
