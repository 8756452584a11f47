// SPDX-License-Identifier: Apache-2.0
#include "program_reader.h"

#include <sys/resource.h>

#include <cstdio>
#include <memory>

#include "base/json.h"
#include "base/text.h"
#include "evidence/reading.h"

namespace careo::bench {

namespace {

double children_seconds() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::string quoted(const std::string& word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string output_of(const std::string& command) {
  std::string out;
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  char block[4096];
  for (std::size_t got = 0; (got = std::fread(block, 1, sizeof block, pipe)) > 0;) out.append(block, got);
  pclose(pipe);
  return out;
}

bool is(const Json& fields, icao::FieldName name, Grade least) {
  const auto grade = parse_grade(fields[icao::name_of(name)]["grade"].text());
  return grade && *grade >= least;
}

Answer answer_of_value(const Json& value) {
  Answer out;
  for (const Json& line : value["lines"].items()) out.lines.emplace_back(line.text());
  out.format = format_called(value["format"].text());
  out.checked.emplace();
  const Json& fields = value["fields"];
  for (int i = 0; i <= static_cast<int>(icao::FieldName::IssueDate); ++i) {
    if (is(fields, static_cast<icao::FieldName>(i), Grade::Checked))
      out.checked->push_back(static_cast<icao::FieldName>(i));
  }
  out.names_shown = is(fields, icao::FieldName::Surname, Grade::Unconfirmed) &&
                    is(fields, icao::FieldName::GivenNames, Grade::Unconfirmed);
  return out;
}

}  // namespace

std::vector<Answer> answers_of_json(std::string_view rows) {
  std::vector<Answer> out;
  for (const std::string_view row : split(rows, '\n')) {
    const auto json = Json::parse(std::string(row));
    if (json && (*json)["kind"].text() == "mrz") out.push_back(answer_of_value((*json)["value"]));
  }
  return out;
}

Answers read_with_program(const std::string& program, const std::string& file) {
  const double before = children_seconds();
  const std::string rows = output_of(quoted(program) + " read --json " + quoted(file) + " 2>/dev/null");
  return {answers_of_json(rows), children_seconds() - before};
}

}  // namespace careo::bench
