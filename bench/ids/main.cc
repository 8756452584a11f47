// SPDX-License-Identifier: Apache-2.0
// Measures the reader of machine-readable zones on documents that it generates, and on decoys.
//
// Usage: bench_ids [--each N] [--seed S] [--misses DIR] [--peer N]
// --peer: tesseract reads the first N pictures of each kind too, in the same run.
// Prints a line for each kind of camera: how many zones were exact, how many are shown as checked, how many fields are
// shown as checked and are wrong, how many names are unconfirmed or better and wrong among them, and the time.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>

#include "peer.h"
#include "read/mrz/mrz_reader.h"
#include "specimen.h"

namespace careo::bench {
namespace {

struct Tally {
  int pictures = 0;
  int exact = 0;
  int found = 0;
  int row_checked = 0;
  int checked_fields = 0;
  int wrong_checked = 0;
  int names_shown = 0;
  int names_wrong = 0;
  int zones_false = 0;
  double seconds = 0;
  double pixels = 0;
};

// How often a character of that margin (in nats) is wrong: under a check digit that holds, and elsewhere.
struct Margins {
  std::array<std::array<long, 2>, 17> checked{};
  std::array<std::array<long, 2>, 17> other{};
};
Margins margins;

void count_margins(const mrz::ReadZone& read, const mrz::GradedZone& graded, const Specimen& truth) {
  if (read.decoding.format != truth.format) return;
  for (const mrz::GradedField& field : graded.fields) {
    auto& table = field.field.check == icao::Check::Holds ? margins.checked : margins.other;
    for (const icao::Run& run : field.field.runs) {
      for (std::size_t c = run.begin; c < run.end; ++c) {
        const mrz::Cell& cell = read.decoding.cells[run.line][c];
        auto& bucket = table[static_cast<std::size_t>(std::clamp(cell.margin / mrz::Nat, 0, 16))];
        ++bucket[0];
        if (truth.lines[run.line][c] != read.decoding.lines[run.line][c]) ++bucket[1];
      }
    }
  }
}

// How many rows would be checked, and fields wrong, if a grade asked for that margin.
struct Thresholds {
  std::array<long, 13> rows{};
  std::array<long, 13> wrong{};
  long all = 0;
};
Thresholds thresholds;

void count_thresholds(const mrz::GradedZone& graded, const icao::Zone& truth) {
  ++thresholds.all;
  for (std::size_t t = 0; t < thresholds.rows.size(); ++t) {
    bool row = true;
    for (const mrz::GradedField& field : graded.fields) {
      const bool decides = field.field.name == icao::FieldName::DocumentNumber ||
                           field.field.name == icao::FieldName::BirthDate ||
                           field.field.name == icao::FieldName::ExpiryDate;
      const bool shown = field.field.check == icao::Check::Holds && graded.zone.composite != icao::Check::Fails &&
                         field.margin >= static_cast<mrz::LogProb>(t) * mrz::Nat;
      if (decides && !shown) row = false;
      const icao::Field* other = truth.field(field.field.name);
      if (shown && (other == nullptr || other->raw != field.field.raw)) ++thresholds.wrong[t];
    }
    if (row) ++thresholds.rows[t];
  }
}

void print_margins() {
  fmt::print("margin asked in nats: rows that would be checked, fields wrong among them\n");
  for (std::size_t i = 0; i < thresholds.rows.size(); ++i) {
    fmt::print("  {:2}: {:5.1f} % {:4}\n", i,
               100.0 * static_cast<double>(thresholds.rows[i]) / static_cast<double>(thresholds.all),
               thresholds.wrong[i]);
  }

  fmt::print("margin in nats: characters under a holding check digit, wrong; other characters, wrong\n");
  for (std::size_t i = 0; i < margins.checked.size(); ++i) {
    fmt::print("  {:2}: {:7} {:4}   {:7} {:4}\n", i, margins.checked[i][0], margins.checked[i][1], margins.other[i][0],
               margins.other[i][1]);
  }
}

bool is_name(icao::FieldName name) {
  return name == icao::FieldName::Surname || name == icao::FieldName::GivenNames;
}

void compare(const mrz::GradedZone& read, const Specimen& truth, Tally* tally) {
  const auto wanted = icao::parse_zone(truth.lines, truth.format);
  ++tally->found;
  if (read.grade == Grade::Checked) ++tally->row_checked;
  bool names_shown = true;
  bool names_right = true;
  for (const mrz::GradedField& field : read.fields) {
    const icao::Field* other = wanted ? wanted->field(field.field.name) : nullptr;
    const bool right = other != nullptr && other->raw == field.field.raw;
    if (field.grade == Grade::Checked) {
      ++tally->checked_fields;
      if (!right) {
        ++tally->wrong_checked;
        fmt::print("  WRONG AND CHECKED: {} read {} is {}\n", icao::name_of(field.field.name), field.field.raw,
                   other ? other->raw : "-");
      }
    }
    if (is_name(field.field.name)) {
      names_shown = names_shown && field.grade >= Grade::Unconfirmed;
      names_right = names_right && other != nullptr && other->value == field.field.value;
    }
  }
  if (names_shown) ++tally->names_shown;
  if (names_shown && !names_right) ++tally->names_wrong;
}

struct PeerTally {
  int pictures = 0;
  int exact = 0;
  double seconds = 0;
};

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void save(const Raster& grey, const std::string& path) {
  std::ofstream out(path, std::ios::binary);
  out << fmt::format("P5\n{} {}\n255\n", grey.width, grey.height);
  out.write(reinterpret_cast<const char*>(grey.pixels.data()), static_cast<std::streamsize>(grey.pixels.size()));
}

void read_one(const Raster& grey, const Specimen* truth, Tally* tally, const std::string& miss) {
  const double start = cpu_seconds();
  const std::vector<mrz::ReadZone> zones = mrz::read_zones(grey);
  tally->seconds += cpu_seconds() - start;
  tally->pixels += static_cast<double>(grey.pixels.size());
  ++tally->pictures;
  bool exact = false;
  for (const mrz::ReadZone& zone : zones) {
    if (truth == nullptr) {
      ++tally->zones_false;
      fmt::print("  FALSE: {}\n", fmt::join(zone.decoding.lines, " | "));
      continue;
    }
    exact = exact || zone.decoding.lines == truth->lines;
    const mrz::GradedZone graded = mrz::grade(zone);
    compare(graded, *truth, tally);
    count_margins(zone, graded, *truth);
    if (const auto wanted = icao::parse_zone(truth->lines, truth->format)) count_thresholds(graded, *wanted);
  }
  if (exact) ++tally->exact;
  const bool missed = truth == nullptr ? !zones.empty() : !exact;
  if (!missed || miss.empty()) return;
  save(grey, miss + ".pgm");
  std::ofstream note(miss + ".txt");
  if (truth != nullptr) note << fmt::format("{}\n", fmt::join(truth->lines, "\n"));
  for (const mrz::ReadZone& zone : zones)
    note << fmt::format("read {:.2f}\n{}\n", zone.mean, fmt::join(zone.decoding.lines, "\n"));
}

void read_with_peer(const Raster& grey, const Specimen& truth, PeerTally* tally) {
  const double start = cpu_seconds();
  const std::vector<std::string> lines = tesseract_lines(grey);
  tally->seconds += cpu_seconds() - start;
  ++tally->pictures;
  if (lines == truth.lines) ++tally->exact;
}

void print(const char* name, const Tally& t) {
  fmt::print(
      "{:8} n {:5}  exact {:5.1f} %  row checked {:5.1f} %  wrong and checked {}/{}  names shown {:5.1f} %, wrong {}"
      "  false {}  {:.0f} ms at {:.2f} Mpx\n",
      name, t.pictures, 100.0 * t.exact / t.pictures, 100.0 * t.row_checked / t.pictures, t.wrong_checked,
      t.checked_fields, 100.0 * t.names_shown / t.pictures, t.names_wrong, t.zones_false, 1000 * t.seconds / t.pictures,
      t.pixels / t.pictures / 1e6);
  std::fflush(stdout);
}

}  // namespace
}  // namespace careo::bench

int main(int count, char** words) {
  using namespace careo::bench;
  int each = 60;
  std::uint64_t seed = 1;
  int peer = 0;
  std::string misses;
  for (int i = 1; i + 1 < count; i += 2) {
    if (std::strcmp(words[i], "--each") == 0) each = std::atoi(words[i + 1]);
    if (std::strcmp(words[i], "--seed") == 0) seed = std::strtoull(words[i + 1], nullptr, 10);
    if (std::strcmp(words[i], "--peer") == 0) peer = std::atoi(words[i + 1]);
    if (std::strcmp(words[i], "--misses") == 0) misses = words[i + 1];
  }
  Dice dice(seed);
  constexpr double Dots = 13;
  for (const Camera camera : AllCameras) {
    Tally tally;
    PeerTally other;
    for (int i = 0; i < each; ++i) {
      const Specimen specimen = random_specimen(dice);
      const careo::Raster picture = take_picture(dice, draw_document(dice, specimen, Dots), Dots, camera);
      read_one(picture, &specimen, &tally, misses.empty() ? "" : fmt::format("{}/{}-{}", misses, name_of(camera), i));
      if (i < peer) read_with_peer(picture, specimen, &other);
    }
    print(name_of(camera), tally);
    if (other.pictures > 0) {
      fmt::print("         tesseract eng, n {}: exact {:.1f} %, {:.0f} ms\n", other.pictures,
                 100.0 * other.exact / other.pictures, 1000 * other.seconds / other.pictures);
    }
  }
  Tally decoys;
  for (int i = 0; i < each; ++i) {
    const Camera camera = AllCameras[i % 4];
    const careo::Raster picture = take_picture(dice, draw_decoy(dice, 9), 9, camera);
    read_one(picture, nullptr, &decoys, misses.empty() ? "" : fmt::format("{}/decoy-{}", misses, i));
  }
  print("decoys", decoys);
  print_margins();
  return 0;
}
