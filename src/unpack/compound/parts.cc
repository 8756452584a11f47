// SPDX-License-Identifier: Apache-2.0
#include "unpack/compound/parts.h"

#include <algorithm>

namespace careo {
namespace {

using Taker = std::function<Result<void>(Bytes)>;

/// Appends what is in `storage` below tree[at].
void copy_below(CompoundFile& file, std::uint32_t storage, std::uint32_t at, std::vector<CompoundNode>* tree) {
  struct Waiting {
    std::uint32_t storage, at;
  };
  std::vector<Waiting> stack = {{storage, at}};
  while (!stack.empty()) {
    const Waiting top = stack.back();
    stack.pop_back();
    for (const CompoundEntry* entry : file.inside(top.storage)) {
      CompoundNode node;
      node.parent = top.at;
      node.name = entry->wide;
      node.clsid = entry->clsid;
      node.storage = entry->kind == CompoundEntry::Kind::Storage;
      if (node.storage) {
        stack.push_back({entry->id, static_cast<std::uint32_t>(tree->size())});
      } else {
        for (const ByteRun& run : file.runs(*entry)) node.size += run.length;
        node.pour = [&file, entry](const Taker& take) { return file.pour(*entry, take); };
      }
      tree->push_back(std::move(node));
    }
  }
}

}  // namespace

std::vector<CompoundNode> subtree(CompoundFile& file, const CompoundEntry& storage) {
  std::vector<CompoundNode> tree = {compound_root(storage.clsid)};
  copy_below(file, storage.id, 0, &tree);
  return tree;
}

std::vector<CompoundNode> message_subtree(CompoundFile& file, const CompoundEntry& storage) {
  // CLSID_MailMessage, which Outlook writes into each root.
  std::vector<CompoundNode> tree = {compound_root({0x0B, 0x0D, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46})};
  copy_below(file, storage.id, 0, &tree);
  constexpr std::size_t kInnerHead = 24;  // eight bytes shorter than that of a file's own message
  for (CompoundNode& node : tree) {
    if (node.storage || node.parent != 0 || node.name != u"__properties_version1.0") continue;
    Packer bytes;
    const Result<void> read = node.pour([&](Bytes piece) -> Result<void> {
      bytes.raw(piece);
      return {};
    });
    node.pour = nullptr;
    node.bytes = bytes.take();
    if (read && node.bytes.size() >= kInnerHead) node.bytes.insert(node.bytes.begin() + kInnerHead, 8, 0);
  }
  if (const CompoundEntry* names = file.find(0, "__nameid_version1.0")) {
    tree.push_back(compound_storage(0, "__nameid_version1.0"));
    copy_below(file, names->id, static_cast<std::uint32_t>(tree.size() - 1), &tree);
  }
  return tree;
}

bool CompoundParts::admits(std::string_view name) {
  if (!writer_.over().empty()) return false;
  if (budget_.depth_left > 0) return true;
  account_.unread({}, "nested too deep: " + std::string(name), sink_);
  return false;
}

// A limit ends the children, not the reading of the part.
Result<void> CompoundParts::derive(Child child, const std::function<Result<void>(const Taker&)>& pour) {
  const Result<void> begun = writer_.begin(std::move(child));
  if (!begun) return writer_.over().empty() ? begun : Result<void>{};
  ++count_;
  const Result<void> poured = pour([this](Bytes bytes) { return writer_.write(bytes); });
  TRY(writer_.end());
  if (poured || !writer_.over().empty()) return {};
  if (poured.error().fault != Fault::Refused) return poured;
  account_.unread({}, poured.error().text(), sink_);
  return {};
}

// False where the stream's bytes are another's already.
bool CompoundParts::take(const CompoundEntry& stream, std::string_view name) {
  if (given_.size() <= stream.id) given_.resize(stream.id + std::size_t{1}, false);
  given_[stream.id] = true;
  if (file_.own(stream)) return true;
  account_.unread({}, "shares its bytes with another stream: " + std::string(name), sink_);
  return false;
}

// Claims the stream's runs for its child; tells what is not there.
void CompoundParts::give_bytes(const CompoundEntry& stream, std::string_view name) {
  if (!take(stream, name)) return;
  std::uint64_t there = 0;
  for (const ByteRun& run : file_.runs(stream)) {
    account_.add(Claim::By::Child, run);
    there += run.length;
  }
  if (there < stream.size) account_.unread({}, "ends early: " + std::string(name), sink_);
}

// A child that is a range answers for one run, so it is given only with its bytes.
Result<void> CompoundParts::range(const CompoundEntry& stream, const ByteRun& run, Child child) {
  if (!take(stream, child.name)) return {};
  const Bytes head = TRY(file_.head(run));
  child.step = Step::range(run.offset, run.length);
  const Result<void> given = writer_.plain(std::move(child), head);
  if (!given) return writer_.over().empty() ? given : Result<void>{};
  ++count_;
  account_.add(Claim::By::Child, run);
  return {};
}

Result<void> CompoundParts::stream(const CompoundEntry& stream, std::string name, std::string media_type) {
  if (!admits(name)) return {};
  const std::vector<ByteRun> runs = file_.runs(stream);
  Child child;
  child.name = name;
  child.media_type = std::move(media_type);
  if (runs.size() == 1) {
    if (runs[0].length < stream.size) account_.unread({}, "ends early: " + name, sink_);
    return range(stream, runs[0], std::move(child));
  }
  child.step = Step::object(stream.id);
  give_bytes(stream, name);
  return derive(std::move(child), [&](const Taker& taker) { return file_.pour(stream, taker); });
}

Result<void> CompoundParts::wrapped(const CompoundEntry& stream, const ByteRun& inside, std::string name) {
  if (!admits(name)) return {};
  const std::vector<ByteRun> runs = file_.runs(stream);
  if (runs.size() != 1 || inside.offset > runs[0].length || inside.length > runs[0].length - inside.offset)
    return this->stream(stream, std::move(name), "");
  Child child;
  child.name = std::move(name);
  return range(stream, {runs[0].offset + inside.offset, inside.length}, std::move(child));
}

std::vector<ByteRun> CompoundParts::in_file(const CompoundEntry& stream, const std::vector<ByteRun>& spans) {
  if (mapped_.id != stream.id) {
    mapped_ = {stream.id, file_.runs(stream), {}};
    std::uint64_t at = 0;
    for (const ByteRun& run : mapped_.runs) {
      mapped_.begins.push_back(at);
      at += run.length;
    }
  }
  const std::vector<std::uint64_t>& begins = mapped_.begins;
  std::vector<ByteRun> out;
  for (const ByteRun& span : spans) {
    const auto first = std::upper_bound(begins.begin(), begins.end(), span.offset);
    for (auto i = static_cast<std::size_t>(first - begins.begin()); i > 0 && i <= begins.size(); ++i) {
      const ByteRun& run = mapped_.runs[i - 1];
      const std::uint64_t begin = std::max(span.offset, begins[i - 1]);
      const std::uint64_t end = std::min(span.end(), begins[i - 1] + run.length);
      if (end <= begin) break;
      const ByteRun piece = {run.offset + begin - begins[i - 1], end - begin};
      if (!out.empty() && out.back().end() == piece.offset) {
        out.back().length += piece.length;
      } else {
        out.push_back(piece);
      }
    }
  }
  return out;
}

Result<void> CompoundParts::spans(const CompoundEntry& stream, const std::vector<ByteRun>& spans, std::string name,
                                  const std::optional<Buffer>& made) {
  if (!admits(name)) return {};
  const std::vector<ByteRun> runs = in_file(stream, spans);
  if (runs.empty()) return {};
  Child child;
  child.name = std::move(name);
  if (runs.size() == 1 && !made) {
    child.step = Step::range(runs[0].offset, runs[0].length);
    const Bytes head = TRY(file_.head(runs[0]));
    const Result<void> given = writer_.plain(std::move(child), head);
    if (!given) return writer_.over().empty() ? given : Result<void>{};
    ++count_;
    account_.add(Claim::By::Child, runs[0]);
    return {};
  }
  child.step = Step::node(runs[0].offset);
  const std::uint64_t before = count_;
  TRY(derive(std::move(child), [&](const Taker& take) -> Result<void> {
    if (made) return take(*made);
    for (const ByteRun& run : runs) TRY(file_.pour(run, take));
    return {};
  }));
  if (count_ == before) return {};  // a limit: nothing answers for its bytes
  for (const ByteRun& run : runs) account_.add(Claim::By::Child, run);
  return {};
}

Result<void> CompoundParts::storage(const CompoundEntry& storage) {
  return this->storage(storage, subtree(file_, storage), storage.name, "application/x-ole-storage");
}

Result<void> CompoundParts::storages(std::uint32_t storage) {
  for (const CompoundEntry* entry : file_.inside(storage))
    if (entry->kind == CompoundEntry::Kind::Storage) TRY(this->storage(*entry));
  return {};
}

void CompoundParts::unread(const CompoundEntry& stream, std::string reason) {
  bool told = false;
  for (const ByteRun& run : take(stream, stream.name) ? file_.runs(stream) : std::vector<ByteRun>{}) {
    account_.unread(run, reason, sink_);
    told = true;
  }
  if (!told) account_.unread({}, std::move(reason), sink_);
}

Result<void> CompoundParts::storage(const CompoundEntry& storage, const std::vector<CompoundNode>& tree,
                                    std::string name, std::string media_type) {
  if (!admits(name)) return {};
  Child child;
  child.step = Step::object(storage.id);
  child.name = name;
  child.media_type = std::move(media_type);
  std::vector<std::uint32_t> stack = {storage.id};
  while (!stack.empty()) {
    const std::uint32_t top = stack.back();
    stack.pop_back();
    for (const CompoundEntry* entry : file_.inside(top)) {
      if (entry->kind == CompoundEntry::Kind::Storage) {
        stack.push_back(entry->id);
      } else if (entry->size > 0) {
        give_bytes(*entry, name);
      }
    }
  }
  return derive(std::move(child), [&](const Taker& take) { return write_compound(tree, take); });
}

Result<void> CompoundParts::made(Step step, Bytes bytes, std::string name, std::string media_type) {
  if (!admits(name)) return {};
  Child child;
  child.step = std::move(step);
  child.name = std::move(name);
  child.media_type = std::move(media_type);
  return derive(std::move(child), [&](const Taker& take) { return take(bytes); });
}

Result<void> CompoundParts::settle() {
  for (const CompoundEntry& entry : file_.entries())
    if (entry.lost && entry.kind == CompoundEntry::Kind::Stream && entry.size > 0) TRY(stream(entry, entry.name, ""));
  bool shared = false;
  for (const CompoundEntry& entry : file_.entries()) {
    const bool given = entry.id < given_.size() && given_[entry.id];
    if (entry.kind == CompoundEntry::Kind::Stream && entry.size > 0 && !given) shared |= !file_.own(entry);
  }
  if (shared) account_.unread({}, "streams share their bytes", sink_);
  for (const std::string& damage : file_.damage()) account_.unread({}, damage, sink_);
  if (!writer_.over().empty()) account_.unread({}, writer_.over(), sink_);
  std::uint64_t old = 0;
  const std::vector<ByteRun> leftovers = TRY(file_.leftovers());
  for (const ByteRun& run : leftovers) {
    account_.add(Claim::By::Unread, run);
    old += run.length;
  }
  if (old > 0) {
    Unread unread;
    unread.region.bytes = Region::Span{leftovers[0].offset, leftovers[0].end()};
    unread.length = old;
    unread.reason = "old bytes in free sectors";
    sink_.unread(std::move(unread));
  }
  account_.settle(size_, sink_);
  return {};
}

}  // namespace careo
