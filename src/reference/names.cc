// SPDX-License-Identifier: Apache-2.0
#include "reference/names.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "reference/fold.h"
#include "reference/resources.h"
#include "reference/romanise.h"

namespace careo {
namespace {

/// Word -> the rows that hold it. A short form may belong to several names (Sasha: Alexander, Alexandra).
struct Variants {
  std::unordered_map<std::string, std::vector<int>> rows;

  Variants() {
    int number = 0;
    for (const auto& row : table_rows(resource("names/variants.tsv"))) {
      for (const std::string_view cell : row) {
        for (const std::string_view word : split(cell, ' ')) {
          if (word.empty()) continue;
          for (const std::string& spelling : romanisations(fold_word(word))) add(spelling, number);
          add(fold_word(word), number);
        }
      }
      ++number;
    }
  }

  void add(const std::string& word, int number) {
    std::vector<int>& numbers = rows[word];
    if (numbers.empty() || numbers.back() != number) numbers.push_back(number);
  }
};

const Variants& variants() {
  static const Variants table;
  return table;
}

}  // namespace

bool are_variants(std::span<const std::string> a, std::span<const std::string> b) {
  const auto& rows = variants().rows;
  for (const std::string& x : a) {
    const auto in_a = rows.find(x);
    if (in_a == rows.end()) continue;
    for (const std::string& y : b) {
      const auto in_b = rows.find(y);
      if (in_b == rows.end()) continue;
      for (const int number : in_a->second) {
        if (std::find(in_b->second.begin(), in_b->second.end(), number) != in_b->second.end()) return true;
      }
    }
  }
  return false;
}

bool is_common_given_name(std::string_view folded) {
  return variants().rows.contains(std::string(folded));
}

bool is_patronymic(std::string_view folded) {
  static constexpr std::array<std::string_view, 14> kEnds = {"ovich", "evich", "ovych", "evych", "yovych",
                                                             "ovna",  "evna",  "ivna",  "ович",  "евич",
                                                             "йович", "овна",  "евна",  "івна"};
  if (folded.size() < 7) return false;
  return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return folded.ends_with(end); });
}

}  // namespace careo
