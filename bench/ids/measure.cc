// SPDX-License-Identifier: Apache-2.0
#include "measure.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "careo_reader.h"
#include "file.h"
#include "margins.h"
#include "pixels/image.h"
#include "read/mrz/mrz_reader.h"
#include "table.h"

namespace careo::bench {

namespace {

void keep_miss(const std::string& stem, std::string_view extension, const Buffer& file,
               const std::vector<std::string>& notes) {
  std::ofstream(stem + std::string(extension), std::ios::binary)
      .write(reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size()));
  std::ofstream(stem + ".txt") << fmt::format("{}\n", fmt::join(notes, "\n"));
}

std::vector<Specimen> printed_on(const Shot& shot) {
  std::vector<Specimen> out;
  for (const PrintedZone& zone : shot.zones) out.push_back(zone.specimen);
  return out;
}

void count_margins(const Buffer& file, const std::vector<Specimen>& printed, Margins* margins) {
  const auto grey = decode_image(file, {.channels = DecodeLimits::Channels::Grey});
  if (!grey || printed.size() != 1) return;
  for (const mrz::ReadZone& zone : mrz::read_zones(*grey)) margins->count(zone, printed[0]);
}

}  // namespace

void measure(const Options& options) {
  Margins margins;
  if (!options.misses.empty()) std::filesystem::create_directories(options.misses);
  fmt::print("{}", table_head());
  for (const Category category : options.categories) {
    Tally tally;
    for (int i = 0; i < options.each; ++i) {
      const Shot shot = make_shot(options.seed, category, i);
      const Buffer file = encode(shot);
      const std::vector<Specimen> printed = printed_on(shot);
      const std::vector<std::string> notes = judge(read_with_careo(file), printed, &tally);
      if (!options.misses.empty() && !notes.empty()) {
        keep_miss(fmt::format("{}/{}-{:04}", options.misses, name_of(category), i), extension_of(shot), file, notes);
      }
      if (options.margins) count_margins(file, printed, &margins);
    }
    fmt::print("{}", table_row("careo", name_of(category), tally));
    std::fflush(stdout);
  }
  if (options.margins) margins.print();
}

}  // namespace careo::bench
