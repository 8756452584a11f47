// SPDX-License-Identifier: Apache-2.0
// Measures readers of machine-readable zones on documents that it makes. docs/benchmarks-ids.md says what and how.
#include <fmt/format.h>

#include <cstdio>

#include "measure.h"
#include "options.h"
#include "score.h"
#include "set.h"

namespace careo::bench {
namespace {

Result<void> run(const Options& options) {
  if (!options.retake.empty() && !options.write.empty())
    return write_retaken(options.write, options.retake, options.seed, options.each, options.categories);
  if (!options.write.empty()) return write_set(options.write, options.seed, options.each, options.categories);
  if (!options.read.empty()) return read_set(options);
  if (!options.score.empty()) {
    fmt::print("{}", TRY(score_set(options)));
    return {};
  }
  measure(options);
  return {};
}

int main_of(int count, char** words) {
  const Result<Options> options = parse_options(count, words);
  if (!options) {
    fmt::print(stderr, "bench_ids: error: {}\n{}", options.error().text(), Usage);
    return 2;
  }
  const Result<void> done = run(*options);
  if (done) return 0;
  fmt::print(stderr, "bench_ids: error: {}\n", done.error().text());
  return 3;
}

}  // namespace
}  // namespace careo::bench

int main(int count, char** words) {
  return careo::bench::main_of(count, words);
}
