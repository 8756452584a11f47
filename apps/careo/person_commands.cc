// SPDX-License-Identifier: Apache-2.0
// The commands about documents and persons: ids, people, compare.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "base/json.h"
#include "base/text.h"
#include "careo/commands.h"
#include "careo/voice.h"
#include "desk/persons.h"

namespace careo::cli {
namespace {

void put_fields(JsonWriter* out, const IdentityRecord& record) {
  out->key("fields").object();
  for (const auto& [name, field] : record.fields) {
    out->key(name).object().member("raw", field.raw).member("value", field.value).member("grade", name_of(field.grade));
    if (!field.alternatives.empty()) {
      out->key("alternatives").array();
      for (const std::string& value : field.alternatives) out->text(value);
      out->end();
    }
    out->end();
  }
  out->end();
}

std::string document_row(const CasePersons& persons, const IdentityDocument& document) {
  const std::size_t person = persons.resolution.person_of[document.records.front()];
  JsonWriter out;
  out.object().member("document", document.id).member("format", document.merged.format).key("lines").array();
  for (const std::string& line : document.merged.lines) out.text(line);
  out.end();
  put_fields(&out, document.merged);
  out.member("grade", name_of(document.merged.grade)).key("images").array();
  for (const Trail& trail : persons.images_of(document)) out.text(trail.print());
  out.end().member("person", persons.resolution.persons[person].id).key("reasons").array();
  for (const std::string& reason : document.reasons) out.text(reason);
  return out.end().end().take();
}

std::string person_row(const Resolution& resolution, const Person& person) {
  std::size_t records = 0;
  JsonWriter out;
  out.object().member("person", person.id).key("names").array();
  for (const std::string& name : person.names) out.text(name);
  out.end().member("birth_date", person.birth_date).member("nationality", person.nationality).key("documents").array();
  for (const std::size_t index : person.documents) {
    out.text(resolution.documents[index].id);
    records += resolution.documents[index].records.size();
  }
  out.end().member("records", static_cast<std::int64_t>(records)).key("reasons").array();
  for (const std::string& reason : person.reasons) out.text(reason);
  return out.end().end().take();
}

std::string count_row(const PersonCount& count) {
  JsonWriter out;
  out.object().member("kind", "count").member("images", static_cast<std::int64_t>(count.images));
  out.member("documents", static_cast<std::int64_t>(count.documents)).key("persons").object();
  out.member("lower", static_cast<std::int64_t>(count.lower));
  out.member("expected", static_cast<std::int64_t>(count.expected));
  out.member("upper", static_cast<std::int64_t>(count.upper)).end();
  return out.member("unread_images", static_cast<std::int64_t>(count.unread_images)).end().take();
}

// A value with its grade as a sign that does not need colour: nothing checked, "~" unconfirmed, "?" doubtful, "!"
// inconsistent.
std::string marked(const FieldValue& field) {
  if (field.value.empty()) return "-";
  switch (field.grade) {
    case Grade::Checked: return field.value;
    case Grade::Unconfirmed: return field.value + " ~";
    case Grade::Doubtful: return field.value + " ?";
    case Grade::Inconsistent: return field.value + " !";
  }
  return field.value;
}

void print_documents(const CasePersons& persons) {
  std::vector<std::vector<std::string>> rows = {
      {"grade", "number", "issuer", "surname", "given names", "born", "expires", "images", "where this comes from"}};
  std::uint64_t checked = 0;
  for (const IdentityDocument& document : persons.resolution.documents) {
    const IdentityRecord& merged = document.merged;
    const auto images = persons.images_of(document);
    checked += merged.grade == Grade::Checked ? 1U : 0U;
    rows.push_back({std::string(name_of(merged.grade)), marked(merged.field("document_number")),
                    marked(merged.field("issuer")), marked(merged.field("surname")),
                    marked(merged.field("given_names")), marked(merged.field("birth_date")),
                    marked(merged.field("expiry_date")), std::to_string(images.size()), images.front().print()});
  }
  const PersonCount& count = persons.resolution.count;
  print(fmt::format("{} identity documents in {} images, {} with number, birth and expiry checked{}",
                    grouped(count.documents), grouped(count.images), grouped(checked),
                    count.unread_images == 0 ? "" : fmt::format("; {} images could not be read", count.unread_images)));
  if (rows.size() > 1) print(table(rows));
  print(
      "Without a mark: checked, that is, read right; not that a document is genuine. ~ unconfirmed, ? doubtful, ! "
      "inconsistent.");
}

void print_persons(const Resolution& resolution) {
  const PersonCount& count = resolution.count;
  print(fmt::format("at least {} persons ({} to {}, most likely {}), from {} images of {} documents{}",
                    grouped(count.lower), grouped(count.lower), grouped(count.upper), grouped(count.expected),
                    grouped(count.images), grouped(count.documents),
                    count.unread_images == 0 ? "" : fmt::format("; {} images could not be read", count.unread_images)));
  std::vector<std::vector<std::string>> rows = {{"name", "born", "nationality", "documents", "why these are one"}};
  for (const Person& person : resolution.persons) {
    std::string reasons;
    for (const std::string& reason : person.reasons) reasons += (reasons.empty() ? "" : "; ") + reason;
    rows.push_back({person.names.empty() ? "(no name read)" : person.names.front(), person.birth_date,
                    person.nationality, std::to_string(person.documents.size()), reasons});
  }
  if (rows.size() > 1) print(table(rows));
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
  for (const IdentityDocument& document : persons.resolution.documents) print(document_row(persons, document));
  return kDone;
}

Result<int> run_people(const Arguments& arguments) {
  const Session session = TRY(open_session(arguments, Case::Access::Read));
  const CasePersons persons = TRY(persons_of(*session.store));
  if (!arguments.has("--json")) {
    print_persons(persons.resolution);
    return kDone;
  }
  print(count_row(persons.resolution.count));
  for (const Person& person : persons.resolution.persons) print(person_row(persons.resolution, person));
  return kDone;
}

Result<int> run_compare(const Arguments& arguments) {
  const bool json = arguments.has("--json");
  if (arguments.words.size() == 1) return fail(Fault::Refused, "usage: careo compare [A B]");
  if (arguments.words.size() == 2) {
    print_comparison(arguments.words[0], arguments.words[1], json);
    return kDone;
  }
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) return fail(Fault::Refused, "a line without a tab: " + line);
    const std::size_t end = std::min(line.find('\t', tab + 1), line.size());
    print_comparison(line.substr(0, tab), line.substr(tab + 1, end - tab - 1), json);
  }
  return kDone;
}

}  // namespace careo::cli
