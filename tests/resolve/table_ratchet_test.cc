// SPDX-License-Identifier: Apache-2.0
// A ratchet on 5,000 lines of which 3,000 are distorted copies (Febrl 3): clusters and count.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/text.h"
#include "resolve/person.h"
#include "resolve/table.h"

namespace careo {
namespace {

TEST(TableRatchet, Febrl3) {
  const std::string path = std::string(CAREO_SOURCE_DIR) + "/../shared/data/names/febrl_dataset3.csv";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "skipped: shared/data/names is absent";
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  const auto records = records_of_table(text.str());
  ASSERT_TRUE(records);
  const Resolution found = resolve_persons(*records);
  std::map<std::string, std::set<std::size_t>> truth;
  std::map<std::size_t, std::set<std::size_t>> ours;
  for (std::size_t i = 0; i < records->size(); ++i) {
    truth[std::string(split((*records)[i].id, '-')[1])].insert(i);  // "rec-1496-dup-1"
    ours[found.person_of[i]].insert(i);
  }
  std::size_t exact = 0;
  for (const auto& [person, members] : ours) {
    exact += truth[std::string(split((*records)[*members.begin()].id, '-')[1])] == members ? 1 : 0;
  }
  const double f1 = 2.0 * static_cast<double>(exact) / static_cast<double>(ours.size() + truth.size());
  std::printf("cluster F1 %.3f, found %zu of %zu\n", f1, ours.size(), truth.size());
  EXPECT_GE(f1, 0.947);
  EXPECT_LE(ours.size(), truth.size() * 104 / 100);
  EXPECT_LE(found.count.lower, truth.size());
  EXPECT_GE(found.count.upper, truth.size());
}

}  // namespace
}  // namespace careo
