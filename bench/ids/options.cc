// SPDX-License-Identifier: Apache-2.0
#include "options.h"

#include <charconv>
#include <span>
#include <string_view>

#include "base/text.h"

namespace careo::bench {

const char Usage[] =
    "usage: bench_ids [--each N] [--seed S] [--only CATEGORY,...] [--margins] [--misses DIR]\n"
    "           makes pictures, reads each with careo's reader in this process, prints a table\n"
    "       bench_ids --write DIR [--each N] [--seed S] [--only CATEGORY,...]\n"
    "           writes the set: DIR/images, DIR/truth.tsv\n"
    "       bench_ids --write DIR --retake SET [--each N] [--seed S] [--only CATEGORY,...]\n"
    "           writes a set of SET's pictures, each taken again by the cameras and machines of the categories\n"
    "       bench_ids --read DIR [--reader careo|program|tesseract|crops] [--program CAREO]\n"
    "           reads the pictures of a set, prints results as tab-separated rows\n"
    "       bench_ids --score DIR RESULTS.tsv... [--misses FILE]\n"
    "           judges results, anybody's, against DIR/truth.tsv, prints a table\n"
    "  --each N     pictures of each category (60)\n"
    "  --seed S     of everything (1)\n"
    "  --misses DIR keeps each picture that was not read exactly, with what was read; of --score: a file of them\n"
    "  --margins    how wrong characters of each margin are, for tuning grades\n";

namespace {

template <typename Number>
Result<Number> number_of(std::string_view text) {
  Number out{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (fault != std::errc() || end != text.data() + text.size())
    return fail(Fault::Malformed, "no number: " + std::string(text));
  return out;
}

Result<std::vector<Category>> categories_of(std::string_view names) {
  std::vector<Category> out;
  for (const std::string_view name : split(names, ',')) {
    const auto category = category_of(name);
    if (!category) return fail(Fault::Malformed, "no category: " + std::string(name));
    out.push_back(*category);
  }
  return out;
}

std::string* text_option(Options* options, std::string_view word) {
  if (word == "--write") return &options->write;
  if (word == "--retake") return &options->retake;
  if (word == "--read") return &options->read;
  if (word == "--reader") return &options->reader;
  if (word == "--program") return &options->program;
  if (word == "--score") return &options->score;
  if (word == "--misses") return &options->misses;
  return nullptr;
}

}  // namespace

Result<Options> parse_options(int count, char** words) {
  Options out;
  for (const CategoryRow& row : Categories) out.categories.push_back(row.category);
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--margins") {
      out.margins = true;
      continue;
    }
    if (!word.starts_with("--")) {
      out.results.emplace_back(word);
      continue;
    }
    if (i + 1 == count) return fail(Fault::Malformed, "nothing behind " + std::string(word));
    const std::string_view value = words[++i];
    if (word == "--each") {
      out.each = TRY(number_of<int>(value));
    } else if (word == "--seed") {
      out.seed = TRY(number_of<std::uint64_t>(value));
    } else if (word == "--only") {
      out.categories = TRY(categories_of(value));
    } else if (std::string* text = text_option(&out, word)) {
      *text = value;
    } else {
      return fail(Fault::Malformed, "unknown option " + std::string(word));
    }
  }
  return out;
}

}  // namespace careo::bench
