// SPDX-License-Identifier: Apache-2.0
// Names of any bytes, compared both ways; lines of tables made of them, resolved in two orders. One name a line.
#include <cmath>
#include <cstdlib>

#include "base/text.h"
#include "reference/latinise.h"
#include "reference/romanise.h"
#include "resolve/person.h"

namespace careo {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void compare(std::string_view a, std::string_view b) {
  const PersonName x = make_name(a);
  const PersonName y = make_name(b);
  const NameComparison one = compare_names(x, y);
  const NameComparison other = compare_names(y, x);
  require(std::isfinite(one.bits));
  require(one.band == other.band);
  for (const NameToken& token : x.tokens) {
    for (const NameToken& against : y.tokens) {
      const double likeness = token_likeness(token, against);
      require(likeness >= 0 && likeness <= 1 && likeness == token_likeness(against, token));
    }
  }
}

void resolve(const std::vector<std::string_view>& lines) {
  const std::vector<std::string> header = {"id", "firstName", "lastName", "birthDate", "passportNumber"};
  std::vector<IdentityRecord> records;
  for (std::size_t i = 0; i < lines.size() && i < 6; ++i) {
    std::vector<std::string> cells = {"r" + std::to_string(i)};
    for (const std::string_view cell : split(lines[i], ',')) cells.emplace_back(cell);
    cells.resize(header.size());
    records.push_back(record_of_row(header, cells, i));
  }
  const Resolution before = resolve_persons(records);
  std::vector<IdentityRecord> reversed(records.rbegin(), records.rend());
  const Resolution after = resolve_persons(reversed);
  require(before.persons.size() == after.persons.size() && before.count.lower == after.count.lower);
  require(before.count.lower <= before.count.expected && before.count.expected <= before.count.upper);
  for (std::size_t i = 0; i < before.persons.size(); ++i) require(before.persons[i].id == after.persons[i].id);
}

}  // namespace
}  // namespace careo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  const std::string text = clean_utf8(std::string_view(reinterpret_cast<const char*>(data), size)).text;
  const std::vector<std::string_view> lines = split(text, '\n');
  if (lines.size() > 1) compare(lines[0], lines[1]);
  (void)romanisations(lines[0].substr(0, 200));
  resolve(lines);
  return 0;
}
