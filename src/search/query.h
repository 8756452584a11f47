// SPDX-License-Identifier: Apache-2.0
// What a person typed into the search box, parsed. The language is docs/formats/search.md; this file is its grammar.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace careo {

/// What can stand before a colon.
enum class QueryField { Any, Title, Name, From, To, Body, Header, Kind, Type, Form, Language, Date, Source };

struct QueryFieldInfo {
  QueryField field;
  std::string_view name;  ///< as typed
  bool is_text;           ///< searched by words; else compared as a whole
  std::string_view doc;
};

/// Every field that can be typed, in the order help shows them. Several names may mean one field.
std::span<const QueryFieldInfo> query_fields();

/// Words that must follow each other in one text of one field.
struct Phrase {
  QueryField field = QueryField::Any;
  std::vector<std::string> words;  ///< folded (reference/fold.h), at least one
  bool prefix = false;             ///< the last word is only the beginning of one
  bool exact = false;              ///< letters decide: other alphabets' spellings do not meet it
  bool operator==(const Phrase&) const = default;
};

/// A property of a part, compared as a whole.
struct Facet {
  QueryField field = QueryField::Kind;
  std::string value;           ///< lower case; for Date as typed
  std::int64_t first_day = 0;  ///< Date: days since 1970-01-01, inclusive
  std::int64_t last_day = 0;   ///< Date: inclusive
  bool operator==(const Facet&) const = default;
};

/// A parsed query: nodes in postfix order, so that whoever walks it needs a stack and no recursion.
struct Query {
  struct Node {
    enum class Kind { Phrase, Facet, Not, And, Or };
    Kind kind = Kind::Phrase;
    Phrase phrase;
    Facet facet;
  };
  std::vector<Node> nodes;

  /// Malformed with what is wrong and at which character (counted from 1). At most 8 KiB, 128 terms, 32 nested
  /// parentheses.
  static Result<Query> parse(std::string_view text);

  /// The query with every parenthesis written, for tests and for showing how it was understood.
  std::string print() const;

  /// The phrases that a hit may hold: those not under an odd number of NOTs.
  std::vector<Phrase> wanted() const;
  /// Does it ask for a property of that field?
  bool asks(QueryField field) const;
};

}  // namespace careo
