// SPDX-License-Identifier: Apache-2.0
#include "desk/drops.h"

#include <algorithm>
#include <array>
#include <map>

namespace careo {
namespace {

// Of the smaller one, the share of files that make two sources drops of one leak.
constexpr std::size_t kShare = 2;

using Parts = std::vector<PartId>;  // sorted

Result<Parts> parts_of(Case& store, const Source& source) {
  return store.below(Trail{source.id, {}, {}});
}

std::uint64_t shared(const Parts& a, const Parts& b) {
  std::uint64_t out = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y) ++out;
    const bool before = *x <= *y;
    if (*y <= *x) ++y;
    if (before) ++x;
  }
  return out;
}

bool holds(const Parts& parts, const PartId& id) {
  return std::binary_search(parts.begin(), parts.end(), id);
}

struct Likeness {
  std::size_t bytes = 0;  // files of the same bytes, wherever they stand
  std::size_t paths = 0;  // files at the same path, whatever they hold
  std::size_t files() const { return std::max(bytes, paths); }
};

// Which of the sources so far has a file of that path, or of those bytes: thousands of files may have been added one by
// one, and are not to be compared each with each.
class Files {
 public:
  /// How much each source so far is like this one; those that share nothing are not named.
  std::map<std::size_t, Likeness> likeness_of(const Source& source) const {
    std::map<std::size_t, Likeness> out;
    for (const SourceFile& file : source.files) {
      if (const auto found = paths_.find(file.path); found != paths_.end())
        for (const std::size_t other : found->second) ++out[other].paths;
      if (const auto found = bytes_.find(file.sha256); found != bytes_.end() && holds_bytes(file))
        for (const std::size_t other : found->second) ++out[other].bytes;
    }
    return out;
  }

  void add(const Source& source, std::size_t number) {
    for (const SourceFile& file : source.files) {
      put(&paths_[file.path], number);
      if (holds_bytes(file)) put(&bytes_[file.sha256], number);
    }
  }

 private:
  static bool holds_bytes(const SourceFile& file) { return file.failure.empty() && file.length > 0; }
  static void put(std::vector<std::size_t>* numbers, std::size_t number) {
    if (numbers->empty() || numbers->back() != number) numbers->push_back(number);
  }

  std::map<std::string_view, std::vector<std::size_t>> paths_;
  std::map<Sha256, std::vector<std::size_t>> bytes_;
};

Part part_of(const SourceFile& file) {
  return {file.sha256, file.length, {}};
}

class Comparison {
 public:
  Comparison(Case& store, const Source& earlier, const Source& source, Drop* out)
      : store_(store), earlier_(earlier), source_(source), out_(out) {}

  Result<void> run() {
    before_ = TRY(parts_of(store_, earlier_));
    now_ = TRY(parts_of(store_, source_));
    out_->parts.same = shared(before_, now_);
    out_->parts.fresh = now_.size() - out_->parts.same;
    out_->parts.gone = before_.size() - out_->parts.same;
    TRY(files());
    std::sort(out_->changes.begin(), out_->changes.end());
    return {};
  }

 private:
  void note(Change change, const Source& source, std::vector<Step> steps, const std::string& name) {
    out_->changes.push_back({change, Trail{source.id, std::move(steps), {}}, name});
  }

  Result<void> files() {
    std::map<std::string_view, const SourceFile*> earlier;
    for (const SourceFile& file : earlier_.files) earlier[file.path] = &file;
    for (const SourceFile& file : source_.files) {
      const auto found = earlier.find(file.path);
      if (found == earlier.end()) {
        ++out_->files.fresh;
        note(Change::New, source_, {Step::path(file.path)}, file.path);
        continue;
      }
      const SourceFile& was = *found->second;
      earlier.erase(found);
      if (was.sha256 == file.sha256 && was.length == file.length && was.failure == file.failure) {
        ++out_->files.same;
        continue;
      }
      ++out_->files.changed;
      note(Change::Changed, source_, {Step::path(file.path)}, file.path);
      TRY(inside(was, earlier_, now_, Change::Gone));
      TRY(inside(file, source_, before_, Change::New));
    }
    for (const auto& [path, file] : earlier) {
      ++out_->files.gone;
      note(Change::Gone, earlier_, {Step::path(file->path)}, file->path);
    }
    return {};
  }

  // What stands directly in a file that changed, and not in the other drop at all.
  Result<void> inside(const SourceFile& file, const Source& source, const Parts& others, Change change) {
    if (!file.failure.empty()) return {};
    const PartId id = part_of(file).id();
    if (!store_.has(id, Stage::Open)) return {};
    for (const Child& child : TRY(store_.outcome(id, Stage::Open)).children) {
      if (!child.part || holds(others, child.part->id())) continue;
      const PartRow row = TRY(store_.part(child.part->id()));
      note(change, source, {Step::path(file.path), child.step}, child.name.empty() ? row.title : child.name);
    }
    return {};
  }

  Case& store_;
  const Source& earlier_;
  const Source& source_;
  Drop* out_;
  Parts before_, now_;
};

// The latest of those that are most alike.
Result<const Source*> earlier_drop(Case& store, const std::vector<Source>& sources, const Source& source,
                                   const Files& before) {
  const Source* best = nullptr;
  std::size_t most = 0;
  for (const auto& [number, like] : before.likeness_of(source)) {
    const Source& other = sources[number];
    const std::size_t smaller = std::min(other.files.size(), source.files.size());
    if (like.files() * kShare < smaller || like.files() < most) continue;
    if (like.bytes == 0 && shared(TRY(parts_of(store, other)), TRY(parts_of(store, source))) == 0) continue;
    best = &other;
    most = like.files();
  }
  return best;
}

}  // namespace

std::string_view name_of(Change change) {
  constexpr std::array<std::string_view, 3> kNames = {"new", "changed", "gone"};
  return kNames[static_cast<std::size_t>(change)];
}

Result<std::vector<Drop>> drops(Case& store, const std::function<bool(const SourceId&)>& wanted) {
  std::vector<Source> sources = TRY(store.sources());
  std::stable_sort(sources.begin(), sources.end(),
                   [](const Source& a, const Source& b) { return a.received < b.received; });
  Files before;
  std::vector<Drop> out;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (wanted(sources[i].id)) {
      Drop drop;
      drop.source = sources[i];
      if (const Source* const earlier = TRY(earlier_drop(store, sources, sources[i], before))) {
        drop.earlier = *earlier;
        TRY(Comparison(store, *earlier, sources[i], &drop).run());
      }
      out.push_back(std::move(drop));
    }
    before.add(sources[i], i);
  }
  return out;
}

}  // namespace careo
