// SPDX-License-Identifier: Apache-2.0
// Parts that are nearly others: by the sketches of their texts, by the hashes of their pictures.
#include <algorithm>
#include <functional>

#include "search/index_state.h"
#include "search/likeness.h"
#include "search/picture_likeness.h"

namespace careo {

Result<std::vector<Near>> SearchIndex::near(const PartId& part, double at_least, std::size_t most) {
  const std::int64_t own = TRY(state_->id_of(part));
  const auto sketch_in = [](Bytes bytes) {
    Sketch out{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
    return out;
  };
  Sketch asked{};
  {
    Statement find = TRY(state_->database.prepare("SELECT sketch FROM sketches WHERE id = ?1"));
    find.bind(1, own);
    if (!TRY(find.step())) return std::vector<Near>{};
    asked = sketch_in(find.bytes(0));
  }
  std::vector<std::pair<double, std::int64_t>> best;
  const auto keep_best = [&] {
    std::sort(best.begin(), best.end(), std::greater<>());
    if (best.size() > most) best.resize(most);
  };
  {
    Statement walk = TRY(state_->database.prepare("SELECT id, sketch FROM sketches"));
    while (TRY(walk.step())) {
      if (walk.integer(0) == own) continue;
      const Sketch other = sketch_in(walk.bytes(1));
      const double guess = estimate(asked, other);
      if (guess < at_least && !share_a_band(asked, other)) continue;
      best.emplace_back(guess, walk.integer(0));
      if (best.size() > most * 8) keep_best();
    }
  }
  keep_best();
  std::vector<Near> out;
  Statement find = TRY(state_->database.prepare("SELECT part FROM docs WHERE id = ?1"));
  for (const auto& [guess, id] : best) {
    find.bind(1, id);
    if (TRY(find.step())) out.push_back({TRY(indexed_part(find.bytes(0))), guess});
    find.reset();
  }
  return out;
}

Result<std::vector<NearPicture>> SearchIndex::near_pictures(const PartId& part, std::size_t most) {
  const std::int64_t own = TRY(state_->id_of(part));
  struct Asked {
    std::uint32_t page;
    std::array<std::uint64_t, 4> turns;
  };
  std::vector<Asked> asked;
  {
    Statement find = TRY(state_->database.prepare("SELECT page, hash FROM pictures WHERE id = ?1 ORDER BY page"));
    find.bind(1, own);
    while (TRY(find.step()))
      asked.push_back(
          {static_cast<std::uint32_t>(find.integer(0)), all_turns(static_cast<std::uint64_t>(find.integer(1)))});
  }
  if (asked.empty()) return std::vector<NearPicture>{};
  struct Row {
    int bits;
    std::int64_t id;
    std::uint32_t page, own_page;
    auto operator<=>(const Row&) const = default;
  };
  std::vector<Row> best;
  const auto keep_best = [&] {
    std::sort(best.begin(), best.end());
    if (best.size() > most) best.resize(most);
  };
  Statement walk = TRY(state_->database.prepare("SELECT id, page, hash FROM pictures"));
  while (TRY(walk.step())) {
    if (walk.integer(0) == own) continue;
    for (const Asked& picture : asked) {
      const int bits = bits_apart(picture.turns, static_cast<std::uint64_t>(walk.integer(2)));
      if (bits > kMostBits) continue;
      best.push_back({bits, walk.integer(0), static_cast<std::uint32_t>(walk.integer(1)), picture.page});
    }
    if (best.size() > most * 8) keep_best();
  }
  keep_best();
  std::vector<NearPicture> out;
  Statement find = TRY(state_->database.prepare("SELECT part FROM docs WHERE id = ?1"));
  for (const Row& row : best) {
    find.bind(1, row.id);
    if (TRY(find.step())) out.push_back({TRY(indexed_part(find.bytes(0))), row.page, row.own_page, row.bits});
    find.reset();
  }
  return out;
}

}  // namespace careo
