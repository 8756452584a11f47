// SPDX-License-Identifier: Apache-2.0
#include "desk/retry.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "desk/add.h"
#include "evidence/locked.h"

namespace careo {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // what editors of Windows begin a file with

}  // namespace

Result<std::vector<std::string>> passwords_in_lines(std::string_view lines) {
  const auto refusal =
      fail(Fault::Refused, "at most " + std::to_string(kMostPasswords) + " lines of UTF-8, each at most " +
                               std::to_string(kLongestPassword) + " bytes long");
  std::vector<std::string> out;
  if (lines.size() > kLongestPasswordList) return refusal;
  if (lines.starts_with(kByteOrderMark)) lines.remove_prefix(kByteOrderMark.size());
  for (std::string_view line : split(lines, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (!is_utf8(line) || line.size() > kLongestPassword || out.size() == kMostPasswords) return refusal;
    out.emplace_back(line);
  }
  return out;
}

namespace {

class Retry {
 public:
  Retry(Session& session, const RetryRequest& request, Progress& progress, const StopFlag& stop)
      : store_(*session.store),
        progress_(progress),
        what_(request.what),
        intake_(store_, *session.index, request.intake, progress, stop) {}

  Result<Retried> run(const std::optional<Trail>& trail) {
    if (trail) TRY(choose(*trail));
    std::set<PartId> again = TRY(unfinished(Stage::Open));
    const std::set<PartId> locked = what_ == RetryRequest::What::Locked ? TRY(still_locked(again)) : std::set<PartId>{};
    if (trail && !trail->steps.empty()) again.insert(TRY(store_.find(*trail)));
    TRY(intake_.open_again({again.begin(), again.end()}));
    TRY(intake_.open_all());  // what an interrupted retry left behind
    const std::set<PartId> shut = TRY(still_locked(locked));
    if (what_ == RetryRequest::What::Locked) progress_.unlocked({locked.size(), locked.size() - shut.size()});
    std::set<PartId> changed = told(again);
    TRY(follow(Stage::Look, &changed));
    TRY(intake_.look_all());  // behind it, lest what is cut now is looked at twice
    TRY(follow(Stage::Ocr, &changed));
    TRY(follow(Stage::Mine, &changed));
    return Retried{met_.size(), TRY(standing(changed))};
  }

 private:
  Result<void> choose(const Trail& trail) {
    const std::vector<PartId> below = TRY(store_.below(trail));
    chosen_.emplace(below.begin(), below.end());
    return {};
  }

  Result<std::set<PartId>> unfinished(Stage stage) {
    std::set<PartId> out;
    for (const PartId& id : TRY(store_.unfinished(stage)))
      if ((!chosen_ || chosen_->contains(id)) && TRY(wanted(id, stage)) && store_.bytes(id, 0, 1))
        out.insert(id);  // else it vanished for good
    return out;
  }

  // A later stage has no locks.
  Result<bool> wanted(const PartId& id, Stage stage) {
    if (what_ == RetryRequest::What::Unfinished) return true;
    return stage == Stage::Open && waits_for_password(TRY(store_.outcome(id, stage)));
  }

  // Of these, those that nobody could open so far. What lists its locked members counts by them, and not for itself.
  Result<std::set<PartId>> still_locked(const std::set<PartId>& parts) {
    std::set<PartId> out;
    for (const PartId& id : parts) {
      if (!TRY(store_.stands(id))) continue;
      const Outcome outcome = TRY(store_.outcome(id, Stage::Open));
      const bool lists_them = std::any_of(outcome.children.begin(), outcome.children.end(),
                                          [](const Child& child) { return child.hints.media_type == kLockedType; });
      if (!lists_them && waits_for_password(outcome)) out.insert(id);
    }
    return out;
  }

  // Counts what was read again; the parts among it that say something else now.
  std::set<PartId> told(const std::set<PartId>& again) {
    met_.insert(again.begin(), again.end());
    return {intake_.replaced().begin(), intake_.replaced().end()};
  }

  // What has no place any more is no news: a locked member that was tried once more beside its container, which opened.
  Result<std::size_t> standing(const std::set<PartId>& parts) {
    std::size_t out = 0;
    for (const PartId& id : parts) out += TRY(store_.stands(id)) ? 1U : 0U;
    return out;
  }

  // A later stage that was not finished, or that had read what now says something else.
  Result<void> follow(Stage stage, std::set<PartId>* changed) {
    std::set<PartId> again = TRY(unfinished(stage));
    for (const PartId& id : *changed)
      if (store_.has(id, stage) && TRY(store_.stands(id))) again.insert(id);
    if (again.empty()) return {};
    const std::vector<PartId> parts(again.begin(), again.end());
    if (stage == Stage::Mine) return mine(again, changed);
    TRY(stage == Stage::Look ? intake_.look_again(parts) : intake_.recognise_again(parts));
    changed->merge(told(again));
    return {};
  }

  // An article's statements are read along.
  Result<void> mine(const std::set<PartId>& again, std::set<PartId>* changed) {
    std::set<PartId> articles;
    for (const Source& source : TRY(store_.sources()))
      if (source.how == kArticle)
        for (const SourceFile& file : source.files) articles.insert(Part{file.sha256, file.length, {}}.id());
    std::vector<PartId> kinds[2];
    for (const PartId& id : again) kinds[articles.contains(id) ? 1 : 0].push_back(id);
    for (const bool article : {false, true}) {
      if (kinds[article ? 1 : 0].empty()) continue;
      TRY(intake_.mine_again(kinds[article ? 1 : 0], article));
      changed->merge(told({kinds[article ? 1 : 0].begin(), kinds[article ? 1 : 0].end()}));
    }
    return {};
  }

  Case& store_;
  Progress& progress_;
  const RetryRequest::What what_;
  Intake intake_;
  std::optional<std::set<PartId>> chosen_;
  std::set<PartId> met_;
};

}  // namespace

Result<Retried> retry(Session& session, const RetryRequest& request, Progress& progress, const StopFlag& stop) {
  return Retry(session, request, progress, stop).run(request.trail);
}

}  // namespace careo
