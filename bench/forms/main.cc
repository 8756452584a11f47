// SPDX-License-Identifier: Apache-2.0
// bench_forms [ROUNDS [SEED [lines|layer|picture|cost|show WHAT LANGUAGE]]]: how rightly forms are told, and their
// fields read, in text, in the text layer of PDFs and in pictures. With TELL=1 in the environment, each mistake.
#include <fmt/format.h>

#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>

#include "form_score.h"
#include "read/form/form_reader.h"

namespace {

using namespace careo;
using namespace careo::bench;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void print(const std::string& by, const FormScore& score, double seconds) {
  fmt::print(
      "{:28} forms {:5} named {:5} ({:.1f} %) misnamed {:3} | strangers {:5} called {:3} | fields {:6} exact {:6} "
      "({:.1f} %) wrong {:4} ({:.1f} %) | {:.2f} s\n",
      by, score.forms, score.named, 100.0 * score.named / std::max(1, score.forms), score.misnamed, score.strangers,
      score.called, score.fields, score.exact, 100.0 * score.exact / std::max(1, score.fields), score.wrong,
      100.0 * score.wrong / std::max(1, score.fields), seconds);
}

template <class Find>
void measure(const std::string& by, const std::vector<FormSheet>& sheets, bool tell, const Find& find) {
  FormScore score;
  const double start = cpu_seconds();
  for (const FormSheet& sheet : sheets) score.add(sheet, find(sheet), tell);
  print(by, score, cpu_seconds() - start);
}

std::vector<FormSheet> many(int rounds, std::uint64_t seed, SheetPlan plan, bool strange) {
  std::vector<FormSheet> out;
  for (int i = 0; i < rounds; ++i) {
    plan.seed = seed + static_cast<std::uint64_t>(i);
    plan.lines = static_cast<Lines>(i % 3);
    for (FormSheet& sheet : form_sheets(plan)) out.push_back(std::move(sheet));
    if (!strange) continue;
    for (FormSheet& sheet : strange_sheets(plan)) out.push_back(std::move(sheet));
  }
  return out;
}

void cost(const std::vector<FormSheet>& sheets) {
  std::string prose;
  for (const FormSheet& sheet : sheets)
    if (sheet.what.starts_with("none:article")) prose += sheet.text;
  while (prose.size() < 100'000) prose += prose;
  prose.resize(100'000);
  const FormReader reader;
  const auto time = [&](const std::string& what, const std::string& text, int times) {
    Text of;
    of.utf8 = text;
    const double start = cpu_seconds();
    std::size_t found = 0;
    for (int i = 0; i < times; ++i) found += reader.read(of, {}).size();
    fmt::print("{:28} {:7} bytes {:.3f} ms, {} found\n", what, text.size(), (cpu_seconds() - start) * 1e3 / times,
               found);
  };
  time("prose about forms, 100 kB", prose, 50);
  for (const FormSheet& sheet : sheets)
    if (sheet.is_form() && sheet.language == "ru") time(sheet.what, sheet.text, 50);
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 3;
  const std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  const std::string only = argc > 3 ? argv[3] : "";
  const bool tell = std::getenv("TELL") != nullptr;
  const auto wanted = [&](const char* what) { return only.empty() || only == what; };
  if (only == "show") {
    for (const FormSheet& sheet : many(rounds, seed, {}, true))
      if (argc > 5 && sheet.what == argv[4] && sheet.language == argv[5]) {
        const FoundForm found = std::getenv("LAYER") != nullptr ? found_in_layer(sheet) : found_in_lines(sheet);
        fmt::print("{}\n-> {}\n", found.text, found.form);
        for (const auto& [field, value] : found.fields) fmt::print("{}: {}\n", field, value);
      }
    return 0;
  }
  if (wanted("lines")) {
    measure("lines", many(rounds, seed, {}, true), tell, found_in_lines);
    measure("lines, labels lost, smudged", many(rounds, seed + 100, {.lost = 0.1, .smudged = 0.01}, false), tell,
            found_in_lines);
  }
  if (wanted("layer")) {
    measure("text layer", many(rounds, seed + 200, {}, true), tell, found_in_layer);
    measure("text layer, labels lost", many(rounds, seed + 300, {.lost = 0.1}, false), tell, found_in_layer);
  }
  if (wanted("picture")) {
    const Trouble troubles[] = {{300, 0, 0, 0}, {200, 0.6, 20, 0}, {150, -1.2, 12, 12}};
    for (const Trouble& trouble : troubles)
      measure(fmt::format("picture {} dpi {} degrees", trouble.dots_per_inch, trouble.degrees),
              many(rounds, seed + 400, {}, false), tell,
              [&](const FormSheet& sheet) { return found_in_picture(sheet, trouble, seed); });
  }
  if (wanted("cost")) cost(many(1, seed, {}, true));
  return 0;
}
