// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/pst.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "unpack/member.h"
#include "unpack/outlook/pst_folders.h"
#include "unpack/outlook/pst_item.h"
#include "unpack/outlook/pst_recovery.h"

namespace careo {
namespace {

constexpr std::string_view kName = "pst/2";
constexpr std::string_view kItemType = "application/vnd.ms-outlook";

class PstReader {
 public:
  PstReader(PstFile& file, const Budget& budget, Sink& sink)
      : file_(file), budget_(budget), sink_(sink), writer_(&sink, budget, file.size()) {}

  Result<void> read() {
    const PstNames names = TRY(PstNames::read(file_));
    store_ = TRY(read_pst_store(file_));
    collect_listed();
    const PstLeftovers leftovers = TRY(recover_pst(file_, budget_.children));
    for (const PstNode& node : leftovers.items) recovered_.insert(node.id);
    TRY(tell_store());
    TRY(give_items(names));
    TRY(own_the_rest());
    for (const PstNode& node : leftovers.versions) TRY(give_lost(names, node, "an earlier state"));
    TRY(give_lost_blocks(names));
    sink_.expect(expected_);
    for (const std::string& damage : file_.damage()) account_.unread({}, damage, sink_);
    if (!writer_.over().empty()) account_.unread({}, writer_.over(), sink_);
    claim(leftovers);
    return {};
  }

 private:
  static bool is_item(const PstNode& node) {
    return node.type() == PstNode::kMessage || node.type() == PstNode::kAssociated;
  }

  // What the folders list; each item once, and what is listed and not there told.
  void collect_listed() {
    for (const auto& [id, folder] : store_.folders) {
      if (!folder.search) expected_ += folder.stated + folder.associated.size();
      for (const auto* list : {&folder.items, &folder.associated}) {
        for (const std::uint32_t item : *list) {
          listed_.emplace(item, id);
          if (file_.node(item) == nullptr)
            file_.note(folder.path + " lists an item that is not there: node " + std::to_string(item));
        }
      }
    }
  }

  Result<void> tell(std::string kind, std::string value, Grade grade) {
    Reading out;
    out.kind = std::move(kind);
    out.value = std::move(value);
    out.grade = grade;
    out.reader = kName;
    return sink_.reading(std::move(out));
  }

  Result<void> tell_store() {
    constexpr std::string_view kCodings[] = {"none", "permute", "cyclic"};
    JsonWriter value;
    value.object().member("name", store_.name).member("format", name_of(file_.format()));
    value.member("encoding", kCodings[static_cast<int>(file_.coding())]);
    value.key("password").boolean(store_.password);
    value.member("folders", static_cast<std::int64_t>(store_.folders.size())).end();
    TRY(tell("mailbox", value.take(), Grade::Unconfirmed));
    for (const auto& [id, folder] : store_.folders) {
      JsonWriter one;
      one.object().member("path", folder.path).member("node", static_cast<std::int64_t>(id));
      if (!folder.container_class.empty()) one.member("class", folder.container_class);
      if (folder.search) {
        one.key("search").boolean(true);
      } else {
        one.member("items", static_cast<std::int64_t>(folder.items.size()));
        one.member("stated", static_cast<std::int64_t>(folder.stated));
        one.member("associated", static_cast<std::int64_t>(folder.associated.size()));
      }
      const bool same = folder.search || folder.items.size() == folder.stated;
      TRY(tell("folder", one.end().take(), same ? Grade::Unconfirmed : Grade::Inconsistent));
    }
    return {};
  }

  Result<void> give_items(const PstNames& names) {
    for (const PstNode& node : file_.nodes()) {
      if (!is_item(node)) continue;
      if (!writer_.over().empty()) return {};
      const bool listed = listed_.contains(node.id);
      if (!listed) ++expected_;
      const std::size_t before = file_.owned();
      const Result<PstItem> item = read_pst_item(file_, names, node, {.depth = budget_.depth_left});
      if (!item) {
        if (item.error().fault == Fault::Io) return tl::unexpected<Error>(item.error());
        file_.give_back(before);
        if (recovered_.contains(node.id)) {
          --expected_;  // nothing says that it ought to be here
        } else {
          file_.note("item " + std::to_string(node.id) + ": " + item.error().text());
        }
        continue;
      }
      const Step step = Step::node(node.id);
      const bool lost = recovered_.contains(node.id);
      std::string name = name_of_item(node, *item, listed ? "" : lost ? "[recovered]/" : "[orphan]/");
      if (!TRY(give(step, std::move(name), *item))) {
        file_.give_back(before);
        continue;
      }
      if (!listed) TRY(tell_unlisted(step, node, *item, lost ? "found in free space" : "in no folder's list"));
    }
    return {};
  }

  std::string folder_path(const PstNode& node) const {
    const auto listed = listed_.find(node.id);
    const auto folder = store_.folders.find(listed == listed_.end() ? node.parent : listed->second);
    return folder == store_.folders.end() ? std::string() : folder->second.path;
  }

  std::string name_of_item(const PstNode& node, const PstItem& item, std::string mark) const {
    std::string out = std::move(mark) + folder_path(node);
    if (!out.empty() && out.back() != '/') out += '/';
    return out + (item.subject.empty() ? item.message_class : item.subject);
  }

  /// False where a limit keeps it out.
  Result<bool> give(const Step& step, std::string name, const PstItem& item) {
    if (budget_.depth_left == 0) {
      file_.note("nested too deep");
      return false;
    }
    Child child;
    child.step = step;
    child.name = std::move(name);
    child.media_type = kItemType;
    const Result<void> begun = writer_.begin(std::move(child));
    if (!begun && writer_.over().empty()) return tl::unexpected<Error>(begun.error());
    if (!begun) return false;
    const Result<void> written = write_compound(item.tree, [this](Bytes bytes) { return writer_.write(bytes); });
    if (!written && writer_.over().empty()) return tl::unexpected<Error>(written.error());
    TRY(writer_.end());
    return true;
  }

  Result<void> tell_unlisted(const Step& step, const PstNode& node, const PstItem& item, std::string_view why) {
    JsonWriter value;
    value.object().member("step", step.print()).member("why", why);
    value.member("folder", folder_path(node)).member("subject", item.subject).end();
    return tell("recovered", value.take(), Grade::Unconfirmed);
  }

  /// A message whose blocks stand and that no node of the store is; its address is its block.
  Result<void> give_lost(const PstNames& names, const PstNode& node, std::string_view why) {
    const PstBlock* block = file_.find(node.data);
    if (block == nullptr || block->owner != PstBlock::Owner::None || !writer_.over().empty()) return {};
    const std::size_t before = file_.owned();
    const Result<PstItem> item = read_pst_item(file_, names, node, {.depth = budget_.depth_left});
    if (!item && item.error().fault == Fault::Io) return tl::unexpected<Error>(item.error());
    const Step step = Step::object(node.data);
    if (item && !item->message_class.empty()) {
      ++expected_;
      if (TRY(give(step, name_of_item(node, *item, "[recovered]/"), *item)))
        return tell_unlisted(step, node, *item, why);
    }
    file_.give_back(before);
    return {};
  }

  // Messages in blocks that nothing leads to. Lists of blocks come first, since what they list is theirs. Which list of
  // nodes was a message's cannot be told any more, so its recipients and attachments are not guessed.
  Result<void> give_lost_blocks(const PstNames& names) {
    std::vector<std::uint64_t> lost;
    for (const bool internal : {true, false}) {
      for (const PstBlock& block : file_.blocks())
        if (block.owner == PstBlock::Owner::None && block.internal() == internal) lost.push_back(block.id);
    }
    for (const std::uint64_t id : lost) {
      PstNode node;
      node.data = id;
      if (TRY(is_message(node)))
        TRY(give_lost(names, node, "a block without a node: recipients and attachments unknown"));
    }
    return {};
  }

  Result<bool> is_message(const PstNode& node) {
    const Result<PstHeap> heap = PstHeap::open(file_, node, PstBlock::Owner::None);
    if (!heap) return heap.error().fault == Fault::Io ? Result<bool>(tl::unexpected<Error>(heap.error())) : false;
    if (heap->kind() != PstHeap::kProperties) return false;
    bool found = false;
    const Result<void> read = heap->records(heap->root(), [&](Bytes key, Bytes) -> Result<void> {
      found |= key.size() == 2 && *Cursor(key).u16le() == mapi::kMessageClass;
      return {};
    });
    return read && found;
  }

  // Tables, folders and settings: their blocks are the store's own. What no node leads to is left without an owner.
  Result<void> own_the_rest() {
    for (const PstNode& node : file_.nodes()) {
      if (!is_item(node)) TRY(own(node));
    }
    return {};
  }

  Result<void> own(const PstNode& node) {
    std::vector<PstNode> stack = {node};
    std::size_t seen = 0;
    while (!stack.empty() && seen++ < file_.blocks().size() + 16) {
      const PstNode top = stack.back();
      stack.pop_back();
      const Result<std::vector<std::uint64_t>> data = file_.data_blocks(top.data, PstBlock::Owner::Structure);
      if (!data && data.error().fault == Fault::Io) return tl::unexpected<Error>(data.error());
      const Result<std::vector<PstNode>> below = file_.subnodes(top.subnodes, PstBlock::Owner::Structure);
      if (!below && below.error().fault == Fault::Io) return tl::unexpected<Error>(below.error());
      if (below) stack.insert(stack.end(), below->begin(), below->end());
    }
    return {};
  }

  void claim(const PstLeftovers& leftovers) {
    std::uint64_t unowned = 0;
    ByteRun first;
    for (const PstBlock& block : file_.blocks()) {
      const ByteRun run = file_.run_of(block);
      if (block.owner == PstBlock::Owner::Item) account_.add(Claim::By::Child, run);
      if (block.owner != PstBlock::Owner::None || run.length == 0) continue;
      account_.add(Claim::By::Unread, run);
      if (unowned == 0) first = run;
      unowned += run.length;
    }
    tell_unread(first, unowned, "blocks that nothing in the store uses");
    std::uint64_t unknown = 0;
    for (const ByteRun& run : leftovers.unknown) {
      account_.add(Claim::By::Unread, run);
      unknown += run.length;
    }
    tell_unread(leftovers.unknown.empty() ? ByteRun{} : leftovers.unknown[0], unknown, "old bytes in free space");
    account_.settle(file_.size(), sink_);
  }

  void tell_unread(const ByteRun& first, std::uint64_t length, std::string reason) {
    if (length == 0) return;
    Unread out;
    out.region.bytes = Region::Span{first.offset, first.end()};
    out.length = length;
    out.reason = std::move(reason);
    sink_.unread(std::move(out));
  }

  PstFile& file_;
  const Budget& budget_;
  Sink& sink_;
  MemberWriter writer_;
  Account account_;
  PstStore store_;
  std::map<std::uint32_t, std::uint32_t> listed_;  // item, folder
  std::set<std::uint32_t> recovered_;
  std::uint64_t expected_ = 0;
};

class PstOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override { return PstFile::may(head); }
  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    sink.media_type("application/vnd.ms-outlook-pst");
    PstFile file = TRY(PstFile::open(part));
    return PstReader(file, budget, sink).read();
  }
};

}  // namespace

const Opener* pst_opener() {
  static const PstOpener opener;
  return &opener;
}

}  // namespace careo
