// SPDX-License-Identifier: Apache-2.0
#include "set.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "file.h"
#include "pixels/image.h"
#include "reference/icao9303_zone.h"

namespace careo::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t FirstLine = 2, LastLine = 4, CategoryColumn = 5;

std::string row_of(std::string_view file, std::string_view source, Category category, const Specimen* specimen,
                   std::string_view box) {
  std::string out = fmt::format("{}\t{}", file, source);
  for (std::size_t i = 0; i < 3; ++i) {
    out += '\t';
    if (specimen != nullptr && i < specimen->lines.size()) out += specimen->lines[i];
  }
  return out + fmt::format("\t{}\t{}\t{}\n", name_of(category),
                           specimen == nullptr ? "" : icao::name_of(specimen->format), box);
}

std::string box_of(const PrintedZone& zone) {
  std::string out;
  for (const Point& p : zone.corners) {
    if (!out.empty()) out += ' ';
    out += fmt::format("{},{}", std::lround(p.x), std::lround(p.y));
  }
  return out;
}

// A set while it is written.
class Writer {
 public:
  explicit Writer(const fs::path& folder) : folder_(folder) {
    std::error_code made;
    fs::create_directories(folder / "images", made);
    truth_.open(folder / "truth.tsv", std::ios::binary);
    truth_ << "file\tsource\tline1\tline2\tline3\tcategory\tformat\tbox\n";
  }
  Result<void> picture(const std::string& file, const Shot& shot) const {
    const Buffer bytes = encode(shot);
    std::ofstream out(folder_ / "images" / file, std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return out.flush() ? Result<void>{} : fail(Fault::Io, "cannot write " + file);
  }
  void row(const std::string& text) { truth_ << text; }
  Result<void> end() { return truth_.flush() ? Result<void>{} : fail(Fault::Io, "cannot write truth.tsv"); }

 private:
  fs::path folder_;
  std::ofstream truth_;
};

// Doc 9303-4, -5, -6 and -7: widths of the papers; the French card of 1987 is as wide as a TD2.
double millimetres_wide(icao::Format format) {
  switch (format) {
    case icao::Format::TD3: return 125;
    case icao::Format::MrvA: return 120;
    case icao::Format::TD1: return 85.6;
    default: return 105;
  }
}

Result<Sheet> sheet_of(const fs::path& picture, icao::Format format) {
  const Buffer file = TRY(bytes_of(picture));
  Sheet out;
  out.raster = TRY(decode_image(file, {.channels = DecodeLimits::Channels::Rgb}));
  out.dots = out.raster.width / millimetres_wide(format);
  return out;
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
  Writer writer(folder);
  const std::string source = fmt::format("bench_ids seed {}", seed);
  for (const Category category : categories) {
    for (int i = 0; i < each; ++i) {
      const Shot shot = make_shot(seed, category, i);
      const std::string file = fmt::format("{}-{:04}{}", name_of(category), i, extension_of(shot));
      TRY(writer.picture(file, shot));
      for (const PrintedZone& zone : shot.zones)
        writer.row(row_of(file, source, category, &zone.specimen, box_of(zone)));
      if (shot.zones.empty()) writer.row(row_of(file, source, category, nullptr, ""));
    }
  }
  return writer.end();
}

Result<void> write_retaken(const fs::path& folder, const fs::path& from, std::uint64_t seed, int each,
                           std::span<const Category> categories) {
  Writer writer(folder);
  int number = 0;
  for (const Entry& entry : TRY(read_truth(from))) {
    if (entry.zones.empty()) continue;
    const Specimen& specimen = entry.zones.front();
    const Sheet sheet = TRY(sheet_of(from / "images" / entry.file, specimen.format));
    for (const Category category : categories) {
      if (!takes_any_sheet(category)) continue;
      for (int i = 0; i < each; ++i) {
        const Shot shot = make_shot(seed, category, number * each + i, &sheet);
        const std::string file = fmt::format("{}-{:02}-{}{}", name_of(category), i,
                                             fs::path(entry.file).stem().string(), extension_of(shot));
        TRY(writer.picture(file, shot));
        writer.row(row_of(file, entry.file, category, &specimen, ""));
      }
    }
    ++number;
  }
  return writer.end();
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
