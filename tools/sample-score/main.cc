// SPDX-License-Identifier: Apache-2.0
// sample-score TRUTH IDS PEOPLE CLAIMS: holds what careo printed (--json) against the truth of a sample leak.
// Prints one line; exit 1 when something is wrong that may never be: a checked number that is not in the truth, a true
// count outside its bounds, a planted claim without its verdict.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/text.h"

namespace careo {
namespace {

std::string whole_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<Json> rows_of(const std::string& path) {
  std::vector<Json> out;
  const std::string text = whole_file(path);
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).empty()) continue;
    auto row = Json::parse(line);
    if (row) out.push_back(std::move(*row));
  }
  return out;
}

std::string lines_of(const Json& row) {
  std::string out;
  for (const Json& line : row["lines"].items()) out += line.text() + "\n";
  return out;
}

struct Documents {
  int truth = 0;    // distinct documents with at least one readable image
  int exact = 0;    // found with every line right
  int checked = 0;  // of those, graded checked
  int wrong_checked = 0;
  int extra = 0;  // rows that are no true document, honestly graded
};

Documents score_documents(const std::string& truth_dir, const std::vector<Json>& ids) {
  std::map<std::string, bool> truth;  // lines of a document -> some image of it is readable
  std::set<std::string> numbers;
  for (const Json& row : rows_of(truth_dir + "/documents.jsonl")) {
    truth[lines_of(row)] |= row["readable"].boolean();
    numbers.insert(row["fields"]["document_number"].text() + " " + row["fields"]["birth_date"].text() + " " +
                   row["fields"]["expiry_date"].text());
  }
  Documents out;
  for (const auto& [lines, readable] : truth) out.truth += readable ? 1 : 0;
  for (const Json& row : ids) {
    if (row["kind"].text() == "candidate") continue;
    const bool checked = row["grade"].text() == "checked";
    const auto value = [&row](const char* name) { return row["fields"][name]["value"].text(); };
    const bool right =
        numbers.contains(value("document_number") + " " + value("birth_date") + " " + value("expiry_date"));
    if (checked && !right) {
      ++out.wrong_checked;
      std::fprintf(stderr, "wrong and checked: %s\n", lines_of(row).c_str());
    }
    const auto found = truth.find(lines_of(row));
    if (found == truth.end()) {
      ++out.extra;
      std::fprintf(stderr, "not exact (%s): %s\n", row["grade"].text().c_str(), lines_of(row).c_str());
      continue;
    }
    out.exact += found->second ? 1 : 0;
    out.checked += checked && found->second ? 1 : 0;
  }
  return out;
}

struct Persons {
  std::int64_t truth = 0, lower = 0, expected = 0, upper = 0;
  bool holds() const { return lower <= truth && truth <= upper; }
  double width() const {
    return truth == 0 ? 0 : 100.0 * static_cast<double>(upper - lower) / static_cast<double>(truth);
  }
};

Persons score_persons(const std::string& truth_dir, const std::vector<Json>& people) {
  Persons out;
  const auto counts = Json::parse(whole_file(truth_dir + "/counts.json"));
  if (counts) out.truth = (*counts)["persons"].integer();
  if (people.empty()) return out;
  const Json& persons = people.front()["persons"];
  out.lower = persons["lower"].integer();
  out.expected = persons["expected"].integer();
  out.upper = persons["upper"].integer();
  return out;
}

struct Claims {
  int planted = 0;
  int right = 0;
};

// A planted claim is met by any row of its kind whose sentence is the planted one.
Claims score_claims(const std::string& truth_dir, const std::vector<Json>& rows) {
  Claims out;
  for (const Json& truth : rows_of(truth_dir + "/claims.jsonl")) {
    ++out.planted;
    const std::string& sentence = truth["sentence"].text();
    const std::string& expected = truth["expected"].text();
    std::set<std::string> verdicts;
    for (const Json& row : rows) {
      if (row["kind"].text() != truth["kind"].text()) continue;
      if (trim(row["sentence"].text()) == trim(sentence)) verdicts.insert(row["confrontation"]["verdict"].text());
    }
    if (verdicts.contains(expected)) {
      ++out.right;
      continue;
    }
    std::string got;
    for (const std::string& verdict : verdicts) got += " " + verdict;
    std::fprintf(stderr, "claim %s: expected %s, got%s: %s\n", truth["id"].text().c_str(), expected.c_str(),
                 got.empty() ? " nothing" : got.c_str(), sentence.c_str());
  }
  return out;
}

int run(const std::vector<std::string>& paths) {
  const Documents documents = score_documents(paths[0], rows_of(paths[1]));
  const Persons persons = score_persons(paths[0], rows_of(paths[2]));
  const Claims claims = score_claims(paths[0], rows_of(paths[3]));
  std::printf(
      "documents: %d of %d readable ones exact, %d of them checked, %d not exact and graded so, %d wrong and checked · "
      "persons: %lld true, %lld to %lld (expected %lld, %.0f %% wide) · claims: %d of %d with their verdict\n",
      documents.exact, documents.truth, documents.checked, documents.extra, documents.wrong_checked,
      static_cast<long long>(persons.truth), static_cast<long long>(persons.lower),
      static_cast<long long>(persons.upper), static_cast<long long>(persons.expected), persons.width(), claims.right,
      claims.planted);
  const bool sound = documents.wrong_checked == 0 && persons.holds() && claims.right == claims.planted;
  return sound ? 0 : 1;
}

}  // namespace
}  // namespace careo

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: sample-score TRUTH IDS PEOPLE CLAIMS\n");
    return 2;
  }
  return careo::run({argv + 1, argv + argc});
}
