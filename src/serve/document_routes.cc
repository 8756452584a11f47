// SPDX-License-Identifier: Apache-2.0
// The routes about identity documents: the gallery, one document with its person and what people said of it, and a
// person's word on it. Whole documents and persons are the rows of docs/formats/json.md.
#include <algorithm>
#include <map>

#include "base/json.h"
#include "desk/rows.h"
#include "resolve/corrections.h"
#include "serve/front.h"

namespace careo {
namespace {

// A document as a list needs it: a tenth of what `careo ids` prints of it, and ten thousand are sent at once.
void put_card(JsonWriter* out, const CasePersons& persons, const IdentityDocument& document) {
  const Resolution& all = persons.resolution;
  const IdentityRecord& merged = document.merged;
  out->object().member("document", document.id).member("grade", grade_word(merged));
  out->member("person", all.persons[all.person_of[document.records.front()]].id);
  for (const auto& [key, field] :
       {std::pair("number", "document_number"), std::pair("surname", "surname"), std::pair("given", "given_names"),
        std::pair("birth", "birth_date"), std::pair("issuer", "issuer"), std::pair("expiry", "expiry_date")})
    out->member(key, merged.field(field).value);
  out->key("reviewed").boolean(merged.reviewed.has_value());
  out->member("image", persons.trails[document.records.front()].front().print());
  out->member("images", static_cast<std::int64_t>(document.records.size())).end();
}

std::string documents_json(const CasePersons& persons) {
  JsonWriter out;
  const PersonCount& count = persons.resolution.count;
  out.object().key("count").json(count_json(count)).key("rows").array();
  for (const IdentityDocument& document : persons.resolution.documents) put_card(&out, persons, document);
  std::map<std::string, std::string_view> seems;
  for (const CandidateDocument& candidate : persons.candidates)
    seems.emplace(candidate.trails.front().print(), candidate.seems);
  out.end().key("unread").array();
  for (const Trail& trail : persons.unread) {
    const std::string printed = trail.print();
    const auto found = seems.find(printed);
    out.object().member("trail", printed).member("seems", found == seems.end() ? "" : found->second).end();
  }
  return out.end().end().take();
}

// On which of a document's pictures a field was set, and which were looked through: where a word is taken back.
void put_words_on(JsonWriter* out, const CasePersons& persons, const IdentityDocument& document) {
  std::map<std::string_view, std::vector<std::size_t>> corrected;
  std::vector<std::size_t> reviewed;
  for (const std::size_t record : document.records) {
    if (persons.records[record].reviewed) reviewed.push_back(record);
    for (const auto& [name, field] : persons.records[record].fields)
      if (field.corrected) corrected[name].push_back(record);
  }
  const auto put = [&](std::string_view key, const std::vector<std::size_t>& records) {
    out->key(key).array();
    for (const std::size_t record : records) out->text(persons.trails[record].front().print());
    out->end();
  };
  put("reviewed_at", reviewed);
  out->key("corrected_at").object();
  for (const auto& [name, records] : corrected) put(name, records);
  out->end();
}

void put_pair_words(JsonWriter* out, const CasePersons& persons, const std::vector<PairWord>& words) {
  out->key("words").array();
  for (const PairWord& word : words) {
    out->object().member("verdict", name_of(word.decision.verdict)).member("by", word.decision.by);
    out->member("at", iso(word.decision.at)).key("stands").boolean(word.stands);
    out->member("here", word.here.print()).member("there", word.there.print()).key("other");
    put_card(out, persons, persons.resolution.documents[word.other]);
    out->end();
  }
  out->end();
}

std::string document_page(const CasePersons& persons, const std::vector<Decision>& decisions, std::size_t index) {
  const Resolution& all = persons.resolution;
  const IdentityDocument& document = all.documents[index];
  const std::size_t person = all.person_of[document.records.front()];
  JsonWriter out;
  out.object().key("document").json(document_json(all, persons.records, index, trail_of(persons)));
  out.key("person").json(person_json(all, persons.records, person, trail_of(persons))).key("others").array();
  for (const std::size_t other : all.persons[person].documents)
    if (other != index) put_card(&out, persons, all.documents[other]);
  out.end();
  put_words_on(&out, persons, document);
  put_pair_words(&out, persons, pair_words(decisions, persons, index));
  return out.end().take();
}

Result<DecideRequest> word_of(const Json& asked) {
  DecideRequest out;
  out.verdict = TRY(verdict_of(asked["verdict"].text()));
  for (const Json& thing : asked["things"].items()) out.things.push_back(thing.text());
  for (const auto& [field, value] : asked["fields"].members())
    out.corrections.emplace_back(field, value.is_null() ? std::nullopt : std::optional(value.text()));
  out.by = asked["by"].text();
  out.at = now();
  return out;
}

// The document in which the picture stands now: it may have been joined, or parted, by what was decided.
std::string document_at(const CasePersons& persons, const Anchor& anchor) {
  for (const IdentityDocument& document : persons.resolution.documents)
    for (const std::size_t record : document.records)
      if (persons.records[record].anchor && meet(*persons.records[record].anchor, anchor)) return document.id;
  return {};
}

}  // namespace

Answer Front::documents(const Request&) {
  const auto here = sitting();
  if (!here) return no_case();
  const auto persons = here->persons();
  return persons ? json_answer(documents_json(**persons)) : error_answer(persons.error());
}

Answer Front::document(const Request& request) {
  const auto here = sitting();
  if (!here) return no_case();
  const auto persons = here->persons();
  if (!persons) return error_answer(persons.error());
  const auto& documents = (*persons)->resolution.documents;
  const auto found = std::ranges::find(documents, request.parameter("id"), &IdentityDocument::id);
  if (found == documents.end()) return refused(404, "notfound", "no document of this case is called so");
  const auto decisions = here->ask([](Session& session) { return session.store->decisions(); });
  if (!decisions) return error_answer(decisions.error());
  return json_answer(document_page(**persons, *decisions, static_cast<std::size_t>(found - documents.begin())));
}

Answer Front::decide(const Request& request) {
  const auto here = sitting();
  if (!here) return no_case();
  const auto asked = json_of(request);
  if (!asked) return error_answer(asked.error());
  const auto word = word_of(*asked);
  if (!word) return error_answer(word.error());
  const auto decided = here->decide(*word);
  if (!decided) return error_answer(decided.error());
  if (!*decided) return busy();
  {
    const std::lock_guard lock(mutex_);
    by_ = (*decided)->by;
  }
  const auto persons = here->persons();
  if (!persons) return error_answer(persons.error());
  JsonWriter out;
  out.object().key("decision").json(decision_row(**decided));
  out.member("document", document_at(**persons, (*decided)->first));
  out.key("count").json(count_json((*persons)->resolution.count));
  return json_answer(out.end().take());
}

}  // namespace careo
