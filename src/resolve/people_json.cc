// SPDX-License-Identifier: Apache-2.0
#include "resolve/people_json.h"

#include <fmt/format.h>

#include "base/json.h"
#include "resolve/corrections.h"

namespace careo {
namespace {

void list(JsonWriter* json, std::string_view name, const std::vector<std::string>& texts) {
  json->key(name).array();
  for (const std::string& text : texts) json->text(text);
  json->end();
}

void word(JsonWriter* json, const Word& said) {
  json->member("by", said.by).member("at", iso(said.at));
}

void dissents(JsonWriter* json, const std::vector<Dissent>& against) {
  json->key("against").array();
  for (const Dissent& each : against) json->object().member("witness", each.witness).member("value", each.value).end();
  json->end();
}

void fields(JsonWriter* json, const IdentityRecord& record) {
  json->key("fields").object();
  for (const auto& [name, field] : record.fields) {
    json->key(name).object().member("raw", field.raw).member("value", field.value);
    json->member("grade", grade_word(field));
    if (field.corrected) {
      word(json, *field.corrected);
      json->key("read").object().member("value", field.corrected->read);
      json->member("grade", name_of(field.corrected->grade)).end();
    }
    if (!field.alternatives.empty()) list(json, "alternatives", field.alternatives);
    if (!field.witnesses.empty()) list(json, "witnesses", field.witnesses);
    if (!field.against.empty()) dissents(json, field.against);
    json->end();
  }
  json->end();
}

std::int64_t number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::string count_json(const PersonCount& count) {
  JsonWriter json;
  json.object().member("kind", "count").member("images", number(count.images));
  json.member("documents", number(count.documents)).key("persons").object();
  json.member("lower", number(count.lower)).member("expected", number(count.expected));
  json.member("upper", number(count.upper)).end();
  json.member("unread_images", number(count.unread_images));
  json.member("waiting_pages", number(count.waiting_pages)).end();
  return json.take();
}

std::string document_json(const Resolution& resolution, const std::vector<IdentityRecord>& records,
                          std::size_t document, const TrailOf& trail_of) {
  const IdentityDocument& each = resolution.documents[document];
  JsonWriter json;
  json.object().member("document", each.id).member("format", each.merged.format);
  list(&json, "lines", each.merged.lines);
  fields(&json, each.merged);
  json.member("grade", grade_word(each.merged));
  if (each.merged.reviewed) {
    json.key("reviewed").object();
    word(&json, *each.merged.reviewed);
    json.end();
  }
  json.key("images").array();
  for (const std::size_t record : each.records) json.text(trail_of(records[record]));
  json.end().member("person", resolution.persons[resolution.person_of[each.records.front()]].id);
  list(&json, "reasons", each.reasons);
  json.end();
  return json.take();
}

std::string person_json(const Resolution& resolution, const std::vector<IdentityRecord>& records, std::size_t person,
                        const TrailOf& trail_of) {
  const Person& each = resolution.persons[person];
  JsonWriter json;
  json.object().member("person", each.id);
  list(&json, "names", each.names);
  json.member("birth_date", each.birth_date).member("nationality", each.nationality).key("documents").array();
  for (const std::size_t document : each.documents) json.text(resolution.documents[document].id);
  json.end().key("records").array();
  for (const std::size_t document : each.documents) {
    for (const std::size_t record : resolution.documents[document].records) json.text(trail_of(records[record]));
  }
  json.end();
  list(&json, "reasons", each.reasons);
  json.key("corrected").array();
  for (const std::size_t document : each.documents) {
    for (const auto& [name, field] : resolution.documents[document].merged.fields) {
      if (!field.corrected) continue;
      json.object().member("document", resolution.documents[document].id).member("field", name);
      json.member("value", field.value).member("read", field.corrected->read);
      word(&json, *field.corrected);
      json.end();
    }
  }
  json.end().end();
  return json.take();
}

std::string cluster_json(const Resolution& resolution, const std::vector<IdentityRecord>& records, std::size_t record) {
  JsonWriter json;
  json.object()
      .member("id", records[record].id)
      .member("cluster", resolution.persons[resolution.person_of[record]].id)
      .end();
  return json.take();
}

std::string count_sentence(const PersonCount& count) {
  const auto counted = [](std::uint64_t n, std::string_view one) {
    return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s");
  };
  std::string out = fmt::format("at least {}, from {}", counted(count.lower, "person"), counted(count.images, "image"));
  if (count.unread_images > 0) out += fmt::format("; {} could not be read", counted(count.unread_images, "image"));
  if (count.waiting_pages > 0) out += fmt::format("; {} still to be looked at", counted(count.waiting_pages, "page"));
  return out;
}

}  // namespace careo
