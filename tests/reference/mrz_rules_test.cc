// SPDX-License-Identifier: Apache-2.0
// Doc 9303 and issuers' habits, rule by rule: mrz_rules.tsv.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "reference/icao9303_zone.h"

namespace careo::icao {
namespace {

void fill(std::string* line, std::size_t column, std::string_view checked) {
  if ((*line)[column] == '#') (*line)[column] = check_digit(checked);
}

// The lines with each "#" computed where `format` has a check digit.
std::vector<std::string> filled(std::vector<std::string> lines, Format format) {
  const Layout& layout = layout_of(format);
  for (const FieldLayout& field : layout.fields) {
    if (field.check < 0) continue;
    std::string& line = lines[field.run.line];
    const std::size_t begin = field.checked_begin();
    fill(&line, static_cast<std::size_t>(field.check), line.substr(begin, field.run.end - begin));
  }
  if (!layout.composite) return lines;
  std::string all;
  for (const Run& run : layout.composite->runs) all += lines[run.line].substr(run.begin, run.size());
  fill(&lines[layout.composite->line], layout.composite->column, all);
  return lines;
}

std::vector<std::string> filled(const std::vector<std::string>& lines) {
  std::vector<Format> formats(all_formats().begin(), all_formats().end());
  std::ranges::reverse(formats);  // national formats first: they are told by more than their shape
  for (const Format format : formats) {
    if (!layout_of(format).has_shape(lines)) continue;
    const std::vector<std::string> out = filled(lines, format);
    const auto found = format_of(out);
    if (found && *found == format) return out;
  }
  return lines;
}

std::string spaces(std::string_view text) {
  std::string out(text);
  std::ranges::replace(out, '_', ' ');
  return out;
}

std::string_view word_of(Check check) {
  return check == Check::Holds ? "holds" : check == Check::Fails ? "fails" : "none";
}

const Field* field_called(const Zone& zone, std::string_view name) {
  const auto found = std::ranges::find_if(zone.fields, [&](const Field& f) { return name_of(f.name) == name; });
  return found == zone.fields.end() ? nullptr : &*found;
}

// "" where `expected` holds, else what stands there instead.
std::string contradiction(const Zone& zone, const std::string& expected) {
  if (expected.starts_with("composite:")) {
    const std::string_view is = word_of(zone.composite);
    return expected.substr(10) == is ? "" : std::string(is);
  }
  // "birth_date" ends with no sign that follows it; names of flags hold "_" but none of these.
  const std::size_t sign = expected.find_first_of("=~!:-");
  const Field* field = field_called(zone, expected.substr(0, sign));
  if (sign == std::string::npos || field == nullptr) return "no such field";
  const std::string wanted = expected.substr(sign + 1);
  const bool flagged = std::ranges::any_of(field->flags, [&](Flag f) { return name_of(f) == wanted; });
  switch (expected[sign]) {
    case '=': return field->value == spaces(wanted) ? "" : field->value;
    case '~': return std::ranges::count(field->alternatives, wanted) == 1 ? "" : "no such alternative";
    case '!': return flagged ? "" : "not flagged";
    case '-': return flagged ? "flagged" : "";
    default: return word_of(field->check) == wanted ? "" : std::string(word_of(field->check));
  }
}

TEST(MrzRules, EveryCase) {
  std::ifstream in(CAREO_SOURCE_DIR "/tests/reference/mrz_rules.tsv");
  ASSERT_TRUE(in);
  int cases = 0;
  for (std::string row; std::getline(in, row);) {
    if (row.empty() || row[0] == '#') continue;
    const std::vector<std::string_view> cells = split(row, '\t');
    ASSERT_EQ(cells.size(), 3U) << row;
    std::vector<std::string> lines;
    for (const std::string_view line : split(cells[1], '|')) lines.emplace_back(line);
    const auto zone = parse_zone(filled(lines));
    ASSERT_TRUE(zone) << row << '\n' << zone.error().text();
    ++cases;
    std::istringstream words{std::string(cells[2])};
    for (std::string word; words >> word;) EXPECT_EQ(contradiction(*zone, word), "") << row << '\n' << word;
  }
  EXPECT_GE(cases, 80);
}

}  // namespace
}  // namespace careo::icao
