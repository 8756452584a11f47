// SPDX-License-Identifier: Apache-2.0
#include "results.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>

#include "base/text.h"

namespace careo::bench {

const char ResultsHead[] = "file\tseconds\tline1\tline2\tline3\tchecked\tnames\tformat\n";

namespace {

constexpr std::string_view ByDigits = "digits", Nothing = "-", Shown = "shown";
constexpr int LastField = static_cast<int>(icao::FieldName::IssueDate);

std::optional<icao::FieldName> field_of(std::string_view name) {
  for (int i = 0; i <= LastField; ++i) {
    if (icao::name_of(static_cast<icao::FieldName>(i)) == name) return static_cast<icao::FieldName>(i);
  }
  return std::nullopt;
}

std::string checked_cell(const Answer& answer) {
  if (!answer.checked) return std::string(ByDigits);
  std::string out;
  for (const icao::FieldName name : *answer.checked) {
    if (!out.empty()) out += ',';
    out += icao::name_of(name);
  }
  return out.empty() ? std::string(Nothing) : out;
}

Result<Answer> answer_of_row(const std::vector<std::string_view>& cells) {
  Answer out;
  for (std::size_t i = 2; i < 5; ++i) {
    if (!cells[i].empty()) out.lines.emplace_back(cells[i]);
  }
  out.names_shown = cells[6] == Shown;
  if (cells.size() > 7) out.format = format_called(cells[7]);
  if (cells[5] == ByDigits) return out;
  out.checked.emplace();
  if (cells[5] == Nothing || cells[5].empty()) return out;
  for (const std::string_view name : split(cells[5], ',')) {
    const auto field = field_of(name);
    if (!field) return fail(Fault::Malformed, "no field is called " + std::string(name));
    out.checked->push_back(*field);
  }
  return out;
}

}  // namespace

std::optional<icao::Format> format_called(std::string_view name) {
  for (const icao::Format format : icao::all_formats()) {
    if (icao::name_of(format) == name) return format;
  }
  return std::nullopt;
}

void write_answers(std::ostream& out, std::string_view file, const Answers& answers) {
  const std::string head = fmt::format("{}\t{:.4f}", file, answers.seconds);
  if (answers.zones.empty()) out << head << "\t\t\t\t\t\t\n";
  for (const Answer& answer : answers.zones) {
    out << head;
    for (std::size_t i = 0; i < 3; ++i) out << '\t' << (i < answer.lines.size() ? answer.lines[i] : "");
    out << '\t' << checked_cell(answer) << '\t' << (answer.names_shown ? Shown : "") << '\t'
        << (answer.format ? icao::name_of(*answer.format) : "") << '\n';
  }
}

Result<Results> read_results(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string row;
  if (!std::getline(in, row)) return fail(Fault::NotFound, "no results in " + file.string());
  Results out;
  while (std::getline(in, row)) {
    if (!row.empty() && row.back() == '\r') row.pop_back();
    if (row.empty()) continue;
    const std::vector<std::string_view> cells = split(row, '\t');
    if (cells.size() < 7) return fail(Fault::Malformed, "a row has fewer than seven columns: " + row);
    Answers& answers = out[std::string(cells[0])];
    std::from_chars(cells[1].data(), cells[1].data() + cells[1].size(), answers.seconds);
    Answer answer = TRY(answer_of_row(cells));
    if (!answer.lines.empty()) answers.zones.push_back(std::move(answer));
  }
  return out;
}

}  // namespace careo::bench
