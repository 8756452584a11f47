// SPDX-License-Identifier: Apache-2.0
#include "store/forget_plan.h"

#include <algorithm>

#include "store/hollow.h"

namespace careo {
namespace {

struct Edge {
  Row from = 0;
  Row to = 0;
  auto operator<=>(const Edge&) const = default;
};

// Everything that edges lead to from `open`; `met` says whether to go on there.
template <typename Met>
void walk(const std::vector<Edge>& edges, std::vector<Row> open, Met met) {
  while (!open.empty()) {
    std::vector<Row> next;
    for (const Row row : open)
      for (auto edge = std::lower_bound(edges.begin(), edges.end(), Edge{row, INT64_MIN});
           edge != edges.end() && edge->from == row; ++edge)
        if (met(row, edge->to)) next.push_back(edge->to);
    open = std::move(next);
  }
}

Result<std::vector<Row>> rows_of(Statement* query) {
  std::vector<Row> out;
  while (TRY(query->step())) out.push_back(query->integer(0));
  return out;
}

}  // namespace

// The part at the trail is meant with its bytes: wherever else they stand, and however they are read there.
Result<void> CaseStore::name_what_goes(const Trail& trail, ForgetPlan* plan) {
  Database& db = catalog_->database();
  if (trail.steps.empty()) {
    const auto source = TRY(catalog_->source_row(trail.source));
    if (!source) return fail(Fault::NotFound, "no such source", trail.print());
    plan->source = *source;
    auto places = TRY(db.prepare("SELECT step, child FROM places WHERE parent=?1"));
    places.bind(1, -plan->source);
    while (TRY(places.step())) {
      plan->places.emplace(-plan->source, places.text(0));
      if (places.integer(1) > 0) plan->named.insert(places.integer(1));
    }
    return {};
  }
  const Part part = TRY(this->part(TRY(find(trail)))).part;
  {
    auto same = TRY(db.prepare("SELECT id FROM parts WHERE sha=?1 AND length=?2"));
    same.bind(1, Bytes(part.sha256.bytes)).bind(2, part.length);
    for (const Row row : TRY(rows_of(&same))) plan->named.insert(row);
  }
  for (const Row row : plan->named) {
    auto places = TRY(db.prepare("SELECT parent, step FROM places WHERE child=?1"));
    places.bind(1, row);
    while (TRY(places.step())) plan->places.emplace(places.integer(0), places.text(1));
  }
  return {};
}

Result<void> CaseStore::follow_places(ForgetPlan* plan) {
  Database& db = catalog_->database();
  std::vector<Edge> all, left, up;
  std::vector<Row> sources;
  {
    // A place that goes is known by its parent and step; only those of the parts named can be among them.
    auto places = TRY(db.prepare("SELECT parent, child, step FROM places WHERE child>0"));
    while (TRY(places.step())) {
      const Edge edge{places.integer(0), places.integer(1)};
      all.push_back(edge);
      const bool goes =
          plan->named.contains(edge.to) && plan->places.contains({edge.from, std::string(places.text(2))});
      if (!goes) left.push_back(edge);
      up.push_back({edge.to, edge.from});
    }
    auto roots = TRY(db.prepare("SELECT -id FROM sources"));
    sources = TRY(rows_of(&roots));
  }
  for (std::vector<Edge>* edges : {&all, &left, &up}) std::sort(edges->begin(), edges->end());
  walk(left, sources, [plan](Row from, Row to) { return plan->above.emplace(to, from).second; });
  walk(all, {plan->named.begin(), plan->named.end()}, [plan](Row, Row to) { return plan->inside.insert(to).second; });
  {
    auto standing = TRY(db.prepare("SELECT id FROM parts WHERE depth<1000000"));
    for (const Row row : TRY(rows_of(&standing)))
      if (!plan->above.contains(row)) plan->gone.insert(row);
  }
  TRY(find_gone_ids(plan));
  std::vector<Row> containers;
  const auto holds_it = [plan](Row, Row row) {
    return row > 0 && plan->above.contains(row) && plan->hollow.insert(row).second;
  };
  for (const auto& [parent, step] : plan->places)
    if (holds_it(0, parent)) containers.push_back(parent);
  for (const Row row : TRY(older_holders(*plan)))
    if (holds_it(0, row)) containers.push_back(row);
  walk(up, std::move(containers), holds_it);
  return {};
}

// With those of the same bytes that stood once, and that an older outcome or a decision may still name.
Result<void> CaseStore::find_gone_ids(ForgetPlan* plan) {
  std::set<Sha256> bytes;
  for (const Row row : plan->gone) bytes.insert(TRY(sha_of(row)));
  auto query = TRY(catalog_->database().prepare("SELECT id, hash, sha FROM parts WHERE sha IS NOT NULL"));
  while (TRY(query.step()))
    if (!plan->above.contains(query.integer(0)) && bytes.contains(TRY(sha_from(query.bytes(2)))))
      plan->gone_ids.insert(TRY(sha_from(query.bytes(1))));
  return {};
}

// An outcome that a newer one took the place of may name what goes all the same; then its container's bytes hold it.
Result<std::vector<Row>> CaseStore::older_holders(const ForgetPlan& plan) {
  std::vector<std::pair<Address, Row>> older;
  {
    auto query = TRY(catalog_->database().prepare("SELECT address, part FROM superseded ORDER BY address"));
    while (TRY(query.step()))
      if (plan.above.contains(query.integer(1)))
        older.emplace_back(Address::of(static_cast<std::uint64_t>(query.integer(0))), query.integer(1));
  }
  std::vector<Row> out;
  for (const auto& [address, row] : older) {
    const Outcome outcome = TRY(outcome_at(address));
    const bool held = std::any_of(outcome.children.begin(), outcome.children.end(), [&plan](const Child& child) {
      return child.part && plan.gone_ids.contains(child.part->id());
    });
    if (held) out.push_back(row);
  }
  return out;
}

Result<void> CaseStore::find_touched(ForgetPlan* plan) {
  Database& db = catalog_->database();
  for (const Row row : plan->hollow) plan->lost.insert(TRY(sha_of(row)));
  const std::set<Sha256> hollow = plan->lost;
  for (const Row row : plan->gone) plan->lost.insert(TRY(sha_of(row)));
  // The same bytes under other hints: they stay with what they are, unless they hold what goes.
  const std::set<Sha256> touched = plan->lost;
  {
    auto standing = TRY(db.prepare("SELECT id, sha FROM parts WHERE depth<1000000"));
    while (TRY(standing.step())) {
      const Row row = standing.integer(0);
      const Sha256 sha = TRY(sha_from(standing.bytes(1)));
      if (plan->gone.contains(row) || !touched.contains(sha)) continue;
      if (!hollow.contains(sha)) plan->lost.erase(sha);
      (hollow.contains(sha) ? plan->hollow : plan->inside).insert(row);
    }
  }
  plan->anew = plan->hollow;
  return find_decisions(plan);
}

// Those that name what goes go too. A later decision stands before an earlier one: where one is written anew, all that
// speak of the same parts are, so that they keep their order.
Result<void> CaseStore::find_decisions(ForgetPlan* plan) {
  std::set<PartId> touched;
  for (const Row row : plan->anew) touched.insert(TRY(id_of(row)));
  std::vector<std::pair<PartId, PartId>> stay;
  for (const Decision& decision : TRY(decisions())) {
    const PartId &first = decision.first.part, &second = decision.second.part;
    const bool goes = plan->gone_ids.contains(first) || plan->gone_ids.contains(second);
    plan->decisions += goes ? 1U : 0U;
    if (plan->gone_ids.contains(first)) continue;
    if (goes) touched.insert(first);  // its key seals the word
    stay.emplace_back(first, goes ? first : second);
  }
  for (bool more = true; more;) {
    more = false;
    for (const auto& [first, second] : stay)
      if (touched.contains(first) != touched.contains(second)) {
        touched.insert({first, second});
        more = true;
      }
  }
  for (const auto& [first, second] : stay)
    if (const auto row = TRY(catalog_->row_of(first)); row && touched.contains(first)) plan->anew.insert(*row);
  return {};
}

Result<CaseStore::ForgetPlan> CaseStore::plan_forgetting(const Trail& trail) {
  TRY(catalog_->settle());
  ForgetPlan out;
  TRY(name_what_goes(trail, &out));
  TRY(follow_places(&out));
  TRY(find_touched(&out));
  return out;
}

// The way that is left to a part that stays.
Result<Trail> CaseStore::trail_left(const ForgetPlan& plan, Row row) {
  Trail out;
  for (Row at = row; at > 0;) {
    const Row parent = plan.above.at(at);
    auto query =
        TRY(catalog_->database().prepare("SELECT step FROM places WHERE parent=?1 AND child=?2 ORDER BY step"));
    query.bind(1, parent).bind(2, at);
    std::string step;
    while (step.empty() && TRY(query.step()))
      if (!plan.places.contains({parent, std::string(query.text(0))})) step = query.text(0);
    out.steps.push_back(TRY(Step::parse(step)));
    at = parent;
    if (at > 0) continue;
    auto source = TRY(catalog_->database().prepare("SELECT name FROM sources WHERE id=?1"));
    source.bind(1, -at);
    if (!TRY(source.step())) return fail(Fault::Malformed, "a place of a source that is not there");
    out.source = source.text(0);
  }
  std::reverse(out.steps.begin(), out.steps.end());
  return out;
}

Result<Forgetting::Row> CaseStore::told_row(Row row, Trail trail) {
  auto query = TRY(catalog_->database().prepare(
      "SELECT length, coalesce(nullif(title, ''), (SELECT min(name) FROM places WHERE child=parts.id))"
      " FROM parts WHERE id=?1"));
  query.bind(1, row);
  if (!TRY(query.step())) return fail(Fault::Malformed, "a part went from the catalog");
  return Forgetting::Row{std::move(trail), std::string(query.text(1)), static_cast<std::uint64_t>(query.integer(0))};
}

// Each place of what was named, as far as something standing holds it, and what goes with it.
Result<std::vector<Forgetting::Row>> CaseStore::rows_that_go(const ForgetPlan& plan) {
  Database& db = catalog_->database();
  std::vector<Forgetting::Row> out;
  for (const auto& [parent, step] : plan.places) {
    Row child = 0;
    {
      auto query =
          TRY(db.prepare("SELECT s.child FROM places s LEFT JOIN parts p ON p.id=s.parent"
                         " WHERE s.parent=?1 AND s.step=?2 AND (s.parent<0 OR p.depth<1000000)"));
      query.bind(1, parent).bind(2, step);
      if (!TRY(query.step())) continue;
      child = query.integer(0);
    }
    const Trail trail = TRY(Trail::parse(printed(TRY(trails_.of_place(&db, parent, step)))));
    out.push_back(child > 0 ? TRY(told_row(child, trail)) : Forgetting::Row{trail, "", 0});
  }
  for (const Row row : plan.gone)
    if (!plan.named.contains(row))
      out.push_back(TRY(told_row(row, TRY(Trail::parse(printed(TRY(trails_.first(&db, row))))))));
  return out;
}

Result<bool> CaseStore::still_names(const ForgetPlan& plan, Row container) {
  const auto address = TRY(outcome_address(container, Stage::Open));
  if (!address) return false;
  Outcome outcome = TRY(outcome_at(*address));
  const auto goes = [&plan](const PartId& id) { return plan.gone_ids.contains(id); };
  std::vector<std::string> names;
  for (const Child& child : outcome.children)
    if (child.part && goes(child.part->id())) names.push_back(child.name);
  return mentions(hollowed(std::move(outcome), goes), names);
}

Result<Forgetting> CaseStore::told(const ForgetPlan& plan) {
  Forgetting out;
  out.parts = plan.gone.size();
  out.decisions = plan.decisions;
  out.goes = TRY(rows_that_go(plan));
  std::unordered_set<Row> met = plan.inside;
  if (plan.source != 0) met.insert(plan.named.begin(), plan.named.end());
  for (const Row row : met)
    if (plan.above.contains(row)) out.stays.push_back(TRY(told_row(row, TRY(trail_left(plan, row)))));
  for (const Row row : plan.hollow) {
    out.hollow.push_back(TRY(told_row(row, TRY(trail_left(plan, row)))));
    if (TRY(still_names(plan, row))) out.mentions.push_back(out.hollow.back());
  }
  for (std::vector<Forgetting::Row>* rows : {&out.goes, &out.hollow, &out.stays, &out.mentions})
    std::sort(rows->begin(), rows->end());
  return out;
}

Result<Forgetting> CaseStore::would_forget(const Trail& trail) {
  return told(TRY(plan_forgetting(trail)));
}

}  // namespace careo
