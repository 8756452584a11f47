// SPDX-License-Identifier: Apache-2.0
#include "desk/show.h"

#include <algorithm>

#include "base/text.h"
#include "desk/case_bytes.h"

namespace careo {
namespace {

constexpr std::uint64_t kContext = 200;  // code points shown on each side of a span
constexpr std::uint64_t kBlock = 1 << 20;

bool spans_meet(const Region::Span& a, const Region::Span& b) {
  return a.begin < b.end && b.begin < a.end;
}

bool boxes_meet(const Region::Box& a, const Region::Box& b) {
  const auto range = [](const Region::Box& box, std::size_t axis) {
    std::int32_t low = box[axis];
    std::int32_t high = box[axis];
    for (std::size_t i = axis; i < box.size(); i += 2) {
      low = std::min(low, box[i]);
      high = std::max(high, box[i]);
    }
    return std::pair(low, high);
  };
  for (const std::size_t axis : {0U, 1U}) {
    const auto [a_low, a_high] = range(a, axis);
    const auto [b_low, b_high] = range(b, axis);
    if (a_high < b_low || b_high < a_low) return false;
  }
  return true;
}

// A region asks about a reading when they share a page and whatever both name there.
bool concerns(const Region& asked, const Region& reading) {
  if (asked.page && reading.page && asked.page != reading.page) return false;
  if (asked.text && reading.text) return spans_meet(*asked.text, *reading.text);
  if (asked.box && reading.box) return boxes_meet(*asked.box, *reading.box);
  return (asked.text.has_value() == reading.text.has_value()) || !asked.text;
}

std::string excerpt(const Text& text, const Region& region) {
  if (!region.text) return text.utf8;
  const std::uint64_t begin = region.text->begin > kContext ? region.text->begin - kContext : 0;
  const std::size_t from = offset_of_code_point(text.utf8, begin);
  const std::size_t to = offset_of_code_point(text.utf8, region.text->end + kContext);
  return (begin > 0 ? "… " : "") + text.utf8.substr(from, to - from) + (to < text.utf8.size() ? " …" : "");
}

void gather_outcome(const Outcome& outcome, const Region& region, Shown* out) {
  for (const Reading& reading : outcome.readings)
    if (region.empty() || concerns(region, reading.region)) out->readings.push_back(reading);
  out->unread.insert(out->unread.end(), outcome.unread.begin(), outcome.unread.end());
  for (const Text& text : outcome.texts) {
    if (region.page && text.region.page && region.page != text.region.page) continue;
    if (region.box) continue;
    if (!out->text.empty()) out->text += '\n';
    const std::size_t begin = out->text.size();
    out->text += excerpt(text, region);
    out->texts.push_back({text.region, text.grade, begin, out->text.size()});
  }
}

bool speaks_of(const Decision& decision, const PartId& part, const std::vector<Reading>& readings) {
  return std::any_of(readings.begin(), readings.end(), [&](const Reading& reading) {
    const Anchor anchor{part, reading.region, reading.kind};
    return meet(anchor, decision.first) || meet(anchor, decision.second);
  });
}

// One trail a place, each through its parent's home.
Result<std::vector<Trail>> trails_of(Case& store, const PartId& id) {
  std::vector<Trail> out;
  for (const PlaceRow& place : TRY(store.places(id))) {
    Trail trail = place.parent ? TRY(store.trail(*place.parent)) : Trail{place.source, {}, {}};
    trail.steps.push_back(place.step);
    out.push_back(std::move(trail));
  }
  std::sort(out.begin(), out.end(), [](const Trail& a, const Trail& b) { return a.print() < b.print(); });
  return out;
}

}  // namespace

Result<Shown> show(Session& session, const Trail& trail, Surroundings surroundings) {
  Case& store = *session.store;
  const PartId id = TRY(store.find(trail));
  Shown out;
  out.part = TRY(store.part(id));
  out.places = TRY(trails_of(store, id));
  for (const Stage stage : {Stage::Open, Stage::Look, Stage::Ocr, Stage::Mine}) {
    if (!store.has(id, stage)) continue;
    const Outcome outcome = TRY(store.outcome(id, stage));
    gather_outcome(outcome, trail.region, &out);
    if (stage == Stage::Open) out.children = outcome.children;
  }
  for (Decision& decision : TRY(store.decisions()))
    if (speaks_of(decision, id, out.readings)) out.decisions.push_back(std::move(decision));
  if (surroundings == Surroundings::None) return out;
  out.conversation = TRY(conversation_with(session, id));
  out.relatives = TRY(relatives_of(session, id));
  return out;
}

Result<Buffer> picture(Session& session, const Trail& trail, const CrewOptions& options, int max_side) {
  const PartId id = TRY(session.store->find(trail));
  const PartRow row = TRY(session.store->part(id));
  std::recursive_mutex nobody_else;
  const auto crew = TRY(Crew::start(options));
  auto bytes = std::make_shared<CaseBytes>(*session.store, nobody_else, row.part);
  return crew->render(row.part, std::move(bytes), trail.region, max_side);
}

Result<void> original(Session& session, const Trail& trail, const std::function<Result<void>(Bytes)>& block) {
  const PartId id = TRY(session.store->find(trail));
  const std::uint64_t length = TRY(session.store->length(id));
  for (std::uint64_t at = 0; at < length; at += kBlock) {
    const Buffer bytes = TRY(session.store->bytes(id, at, std::min(kBlock, length - at)));
    if (bytes.empty()) return fail(Fault::Io, "the part's bytes end early", trail.print());
    TRY(block(bytes));
  }
  return {};
}

}  // namespace careo
