// SPDX-License-Identifier: Apache-2.0
// What near relatives cost: CPU of a sketch a mail, and of questions over an index of sketches of texts and of
// pictures.
//   bench_near [MAILS]      200,000 by default, of 400 words each
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <random>

#include "crypto/secret.h"
#include "search/entry.h"
#include "search/index.h"
#include "search/likeness.h"
#include "store/database.h"

namespace {

using namespace careo;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string letter(std::mt19937* chance, std::size_t words) {
  std::string out;
  for (std::size_t i = 0; i < words; ++i)
    out += "palabra" + std::to_string((*chance)() % 5000) + ((*chance)() % 12 == 0 ? "\n" : " ");
  return out;
}

int run(std::size_t mails) {
  std::mt19937 chance(5);
  std::vector<std::string> texts;
  for (int i = 0; i < 2000; ++i) texts.push_back(letter(&chance, 400));
  double start = cpu_seconds();
  std::size_t sum = 0;
  for (const std::string& text : texts) {
    Entry entry;
    entry.kind = "mail";
    entry.column(Column::Body) = text;
    sum += sketch_of(shingles_of(compared_text(entry)))[0];
  }
  fmt::print("a sketch of a mail of {} bytes: {:.1f} microseconds ({})\n", texts[0].size(),
             (cpu_seconds() - start) / static_cast<double>(texts.size()) * 1e6, sum);

  // Short texts: the index of their words is not what is measured here.
  const auto database = Database::open("", Secret::random());
  const auto index = SearchIndex::open(**database);
  if (!index || !(*index)->begin()) return 1;
  for (std::size_t i = 0; i < mails; ++i) {
    Entry entry;
    entry.part = sha256(std::to_string(i));
    entry.kind = "mail";
    entry.column(Column::Body) = letter(&chance, kFewestWords);
    entry.pictures.push_back({0, (std::uint64_t{chance()} << 32) + chance()});
    if (!(*index)->add(entry)) return 1;
  }
  if (!(*index)->commit()) return 1;
  start = cpu_seconds();
  for (std::size_t i = 0; i < 20; ++i)
    if (!(*index)->near(sha256(std::to_string(i * 7)), 0.5, 40)) return 1;
  fmt::print("a question over {} mails: {:.1f} ms\n", mails, (cpu_seconds() - start) / 20 * 1e3);
  start = cpu_seconds();
  for (std::size_t i = 0; i < 20; ++i)
    if (!(*index)->near_pictures(sha256(std::to_string(i * 7)), 2000)) return 1;
  fmt::print("a question over {} pictures: {:.1f} ms\n", mails, (cpu_seconds() - start) / 20 * 1e3);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  return run(argc > 1 ? static_cast<std::size_t>(std::strtoull(argv[1], nullptr, 10)) : 200'000);
}
