// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/pst_file.h"

#include <algorithm>

namespace careo {
namespace {

constexpr std::size_t kMostNotes = 100;
constexpr std::uint8_t kBlockPage = 0x80;  // [MS-PST] 2.2.2.7.1
constexpr std::uint8_t kNodePage = 0x81;

std::uint64_t without_mark(std::uint64_t block) {
  return block & ~std::uint64_t{1};
}

}  // namespace

std::string_view name_of(PstFormat format) {
  switch (format) {
    case PstFormat::Ansi: return "ansi";
    case PstFormat::Unicode: return "unicode";
    case PstFormat::Unicode4k: return "unicode-4k";
  }
  return "";
}

// [MS-PST] 2.2.2.7.7.1 and 2.2.2.8.1; pages of 4 KiB are in no standard: as measured by libpff's authors.
const PstFile::Geometry& PstFile::geometry() const {
  static constexpr Geometry kAnsi = {496, 496, 498, 499, 500, 508, 504, 1, 12, 64, 12};
  static constexpr Geometry kUnicode = {488, 488, 490, 491, 496, 500, 504, 1, 16, 64, 16};
  static constexpr Geometry kUnicode4k = {4056, 4056, 4060, 4061, 4072, 4076, 4080, 2, 24, 512, 24};
  return format_ == PstFormat::Ansi ? kAnsi : format_ == PstFormat::Unicode ? kUnicode : kUnicode4k;
}

bool PstFile::may(Bytes head) {
  return text_of(slice(head, 0, 4)) == "!BDN" && head.size() >= 564;
}

void PstFile::note(std::string what) {
  if (damage_.size() < kMostNotes) damage_.push_back(std::move(what));
}

Result<PstFile> PstFile::open(PartBytes& part) {
  PstFile out(part);
  TRY(out.read_header(TRY(part.at(0, 564))));
  TRY(out.read_tree(Tree::Blocks, out.block_root_[0], out.block_root_[1]));
  TRY(out.read_tree(Tree::Nodes, out.node_root_[0], out.node_root_[1]));
  out.adopt({}, {});
  return out;
}

std::uint64_t PstFile::number(Cursor* in) const {
  return wide() ? in->u64le().value_or(0) : in->u32le().value_or(0);
}

Result<void> PstFile::read_header(Bytes head) {
  if (!may(head)) return fail(Fault::Malformed, "not a PST");
  Cursor in(head);
  TRY(in.seek(10));
  const std::uint16_t version = TRY(in.u16le());
  format_ = version >= 36 ? PstFormat::Unicode4k : version >= 20 ? PstFormat::Unicode : PstFormat::Ansi;
  if (version < 14) return fail(Fault::Unsupported, "a PST of version " + std::to_string(version));
  TRY(in.seek(wide() ? 216 : 184));
  for (std::uint64_t& value : node_root_) value = number(&in);
  for (std::uint64_t& value : block_root_) value = number(&in);
  const std::uint8_t coding = head[wide() ? 513 : 461];
  coding_ = coding == 1 ? PstCoding::Permute : coding == 2 ? PstCoding::Cyclic : PstCoding::None;
  if (coding > 2) note("an unknown encoding");
  return {};
}

bool PstFile::is_sound_page(Bytes page) const {
  const Geometry& g = geometry();
  if (page.size() != page_size() || page[g.type] != page[g.type + 1]) return false;
  constexpr std::uint8_t kLastPage = 0x86;  // [MS-PST] 2.2.2.7.1: trees, maps of free space, the density list
  if (page[g.type] < kBlockPage || page[g.type] > kLastPage) return false;
  Cursor sum(slice(page, g.checksum, 4));
  return pst_checksum(page.first(g.type)) == *sum.u32le();
}

bool PstFile::is_page(Tree tree, Bytes page) const {
  const Geometry& g = geometry();
  const std::uint8_t type = tree == Tree::Blocks ? kBlockPage : kNodePage;
  return page.size() == page_size() && page[g.type] == type && page[g.type + 1] == type;
}

std::optional<PstFile::Leaf> PstFile::leaf(Tree tree, Bytes page) const {
  const Geometry& g = geometry();
  if (!is_page(tree, page) || page[g.level] != 0 || !is_sound_page(page)) return std::nullopt;
  Leaf out;
  Cursor id(slice(page, g.id));
  out.page_id = number(&id);
  read_leaf(tree, page, &out);
  return out;
}

void PstFile::read_leaf(Tree tree, Bytes page, Leaf* out) const {
  const Geometry& g = geometry();
  const std::size_t count = g.wide_count == 2 ? page[g.count] + page[g.count + 1] * 256U : page[g.count];
  const std::size_t size = page[g.entry_size];
  for (std::size_t i = 0; i < count && (i + 1) * size <= g.entries; ++i) {
    Cursor in(slice(page, i * size, size));
    if (tree == Tree::Blocks) {
      PstBlock block;
      block.id = without_mark(number(&in));
      block.offset = number(&in);
      block.stored = in.u16le().value_or(0);
      block.size = format_ == PstFormat::Unicode4k ? in.u16le().value_or(0) : block.stored;
      if (block.size == 0) block.size = block.stored;
      out->blocks.push_back(block);
    } else {
      PstNode node;
      node.id = static_cast<std::uint32_t>(number(&in));
      node.data = without_mark(number(&in));
      node.subnodes = without_mark(number(&in));
      node.parent = in.u32le().value_or(0);
      out->nodes.push_back(node);
    }
  }
}

Result<void> PstFile::read_tree(Tree tree, std::uint64_t id, std::uint64_t offset) {
  const Geometry& g = geometry();
  constexpr unsigned kMostLevels = 16;
  const std::string damaged =
      tree == Tree::Blocks ? "a page of the index of blocks is damaged" : "a page of the index of nodes is damaged";
  std::set<std::uint64_t> seen;
  std::vector<PageRef> stack = {{id, offset, kMostLevels}};
  while (!stack.empty()) {
    const PageRef top = stack.back();
    stack.pop_back();
    if (!seen.insert(top.offset).second) continue;
    const Bytes view = TRY(part_->at(top.offset, page_size()));
    const Buffer page(view.begin(), view.end());
    if (!is_page(tree, page) || page[g.level] >= top.level) {
      note(damaged);
      continue;
    }
    pages_.push_back({top.offset, page_size()});
    if (!is_sound_page(page)) note("the checksum of an index page is wrong");
    if (page[g.level] == 0) {
      Leaf leaf;
      read_leaf(tree, page, &leaf);
      nodes_.insert(nodes_.end(), leaf.nodes.begin(), leaf.nodes.end());
      blocks_.insert(blocks_.end(), leaf.blocks.begin(), leaf.blocks.end());
      continue;
    }
    const std::size_t count = g.wide_count == 2 ? page[g.count] + page[g.count + 1] * 256U : page[g.count];
    const std::size_t size = page[g.entry_size];
    for (std::size_t i = 0; i < count && (i + 1) * size <= g.entries; ++i) {
      Cursor in(slice(page, i * size, size));
      number(&in);
      const std::uint64_t page_id = number(&in);
      stack.push_back({page_id, number(&in), page[g.level]});
    }
  }
  return {};
}

void PstFile::adopt(std::vector<PstNode> nodes, std::vector<PstBlock> blocks) {
  nodes_.insert(nodes_.end(), nodes.begin(), nodes.end());
  blocks_.insert(blocks_.end(), blocks.begin(), blocks.end());
  std::stable_sort(nodes_.begin(), nodes_.end(), [](const PstNode& a, const PstNode& b) { return a.id < b.id; });
  std::stable_sort(blocks_.begin(), blocks_.end(), [](const PstBlock& a, const PstBlock& b) { return a.id < b.id; });
  nodes_.erase(
      std::unique(nodes_.begin(), nodes_.end(), [](const PstNode& a, const PstNode& b) { return a.id == b.id; }),
      nodes_.end());
  blocks_.erase(
      std::unique(blocks_.begin(), blocks_.end(), [](const PstBlock& a, const PstBlock& b) { return a.id == b.id; }),
      blocks_.end());
}

const PstNode* PstFile::node(std::uint32_t id) const {
  const auto it = std::lower_bound(nodes_.begin(), nodes_.end(), id,
                                   [](const PstNode& node, std::uint32_t wanted) { return node.id < wanted; });
  return it == nodes_.end() || it->id != id ? nullptr : &*it;
}

const PstBlock* PstFile::find(std::uint64_t block) const {
  block = without_mark(block);
  const auto it = std::lower_bound(blocks_.begin(), blocks_.end(), block,
                                   [](const PstBlock& one, std::uint64_t wanted) { return one.id < wanted; });
  return it == blocks_.end() || it->id != block ? nullptr : &*it;
}

void PstFile::own(std::uint64_t id, PstBlock::Owner owner) {
  const PstBlock* found = find(id);
  if (found == nullptr) return;
  PstBlock& block = blocks_[static_cast<std::size_t>(found - blocks_.data())];
  if (owner == PstBlock::Owner::None || block.owner != PstBlock::Owner::None) return;
  block.owner = owner;
  owned_.push_back(block.id);
}

void PstFile::give_back(std::size_t since) {
  for (; owned_.size() > since; owned_.pop_back())
    blocks_[static_cast<std::size_t>(find(owned_.back()) - blocks_.data())].owner = PstBlock::Owner::None;
}

ByteRun PstFile::run_of(const PstBlock& block) const {
  const Geometry& g = geometry();
  const std::uint64_t length = (block.stored + g.trailer + g.alignment - 1) / g.alignment * g.alignment;
  if (block.offset >= size()) return {block.offset, 0};
  return {block.offset, std::min(length, size() - block.offset)};
}

// [MS-PST] 2.2.2.8.1: size, signature, checksum and id, the last two the other way round in ANSI files.
Result<bool> PstFile::stands(const PstBlock& block) {
  const Geometry& g = geometry();
  const ByteRun run = run_of(block);
  if (run.length < block.stored + g.trailer) return false;
  Cursor in(TRY(part_->at(run.end() - g.trailer, g.trailer)));
  const std::uint16_t size = *in.u16le();
  static_cast<void>(in.u16le());
  const std::uint64_t first = *in.u32le();
  const std::uint64_t id = wide() ? number(&in) : first;
  if (size != block.stored || without_mark(id) != block.id) return false;
  const std::uint32_t sum = wide() ? static_cast<std::uint32_t>(first) : *in.u32le();
  return pst_checksum(TRY(part_->at(block.offset, block.stored))) == sum;
}

Result<Buffer> PstFile::block(std::uint64_t id, PstBlock::Owner owner) {
  const PstBlock* found = find(id);
  if (found == nullptr) return fail(Fault::Malformed, "a block is not in the index");
  own(id, owner);
  if (!TRY(stands(*found))) note("block " + std::to_string(found->id) + " is damaged");
  const Bytes view = TRY(part_->at(found->offset, found->stored));
  if (view.size() < found->stored) return fail(Fault::Malformed, "a block lies outside the file");
  Buffer out(view.begin(), view.end());
  if (found->size != found->stored) {
    Result<Buffer> unpacked = inflate_pst(out, found->size);
    if (!unpacked) return unpacked;
    out = std::move(*unpacked);
  }
  if (!found->internal()) decode_pst(coding_, found->id, out);
  return out;
}

// [MS-PST] 2.2.2.8.3.2: lists of blocks, and lists of those.
Result<std::vector<std::uint64_t>> PstFile::data_blocks(std::uint64_t id, PstBlock::Owner owner) {
  std::vector<std::uint64_t> out;
  struct Waiting {
    std::uint64_t id;
    unsigned level;
  };
  std::vector<Waiting> stack;
  if (id != 0) stack.push_back({id, 3});
  while (!stack.empty()) {
    const Waiting top = stack.back();
    stack.pop_back();
    if ((top.id & 2U) == 0) {
      // No node has more blocks than the file; what has repeats them.
      if (out.size() >= blocks_.size()) return fail(Fault::Refused, "a list of blocks repeats itself");
      own(top.id, owner);
      out.push_back(top.id);
      continue;
    }
    const Buffer bytes = TRY(block(top.id, owner));
    Cursor in(bytes);
    const std::uint8_t type = in.u8().value_or(0);
    const std::uint8_t level = in.u8().value_or(0);
    const std::uint16_t count = in.u16le().value_or(0);
    if (type != 1 || level == 0 || level >= top.level) return fail(Fault::Malformed, "a list of blocks is damaged");
    static_cast<void>(in.u32le());
    std::vector<std::uint64_t> ids;
    for (std::uint16_t i = 0; i < count && in.left() >= (wide() ? 8U : 4U); ++i)
      ids.push_back(without_mark(number(&in)));
    if (stack.size() > blocks_.size()) return fail(Fault::Refused, "a list of blocks repeats itself");
    for (auto it = ids.rbegin(); it != ids.rend(); ++it) stack.push_back({*it, level});
  }
  return out;
}

std::uint64_t PstFile::size_of(const std::vector<std::uint64_t>& blocks) const {
  std::uint64_t sum = 0;
  for (const std::uint64_t id : blocks) {
    const PstBlock* block = find(id);
    sum += block == nullptr ? 0 : block->size;
  }
  return sum;
}

// [MS-PST] 2.2.2.8.3.3.
Result<std::vector<PstNode>> PstFile::subnodes(std::uint64_t id, PstBlock::Owner owner) {
  std::vector<PstNode> out;
  struct Waiting {
    std::uint64_t id;
    unsigned level;
  };
  std::vector<Waiting> stack;
  if (id != 0) stack.push_back({id, 3});
  while (!stack.empty()) {
    const Waiting top = stack.back();
    stack.pop_back();
    const Buffer bytes = TRY(block(top.id, owner));
    Cursor in(bytes);
    const std::uint8_t type = in.u8().value_or(0);
    const std::uint8_t level = in.u8().value_or(0);
    const std::uint16_t count = in.u16le().value_or(0);
    if (type != 2 || level >= top.level) return fail(Fault::Malformed, "a list of nodes is damaged");
    if (wide()) static_cast<void>(in.u32le());
    const std::size_t entry = (level == 0 ? 3U : 2U) * (wide() ? 8U : 4U);
    for (std::uint16_t i = 0; i < count && in.left() >= entry; ++i) {
      PstNode node;
      node.id = static_cast<std::uint32_t>(number(&in));
      node.data = without_mark(number(&in));
      if (level > 0) {
        stack.push_back({node.data, level});
        continue;
      }
      node.subnodes = without_mark(number(&in));
      out.push_back(node);
    }
    if (out.size() + stack.size() > blocks_.size() * 8 + 1024)
      return fail(Fault::Refused, "a list of nodes repeats itself");
  }
  std::stable_sort(out.begin(), out.end(), [](const PstNode& a, const PstNode& b) { return a.id < b.id; });
  return out;
}

}  // namespace careo
