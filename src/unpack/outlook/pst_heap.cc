// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/pst_heap.h"

#include <algorithm>

#include "unpack/outlook/mapi.h"

namespace careo {
namespace {

constexpr std::uint64_t kHeldBytes = 32ULL << 20;
constexpr unsigned kMostLevels = 8;
constexpr std::size_t kMostRecords = 10'000'000;
constexpr std::uint16_t kRowId = 0x67F2;       // PidTagLtpRowId: which row this is, no property of the object
constexpr std::uint16_t kRowVersion = 0x67F3;  // PidTagLtpRowVer

bool is_fixed(std::uint16_t type) {
  return mapi::fixed_size(type) > 0 && type != mapi::kGuid;
}

Buffer copy(Bytes bytes) {
  return {bytes.begin(), bytes.end()};
}

}  // namespace

Result<PstHeap> PstHeap::open(PstFile& file, const PstNode& node, PstBlock::Owner owner) {
  PstHeap out;
  out.file_ = &file;
  out.owner_ = owner;
  out.blocks_ = TRY(file.data_blocks(node.data, owner));
  Result<std::vector<PstNode>> below = file.subnodes(node.subnodes, owner);
  if (below) {
    out.subnodes_ = std::move(*below);
  } else {
    if (below.error().fault == Fault::Io) return tl::unexpected<Error>(below.error());
    file.note("node " + std::to_string(node.id) + ": " + below.error().text());
  }
  Cursor in(TRY(out.heap_block(0)));
  TRY(in.u16le());
  if (TRY(in.u8()) != 0xEC) return fail(Fault::Malformed, "no heap");
  out.kind_ = TRY(in.u8());
  out.root_ = TRY(in.u32le());
  return out;
}

const PstNode* PstHeap::subnode(std::uint32_t id) const {
  const auto it = std::lower_bound(subnodes_.begin(), subnodes_.end(), id,
                                   [](const PstNode& node, std::uint32_t wanted) { return node.id < wanted; });
  return it == subnodes_.end() || it->id != id ? nullptr : &*it;
}

Result<Bytes> PstHeap::heap_block(std::size_t index) const {
  if (index >= blocks_.size()) return fail(Fault::Malformed, "a heap ends early");
  const auto known = held_.find(index);
  if (known != held_.end()) return Bytes(known->second);
  if (held_.size() * 8192 > kHeldBytes) held_.clear();
  return Bytes(held_[index] = TRY(file_->block(blocks_[index], owner_)));
}

// [MS-PST] 2.3.1: an id is the number of a block and of an allocation in it; each block's map stands where its first
// two bytes say. Files with pages of 4 KiB have larger blocks, so that the two numbers part elsewhere.
Result<Buffer> PstHeap::item(std::uint32_t id) const {
  if (id == 0) return Buffer();
  const bool large = file_->format() == PstFormat::Unicode4k;
  const std::size_t index = large ? id >> 5U & 0x3FFFU : id >> 5U & 0x7FFU;
  const Bytes block = TRY(heap_block(large ? id >> 19U : id >> 16U));
  Cursor in(block);
  TRY(in.seek(TRY(in.u16le())));
  const std::uint16_t count = TRY(in.u16le());
  TRY(in.u16le());
  if (index == 0 || index > count) return fail(Fault::Malformed, "no such allocation in a heap");
  TRY(in.take((index - 1) * 2));
  const std::uint16_t begin = TRY(in.u16le());
  const std::uint16_t end = TRY(in.u16le());
  if (begin > end || end > block.size()) return fail(Fault::Malformed, "an allocation outside its heap");
  return copy(block.subspan(begin, end - begin));
}

Result<void> PstHeap::records(std::uint32_t header,
                              const std::function<Result<void>(Bytes key, Bytes data)>& take) const {
  const Buffer head = TRY(item(header));
  Cursor in(head);
  if (TRY(in.u8()) != kTree) return fail(Fault::Malformed, "no tree in a heap");
  const std::size_t key = TRY(in.u8());
  const std::size_t data = TRY(in.u8());
  const unsigned levels = TRY(in.u8());
  if (key == 0 || levels > kMostLevels) return fail(Fault::Malformed, "a tree in a heap is damaged");
  struct Waiting {
    std::uint32_t id;
    unsigned level;
  };
  std::vector<Waiting> stack = {{TRY(in.u32le()), levels}};
  std::size_t seen = 0;
  while (!stack.empty()) {
    const Waiting top = stack.back();
    stack.pop_back();
    const Buffer bytes = TRY(item(top.id));
    const std::size_t size = key + (top.level > 0 ? 4 : data);
    const std::size_t count = bytes.size() / size;
    seen += count + 1;
    if (seen > kMostRecords) return fail(Fault::Refused, "a tree in a heap is too large");
    for (std::size_t i = 0; i < count; ++i) {
      // The last one first where they wait on a stack.
      const std::size_t at = (top.level > 0 ? count - 1 - i : i) * size;
      const Bytes record = Bytes(bytes).subspan(at, size);
      if (top.level == 0) {
        TRY(take(record.first(key), record.subspan(key)));
      } else {
        stack.push_back({*Cursor(record.subspan(key)).u32le(), top.level - 1});
      }
    }
  }
  return {};
}

namespace {

/// A value by its number: an allocation of the heap, or a node below.
Result<PstValue> value_at(const PstHeap& heap, PstBlock::Owner owner, std::uint16_t id, std::uint16_t type,
                          std::uint32_t number) {
  PstValue out;
  out.id = id;
  out.type = type;
  if ((number & 0x1FU) == 0) {
    out.bytes = TRY(heap.item(number));
    out.length = out.bytes.size();
    if (type == mapi::kObject && out.bytes.size() >= 4) out.object = *Cursor(out.bytes).u32le();
    return out;
  }
  const PstNode* node = heap.subnode(number);
  if (node == nullptr) return fail(Fault::Malformed, "a value's node is not there");
  out.data = node->data;
  out.length = heap.file().size_of(TRY(heap.file().data_blocks(node->data, owner)));
  return out;
}

Result<void> add_value(const PstHeap& heap, PstBlock::Owner owner, std::uint16_t id, std::uint16_t type,
                       std::uint32_t number, std::vector<PstValue>* out) {
  Result<PstValue> value = value_at(heap, owner, id, type, number);
  if (value) {
    out->push_back(std::move(*value));
    return {};
  }
  if (value.error().fault == Fault::Io) return tl::unexpected<Error>(value.error());
  heap.file().note("a property is damaged: " + value.error().text());
  return {};
}

struct Column {
  std::uint16_t type = 0, id = 0, at = 0;
  std::uint8_t size = 0, bit = 0;
};

/// [MS-PST] 2.3.4.1.
struct Table {
  std::uint16_t row_size = 0, bits_at = 0;
  std::uint32_t index = 0, rows = 0;
  std::vector<Column> columns;
};

Result<Table> read_table(const PstHeap& heap) {
  const Buffer bytes = TRY(heap.item(heap.root()));
  Cursor in(bytes);
  if (heap.kind() != PstHeap::kTable || TRY(in.u8()) != PstHeap::kTable) return fail(Fault::Malformed, "no table");
  Table out;
  const std::uint8_t count = TRY(in.u8());
  TRY(in.take(4));
  out.bits_at = TRY(in.u16le());
  out.row_size = TRY(in.u16le());
  out.index = TRY(in.u32le());
  out.rows = TRY(in.u32le());
  TRY(in.u32le());
  for (std::uint8_t i = 0; i < count; ++i) {
    Column column;
    column.type = TRY(in.u16le());
    column.id = TRY(in.u16le());
    column.at = TRY(in.u16le());
    column.size = TRY(in.u8());
    column.bit = TRY(in.u8());
    out.columns.push_back(column);
  }
  if (out.row_size < 4 || out.bits_at > out.row_size) return fail(Fault::Malformed, "a table's rows are damaged");
  return out;
}

Result<std::vector<PstValue>> read_row(const PstHeap& heap, PstBlock::Owner owner, const Table& table, Bytes row) {
  std::vector<PstValue> out;
  const Bytes bits = row.subspan(table.bits_at);
  for (const Column& column : table.columns) {
    const std::size_t byte = column.bit / 8U;
    const bool there = byte < bits.size() && (bits[byte] & (0x80U >> column.bit % 8U)) != 0;
    const Bytes cell = slice(row, column.at, column.size);
    if (!there || cell.size() != column.size || column.id == kRowId || column.id == kRowVersion) continue;
    if (is_fixed(column.type)) {
      out.push_back({column.id, column.type, copy(cell), 0, cell.size(), 0});
    } else if (cell.size() == 4) {
      TRY(add_value(heap, owner, column.id, column.type, *Cursor(cell).u32le(), &out));
    }
  }
  return out;
}

}  // namespace

Result<std::vector<PstValue>> pst_properties(const PstHeap& heap, PstBlock::Owner owner) {
  if (heap.kind() != PstHeap::kProperties) return fail(Fault::Malformed, "no list of properties");
  std::vector<PstValue> out;
  TRY(heap.records(heap.root(), [&](Bytes key, Bytes data) -> Result<void> {
    if (key.size() != 2 || data.size() != 6) return fail(Fault::Malformed, "a list of properties is damaged");
    const std::uint16_t id = *Cursor(key).u16le();
    Cursor in(data);
    const std::uint16_t type = *in.u16le();
    const Bytes rest = *in.take(4);
    const std::size_t size = mapi::fixed_size(type);
    if (size > 0 && size <= 4) {
      out.push_back({id, type, copy(rest.first(size)), 0, size, 0});
      return {};
    }
    return add_value(heap, owner, id, type, *Cursor(rest).u32le(), &out);
  }));
  return out;
}

Result<std::vector<std::uint32_t>> pst_row_ids(const PstHeap& heap) {
  const Table table = TRY(read_table(heap));
  std::vector<std::uint32_t> out;
  TRY(heap.records(table.index, [&](Bytes key, Bytes) -> Result<void> {
    if (key.size() == 4) out.push_back(*Cursor(key).u32le());
    return {};
  }));
  return out;
}

// Rows do not cross blocks: each block holds as many as fit.
Result<void> pst_rows(const PstHeap& heap, PstBlock::Owner owner,
                      const std::function<Result<void>(std::uint32_t row, std::vector<PstValue> values)>& take) {
  const Table table = TRY(read_table(heap));
  std::size_t left = 0;  // the index knows how many rows are in use
  TRY(heap.records(table.index, [&](Bytes, Bytes) -> Result<void> {
    ++left;
    return {};
  }));
  const auto rows_in = [&](Bytes bytes) -> Result<void> {
    for (std::size_t at = 0; at + table.row_size <= bytes.size() && left > 0; at += table.row_size, --left) {
      const Bytes row = bytes.subspan(at, table.row_size);
      TRY(take(*Cursor(row).u32le(), TRY(read_row(heap, owner, table, row))));
    }
    return {};
  };
  if ((table.rows & 0x1FU) == 0) return rows_in(TRY(heap.item(table.rows)));
  const PstNode* node = heap.subnode(table.rows);
  if (node == nullptr) return fail(Fault::Malformed, "a table's rows are not there");
  for (const std::uint64_t id : TRY(heap.file().data_blocks(node->data, owner)))
    TRY(rows_in(TRY(heap.file().block(id, owner))));
  return {};
}

}  // namespace careo
