// SPDX-License-Identifier: Apache-2.0
// Full-text search as a person asks it: a query in, trails with their snippets out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "desk/session.h"
#include "search/entry.h"
#include "search/snippet.h"

namespace careo {

struct FoundPart {
  Trail trail;  ///< with the region of the first match
  std::string title;
  std::string date;
  std::string kind;
  std::string sender;
  double score = 0;
  Snippet snippet;
};

struct Findings {
  std::uint64_t total = 0;  ///< exact, whatever the limit
  bool ranked = false;      ///< by score; else newest first
  std::vector<FoundPart> rows;
};

/// Refused, with the place of the mistake, where the query cannot be understood.
Result<Findings> find(Session& session, const std::string& query, std::uint64_t limit, std::uint64_t offset = 0);

/// Calls `each` with the entry of every part that stands, out of the log and not out of the index; stops on its error.
Result<void> scan_entries(Case& store, const std::function<Result<void>(const Entry&)>& each);

/// The same question answered without the index, by reading every text: the two totals must be equal.
Result<std::uint64_t> count_by_scan(Session& session, const std::string& query);

}  // namespace careo
