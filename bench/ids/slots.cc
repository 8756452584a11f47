// SPDX-License-Identifier: Apache-2.0
// How often a character is wrong at each margin, and a field that is shown as checked: the figures behind the grades.
//
// Usage: bench_slots [--pictures N] [--zones M] [--seed S]
// Reads N pictures of each category and keeps what the network said of every slot. Then M zones of other persons are
// made of such slots, each zone of one picture's as far as it has the characters, and decoded and graded as a picture's
// would be: a thousand times more characters than pictures alone could give, with the network's own doubts and
// mistakes.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <map>

#include "read/mrz/mrz_reader.h"
#include "scene.h"

namespace careo::bench {
namespace {

using Slot = std::array<mrz::LogProb, mrz::Classes>;

/// What the slots of one picture said, by the character that stood there.
using Seen = std::map<char, std::vector<Slot>>;

struct Bank {
  std::vector<Seen> pictures;
  Seen all;
  int unread = 0;
};

Bank look(std::uint64_t seed, Category category, int pictures) {
  Bank out;
  for (int i = 0; i < pictures; ++i) {
    const Shot shot = make_shot(seed, category, i);
    if (shot.zones.size() != 1) continue;
    const Specimen& specimen = shot.zones[0].specimen;
    const auto zones = mrz::read_zones(grey_of(shot.raster));
    if (zones.size() != 1 || zones[0].decoding.format != specimen.format) {
      ++out.unread;
      continue;
    }
    Seen seen;
    for (std::size_t line = 0; line < specimen.lines.size(); ++line) {
      for (std::size_t c = 0; c < specimen.lines[line].size(); ++c) {
        seen[specimen.lines[line][c]].push_back(zones[0].evidence[line][c]);
        out.all[specimen.lines[line][c]].push_back(zones[0].evidence[line][c]);
      }
    }
    out.pictures.push_back(std::move(seen));
  }
  return out;
}

const Slot* draw(Dice& dice, const Seen& seen, char c) {
  const auto found = seen.find(c);
  if (found == seen.end()) return nullptr;
  return &found->second[static_cast<std::size_t>(dice.whole(0, static_cast<int>(found->second.size()) - 1))];
}

mrz::ReadZone read(Dice& dice, const Bank& bank, const Specimen& specimen) {
  const Seen& picture =
      bank.pictures[static_cast<std::size_t>(dice.whole(0, static_cast<int>(bank.pictures.size()) - 1))];
  mrz::ReadZone out;
  std::size_t slots = 0;
  for (const std::string& line : specimen.lines) {
    mrz::Evidence evidence;
    for (const char c : line) {
      const Slot* slot = draw(dice, picture, c);
      if (slot == nullptr) slot = draw(dice, bank.all, c);
      Slot none{};
      none.fill(-4 * mrz::Nat);
      evidence.push_back(slot == nullptr ? none : *slot);
    }
    slots += line.size();
    out.evidence.push_back(std::move(evidence));
  }
  out.decoding = mrz::decode_format(specimen.format, out.evidence);
  out.mean = static_cast<double>(out.decoding.score) / mrz::Nat / static_cast<double>(slots);
  return out;
}

/// The most that a rate may be, with 95 % confidence, when `wrong` of `n` were wrong (Poisson; Wilson-Hilferty).
double bound(long wrong, long n) {
  if (n == 0) return 1;
  const double k = static_cast<double>(wrong) + 1;
  const double z = 1.645;
  const double upper = k * std::pow(1 - 1 / (9 * k) + z / (3 * std::sqrt(k)), 3);
  return std::min(1.0, (wrong == 0 ? 2.996 : upper) / static_cast<double>(n));
}

struct Count {
  long n = 0;
  long wrong = 0;
  void add(bool right) {
    ++n;
    wrong += right ? 0 : 1;
  }
};

constexpr std::size_t Buckets = 17;
struct Table {
  std::array<Count, Buckets> blind, seen;  // characters under a holding check digit, by their rival
  std::array<Count, Buckets> at_least;     // of fields: all that would be checked if that margin were asked
  Count checked;                           // fields shown as checked
  Count checked_characters;
  long rows = 0;
  long rows_checked = 0;
};

void count(const mrz::ReadZone& zone, const Specimen& truth, Table* table) {
  const mrz::GradedZone graded = mrz::grade(zone);
  ++table->rows;
  table->rows_checked += graded.grade == Grade::Checked ? 1 : 0;
  for (const mrz::GradedField& field : graded.fields) {
    if (field.field.check != icao::Check::Holds) continue;
    bool right = true;
    for (const icao::Run& run : field.field.runs) {
      for (std::size_t c = run.begin; c < run.end; ++c) {
        const mrz::Cell& cell = zone.decoding.cells[run.line][c];
        const bool same = truth.lines[run.line][c] == cell.best;
        right = right && same;
        const auto bucket = static_cast<std::size_t>(std::clamp(cell.margin / mrz::Nat, 0, 16));
        (icao::blind(cell.best, cell.second) ? table->blind : table->seen)[bucket].add(same);
        if (field.grade == Grade::Checked) table->checked_characters.add(same);
      }
    }
    if (field.grade == Grade::Checked) table->checked.add(right);
    for (std::size_t m = 0; m < Buckets; ++m) {
      if (field.margin >= static_cast<mrz::LogProb>(m) * mrz::Nat) table->at_least[m].add(right);
    }
  }
}

void print(const Table& table) {
  fmt::print("\nmargin in nats: characters under a check digit that holds, wrong, at most (95 %)\n");
  fmt::print("        {:^30}   {:^30}   {:^30}\n", "rival a blind partner", "rival another",
             "fields, if that were asked");
  for (std::size_t m = 0; m < Buckets; ++m) {
    const auto cell = [](const Count& c) {
      return fmt::format("{:9} {:5}  {:.1e}", c.n, c.wrong, bound(c.wrong, c.n));
    };
    fmt::print("  {:4}  {:>30}   {:>30}   {:>30}\n", m, cell(table.blind[m]), cell(table.seen[m]),
               cell(table.at_least[m]));
  }
  fmt::print(
      "\nfields shown as checked {}, wrong {} (at most {:.1e}); their characters {}, wrong {} (at most {:.1e})\n",
      table.checked.n, table.checked.wrong, bound(table.checked.wrong, table.checked.n), table.checked_characters.n,
      table.checked_characters.wrong, bound(table.checked_characters.wrong, table.checked_characters.n));
  fmt::print("rows shown as checked {:.1f} %\n",
             100.0 * static_cast<double>(table.rows_checked) / static_cast<double>(std::max(1L, table.rows)));
}

}  // namespace
}  // namespace careo::bench

int main(int count, char** words) {
  using namespace careo::bench;
  int pictures = 60;
  int zones = 2000;
  std::uint64_t seed = 1;
  for (int i = 1; i + 1 < count; i += 2) {
    if (std::strcmp(words[i], "--pictures") == 0) pictures = std::atoi(words[i + 1]);
    if (std::strcmp(words[i], "--zones") == 0) zones = std::atoi(words[i + 1]);
    if (std::strcmp(words[i], "--seed") == 0) seed = std::strtoull(words[i + 1], nullptr, 10);
  }
  Dice dice(seed);
  Table table;
  for (const CategoryRow& row : Categories) {
    const Bank bank = look(seed, row.category, pictures);
    if (bank.pictures.empty()) continue;
    Table one;
    for (int i = 0; i < zones; ++i) {
      const Specimen specimen = random_specimen(dice);
      const careo::mrz::ReadZone zone = read(dice, bank, specimen);
      careo::bench::count(zone, specimen, &table);
      careo::bench::count(zone, specimen, &one);
    }
    fmt::print("{:8} slots of {} pictures, {} unread; {} zones: rows checked {:.1f} %, fields checked {}, wrong {}\n",
               row.name, bank.pictures.size(), bank.unread, zones,
               100.0 * static_cast<double>(one.rows_checked) / static_cast<double>(one.rows), one.checked.n,
               one.checked.wrong);
    std::fflush(stdout);
  }
  print(table);
  return 0;
}
