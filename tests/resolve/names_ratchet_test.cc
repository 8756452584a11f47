// SPDX-License-Identifier: Apache-2.0
// Ratchets on names that others labelled: how many pairs come out right, raised when beaten, never lowered.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/text.h"
#include "resolve/compare_names.h"

namespace careo {
namespace {

std::string data(const std::string& name) {
  return std::string(CAREO_SOURCE_DIR) + "/../shared/data/names/" + name;
}

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

struct Check {
  bool match = false;
  std::string schema;
  std::map<std::string, std::string> query, candidate;
};

PersonName name_from(const std::map<std::string, std::string>& fields) {
  const auto get = [&](const char* key) {
    const auto found = fields.find(key);
    return found == fields.end() ? std::string{} : found->second;
  };
  if (!get("name").empty()) return make_name(get("name"));
  return make_name(get("firstName") + " " + get("middleName") + " " + get("secondName"), get("lastName"));
}

/// The few shapes of YAML that the file of checks uses.
std::vector<Check> read_checks(const std::string& path) {
  std::vector<Check> out;
  std::map<std::string, std::string>* fields = nullptr;
  for (const std::string& line : lines_of(path)) {
    std::string_view text = trim(line);
    if (text.starts_with("- match:")) {
      out.push_back({});
      out.back().match = text.find("true") != std::string_view::npos;
      fields = nullptr;
    } else if (out.empty() || text.empty() || text.front() == '#') {
      continue;
    } else if (text == "query:") {
      fields = &out.back().query;
    } else if (text == "candidate:") {
      fields = &out.back().candidate;
    } else if (const std::size_t colon = text.find(": "); colon != std::string_view::npos) {
      std::string value(trim(text.substr(colon + 2)));
      if (value.size() > 1 && (value.front() == '"' || value.front() == '\''))
        value = value.substr(1, value.size() - 2);
      if (fields != nullptr) {
        (*fields)[std::string(text.substr(0, colon))] = value;
      } else if (text.starts_with("schema")) {
        out.back().schema = value;
      }
    }
  }
  return out;
}

TEST(NamesRatchet, LabelledPairsOfPersons) {
  if (!std::filesystem::exists(data("nk_entity_checks.yml"))) GTEST_SKIP() << "skipped: shared/data/names is absent";
  int right = 0, wrong = 0, missed = 0;
  for (const Check& check : read_checks(data("nk_entity_checks.yml"))) {
    if (check.schema != "Person") continue;
    const PersonName a = name_from(check.query);
    const PersonName b = name_from(check.candidate);
    if (a.empty() || b.empty()) continue;
    const NameComparison result = compare_names(a, b);
    const bool found = result.band == NameBand::Same || result.band == NameBand::Probable;
    right += found && check.match ? 1 : 0;
    wrong += found && !check.match ? 1 : 0;
    missed += !found && check.match ? 1 : 0;
  }
  const double f1 = 2.0 * right / (2.0 * right + wrong + missed);
  std::printf("right %d, wrong %d, missed %d: F1 %.3f\n", right, wrong, missed, f1);
  EXPECT_GE(f1, 0.92);
  EXPECT_LE(wrong, 5);
}

// Real name tokens in two scripts, the true spelling and the spelling of another.
void across_scripts(const std::string& file, double least, std::size_t most_wrong) {
  if (!std::filesystem::exists(data(file))) GTEST_SKIP() << "skipped: shared/data/names is absent";
  std::vector<NameToken> latin, other;
  for (const std::string& line : lines_of(data(file))) {
    const auto fields = split(line, '\t');
    if (fields.size() < 2) continue;
    std::string joined(fields[1]);
    std::erase(joined, ' ');
    const PersonName a = make_name("", fields[0]);
    const PersonName b = make_name("", joined);
    if (a.tokens.size() != 1 || b.tokens.size() != 1) continue;
    latin.push_back(a.tokens.front());
    other.push_back(b.tokens.front());
  }
  constexpr double kBar = 0.75;
  std::size_t right = 0, wrong = 0, asked = 0;
  for (std::size_t i = 0; i < latin.size(); i += 4, ++asked) {
    right += token_likeness(latin[i], other[i]) >= kBar ? 1 : 0;
    const std::size_t k = (i * 7 + 131) % latin.size();  // one wrong candidate for each true one
    if (latin[k].folded != latin[i].folded) wrong += token_likeness(latin[i], other[k]) >= kBar ? 1 : 0;
  }
  const double recall = static_cast<double>(right) / static_cast<double>(asked);
  std::printf("%s: recall %.3f, wrong %zu of %zu\n", file.c_str(), recall, wrong, asked);
  EXPECT_GE(recall, least);
  EXPECT_LE(wrong, most_wrong);
}

TEST(NamesRatchet, RussianAndLatin) {
  across_scripts("wd_russian_64.tsv", 0.86, 2);
}
TEST(NamesRatchet, ArabicAndLatin) {
  across_scripts("wd_arabic_64.tsv", 0.81, 8);
}

}  // namespace
}  // namespace careo
