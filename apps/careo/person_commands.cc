// SPDX-License-Identifier: Apache-2.0
// The commands about documents and persons: ids, people, compare.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "base/json.h"
#include "base/text.h"
#include "careo/commands.h"
#include "careo/layout.h"
#include "careo/voice.h"
#include "desk/gather.h"
#include "desk/rows.h"
#include "resolve/corrections.h"
#include "resolve/table.h"

namespace careo::cli {
namespace {

// A value with its grade as a sign that does not need colour: nothing checked, "~" unconfirmed, "?" doubtful, "!"
// inconsistent, "*" set by a person.
std::string marked(const FieldValue& field) {
  if (field.value.empty()) return field.corrected ? "- *" : "-";
  if (field.corrected) return field.value + " *";
  switch (field.grade) {
    case Grade::Checked: return field.value;
    case Grade::Unconfirmed: return field.value + " ~";
    case Grade::Doubtful: return field.value + " ?";
    case Grade::Inconsistent: return field.value + " !";
  }
  return field.value;
}

// "SURNAME, GIVEN NAMES" with the sign of the less sure of the two.
std::string marked_name(const IdentityRecord& record) {
  FieldValue out = record.field("surname");
  const FieldValue given = record.field("given_names");
  if (out.value.empty() || given.value.empty()) return marked(out.value.empty() ? given : out);
  out.value += ", " + given.value;
  out.grade = std::min(out.grade, given.grade);
  if (!out.corrected) out.corrected = given.corrected;
  return marked(out);
}

constexpr std::string_view kMarks =
    "A value without a mark is checked, which means read right, not that the document is genuine. ~ unconfirmed (names "
    "and issuers carry no check digit), ? doubtful, ! inconsistent, * set by a person.";

// One table a grade, the surest first: what a person has to look at stands together, at the end.
void print_grade(const CasePersons& persons, std::string_view grade) {
  std::vector<std::vector<std::string>> rows = {
      {"number", "issuer", "name", "born", "expires", "images", "where this comes from"}};
  for (const IdentityDocument& document : persons.resolution.documents) {
    const IdentityRecord& merged = document.merged;
    if (grade_word(merged) != grade) continue;
    const auto images = persons.images_of(document);
    rows.push_back({marked(merged.field("document_number")), marked(merged.field("issuer")), marked_name(merged),
                    marked(merged.field("birth_date")), marked(merged.field("expiry_date")),
                    std::to_string(images.size()), images.front().print()});
  }
  if (rows.size() == 1) return;
  print(fmt::format("\n{} {} (document number, birth date and expiry date):", grouped(rows.size() - 1), grade));
  print(table(rows));
}

// What was heard on a document besides its zone, in words; "" where nothing was.
std::string heard_on(const IdentityRecord& document) {
  std::string agreed, other;
  for (const auto& [name, field] : document.fields) {
    if (!field.witnesses.empty()) agreed += (agreed.empty() ? "" : ", ") + name;
    for (const Dissent& dissent : field.against)
      other += fmt::format("{}{} is {} by the {}", other.empty() ? "" : "; ", name, printable(dissent.value),
                           dissent.witness);
  }
  if (agreed.empty() && other.empty()) return {};
  return (agreed.empty() ? "" : "second witness on " + agreed) + (agreed.empty() || other.empty() ? "" : "; ") + other;
}

void print_witnesses(const CasePersons& persons) {
  std::vector<std::vector<std::string>> rows = {{"number", "what the printed face, a barcode or another picture says"}};
  for (const IdentityDocument& document : persons.resolution.documents) {
    std::string heard = heard_on(document.merged);
    if (!heard.empty()) rows.push_back({marked(document.merged.field("document_number")), std::move(heard)});
  }
  if (rows.size() > 1) print(table(rows));
}

void print_candidates(const CasePersons& persons) {
  if (persons.unseen > 0)
    print(filled("\n", 0,
                 fmt::format("{} without a zone not searched for printed words yet: careo add CASE --wait",
                             counted(persons.unseen, "picture"))));
  if (persons.candidates.empty()) return;
  print(filled(
      "\n", 0,
      fmt::format(
          "{} for identity documents without a machine-readable zone, by printed words; nobody is counted by them:",
          counted(persons.candidates.size(), "candidate"))));
  std::vector<std::vector<std::string>> rows = {{"seems to be", "by these words", "where"}};
  for (const CandidateDocument& each : persons.candidates) {
    std::string words;
    for (const std::string& word : each.words) words += (words.empty() ? "" : ", ") + word;
    rows.push_back({each.seems, printable(words), each.trails.front().print()});
  }
  print(table(rows));
}

void print_documents(const CasePersons& persons) {
  const PersonCount& count = persons.resolution.count;
  print(fmt::format("{} in {}", counted(count.documents, "identity document"), counted(count.images, "image")));
  for (const std::string_view grade : {"checked", "corrected", "unconfirmed", "doubtful", "inconsistent"})
    print_grade(persons, grade);
  if (!persons.unread.empty()) {
    print(filled(
        "\n", 0,
        fmt::format("{} may show a document and could not be read:", counted(persons.unread_images, "more picture"))));
    for (const Trail& trail : persons.unread) print("  " + trail.print());
  }
  if (persons.waiting_pages > 0)
    print(filled("\n", 0, fmt::format("{} still to be looked at", counted(persons.waiting_pages, "page"))));
  print_witnesses(persons);
  print_candidates(persons);
  if (count.documents > 0) print(filled("\n", 0, kMarks));
}

void print_persons(const Resolution& resolution) {
  const PersonCount& count = resolution.count;
  print(count_sentence(count));
  if (resolution.persons.empty()) return;
  print(fmt::format("between {} and {}, most likely {}, holders of {}\n", grouped(count.lower), grouped(count.upper),
                    grouped(count.expected), counted(count.documents, "document")));
  std::vector<std::vector<std::string>> rows = {{"name", "born", "nationality", "documents", "why these are one"}};
  for (const Person& person : resolution.persons) {
    std::string reasons;
    for (const std::string& reason : person.reasons) reasons += (reasons.empty() ? "" : "; ") + reason;
    rows.push_back({person.names.empty() ? "(no name read)" : person.names.front(), person.birth_date,
                    person.nationality, std::to_string(person.documents.size()), reasons});
  }
  if (rows.size() > 1) print(table(rows));
}

Result<std::string> whole_file(const std::string& path) {
  std::string out;
  auto read = stream_file(path, [&out](Bytes block) -> Result<void> {
    out += text_of(block);
    return {};
  });
  if (!read) return wrap(std::move(read).error(), "cannot read " + path);
  return out;
}

void print_comparison(const std::string& a, const std::string& b, bool json) {
  const NameComparison comparison = compare_names(make_name(a), make_name(b));
  if (json) {
    print(comparison_json(a, b, comparison));
    return;
  }
  print(
      fmt::format("{} · {}: {} ({:+.1f} bits)", printable(a), printable(b), name_of(comparison.band), comparison.bits));
  for (const std::string& line : comparison.pro) print("  for      " + printable(line));
  for (const std::string& line : comparison.contra) print("  against  " + printable(line));
  for (const std::string& line : comparison.absent) print("  absent   " + printable(line));
}

}  // namespace

Result<int> run_ids(const Arguments& arguments) {
  const Session session = TRY(open_session(arguments, Case::Access::Read));
  const CasePersons persons = TRY(persons_of(*session.store));
  if (!arguments.has("--json")) {
    print_documents(persons);
    return kDone;
  }
  for (std::size_t i = 0; i < persons.resolution.documents.size(); ++i)
    print(document_json(persons.resolution, persons.records, i, trail_of(persons)));
  for (const CandidateDocument& each : persons.candidates) print(candidate_row(each));
  return kDone;
}

Result<int> run_people(const Arguments& arguments) {
  const Session session = TRY(open_session(arguments, Case::Access::Read));
  const CasePersons persons = TRY(persons_of(*session.store));
  if (!arguments.has("--json")) {
    print_persons(persons.resolution);
    return kDone;
  }
  print(count_json(persons.resolution.count));
  for (std::size_t i = 0; i < persons.resolution.persons.size(); ++i)
    print(person_json(persons.resolution, persons.records, i, trail_of(persons)));
  return kDone;
}

Result<int> run_resolve(const Arguments& arguments) {
  const std::string csv = TRY(whole_file(arguments.words[0]));
  const std::vector<IdentityRecord> records = TRY(records_of_table(csv));
  const Resolution resolution = resolve_persons(records);
  if (arguments.has("--json")) {
    print(count_json(resolution.count));
    for (std::size_t i = 0; i < records.size(); ++i) print(cluster_json(resolution, records, i));
  } else {
    print_persons(resolution);
  }
  return kDone;
}

Result<int> run_compare(const Arguments& arguments) {
  const bool json = arguments.has("--json");
  if (arguments.words.size() == 1) return fail(Fault::Refused, "usage: careo compare [A B]");
  if (arguments.words.size() == 2) {
    print_comparison(arguments.words[0], arguments.words[1], json);
    return kDone;
  }
  if (::isatty(STDIN_FILENO) == 1) say_note("two names a line, a tab between them; Ctrl-D ends");
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) return fail(Fault::Refused, "two names with a tab between them, a line: " + line);
    const std::size_t end = std::min(line.find('\t', tab + 1), line.size());
    print_comparison(line.substr(0, tab), line.substr(tab + 1, end - tab - 1), json);
  }
  return kDone;
}

}  // namespace careo::cli
