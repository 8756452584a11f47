// SPDX-License-Identifier: Apache-2.0
#include "desk/forget.h"

#include <algorithm>

namespace careo {

Result<Forgetting> forget(Session& session, const ForgetRequest& request) {
  if (request.by.empty()) return fail(Fault::Refused, "who forgets? a name is needed");
  if (request.reason.empty()) return fail(Fault::Refused, "why? a reason is needed, and stays in the case");
  session.index.reset();  // it stands in a database that goes
  Forgetting out = TRY(session.store->forget(request.trail, request.at, request.by, request.reason));
  session.index = TRY(SearchIndex::open(session.store->index_database()));
  TRY(session.index->catch_up(*session.store));
  return out;
}

std::vector<Relative> without(std::vector<Relative> relatives, const Forgetting& forgetting) {
  std::erase_if(relatives, [&forgetting](const Relative& relative) {
    return std::any_of(forgetting.goes.begin(), forgetting.goes.end(), [&relative](const Forgetting::Row& row) {
      return row.trail.source == relative.trail.source && row.trail.steps == relative.trail.steps;
    });
  });
  return relatives;
}

Result<Forgotten> Forgotten::of(Case& store) {
  Forgotten out;
  out.stones_ = TRY(store.tombstones());
  return out;
}

std::optional<LeftOut> Forgotten::leaves_out(const SourceFile& file) const {
  for (const Tombstone& stone : stones_)
    if (file.failure.empty() && stone.holds(file.sha256)) return LeftOut{file.path, stone.at, stone.by, stone.reason};
  return std::nullopt;
}

bool Forgotten::emptied(const Sha256& bytes) const {
  return std::any_of(stones_.begin(), stones_.end(),
                     [&bytes](const Tombstone& stone) { return stone.was_emptied(bytes); });
}

Gathering Forgotten::without(Gathering gathering, Progress* progress) const {
  if (stones_.empty()) return gathering;
  Gathering out{gathering.source, {}, gathering.head, gathering.replaces};
  out.source.files.clear();
  for (std::size_t i = 0; i < gathering.source.files.size(); ++i) {
    if (auto left = leaves_out(gathering.source.files[i])) {
      left->path = gathering.on_disk[i];
      progress->left_out(*left);
      continue;
    }
    out.source.files.push_back(std::move(gathering.source.files[i]));
    out.on_disk.push_back(std::move(gathering.on_disk[i]));
  }
  return out;
}

}  // namespace careo
