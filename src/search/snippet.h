// SPDX-License-Identifier: Apache-2.0
// The lines of a text that answer a query best, and where they stand: the index holds no text, so they are cut from the
// text in the part's outcome.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "evidence/reading.h"
#include "search/query.h"

namespace careo {

struct Snippet {
  std::string text;                 ///< one line, white space run together, "..." where it was cut
  std::vector<Region::Span> marks;  ///< code points of `text` that answer the query, ascending, apart
  Region region;                    ///< where the first mark stands in the part; empty where nothing is marked
};

/// The window of about `width` code points that holds the most different phrases of the query, the earliest of equals;
/// the beginning where the texts hold none (the hit is in the subject or a name). Looks at the first 16 MiB of text.
Snippet snippet_of(const Query& query, std::span<const Text> texts, std::size_t width = 200);

/// Every place where a phrase of the query stands in one text: spans of code points, ascending, at most `limit`.
std::vector<Region::Span> marks_of(const Query& query, std::string_view text, std::size_t limit = 1000);

}  // namespace careo
