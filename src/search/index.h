// SPDX-License-Identifier: Apache-2.0
// The full-text index of a case: derived from its log, remembers how far it has seen, can be deleted and rebuilt.
//
// SQLite's FTS5 stands behind this header and nowhere else (docs/decisions/0007-search-on-fts5.md). The index holds no
// text, only words and where they stand; snippets are made from the text in the outcome (snippet.h). What a query
// finds is defined by scan.h. Not safe to share between threads: one index a connection.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "search/entry.h"
#include "search/query.h"
#include "store/case.h"

namespace careo {

struct Hit {
  PartId part;
  std::string label;  ///< subject or name
  std::string date;   ///< ISO 8601 or ""
  std::string kind;
  std::string sender;
  double score = 0;  ///< BM25, higher is better; 0 where hits are ordered by date
};

struct Hits {
  std::uint64_t total = 0;  ///< exact, whatever the limit
  bool ranked = false;      ///< by score; else newest first
  std::vector<Hit> rows;
};

/// A part whose text is nearly that of another; see search/likeness.h.
struct Near {
  PartId part;
  double alike = 0;  ///< 0 to 1, as the sketches estimate it
};

/// A picture that may be nearly the same as one of another part; see search/picture_likeness.h.
struct NearPicture {
  PartId part;
  std::uint32_t page = 0;      ///< 0: the part is the picture
  std::uint32_t own_page = 0;  ///< of the part asked about
  int bits_apart = 0;
};

struct SearchOptions {
  enum class Order { Auto, Newest };
  std::uint64_t limit = 20;
  std::uint64_t offset = 0;
  Order order = Order::Auto;  ///< Auto: by score up to kRankedHits hits, else newest first
};

/// BM25 costs 3 to 5 microseconds a hit and has no shortcut to the best (measured, docs/decisions/0007); beyond this
/// the newest say more than the rank anyway.
inline constexpr std::uint64_t kRankedHits = 5000;

/// How many hits have each value, most first, at most 50 values each.
struct FacetCounts {
  struct Row {
    std::string value;
    std::uint64_t hits = 0;
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> kinds, months, languages, senders, forms;  ///< months: "2023-09"
  std::vector<Row> sources;                                   ///< by Origins::From::word; none where none are known
};

class Origins;

class SearchIndex {
 public:
  /// Makes the tables where they are absent or of another version (then position() is 0 again).
  /// The database must outlive the index.
  static Result<std::unique_ptr<SearchIndex>> open(Database& database);
  ~SearchIndex();

  /// Indexes a part; what stood for it before is replaced.
  Result<void> add(const Entry& entry);
  Result<void> remove(const PartId& part);
  /// Takes in what the log holds behind position(), in one transaction. Returns the count of entries written.
  Result<std::uint64_t> catch_up(Case& held, const Watch& watch = {});
  /// The log position that is covered.
  Result<std::uint64_t> position();
  /// Merges the index into one piece: smaller and faster to ask. Worth its time after a large add. `between` is asked
  /// some times a second whether to go on; where it fails, the merge stands where it is and can be taken up again.
  Result<void> settle(const std::function<Result<void>()>& between = {});

  /// What `source:` and the facet of sources are answered by; a query that asks for one is a Bug without it.
  void know(std::shared_ptr<const Origins> origins);
  const Origins* origins() const;  ///< null: none known

  Result<Hits> search(const Query& query, const SearchOptions& options = {});
  Result<FacetCounts> facets(const Query& query);
  /// Parts whose text is about as alike as that or more, or seems so; most alike first, at most `most`. Reads the 64
  /// bytes of every text once: 13 MB of 200,000.
  Result<std::vector<Near>> near(const PartId& part, double at_least, std::size_t most);
  /// Pictures whose hash is at most kMostBits from that of one of the part's, nearest first, at most `most`. Reads the
  /// 8 bytes of every picture once for each of the part's own.
  Result<std::vector<NearPicture>> near_pictures(const PartId& part, std::size_t most);
  /// How many different addresses mails came from, those of `without` left out.
  Result<std::uint64_t> senders(const std::set<PartId>& without);
  /// Every part that matches, sorted: for tests and for claims that count.
  Result<std::vector<PartId>> all(const Query& query);

  /// Several add() in one transaction: between begin() and commit().
  Result<void> begin();
  Result<void> commit();

 private:
  struct State;
  explicit SearchIndex(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace careo
