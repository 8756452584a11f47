// SPDX-License-Identifier: Apache-2.0
#include "reference/countries.h"

#include <algorithm>

#include "reference/resources.h"

namespace careo {

namespace {

CountryKind kind_of(std::string_view word) {
  if (word == "special") return CountryKind::Special;
  if (word == "legacy") return CountryKind::Legacy;
  return word == "specimen" ? CountryKind::Specimen : CountryKind::State;
}

std::vector<Country> load() {
  std::vector<Country> out;
  for (const auto& row : table_rows(resource("countries.tsv"))) {
    if (row.size() == 4) out.push_back({row[0], row[1], row[2], kind_of(row[3])});
  }
  std::ranges::sort(out, {}, &Country::code);
  return out;
}

}  // namespace

std::span<const Country> countries() {
  static const std::vector<Country> table = load();
  return table;
}

const Country* country_of(std::string_view code) {
  const std::span<const Country> table = countries();
  const auto found = std::ranges::lower_bound(table, code, {}, &Country::code);
  return found != table.end() && found->code == code ? &*found : nullptr;
}

}  // namespace careo
