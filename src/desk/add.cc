// SPDX-License-Identifier: Apache-2.0
#include "desk/add.h"

#include <algorithm>
#include <unordered_set>

#include "desk/show.h"

namespace careo {
namespace {

// Files read together in one throwaway case: enough to keep both crews busy, few enough that answers come early.
constexpr std::size_t kGroupFiles = 64;

// Merging the index costs 26 microseconds a part (bench/search) and pays for itself with the first few questions.
constexpr std::uint64_t kSettleParts = 20'000;

// Walks the places below a root in order, without recursion, and tells every outcome once.
class Teller {
 public:
  Teller(Session& session, const CrewOptions& crew, const std::function<void(const Met&)>& met)
      : session_(session), store_(*session.store), crew_(crew), met_(met) {}

  Result<FileEnd> tell(const std::string& file, const Part& root, Trail trail) {
    const PartRow ended = TRY(store_.part(root.id()));
    FileEnd end{file, std::string(ended.outcome()), ended.reason, 0, 0};
    struct Visit {
      PartId part;
      Trail trail;
    };
    std::vector<Visit> stack = {{root.id(), std::move(trail)}};
    while (!stack.empty()) {
      Visit visit = std::move(stack.back());
      stack.pop_back();
      ++end.parts;
      Outcome opened = TRY(store_.outcome(visit.part, Stage::Open));
      end.unread += opened.unread.size();
      if (store_.has(visit.part, Stage::Look)) end.unread += TRY(store_.outcome(visit.part, Stage::Look)).unread.size();
      if (!told_.insert(visit.part).second) continue;
      const std::size_t above = stack.size();
      for (const Child& child : opened.children) {
        Visit next{child.part->id(), visit.trail};
        next.trail.steps.push_back(child.step);
        stack.push_back(std::move(next));
      }
      std::reverse(stack.begin() + static_cast<std::ptrdiff_t>(above), stack.end());
      TRY(tell_part(file, visit.part, visit.trail, std::move(opened)));
    }
    return end;
  }

 private:
  Result<void> tell_part(const std::string& file, const PartId& id, const Trail& trail, Outcome opened) {
    const PartRow row = TRY(store_.part(id));
    const auto drawn = [this, &trail](const Region& region, int max_side) {
      Trail there = trail;
      there.region = region;
      return picture(session_, there, crew_, max_side);
    };
    met_({file, trail, row, std::move(opened), drawn});
    for (const Stage stage : {Stage::Look, Stage::Ocr, Stage::Mine})
      if (store_.has(id, stage)) met_({file, trail, row, TRY(store_.outcome(id, stage)), drawn});
    return {};
  }

  Session& session_;
  Case& store_;
  const CrewOptions& crew_;
  const std::function<void(const Met&)>& met_;
  std::unordered_set<PartId> told_;
};

struct NamedGathering {
  std::string file;
  Gathering gathering;
};

Result<void> read_group(const std::vector<NamedGathering>& group, const AddRequest& request, Progress& progress,
                        const StopFlag& stop, const std::function<void(const Met&)>& met,
                        const std::function<void(const FileEnd&)>& end) {
  const auto throwaway = TRY(Throwaway::make());
  Session& session = throwaway->session();
  IntakeOptions options = request.intake;
  options.indexing = Indexing::No;
  Intake intake(*session.store, *session.index, std::move(options), progress, stop);
  for (const NamedGathering& named : group) TRY(intake.keep(named.gathering));
  TRY(intake.open_all());
  TRY(intake.look_all());
  if (request.patience == Patience::Everything) TRY(intake.recognise_all());
  for (const NamedGathering& named : group) TRY(intake.mine_articles(named.gathering.source));
  TRY(intake.mine_all());
  for (const auto& [name, gathering] : group) {
    Teller teller(session, request.intake.crew, met);
    for (const SourceFile& file : gathering.source.files) {
      const std::string shown = gathering.source.files.size() == 1 ? name : name + "/" + file.path;
      if (!file.failure.empty()) {
        end({shown, "failed", file.failure, 1, 1});
        continue;
      }
      Trail trail{gathering.source.id, {Step::path(file.path)}, {}};
      end(TRY(teller.tell(shown, {file.sha256, file.length, {}}, std::move(trail))));
    }
  }
  return {};
}

}  // namespace

Result<void> add(Session& session, const AddRequest& request, Progress& progress, const StopFlag& stop) {
  Intake intake(*session.store, *session.index, request.intake, progress, stop);
  for (const std::string& path : request.paths) {
    TRY(intake.take_in(path, request.note));
  }
  if (request.paths.empty()) TRY(intake.open_all());
  if (intake.tally().done >= kSettleParts) TRY(intake.settle());
  TRY(intake.look_all());
  if (request.patience == Patience::Documents) return {};
  TRY(intake.recognise_all());
  return intake.mine_all();
}

Result<void> add_round(Session& session, const Gathering& round, const IntakeOptions& options, Progress& progress,
                       const StopFlag& stop) {
  Intake intake(*session.store, *session.index, options, progress, stop);
  TRY(intake.take_round(round));
  return intake.tally().done >= kSettleParts ? intake.settle() : Result<void>();
}

Result<void> look(Session& session, const IntakeOptions& options, Progress& progress, const StopFlag& stop) {
  return Intake(*session.store, *session.index, options, progress, stop).look_all();
}

Result<void> add_articles(Session& session, const AddRequest& request, Progress& progress, const StopFlag& stop) {
  AddRequest articles = request;
  articles.note.how = kArticle;
  Intake intake(*session.store, *session.index, articles.intake, progress, stop);
  for (const std::string& path : articles.paths) {
    const Gathering gathering = TRY(gather(path, articles.note, progress, stop));
    TRY(intake.keep(gathering));
    TRY(intake.open_all());
    TRY(intake.mine_articles(gathering.source));
  }
  return intake.look_all();
}

Result<void> read_article(Session& session, const Source& source, const IntakeOptions& options, Progress& progress,
                          const StopFlag& stop) {
  Intake intake(*session.store, *session.index, options, progress, stop);
  TRY(intake.open_all());
  TRY(intake.mine_articles(source));
  return intake.look_all();
}

Result<void> read_files(const AddRequest& request, Progress& progress, const StopFlag& stop,
                        const std::function<void(const Met&)>& met, const std::function<void(const FileEnd&)>& end) {
  std::vector<NamedGathering> group;
  const auto flush = [&]() -> Result<void> {
    if (!group.empty()) TRY(read_group(group, request, progress, stop, met, end));
    group.clear();
    return {};
  };
  for (const std::string& path : request.paths) {
    auto gathering = gather(path, request.note, progress, stop);
    if (!gathering && stop) return tl::unexpected(std::move(gathering).error());
    if (!gathering) {
      TRY(flush());
      end({path, "failed", why_not(gathering.error()), 1, 1});
      continue;
    }
    group.push_back({path, std::move(*gathering)});
    if (group.size() >= kGroupFiles) TRY(flush());
  }
  return flush();
}

}  // namespace careo
