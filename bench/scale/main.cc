// SPDX-License-Identifier: Apache-2.0
// Queries against a case: how long each takes, and whether it finds what reading every text finds.
//
//   bench_case CASE [QUERY...]      (key by CAREO_KEY_FILE; by default 15 queries for a case made of sample-leak)
//
// Every text is read once, for all queries; so is the sum of the texts that the index is weighed against.
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <vector>

#include "desk/find.h"
#include "desk/session.h"
#include "search/entry.h"
#include "search/scan.h"

namespace careo {
namespace {

constexpr int kTimes = 5;
constexpr std::string_view kIndexFile = "/index.db";

const std::vector<std::string> kQueries = {"pasaporte",
                                           "soldador",
                                           "the",
                                           "спасибо",
                                           "pasaporte OR паспорт",
                                           "=passport",
                                           "\"muchas gracias\"",
                                           "documento NOT foto",
                                           "document*",
                                           "k*",
                                           "kind:mail",
                                           "from:ana",
                                           "passport date:2023",
                                           "foto cédula",
                                           "subject:passport"};

double milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

struct Asked {
  std::string words;
  Query query;
  std::uint64_t total = 0;
  std::uint64_t scanned = 0;
  double first = 0, again = 0;  // CPU milliseconds; the median of the times after the first
};

Result<void> ask(SearchIndex& index, Asked* asked) {
  std::vector<double> times;
  for (int i = 0; i <= kTimes; ++i) {
    const double begin = milliseconds();
    asked->total = TRY(index.search(asked->query)).total;
    times.push_back(milliseconds() - begin);
  }
  asked->first = times.front();
  std::sort(times.begin() + 1, times.end());
  asked->again = times[1 + kTimes / 2];
  return {};
}

// The bytes of all texts that are indexed.
Result<std::uint64_t> scan(Case& store, std::vector<Asked>* all) {
  std::uint64_t bytes = 0;
  TRY(scan_entries(store, [&](const Entry& entry) -> Result<void> {
    for (const std::string& column : entry.columns) bytes += column.size();
    const Scanned scanned(entry);
    for (Asked& one : *all) one.scanned += scanned.matches(one.query) ? 1U : 0U;
    return {};
  }));
  return bytes;
}

Result<int> run(const std::string& path, std::vector<std::string> words) {
  Key key;
  const char* const file = std::getenv("CAREO_KEY_FILE");
  key.key_file = file == nullptr ? "" : file;
  Session session = TRY(Session::open(path, key, Case::Access::Read));
  std::vector<Asked> all;
  for (std::string& each : words.empty() ? std::vector<std::string>(kQueries) : words) {
    Query query = TRY(Query::parse(each));
    all.push_back({each, std::move(query)});
  }
  std::vector<double> times;
  for (Asked& one : all) {
    TRY(ask(*session.index, &one));
    times.push_back(one.again);
    fmt::print("{:>9} hits {:>9.2f} ms first {:>9.2f} ms  {}\n", one.total, one.first, one.again, one.words);
  }
  std::sort(times.begin(), times.end());
  fmt::print("{} queries: p50 {:.2f} ms, p95 {:.2f} ms\n", times.size(), times[times.size() / 2],
             times[(times.size() * 95 + 99) / 100 - 1]);
  std::fflush(stdout);  // the scan takes minutes where the questions took milliseconds
  const std::uint64_t bytes = TRY(scan(*session.store, &all));
  bool same = true;
  for (const Asked& one : all) {
    if (one.total == one.scanned) continue;
    same = false;
    fmt::print("{} hits, {} by scan: {}\n", one.total, one.scanned, one.words);
  }
  const auto size = static_cast<double>(std::filesystem::file_size(path + std::string(kIndexFile)));
  fmt::print("hits by scan: {}\ntext {:.1f} MB, index {:.1f} MB, index/text {:.3f}\n", same ? "equal" : "DIFFER",
             static_cast<double>(bytes) * 1e-6, size * 1e-6, size / static_cast<double>(bytes));
  return same ? 0 : 1;
}

}  // namespace
}  // namespace careo

int main(int count, char** words) {
  if (count < 2) {
    fmt::print(stderr, "usage: bench_case CASE [QUERY...]\n");
    return 2;
  }
  const auto done = careo::run(words[1], {words + 2, words + count});
  if (!done) fmt::print(stderr, "bench_case: {}\n", done.error().text());
  return done ? *done : 1;
}
