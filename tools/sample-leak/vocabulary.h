// SPDX-License-Identifier: Apache-2.0
// The word lists and sentence patterns of data/*.txt, and how a pattern becomes a sentence.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "chance.h"

namespace careo::sample {

/// One file of "[section]" lines, each followed by its entries; "#" starts a comment. Views live as long as the
/// program.
class Vocabulary {
 public:
  explicit Vocabulary(std::string_view file);
  /// The entries of a section; an empty list where there is none.
  const std::vector<std::string_view>& operator[](std::string_view section) const;

 private:
  std::map<std::string_view, std::vector<std::string_view>> sections_;
};

/// What a word in braces stands for.
using Slots = std::function<std::string(std::string_view slot)>;

/// Writes a pattern out: "{a|b}" becomes one of its choices, "{word}" what `slots` says, "\n" a line end. One level
/// deep, but a choice may hold slots.
std::string fill(std::string_view pattern, Chance* chance, const Slots& slots);

}  // namespace careo::sample
