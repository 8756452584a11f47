// SPDX-License-Identifier: Apache-2.0
#include "set.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "file.h"
#include "reference/icao9303_zone.h"

namespace careo::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t FirstLine = 2, LastLine = 4, CategoryColumn = 5;

std::string row_of(std::string_view file, std::uint64_t seed, Category category, const PrintedZone* zone) {
  std::string out = fmt::format("{}\tbench_ids seed {}", file, seed);
  for (std::size_t i = 0; i < 3; ++i) {
    out += '\t';
    if (zone != nullptr && i < zone->specimen.lines.size()) out += zone->specimen.lines[i];
  }
  out += fmt::format("\t{}\t", name_of(category));
  if (zone == nullptr) return out + "\t\n";
  out += fmt::format("{}\t", icao::name_of(zone->specimen.format));
  for (const Point& p : zone->corners) {
    if (out.back() != '\t') out += ' ';
    out += fmt::format("{},{}", std::lround(p.x), std::lround(p.y));
  }
  return out + "\n";
}

Result<Entry> entry_of(std::string_view row, std::vector<std::string>* lines) {
  const std::vector<std::string_view> cells = split(row, '\t');
  if (cells.size() < FirstLine + 1) return fail(Fault::Malformed, "a row of truth.tsv has too few columns");
  Entry out;
  out.file = cells[0];
  out.category = cells.size() > CategoryColumn ? cells[CategoryColumn] : "specimens";
  for (std::size_t i = FirstLine; i <= LastLine && i < cells.size(); ++i) {
    if (!cells[i].empty()) lines->emplace_back(cells[i]);
  }
  return out;
}

}  // namespace

Result<Buffer> bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(Fault::NotFound, "cannot open " + file.string());
  return Buffer(std::istreambuf_iterator<char>(in), {});
}

Result<void> write_set(const fs::path& folder, std::uint64_t seed, int each, std::span<const Category> categories) {
  std::error_code made;
  fs::create_directories(folder / "images", made);
  std::ofstream truth(folder / "truth.tsv", std::ios::binary);
  truth << "file\tsource\tline1\tline2\tline3\tcategory\tformat\tbox\n";
  for (const Category category : categories) {
    for (int i = 0; i < each; ++i) {
      const Shot shot = make_shot(seed, category, i);
      const std::string file = fmt::format("{}-{:04}{}", name_of(category), i, extension_of(shot));
      const Buffer bytes = encode(shot);
      std::ofstream out(folder / "images" / file, std::ios::binary);
      out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
      if (!out.flush()) return fail(Fault::Io, "cannot write " + file);
      for (const PrintedZone& zone : shot.zones) truth << row_of(file, seed, category, &zone);
      if (shot.zones.empty()) truth << row_of(file, seed, category, nullptr);
    }
  }
  if (!truth.flush()) return fail(Fault::Io, "cannot write truth.tsv");
  return {};
}

Result<std::vector<Entry>> read_truth(const fs::path& folder) {
  std::ifstream in(folder / "truth.tsv");
  std::string row;
  if (!std::getline(in, row)) return fail(Fault::NotFound, "no truth.tsv in " + folder.string());
  std::vector<Entry> out;
  while (std::getline(in, row)) {
    if (!row.empty() && row.back() == '\r') row.pop_back();
    if (row.empty()) continue;
    std::vector<std::string> lines;
    Entry entry = TRY(entry_of(row, &lines));
    if (out.empty() || out.back().file != entry.file) out.push_back(std::move(entry));
    if (lines.empty()) continue;
    const auto format = icao::format_of(lines);
    if (!format) return fail(Fault::Malformed, "no known format: " + row);
    out.back().zones.push_back({*format, std::move(lines)});
  }
  return out;
}

}  // namespace careo::bench
