// SPDX-License-Identifier: Apache-2.0
// Small PST files for tests, in every format and encoding ([MS-PST]).
#pragma once

#include <zlib.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "unpack/outlook/mapi.h"
#include "unpack/outlook/pst_file.h"

namespace careo {

struct PstMakerValue {
  std::uint16_t id = 0;
  std::uint16_t type = 0;
  Buffer bytes;
  std::uint32_t node = 0;  ///< where the value is a node below
};

class PstMaker {
 public:
  PstMaker(PstFormat format, PstCoding coding) : format_(format), coding_(coding) {}

  /// The blocks of `bytes`, with a list of them where they are several.
  std::uint64_t data(const Buffer& bytes) {
    constexpr std::size_t kBlock = 8176;
    if (bytes.size() <= kBlock) return block(bytes, false);
    Packer list;
    std::vector<std::uint64_t> ids;
    for (std::size_t at = 0; at < bytes.size(); at += kBlock) {
      const Bytes piece = slice(bytes, at, kBlock);
      ids.push_back(block({piece.begin(), piece.end()}, false));
    }
    list.u8(1).u8(1).u16le(static_cast<std::uint16_t>(ids.size())).u32le(static_cast<std::uint32_t>(bytes.size()));
    for (const std::uint64_t id : ids) number(&list, id);
    return block(list.take(), true);
  }
  std::uint64_t subnodes(std::vector<PstNode> nodes) {
    std::sort(nodes.begin(), nodes.end(), [](const PstNode& a, const PstNode& b) { return a.id < b.id; });
    Packer list;
    list.u8(2).u8(0).u16le(static_cast<std::uint16_t>(nodes.size()));
    if (format_ != PstFormat::Ansi) list.u32le(0);
    for (const PstNode& node : nodes) {
      number(&list, node.id);
      number(&list, node.data);
      number(&list, node.subnodes);
    }
    return block(list.take(), true);
  }
  void node(const PstNode& node) { nodes_.push_back(node); }
  /// A node that only an old page of the tree still names.
  void old_node(const PstNode& node) { old_.push_back(node); }

  std::uint64_t properties(const std::vector<PstMakerValue>& values) {
    std::vector<Buffer> heap(2);
    Packer records;
    for (const PstMakerValue& value : values) {
      records.u16le(value.id).u16le(value.type);
      const std::size_t size = mapi::fixed_size(value.type);
      if (size > 0 && size <= 4) {
        Buffer fixed = value.bytes;
        fixed.resize(4);
        records.raw(fixed);
      } else {
        records.u32le(value.node != 0 ? value.node : put(&heap, value.bytes));
      }
    }
    heap[0] = tree_header(2, 6, 2);
    heap[1] = records.take();
    return block(heap_bytes(heap, 0xBC), false);
  }
  /// Every row has the same properties, four bytes a cell.
  std::uint64_t table(const std::vector<std::pair<std::uint32_t, std::vector<PstMakerValue>>>& rows) {
    std::vector<Buffer> heap(4);
    Packer info, index, matrix;
    const std::size_t columns = rows.empty() ? 0 : rows[0].second.size();
    const std::size_t bits = (columns + 7) / 8;
    const auto bits_at = static_cast<std::uint16_t>(4 + columns * 4);
    info.u8(0x7C).u8(static_cast<std::uint8_t>(columns)).u16le(bits_at).u16le(bits_at).u16le(bits_at);
    info.u16le(static_cast<std::uint16_t>(bits_at + bits)).u32le(2 << 5).u32le(rows.empty() ? 0 : 4 << 5).u32le(0);
    for (std::size_t i = 0; i < columns; ++i) {
      const PstMakerValue& cell = rows[0].second[i];
      info.u16le(cell.type).u16le(cell.id).u16le(static_cast<std::uint16_t>(4 + i * 4)).u8(4);
      info.u8(static_cast<std::uint8_t>(i));
    }
    std::uint32_t number = 0;
    for (const auto& [id, values] : rows) {
      index.u32le(id);
      format_ == PstFormat::Ansi ? index.u16le(static_cast<std::uint16_t>(number)) : index.u32le(number);
      ++number;
      matrix.u32le(id);
      for (const PstMakerValue& cell : values) {
        Buffer fixed = cell.bytes;
        fixed.resize(4);
        if (mapi::fixed_size(cell.type) > 0) matrix.raw(fixed);
        if (mapi::fixed_size(cell.type) == 0) matrix.u32le(put(&heap, cell.bytes));
      }
      for (std::size_t i = 0; i < bits; ++i) matrix.u8(0xFF);
    }
    heap[0] = info.take();
    heap[1] = tree_header(4, format_ == PstFormat::Ansi ? 2 : 4, 3);
    heap[2] = index.take();
    heap[3] = matrix.take();
    return block(heap_bytes(heap, 0x7C), false);
  }

  std::string file() {
    std::string out(0x4400, '\0');
    for (Block& one : blocks_) write_block(&one, &out);
    if (!old_.empty()) node_page(old_, &out);
    const PageRef nodes = tree(node_entries(), 0x81, &out);
    const PageRef blocks = tree(block_entries(), 0x80, &out);
    write_header(nodes, blocks, &out);
    return out;
  }

 private:
  struct Block {
    std::uint64_t id = 0;
    Buffer bytes;
    std::uint64_t offset = 0;
    std::size_t stored = 0;
    std::size_t size = 0;
  };
  struct PageRef {
    std::uint64_t id = 0, offset = 0;
  };
  struct Entry {
    std::uint64_t key = 0;
    Buffer bytes;
  };
  bool large() const { return format_ == PstFormat::Unicode4k; }
  bool ansi() const { return format_ == PstFormat::Ansi; }
  std::size_t page_size() const { return large() ? 4096 : 512; }

  void number(Packer* out, std::uint64_t value) const {
    ansi() ? out->u32le(static_cast<std::uint32_t>(value)) : out->u64le(value);
  }

  std::uint64_t block(Buffer bytes, bool internal) {
    const std::uint64_t id = next_ | (internal ? 2U : 0U);
    next_ += 4;
    blocks_.push_back({id, std::move(bytes), 0, 0, 0});
    return id;
  }

  std::uint32_t put(std::vector<Buffer>* heap, const Buffer& bytes) const {
    heap->push_back(bytes);
    return static_cast<std::uint32_t>(heap->size() << 5U);
  }
  static Buffer tree_header(std::uint8_t key, std::uint8_t data, std::uint32_t records) {
    Packer out;
    out.u8(0xB5).u8(key).u8(data).u8(0).u32le(records << 5U);
    return out.take();
  }
  static Buffer heap_bytes(const std::vector<Buffer>& items, std::uint8_t kind) {
    std::size_t at = 12;
    Packer map, body;
    map.u16le(static_cast<std::uint16_t>(items.size())).u16le(0);
    for (const Buffer& item : items) {
      map.u16le(static_cast<std::uint16_t>(at));
      body.raw(item);
      at += item.size();
    }
    map.u16le(static_cast<std::uint16_t>(at));
    if (at % 2 != 0) body.u8(0);
    Packer out;
    out.u16le(static_cast<std::uint16_t>(at + at % 2)).u8(0xEC).u8(kind).u32le(1 << 5).u32le(0);
    out.raw(body.bytes()).raw(map.bytes());
    return out.take();
  }

  // Encoding is undone by decoding for cyclic; for permutation by the inverse table.
  void encode(std::uint64_t id, Buffer* bytes) const {
    if (coding_ != PstCoding::Permute) return decode_pst(coding_, id, *bytes);
    std::array<std::uint8_t, 256> inverse{};
    for (unsigned i = 0; i < 256; ++i) {
      std::uint8_t one[1] = {static_cast<std::uint8_t>(i)};
      decode_pst(coding_, id, one);
      inverse[one[0]] = static_cast<std::uint8_t>(i);
    }
    for (std::uint8_t& byte : *bytes) byte = inverse[byte];
  }

  void write_block(Block* block, std::string* out) const {
    Buffer bytes = block->bytes;
    block->size = bytes.size();
    if ((block->id & 2U) == 0) encode(block->id, &bytes);
    if (large() && bytes.size() > 256) {
      Buffer packed(compressBound(static_cast<uLong>(bytes.size())));
      auto length = static_cast<uLongf>(packed.size());
      compress(packed.data(), &length, bytes.data(), static_cast<uLong>(bytes.size()));
      packed.resize(length);
      if (packed.size() < bytes.size()) bytes = packed;
    }
    block->stored = bytes.size();
    block->offset = out->size();
    const std::size_t trailer = ansi() ? 12 : large() ? 24 : 16;
    const std::size_t alignment = large() ? 512 : 64;
    const std::size_t whole = (bytes.size() + trailer + alignment - 1) / alignment * alignment;
    Packer end;
    end.u16le(static_cast<std::uint16_t>(bytes.size())).u16le(0);
    if (ansi()) end.u32le(static_cast<std::uint32_t>(block->id)).u32le(pst_checksum(bytes));
    if (!ansi()) end.u32le(pst_checksum(bytes)).u64le(block->id);
    out->append(text_of(bytes));
    out->append(whole - trailer - bytes.size(), '\0');
    out->append(text_of(end.bytes()));
    out->append(trailer - end.size(), '\0');
  }

  std::vector<Entry> node_entries() const {
    std::vector<Entry> out;
    for (const PstNode& node : nodes_) out.push_back({node.id, entry_of(node)});
    return out;
  }
  Buffer entry_of(const PstNode& node) const {
    Packer out;
    number(&out, node.id);
    number(&out, node.data);
    number(&out, node.subnodes);
    out.u32le(node.parent);
    if (!ansi()) out.u32le(0);
    return out.take();
  }
  std::vector<Entry> block_entries() const {
    std::vector<Entry> out;
    for (const Block& block : blocks_) {
      Packer entry;
      number(&entry, block.id);
      number(&entry, block.offset);
      entry.u16le(static_cast<std::uint16_t>(block.stored));
      if (large()) entry.u16le(static_cast<std::uint16_t>(block.size));
      entry.u16le(2);
      if (!ansi()) entry.raw(Buffer(large() ? 2 : 4, 0));
      out.push_back({block.id, entry.take()});
    }
    return out;
  }

  PageRef tree(std::vector<Entry> entries, std::uint8_t type, std::string* out) {
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
    for (std::uint8_t level = 0;; ++level) {
      std::vector<Entry> above;
      const std::size_t room = (large() ? 4056 : ansi() ? 496 : 488) / entries[0].bytes.size();
      for (std::size_t at = 0; at < entries.size(); at += room) {
        const std::size_t end = std::min(entries.size(), at + room);
        const PageRef page = write_page(
            {entries.begin() + static_cast<std::ptrdiff_t>(at), entries.begin() + static_cast<std::ptrdiff_t>(end)},
            type, level, out);
        Packer entry;
        number(&entry, entries[at].key);
        number(&entry, page.id);
        number(&entry, page.offset);
        above.push_back({entries[at].key, entry.take()});
        if (entries.size() <= room) return page;
      }
      entries = std::move(above);
    }
  }
  void node_page(const std::vector<PstNode>& nodes, std::string* out) {
    std::vector<Entry> entries;
    for (const PstNode& node : nodes) entries.push_back({node.id, entry_of(node)});
    write_page(entries, 0x81, 0, out);
  }
  PageRef write_page(const std::vector<Entry>& entries, std::uint8_t type, std::uint8_t level, std::string* out) {
    out->append((page_size() - out->size() % page_size()) % page_size(), '\0');
    const PageRef ref{next_ += 4, out->size()};
    Packer page;
    for (const Entry& entry : entries) page.raw(entry.bytes);
    const auto count = static_cast<std::uint16_t>(entries.size());
    const auto size = static_cast<std::uint8_t>(entries[0].bytes.size());
    page.raw(Buffer((large() ? 4056 : ansi() ? 496 : 488) - page.size(), 0));
    if (large()) page.u16le(count).u16le(count).u8(size).u8(level).raw(Buffer(10, 0));
    if (!large()) page.u8(static_cast<std::uint8_t>(count)).u8(static_cast<std::uint8_t>(count)).u8(size).u8(level);
    if (!large() && !ansi()) page.u32le(0);
    const std::uint32_t sum = pst_checksum(page.bytes());
    page.u8(type).u8(type).u16le(0);
    if (ansi()) page.u32le(static_cast<std::uint32_t>(ref.id)).u32le(sum);
    if (!ansi()) page.u32le(sum).u64le(ref.id);
    page.raw(Buffer(page_size() - page.size(), 0));
    out->append(text_of(page.bytes()));
    return ref;
  }

  void write_header(const PageRef& nodes, const PageRef& blocks, std::string* out) const {
    Packer head;
    head.raw(bytes_of("!BDN")).u32le(0).raw(bytes_of("SM")).u16le(large() ? 36 : ansi() ? 15 : 23).u16le(19);
    head.raw(Buffer((ansi() ? 184 : 216) - head.size(), 0));
    for (const PageRef& ref : {nodes, blocks}) {
      number(&head, ref.id);
      number(&head, ref.offset);
    }
    head.raw(Buffer((ansi() ? 460 : 512) - head.size(), 0)).u8(0x80).u8(static_cast<std::uint8_t>(coding_));
    out->replace(0, head.size(), text_of(head.bytes()));
  }

  PstFormat format_;
  PstCoding coding_;
  std::uint64_t next_ = 4;
  std::vector<Block> blocks_;
  std::vector<PstNode> nodes_;
  std::vector<PstNode> old_;
};

}  // namespace careo
