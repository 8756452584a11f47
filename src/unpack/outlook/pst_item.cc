// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/pst_item.h"

#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "unpack/outlook/mapi_text.h"

namespace careo {
namespace {

using Taker = std::function<Result<void>(Bytes)>;
constexpr PstBlock::Owner kItem = PstBlock::Owner::Item;
constexpr std::uint32_t kRecipients = 0x692;  // [MS-PST] 2.4.5.1
constexpr std::uint32_t kMostListed = 100'000;
constexpr std::uint64_t kSlack = 64ULL << 20;  // what a small store may pack
constexpr mapi::Guid kMailMessage = {0x0B, 0x0D, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46};

bool is_list(std::uint16_t type) {
  return (type & mapi::kMany) != 0;
}
bool is_text(std::uint16_t type) {
  return type == mapi::kUnicode || type == mapi::kString8;
}

std::string stream_name(std::uint32_t tag) {
  char out[32];
  std::snprintf(out, sizeof out, "__substg1.0_%08X", tag);
  return out;
}

class ItemWriter {
 public:
  ItemWriter(PstFile& file, const PstNames& names, const PstItemLimits& limits)
      : file_(file), names_(names), limits_(limits) {}

  Result<PstItem> write(const PstNode& node) {
    out_.tree.push_back(compound_root(kMailMessage));
    waiting_.push_back({node, 0, 0});
    bool first = true;
    while (!waiting_.empty()) {
      const Message message = waiting_.back();
      waiting_.pop_back();
      const Result<void> done = this->message(message);
      if (!done && (first || done.error().fault == Fault::Io)) return tl::unexpected<Error>(done.error());
      if (!done) file_.note("a message in node " + std::to_string(node.id) + ": " + done.error().text());
      first = false;
    }
    write_names();
    write_lists();
    return std::move(out_);
  }

 private:
  struct Message {
    PstNode node;
    std::uint32_t at;  ///< its storage in the tree
    unsigned depth;
  };
  /// An object whose list of properties is written when all names are known.
  struct Object {
    std::uint32_t at;
    Packer head;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> entries;  ///< tag as the store has it, value
  };

  Result<void> message(const Message& message) {
    const PstHeap heap = TRY(PstHeap::open(file_, message.node, kItem));
    Result<std::vector<PstValue>> values = pst_properties(heap, kItem);
    if (!values) return tl::unexpected<Error>(values.error());
    if (message.at == 0) describe(*values);
    Object object{message.at, {}, {}};
    for (PstValue& value : *values) TRY(property(&object, std::move(value)));
    const std::uint32_t recipients = TRY(write_recipients(heap, message.at));
    const std::uint32_t attachments = TRY(write_attachments(heap, message));
    if (message.at == 0) out_.attachments = attachments;
    object.head.u64le(0).u32le(recipients).u32le(attachments).u32le(recipients).u32le(attachments);
    if (message.at == 0) object.head.u64le(0);
    objects_.push_back(std::move(object));
    return {};
  }

  void describe(const std::vector<PstValue>& values) {
    const auto text = [](const PstValue& value) { return decode_mapi_text(value.bytes, value.type, 0).utf8; };
    for (const PstValue& value : values) {
      if (value.id == mapi::kMessageClass) out_.message_class = text(value);
      if (value.id == mapi::kSubject) out_.subject = without_subject_marks(text(value));
    }
  }

  // --- properties ---

  Result<void> property(Object* object, PstValue value) {
    length_ += value.length;
    if (length_ > file_.size() * 8 + kSlack) return fail(Fault::Refused, "values that repeat their blocks");
    const std::uint32_t tag = std::uint32_t{value.id} << 16U | value.type;
    if (value.id >= 0x8000) used_.emplace(names_.name(value.id), 0);
    const std::size_t size = mapi::fixed_size(value.type);
    if (size > 0 && value.type != mapi::kGuid) {
      std::uint64_t fixed = 0;
      for (std::size_t i = std::min(size, value.bytes.size()); i-- > 0;) fixed = fixed << 8U | value.bytes[i];
      object->entries.emplace_back(tag, fixed);
      return {};
    }
    const auto base = static_cast<std::uint16_t>(value.type & ~mapi::kMany);
    if (is_list(value.type) && (is_text(base) || base == mapi::kBinary)) return list(object, std::move(value));
    // An end mark is counted and not written ([MS-OXMSG] 2.4.2.2).
    const std::uint64_t end = value.type == mapi::kUnicode ? 2 : value.type == mapi::kString8 ? 1 : 0;
    object->entries.emplace_back(tag, value.length + end);
    streams_.push_back({static_cast<std::uint32_t>(out_.tree.size()), tag, ""});
    out_.tree.push_back(stream(object->at, std::move(value)));
    return {};
  }

  CompoundNode stream(std::uint32_t parent, PstValue value) {
    CompoundNode out = compound_stream(parent, "", std::move(value.bytes));
    if (value.data == 0) return out;
    out.size = value.length;
    out.pour = [this_file = &file_, data = value.data](const Taker& take) -> Result<void> {
      for (const std::uint64_t id : TRY(this_file->data_blocks(data, kItem))) {
        Result<Buffer> bytes = this_file->block(id, kItem);
        if (!bytes && bytes.error().fault == Fault::Io) return tl::unexpected<Error>(bytes.error());
        if (!bytes) {
          this_file->note("block " + std::to_string(id) + ": " + bytes.error().text());
          bytes = Buffer(static_cast<std::size_t>(this_file->size_of({id})), 0);
        }
        TRY(take(*bytes));
      }
      return {};
    };
    return out;
  }

  // A count, where each value begins, then the values; there, a stream of lengths and a stream for each.
  Result<void> list(Object* object, PstValue value) {
    const std::uint32_t tag = std::uint32_t{value.id} << 16U | value.type;
    Buffer bytes = std::move(value.bytes);
    for (const std::uint64_t id : TRY(file_.data_blocks(value.data, kItem))) {
      const Result<Buffer> block = file_.block(id, kItem);
      if (!block) return block.error().fault == Fault::Io ? tl::unexpected<Error>(block.error()) : Result<void>{};
      bytes.insert(bytes.end(), block->begin(), block->end());
    }
    Cursor in(bytes);
    const std::uint32_t count = std::min(in.u32le().value_or(0), kMostListed);
    std::vector<std::uint32_t> begins;
    for (std::uint32_t i = 0; i < count && in.left() >= 4; ++i) begins.push_back(*in.u32le());
    const bool binary = (value.type & ~mapi::kMany) == mapi::kBinary;
    Packer lengths;
    for (std::uint32_t i = 0; i < begins.size(); ++i) {
      const std::uint64_t end = i + 1 < begins.size() ? begins[i + 1] : bytes.size();
      const Bytes one = slice(bytes, begins[i], end > begins[i] ? end - begins[i] : 0);
      lengths.u32le(static_cast<std::uint32_t>(one.size()));
      if (binary) lengths.u32le(0);
      char suffix[16];
      std::snprintf(suffix, sizeof suffix, "-%08X", i);
      streams_.push_back({static_cast<std::uint32_t>(out_.tree.size()), tag, suffix});
      out_.tree.push_back(compound_stream(object->at, "", Buffer(one.begin(), one.end())));
    }
    object->entries.emplace_back(tag, lengths.size());
    streams_.push_back({static_cast<std::uint32_t>(out_.tree.size()), tag, ""});
    out_.tree.push_back(compound_stream(object->at, "", lengths.take()));
    return {};
  }

  // --- recipients and attachments ---

  std::uint32_t storage(std::uint32_t parent, const char* stem, std::uint32_t number) {
    char name[32];
    std::snprintf(name, sizeof name, "%s%08X", stem, number);
    out_.tree.push_back(compound_storage(parent, name));
    return static_cast<std::uint32_t>(out_.tree.size() - 1);
  }

  bool admits() {
    if (objects_.size() < limits_.objects) return true;
    file_.note("an item with more recipients and attachments than are read");
    return false;
  }

  Result<std::uint32_t> write_recipients(const PstHeap& heap, std::uint32_t at) {
    std::uint32_t count = 0;
    const PstNode* node = heap.subnode(kRecipients);
    if (node == nullptr) return count;
    const auto all = [&]() -> Result<void> {
      const PstHeap table = TRY(PstHeap::open(file_, *node, kItem));
      return pst_rows(table, kItem, [&](std::uint32_t, std::vector<PstValue> values) -> Result<void> {
        if (!admits()) return fail(Fault::Refused, "too many recipients");
        Object object{storage(at, "__recip_version1.0_#", count++), {}, {}};
        for (PstValue& value : values) TRY(property(&object, std::move(value)));
        object.head.u64le(0);
        objects_.push_back(std::move(object));
        return {};
      });
    }();
    if (!all && all.error().fault == Fault::Io) return tl::unexpected<Error>(all.error());
    if (!all) file_.note("recipients: " + all.error().text());
    return count;
  }

  // Every node that is an attachment, whether the table of attachments lists it or not.
  Result<std::uint32_t> write_attachments(const PstHeap& heap, const Message& message) {
    std::uint32_t count = 0;
    for (const PstNode& node : heap.subnodes()) {
      if (node.type() != PstNode::kAttachment || !admits()) continue;
      const Result<void> done = attachment(node, message, storage(message.at, "__attach_version1.0_#", count++));
      if (!done && done.error().fault == Fault::Io) return tl::unexpected<Error>(done.error());
      if (!done) file_.note("an attachment: " + done.error().text());
    }
    return count;
  }

  Result<void> attachment(const PstNode& node, const Message& message, std::uint32_t at) {
    const PstHeap heap = TRY(PstHeap::open(file_, node, kItem));
    Object object{at, {}, {}};
    object.head.u64le(0);
    for (PstValue& value : TRY(pst_properties(heap, kItem))) {
      if (value.id == mapi::kAttachData && value.type == mapi::kObject && value.object != 0) {
        TRY(object_of(heap, value.object, message, &object));
      } else {
        TRY(property(&object, std::move(value)));
      }
    }
    objects_.push_back(std::move(object));
    return {};
  }

  // A message becomes a storage of its own; an OLE object is a compound file in the store and stays one.
  Result<void> object_of(const PstHeap& heap, std::uint32_t id, const Message& message, Object* object) {
    const PstNode* node = heap.subnode(id);
    if (node == nullptr) return fail(Fault::Malformed, "its object is not there");
    const bool is_message = node->type() == PstNode::kMessage || node->type() == PstNode::kAssociated;
    if (!is_message) {
      PstValue value;
      value.id = mapi::kAttachData;
      value.type = mapi::kBinary;
      value.data = node->data;
      value.length = file_.size_of(TRY(file_.data_blocks(node->data, kItem)));
      return property(object, std::move(value));
    }
    if (message.depth >= limits_.depth) return fail(Fault::Refused, "messages in messages, too deep");
    object->entries.emplace_back(std::uint32_t{mapi::kAttachData} << 16U | mapi::kObject, 0xFFFFFFFF);
    out_.tree.push_back(
        compound_storage(object->at, stream_name(std::uint32_t{mapi::kAttachData} << 16U | mapi::kObject)));
    waiting_.push_back({*node, static_cast<std::uint32_t>(out_.tree.size() - 1), message.depth + 1});
    return {};
  }

  // --- what can only be written when all is known ---

  /// Names are numbered in their order; a property without a name keeps its number.
  std::uint32_t numbered(std::uint32_t tag) const {
    if (tag < 0x80000000) return tag;
    const auto found = used_.find(names_.name(static_cast<std::uint16_t>(tag >> 16U)));
    return (0x8000U + found->second) << 16U | (tag & 0xFFFFU);
  }

  void write_lists() {
    for (const auto& [node, tag, suffix] : streams_) {
      const std::string name = stream_name(numbered(tag)) + suffix;
      out_.tree[node].name.assign(name.begin(), name.end());
    }
    for (Object& object : objects_) {
      for (auto& [tag, value] : object.entries) tag = numbered(tag);
      std::sort(object.entries.begin(), object.entries.end(), [](const auto& a, const auto& b) {
        return a.first >> 16U != b.first >> 16U ? a.first >> 16U < b.first >> 16U : a.first < b.first;
      });
      Packer& list = object.head;
      constexpr std::uint32_t kReadableAndWritable = 6;
      for (const auto& [tag, value] : object.entries) list.u32le(tag).u32le(kReadableAndWritable).u64le(value);
      out_.tree.push_back(compound_stream(object.at, "__properties_version1.0", list.take()));
    }
  }

  // [MS-OXMSG] 2.2.3.1.
  void write_names() {
    Packer sets, entries, strings;
    std::vector<mapi::Guid> known;
    std::uint16_t index = 0;
    for (auto& [name, number] : used_) {
      number = index;
      auto set = std::find(known.begin(), known.end(), name.set);
      if (set == known.end()) {
        sets.raw(name.set);
        set = known.insert(known.end(), name.set);
      }
      const auto kind = static_cast<std::uint16_t>((3 + (set - known.begin())) << 1U | (name.name.empty() ? 0 : 1));
      entries.u32le(name.name.empty() ? name.number : static_cast<std::uint32_t>(strings.size()));
      entries.u16le(kind).u16le(index++);
      if (name.name.empty()) continue;
      strings.u32le(static_cast<std::uint32_t>(name.name.size() * 2));
      for (const char16_t unit : name.name) strings.u16le(unit);
      while (strings.size() % 4 != 0) strings.u8(0);
    }
    const std::uint32_t at = static_cast<std::uint32_t>(out_.tree.size());
    out_.tree.push_back(compound_storage(0, "__nameid_version1.0"));
    out_.tree.push_back(compound_stream(at, "__substg1.0_00020102", sets.take()));
    out_.tree.push_back(compound_stream(at, "__substg1.0_00030102", entries.take()));
    out_.tree.push_back(compound_stream(at, "__substg1.0_00040102", strings.take()));
  }

  struct Stream {
    std::uint32_t node;
    std::uint32_t tag;
    std::string suffix;
  };

  PstFile& file_;
  const PstNames& names_;
  const PstItemLimits& limits_;
  PstItem out_;
  std::uint64_t length_ = 0;  // of all values
  std::vector<Message> waiting_;
  std::vector<Object> objects_;
  std::vector<Stream> streams_;
  std::map<PstName, std::uint32_t> used_;  // and the number it gets
};

}  // namespace

Result<PstItem> read_pst_item(PstFile& file, const PstNames& names, const PstNode& node, const PstItemLimits& limits) {
  return ItemWriter(file, names, limits).write(node);
}

}  // namespace careo
