// SPDX-License-Identifier: Apache-2.0
// Measures the way from an image file's bytes to graded zones on one core, stage by stage.
//
// Usage: bench_mrz LIST.tsv...: rows of file, kind, lines of its zones, an empty cell between zones (train/pages.sh
// writes such lists). Prints a line for each kind: zones read exactly and shown as checked, fields checked and wrong,
// false zones, CPU milliseconds a picture in each stage, pictures a second; then the peak memory of the process.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <iterator>
#include <map>

#include "base/text.h"
#include "pixels/image.h"
#include "read/mrz/mrz_reader.h"

namespace careo::bench {
namespace {

using Lines = std::vector<std::string>;

struct Tally {
  int pictures = 0, zones = 0, exact = 0, checked = 0, wrong = 0, stray = 0;
  double pixels = 0;
  double decode = 0, halve = 0, chains = 0, find = 0, read = 0, all = 0;  // CPU milliseconds
};

double now() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

// Adds the time since the last call to `stage`.
class Watch {
 public:
  void add_to(double* stage) {
    const double time = now();
    *stage += time - last_;
    last_ = time;
  }

 private:
  double last_ = now();
};

std::vector<Lines> zones_of(const std::vector<std::string_view>& cells) {
  std::vector<Lines> out;
  bool open = false;
  for (std::size_t i = 2; i < cells.size(); ++i) {
    if (!cells[i].empty() && !open) out.emplace_back();
    open = !cells[i].empty();
    if (open) out.back().emplace_back(cells[i]);
  }
  return out;
}

// The zone of `truth` that `read` looks most like: the same shape and two thirds of the characters.
const Lines* nearest(const std::vector<Lines>& truth, const Lines& read) {
  for (const Lines& lines : truth) {
    if (lines.size() != read.size() || lines[0].size() != read[0].size()) continue;
    std::size_t same = 0;
    for (std::size_t l = 0; l < lines.size(); ++l) {
      for (std::size_t c = 0; c < lines[l].size(); ++c) same += lines[l][c] == read[l][c] ? 1 : 0;
    }
    if (3 * same >= 2 * lines.size() * lines[0].size()) return &lines;
  }
  return nullptr;
}

void compare(const std::vector<mrz::ReadZone>& zones, const std::vector<Lines>& truth, Tally* tally) {
  tally->zones += static_cast<int>(truth.size());
  for (const mrz::ReadZone& zone : zones) {
    const Lines* lines = nearest(truth, zone.decoding.lines);
    if (lines == nullptr) {
      ++tally->stray;
      continue;
    }
    const mrz::GradedZone graded = mrz::grade(zone);
    const auto wanted = icao::parse_zone(*lines);
    tally->exact += *lines == zone.decoding.lines ? 1 : 0;
    tally->checked += graded.grade == Grade::Checked ? 1 : 0;
    for (const mrz::GradedField& field : graded.fields) {
      const icao::Field* other = wanted ? wanted->field(field.field.name) : nullptr;
      const bool wrong = other == nullptr || other->raw != field.field.raw;
      tally->wrong += field.grade == Grade::Checked && wrong ? 1 : 0;
    }
  }
}

// What read_zones() does, with a watch beside it. Thorough searches count as finding.
void time_stages(const Raster& grey, Tally* tally) {
  Watch watch;
  const mrz::Pyramid pyramid(grey);
  watch.add_to(&tally->halve);
  mrz::Eye eye(pyramid, mrz::Network::built_in());
  mrz::Finder finder(eye);
  watch.add_to(&tally->chains);
  bool found = false;
  for (const mrz::FindRules& rules : {mrz::QuickSearch, mrz::ThoroughSearch}) {
    if (found) break;
    const std::vector<mrz::Candidate> candidates = finder.find(rules);
    watch.add_to(&tally->find);
    for (const mrz::Candidate& candidate : candidates) found = mrz::read_candidate(eye, candidate) || found;
    watch.add_to(&tally->read);
  }
}

void measure(const std::string& path, const std::vector<Lines>& truth, Tally* tally) {
  std::ifstream in(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const double start = now();
  Watch watch;
  const Result<Raster> grey = decode_image(bytes_of(text), {.channels = DecodeLimits::Channels::Grey});
  watch.add_to(&tally->decode);
  if (!grey) {
    fmt::print("{}: {}\n", path, grey.error().text());
    return;
  }
  const std::vector<mrz::ReadZone> zones = mrz::read_zones(*grey);
  compare(zones, truth, tally);
  tally->all += now() - start;
  ++tally->pictures;
  tally->pixels += static_cast<double>(grey->pixels.size());
  time_stages(*grey, tally);
}

void print(const std::string& kind, const Tally& t) {
  const double n = std::max(1, t.pictures);
  fmt::print(
      "{:9} n {:3} {:5.2f} Mpx  zones {:3} exact {:3} checked {:3} wrong and checked {} false {} | decode {:.1f} halve "
      "{:.1f} "
      "chains {:.1f} find {:.1f} read {:.1f} | {:.1f} ms, {:.1f} a second\n",
      kind, t.pictures, t.pixels / n / 1e6, t.zones, t.exact, t.checked, t.wrong, t.stray, t.decode / n, t.halve / n,
      t.chains / n, t.find / n, t.read / n, t.all / n, 1e3 * n / t.all);
}

}  // namespace
}  // namespace careo::bench

int main(int count, char** words) {
  using namespace careo;
  std::map<std::string, bench::Tally> tallies;
  for (int i = 1; i < count; ++i) {
    const std::string list = words[i];
    std::ifstream in(list);
    std::string row;
    while (std::getline(in, row)) {
      const std::vector<std::string_view> cells = split(row, '\t');
      if (cells.size() < 2) continue;
      const std::string path = list.substr(0, list.rfind('/') + 1) + std::string(cells[0]);
      bench::measure(path, bench::zones_of(cells), &tallies[std::string(cells[1])]);
    }
  }
  for (const auto& [kind, tally] : tallies) bench::print(kind, tally);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("peak memory {} MB\n", usage.ru_maxrss / 1024);
  return 0;
}
