// SPDX-License-Identifier: Apache-2.0
#include "score.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "careo_reader.h"
#include "program_reader.h"
#include "results.h"
#include "set.h"
#include "table.h"
#include "tesseract_reader.h"

namespace careo::bench {

namespace {

namespace fs = std::filesystem;

struct Reader {
  std::string name;
  Results results;
};

Result<Answers> read_one(const Options& options, const fs::path& file) {
  if (options.reader == "program") return read_with_program(options.program, file.string());
  const Buffer bytes = TRY(bytes_of(file));
  if (options.reader == "careo") return read_with_careo(bytes);
  if (options.reader == "tesseract") return read_with_tesseract(bytes);
  if (options.reader == "crops") return read_crops_with_tesseract(bytes);
  return fail(Fault::Malformed, "no reader is called " + options.reader);
}

// In the order in which the set names them.
std::vector<std::string> categories_in(const std::vector<Entry>& set) {
  std::vector<std::string> out;
  for (const Entry& entry : set) {
    if (std::ranges::find(out, entry.category) == out.end()) out.push_back(entry.category);
  }
  return out;
}

void note(std::ostream& out, const Reader& reader, const Entry& entry, const std::vector<std::string>& notes) {
  for (const std::string& line : notes) out << fmt::format("{}\t{}\t{}\n", reader.name, entry.file, line);
}

Tally tally_of(const Reader& reader, const std::vector<Entry>& set, std::string_view category, std::ostream& misses) {
  static const Answers Silence;
  Tally out;
  for (const Entry& entry : set) {
    if (!category.empty() && entry.category != category) continue;
    const auto found = reader.results.find(entry.file);
    const Answers& answers = found == reader.results.end() ? Silence : found->second;
    const std::vector<std::string> notes = judge(answers, entry.zones, &out);
    if (!category.empty()) note(misses, reader, entry, notes);
  }
  return out;
}

}  // namespace

Result<void> read_set(const Options& options) {
  const std::vector<Entry> set = TRY(read_truth(options.read));
  std::cout << ResultsHead;
  for (const Entry& entry : set) {
    write_answers(std::cout, entry.file, TRY(read_one(options, fs::path(options.read) / "images" / entry.file)));
    std::cout.flush();
  }
  return {};
}

Result<std::string> score_set(const Options& options) {
  const std::vector<Entry> set = TRY(read_truth(options.score));
  std::vector<Reader> readers;
  for (const std::string& file : options.results)
    readers.push_back({fs::path(file).stem().string(), TRY(read_results(file))});
  std::ofstream misses;
  if (!options.misses.empty()) misses.open(options.misses);
  std::string out = table_head();
  const std::vector<std::string> categories = categories_in(set);
  for (const std::string& category : categories) {
    for (const Reader& reader : readers)
      out += table_row(reader.name, category, tally_of(reader, set, category, misses));
  }
  if (categories.size() < 2) return out;
  for (const Reader& reader : readers) out += table_row(reader.name, "**all**", tally_of(reader, set, "", misses));
  return out;
}

}  // namespace careo::bench
