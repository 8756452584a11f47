// SPDX-License-Identifier: Apache-2.0
// Persons out of a table, held against labels: pairs, clusters, the count and its interval, and the time it took.
//   resolve FILE.csv [LABEL COLUMN]     e.g. febrl_dataset3.csv, splink_fake_1000.csv cluster
// Without a label column the label is what rec_id begins with ("rec-1496-dup-1": 1496), as in the Febrl sets.
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <map>
#include <set>

#include "base/text.h"
#include "resolve/person.h"

namespace {

using namespace careo;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  for (const std::string_view cell : split(line, ',')) out.emplace_back(trim(cell));
  return out;
}

std::string label_of(const std::vector<std::string>& cells, std::size_t column, bool febrl) {
  if (!febrl) return cells[column];
  const auto words = split(cells[column], '-');
  return words.size() > 1 ? std::string(words[1]) : cells[column];
}

int run(const std::string& path, const std::string& label_column) {
  std::ifstream in(path);
  std::string line;
  if (!std::getline(in, line)) return 1;
  const std::vector<std::string> header = cells_of(line);
  const std::string wanted = label_column.empty() ? "rec_id" : label_column;
  const auto column = static_cast<std::size_t>(std::find(header.begin(), header.end(), wanted) - header.begin());
  std::vector<IdentityRecord> records;
  std::vector<std::string> labels;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = cells_of(line);
    if (cells.size() != header.size() || column >= cells.size()) continue;
    labels.push_back(label_of(cells, column, label_column.empty()));
    records.push_back(record_of_row(header, cells, records.size() + 1));
  }
  const double start = cpu_seconds();
  const Resolution found = resolve_persons(records);
  const double spent = cpu_seconds() - start;

  const auto pairs = [](std::uint64_t n) { return n * (n - 1) / 2; };
  std::map<std::string, std::set<std::size_t>> truth;
  std::map<std::size_t, std::set<std::size_t>> ours;
  std::map<std::pair<std::string, std::size_t>, std::uint64_t> cells;
  for (std::size_t i = 0; i < records.size(); ++i) {
    truth[labels[i]].insert(i);
    ours[found.person_of[i]].insert(i);
    ++cells[{labels[i], found.person_of[i]}];
  }
  std::uint64_t true_pairs = 0, our_pairs = 0, both = 0, exact = 0;
  for (const auto& [label, members] : truth) true_pairs += pairs(members.size());
  for (const auto& [person, members] : ours) {
    our_pairs += pairs(members.size());
    exact += truth[labels[*members.begin()]] == members ? 1 : 0;
  }
  for (const auto& [cell, count] : cells) both += pairs(count);
  const auto share = [](std::uint64_t a, std::uint64_t b) {
    return b == 0 ? 0.0 : static_cast<double>(a) / static_cast<double>(b);
  };
  const double p = share(both, our_pairs), r = share(both, true_pairs);
  const double cp = share(exact, ours.size()), cr = share(exact, truth.size());
  fmt::print("{} records, {} persons: found {} in {}..{}; {:.2f} s CPU\n", records.size(), truth.size(),
             found.count.expected, found.count.lower, found.count.upper, spent);
  fmt::print("pairs P {:.3f} R {:.3f} F1 {:.3f}; clusters P {:.3f} R {:.3f} F1 {:.3f}; count error {:+.1f} %\n", p, r,
             2 * p * r / (p + r), cp, cr, 2 * cp * cr / (cp + cr),
             100.0 * (static_cast<double>(ours.size()) / static_cast<double>(truth.size()) - 1));
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) return 2;
  return run(words[1], count > 2 ? words[2] : "");
}
