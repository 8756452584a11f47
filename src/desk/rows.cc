// SPDX-License-Identifier: Apache-2.0
#include "desk/rows.h"

#include <cmath>

#include "evidence/region_json.h"
#include "resolve/explain.h"

namespace careo {
namespace {

// Whole hundredths, so that 0.9 is not written with seventeen digits.
double hundredths(double value) {
  return std::round(value * 100) / 100;
}

}  // namespace

Trail with_region(const Trail& trail, const Region& region) {
  Trail out = trail;
  out.region = region;
  return out;
}

std::string reading_row(const std::string& file, const Trail& trail, const Reading& reading, const std::string& crop) {
  JsonWriter out;
  out.object();
  if (!file.empty()) out.member("file", file);
  out.member("trail", with_region(trail, reading.region).print()).member("kind", reading.kind);
  out.member("grade", name_of(reading.grade)).member("reader", reading.reader).member("raw", reading.raw);
  if (reading.region.text) out.member("text", reading.raw);
  put_region(&out, reading.region);
  if (!crop.empty()) out.member("crop", crop);
  out.key("value").json(reading.value.empty() ? "null" : reading.value);
  if (reading.kind == "mrz") {
    if (const auto explained = explain_zone(reading.value)) write_explanation(&out.key("explained"), *explained);
  }
  return out.end().take();
}

std::string decision_row(const Decision& decision) {
  JsonWriter out;
  out.object().member("kind", "decision").member("verdict", name_of(decision.verdict));
  out.member("by", decision.by).member("at", iso(decision.at)).member("first", decision.first.print());
  if (!(decision.second == decision.first)) out.member("second", decision.second.print());
  if (!decision.value.empty()) out.key("value").json(decision.value);
  return out.end().take();
}

std::string inventory_row(const Inventory& inventory, std::optional<std::uint64_t> missing) {
  JsonWriter out;
  const auto number = [&out](std::string_view key, std::uint64_t value) {
    out.member(key, static_cast<std::int64_t>(value));
  };
  out.object().member("kind", "inventory");
  number("parts", inventory.parts);
  out.key("expected");
  inventory.expected ? out.number(static_cast<std::int64_t>(*inventory.expected)) : out.null();
  number("read", inventory.read);
  number("cut", inventory.cut);
  number("kept", inventory.kept);
  number("duplicate", inventory.duplicate);
  number("failed", inventory.failed);
  number("waiting", inventory.waiting);
  number("bytes", inventory.bytes);
  number("forgotten", inventory.forgotten);
  number("empty_folders", inventory.empty_folders.size());
  out.key("adds_up").boolean(inventory.adds_up);
  if (missing) number("missing", *missing);
  return out.end().take();
}

std::string inventory_row(const Inventory::Row& row) {
  JsonWriter out;
  out.object().member("trail", row.trail.print()).member("name", row.name).member("outcome", row.outcome);
  if (!row.reason.empty()) out.member("reason", row.reason);
  out.member("media_type", row.media_type).member("bytes", static_cast<std::int64_t>(row.bytes));
  out.member("unread", static_cast<std::int64_t>(row.unread));
  return out.key("adds_up").boolean(row.adds_up).end().take();
}

std::string inventory_row(const Inventory::Folder& folder) {
  JsonWriter out;
  out.object().member("kind", "empty_folder").member("source", folder.source);
  return out.member("path", folder.path).end().take();
}

std::string found_row(const FoundPart& found) {
  JsonWriter out;
  out.object().member("trail", found.trail.print()).member("title", found.title).member("date", found.date);
  out.key("score").number(found.score).member("snippet", found.snippet.text).key("marks").array();
  for (const Region::Span& mark : found.snippet.marks)
    out.array().number(static_cast<std::int64_t>(mark.begin)).number(static_cast<std::int64_t>(mark.end)).end();
  return out.end().member("kind", found.kind).member("sender", found.sender).end().take();
}

std::string relative_row(const Relative& relative) {
  JsonWriter out;
  out.object().member("trail", relative.trail.print()).key("alike").number(hundredths(relative.alike));
  out.member("by", relative.by);
  if (relative.by == "picture")
    out.key("scale").number(hundredths(relative.scale)).member("turned", std::int64_t{relative.turned});
  return out.member("name", relative.title).end().take();
}

std::string shown_row(const Shown& shown, const Trail& trail) {
  JsonWriter out;
  out.object().member("kind", "part").member("trail", trail.print()).key("places").array();
  for (const Trail& place : shown.places) out.text(place.print());
  out.end().key("conversation").array();
  for (const ConversationMail& mail : shown.conversation) out.text(mail.trail.print());
  out.end().key("near").array();
  for (const Relative& relative : shown.relatives) out.json(relative_row(relative));
  out.end().member("name", shown.part.title).member("media_type", shown.part.media_type);
  out.member("outcome", shown.part.outcome());
  if (!shown.part.reason.empty()) out.member("reason", shown.part.reason);
  out.member("bytes", static_cast<std::int64_t>(shown.part.part.length));
  return out.member("sha256", shown.part.part.sha256.hex()).member("text", shown.text).end().take();
}

std::string candidate_row(const CandidateDocument& candidate) {
  JsonWriter out;
  out.object().member("document", candidate.id).member("kind", "candidate").member("format", "candidate");
  out.key("lines").array().end().key("fields").object().end().member("grade", name_of(Grade::Doubtful));
  out.key("images").array();
  for (const Trail& trail : candidate.trails) out.text(trail.print());
  out.end().key("person").null().member("seems", candidate.seems).key("words").array();
  for (const std::string& word : candidate.words) out.text(word);
  return out.end().end().take();
}

TrailOf trail_of(const CasePersons& persons) {
  return [&persons](const IdentityRecord& record) {
    const auto index = static_cast<std::size_t>(&record - persons.records.data());
    return index < persons.trails.size() ? persons.trails[index].front().print() : record.id;
  };
}

}  // namespace careo
