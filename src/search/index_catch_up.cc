// SPDX-License-Identifier: Apache-2.0
// The index takes in what the log holds behind its position.
#include <algorithm>

#include "base/text.h"
#include "reference/fold.h"
#include "search/index_state.h"

namespace careo {

Result<Entry> SearchIndex::State::gather(Case& held, const Outcome& outcome) {
  std::vector<Outcome> outcomes;
  for (const Stage stage : {Stage::Open, Stage::Look, Stage::Ocr}) {
    if (stage == outcome.stage) {
      outcomes.push_back(outcome);
    } else if (held.has(outcome.part, stage)) {
      outcomes.push_back(TRY(held.outcome(outcome.part, stage)));
    }
  }
  std::vector<std::string> names;
  for (const PlaceRow& place : TRY(held.places(outcome.part))) names.push_back(place.name);
  return entry_of(outcomes, std::move(names));
}

Result<bool> SearchIndex::State::names_changed(Case& held, const PartId& part) {
  Statement find = TRY(database.prepare("SELECT names FROM docs WHERE part = ?1"));
  find.bind(1, Bytes(part.bytes));
  if (!TRY(find.step())) return false;  // its own outcome is still to come
  std::vector<std::string> names;
  for (const PlaceRow& place : TRY(held.places(part))) names.push_back(place.name);
  return find.text(0) != joined_names(std::move(names));
}

/// A logo stands in every mail: that it has its name already is seen without a look at its other 200,000 places.
Result<bool> SearchIndex::State::is_called(const PartId& part, std::string_view name) {
  Statement find = TRY(database.prepare("SELECT names FROM docs WHERE part = ?1"));
  find.bind(1, Bytes(part.bytes));
  if (!TRY(find.step())) return true;  // its own outcome is still to come
  const std::vector<std::string_view> names = split(find.text(0), kTextBreak);
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Writes the part of an outcome, and notes each of its children that was indexed before under other names: a copy
/// found in another place may be called otherwise there.
Result<std::uint64_t> SearchIndex::State::take(SearchIndex& index, Case& held, const Outcome& outcome) {
  if (outcome.stage == Stage::Mine) return std::uint64_t{0};  // brings readings, no text
  if (outcome.stage == Stage::Look) return take_pictures(outcome);
  if (outcome.stage == Stage::Open && TRY(id_of(outcome.part)) != 0) replaced = true;
  TRY(index.add(TRY(gather(held, outcome))));
  for (const Child& child : outcome.children) {
    if (!child.part) continue;
    const PartId id = child.part->id();
    if (some_fell && TRY(id_of(id)) == 0 && held.has(id, Stage::Open)) returned.push_back(id);
    if (child.name.empty()) continue;
    if (!renamed.contains(id) && !TRY(is_called(id, child.name))) renamed.insert(id);
  }
  return std::uint64_t{1};
}

/// Pages that were looked at bring no word. Where the part is not indexed yet, its other outcome comes, and gathers
/// them.
Result<std::uint64_t> SearchIndex::State::take_pictures(const Outcome& outcome) {
  const std::int64_t id = TRY(id_of(outcome.part));
  if (id == 0) return std::uint64_t{0};
  TRY(clear_pictures(id));
  TRY(write_pictures(entry_of(std::span(&outcome, 1), {}), id));
  return std::uint64_t{1};
}

/// What had lost its last place and stands again: its outcome lies behind the position, and those of what is inside it.
Result<std::uint64_t> SearchIndex::State::take_returned(SearchIndex& index, Case& held) {
  std::uint64_t written = 0;
  while (!returned.empty()) {
    const PartId id = returned.back();
    returned.pop_back();
    if (TRY(id_of(id)) != 0) continue;  // came with its own outcome meanwhile
    written += TRY(take(index, held, TRY(held.outcome(id, Stage::Open))));
  }
  return written;
}

/// Each once, however many copies came with this catching up.
Result<std::uint64_t> SearchIndex::State::take_renamed(SearchIndex& index, Case& held) {
  std::uint64_t written = 0;
  for (const PartId& id : renamed) {
    if (!TRY(names_changed(held, id)) || !held.has(id, Stage::Open)) continue;
    TRY(index.add(TRY(gather(held, TRY(held.outcome(id, Stage::Open))))));
    ++written;
  }
  return written;
}

/// A newer outcome may have taken the last place of what was found in its part before.
Result<void> SearchIndex::State::drop_what_fell(SearchIndex& index, Case& held) {
  std::vector<PartId> fallen;
  {
    Statement walk = TRY(database.prepare("SELECT part FROM docs"));
    while (TRY(walk.step())) {
      const PartId part = TRY(indexed_part(walk.bytes(0)));
      if (!TRY(held.stands(part))) fallen.push_back(part);
    }
  }
  for (const PartId& part : fallen) TRY(index.remove(part));
  return fallen.empty() ? Result<void>() : put_value("fell", "1");
}

Result<std::uint64_t> SearchIndex::catch_up(Case& held, const Watch& watch) {
  const std::uint64_t from = TRY(position());
  const std::uint64_t to = held.log_position();
  if (from == to) return std::uint64_t{0};
  TRY(begin());
  std::uint64_t written = 0;
  Headway way{"bringing the index up to date", 0, watch ? TRY(held.count_outcomes_since(from)) : 0,
              Headway::Unit::Outcomes};
  state_->renamed.clear();
  state_->replaced = false;
  state_->some_fell = !TRY(state_->value("fell")).empty();
  const auto take = [&]() -> Result<void> {
    TRY(held.outcomes_since(from, [&](const Outcome& outcome) -> Result<void> {
      written += TRY(state_->take(*this, held, outcome));
      ++way.done;
      return watch ? watch(way) : Result<void>();
    }));
    written += TRY(state_->take_returned(*this, held));
    written += TRY(state_->take_renamed(*this, held));
    return state_->replaced ? state_->drop_what_fell(*this, held) : Result<void>();
  };
  auto done = take();
  if (done) done = state_->put_value("position", std::to_string(to));
  if (done) done = commit();
  if (done) return written;
  state_->initials.forget();
  if (state_->database.in_transaction()) (void)state_->database.rollback();
  return wrap(std::move(done).error(), "bring the search index up to date");
}

}  // namespace careo
