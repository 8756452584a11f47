// SPDX-License-Identifier: Apache-2.0
// From a query to the rows that match it: what FTS5 can do at once is handed to FTS5, the rest is set arithmetic.
#pragma once

#include <string>
#include <vector>

#include "search/doc_set.h"
#include "search/initials.h"
#include "search/origins.h"
#include "search/query.h"
#include "store/database.h"

namespace careo {

class Evaluator {
 public:
  /// `origins` may be null: then no source is known.
  Evaluator(Database& database, Initials& initials, const Origins* origins)
      : database_(&database), initials_(&initials), origins_(origins) {}

  /// The rows that match.
  Result<DocSet> rows(const Query& query);
  /// An FTS5 expression to rank by: the query itself where it is all text, else any of the phrases that are wanted.
  /// "" where the query wants no text.
  Result<std::string> rank_expression(const Query& query);

 private:
  /// A subtree on its way: an FTS5 expression not yet asked, or the rows it gave. `inverted`: all rows but these.
  struct Item {
    std::string expression;
    DocSet rows;
    bool inverted = false;
  };

  Result<Item> item_of(const Phrase& phrase);
  Result<std::string> expression(const Phrase& phrase);
  Result<std::string> spellings(const std::string& word);
  Result<DocSet> facet_rows(const Facet& facet);
  Result<DocSet> match(std::string_view table, const std::string& expression);
  Result<DocSet> ids(Statement& statement);
  Result<void> ask(Item* item);
  Result<Item> combine(Item left, Item right, Query::Node::Kind kind);
  Result<Item> walk(const Query& query);

  Database* database_;
  Initials* initials_;
  const Origins* origins_;
};

}  // namespace careo
