// SPDX-License-Identifier: Apache-2.0
// bench_pictures [SEED [OFFICES HOLDERS [SHOTS]]]: pictures of our generators, each changed in some ways and looked for
// again; and every pair of different ones, which must not meet. Prints tables by bits of the hash and by how far apart
// (search/picture_likeness.h), and what a sketch and a comparison cost.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <map>

#include "album.h"
#include "read/picture_sketch.h"
#include "search/picture_likeness.h"

namespace {

using namespace careo;
using namespace careo::bench;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Pair {
  int bits = 64;
  double apart = 1e9;
};

Pair pair_of(const std::optional<PictureSketch>& a, const std::optional<PictureSketch>& b) {
  if (!a || !b) return {};
  return {bits_apart(all_turns(picture_hash(*a)), picture_hash(*b)), match(*a, *b).apart};
}

void row(std::string_view name, const std::vector<Pair>& all) {
  if (all.empty()) return;
  std::string line = fmt::format("{:26}{:8} |", name, all.size());
  const auto share = [&](auto met) {
    return 100.0 * static_cast<double>(std::count_if(all.begin(), all.end(), met)) / static_cast<double>(all.size());
  };
  for (const int bits : {4, 8, 14, 20})
    line += fmt::format("{:8.2f}", share([&](const Pair& it) { return it.bits <= bits; }));
  line += " |";
  for (const double most : {1., 2., 3., 4., 6.})
    line += fmt::format("{:8.2f}", share([&](const Pair& it) { return it.bits <= kMostBits && it.apart <= most; }));
  const auto least = std::min_element(all.begin(), all.end(), [](auto& a, auto& b) { return a.apart < b.apart; });
  fmt::print("{} |{:10.2f}\n", line, least->apart);
}

int run(const AlbumPlan& plan) {
  const std::vector<Sheeted> all = album(plan);
  const PictureSketchReader reader;
  double seconds = 0;
  double pixels = 0;
  const auto sketch = [&](const Raster& raster) -> std::optional<PictureSketch> {
    Picture picture;
    picture.raster = raster;
    const double start = cpu_seconds();
    const std::vector<Reading> got = reader.read(picture);
    seconds += cpu_seconds() - start;
    pixels += double{1} * raster.width * raster.height;
    return got.empty() ? std::nullopt : picture_sketch(got[0].value);
  };
  std::vector<std::optional<PictureSketch>> own;
  std::vector<std::vector<Pair>> found(changes().size());
  for (const Sheeted& one : all) {
    own.push_back(sketch(one.raster));
    for (std::size_t c = 0; c < changes().size(); ++c)
      found[c].push_back(pair_of(own.back(), sketch(changes()[c].make(one.raster))));
  }
  fmt::print(
      "{} pictures, a sketch: {:.2f} ms CPU a million pixels\n{:34} | % with bits <= 4, 8, 14, 20 "
      "| % apart <= 1, 2, 3, 4, 6        | least\n",
      all.size(), seconds * 1e9 / pixels, "");
  for (std::size_t c = 0; c < changes().size(); ++c) row(changes()[c].name, found[c]);
  std::map<std::string, std::vector<Pair>> pairs;
  const double start = cpu_seconds();
  std::size_t count = 0;
  for (std::size_t a = 0; a < all.size(); ++a)
    for (std::size_t b = a + 1; b < all.size(); ++b, ++count) {
      const bool one = !all[a].family.empty() && all[a].family == all[b].family;
      pairs[one ? "of one " + all[a].family.substr(0, all[a].family.find(' ')) : "of none"].push_back(
          pair_of(own[a], own[b]));
    }
  const double each = (cpu_seconds() - start) * 1e3 / static_cast<double>(std::max<std::size_t>(1, count));
  for (const auto& [name, met] : pairs) row(name, met);
  fmt::print("a pair: {:.3f} ms CPU\n", each);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  AlbumPlan plan;
  const auto number = [&](int at, int otherwise) { return count > at ? std::atoi(words[at]) : otherwise; };
  plan.seed = static_cast<std::uint64_t>(number(1, 1));
  plan.offices = number(2, plan.offices);
  plan.holders = number(3, plan.holders);
  plan.shots = number(4, plan.shots);
  return run(plan);
}
