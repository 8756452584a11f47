// SPDX-License-Identifier: Apache-2.0
// The lower half of a PST or OST ([MS-PST] 2.2): its header, its two trees, and the blocks that they lead to.
//
// Not safe to share between threads: it pulls from its part. Memory is that of the trees' leaves, 24 bytes a block and
// a node; trees end at what was seen before, so no circle is walked twice.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "unpack/account.h"
#include "unpack/outlook/pst_coding.h"

namespace careo {

enum class PstFormat { Ansi, Unicode, Unicode4k };
std::string_view name_of(PstFormat format);

/// A node: what an item, a folder or a table is to the lower half.
struct PstNode {
  std::uint32_t id = 0;
  std::uint32_t parent = 0;
  std::uint64_t data = 0;      ///< block ids; 0: none
  std::uint64_t subnodes = 0;  ///< its own nodes

  enum Type : std::uint32_t {
    kFolder = 0x02,
    kSearchFolder = 0x03,
    kMessage = 0x04,
    kAttachment = 0x05,
    kAssociated = 0x08,  ///< a message that holds settings
    kContents = 0x0E,
    kAssociatedContents = 0x0F,
  };
  std::uint32_t type() const { return id & 0x1FU; }
  bool operator==(const PstNode&) const = default;
};

struct PstBlock {
  std::uint64_t id = 0;  ///< its lowest bit means nothing and is taken off
  std::uint64_t offset = 0;
  std::uint16_t stored = 0;  ///< bytes in the file, without filling and trailer
  std::uint16_t size = 0;    ///< bytes when unpacked
  enum class Owner : std::uint8_t { None, Structure, Item };
  Owner owner = Owner::None;
  bool internal() const { return (id & 2U) != 0; }  ///< a list of blocks or of nodes: never encoded
};

class PstFile {
 public:
  /// Malformed where the header is no header. Damage further on is told by `damage()`.
  static Result<PstFile> open(PartBytes& part);
  static bool may(Bytes head);

  PstFormat format() const { return format_; }
  PstCoding coding() const { return coding_; }
  /// Sorted by id, without doubles.
  const std::vector<PstNode>& nodes() const { return nodes_; }
  const PstNode* node(std::uint32_t id) const;
  const std::vector<PstBlock>& blocks() const { return blocks_; }
  const PstBlock* find(std::uint64_t block) const;

  /// A block's bytes, decoded and unpacked, which are `owner`'s from now on unless they are another's.
  Result<Buffer> block(std::uint64_t id, PstBlock::Owner owner);
  /// The blocks of data below `id` (itself, or what its lists lead to), in order.
  Result<std::vector<std::uint64_t>> data_blocks(std::uint64_t id, PstBlock::Owner owner);
  std::uint64_t size_of(const std::vector<std::uint64_t>& blocks) const;
  /// The nodes that a node holds, sorted by id.
  Result<std::vector<PstNode>> subnodes(std::uint64_t id, PstBlock::Owner owner);
  void own(std::uint64_t id, PstBlock::Owner owner);
  /// How many blocks have an owner; and those that came to one since then are nobody's again.
  std::size_t owned() const { return owned_.size(); }
  void give_back(std::size_t since);

  /// Where a block stands, with its filling and trailer.
  ByteRun run_of(const PstBlock& block) const;
  /// The pages of the trees.
  const std::vector<ByteRun>& pages() const { return pages_; }
  std::uint64_t page_size() const { return format_ == PstFormat::Unicode4k ? 4096 : 512; }
  /// Before it stand the header and what Outlook keeps for itself ([MS-PST] 2.2.2.2).
  std::uint64_t first_page() const { return 0x4200; }
  std::uint64_t size() const { return part_->size(); }
  PartBytes& part() { return *part_; }

  /// True for a page of any kind whose checksum holds, in use or left behind.
  bool is_sound_page(Bytes page) const;
  /// The leaf entries of a page of a tree; nothing where it is no such page. Used for pages that no tree leads to, too.
  enum class Tree { Blocks, Nodes };
  struct Leaf {
    std::uint64_t page_id = 0;  ///< pages written later have higher ids
    std::vector<PstNode> nodes;
    std::vector<PstBlock> blocks;
  };
  std::optional<Leaf> leaf(Tree tree, Bytes page) const;
  /// True where the bytes of a block with that id stand there.
  Result<bool> stands(const PstBlock& block);
  /// Adds what was found outside of the trees.
  void adopt(std::vector<PstNode> nodes, std::vector<PstBlock> blocks);

  const std::vector<std::string>& damage() const { return damage_; }
  void note(std::string what);

 private:
  struct Geometry {
    std::size_t entries, count, entry_size, level, type, checksum, id, wide_count, trailer, alignment, page_trailer;
  };
  struct PageRef {
    std::uint64_t id, offset;
    unsigned level;
  };
  explicit PstFile(PartBytes& part) : part_(&part) {}
  const Geometry& geometry() const;
  bool wide() const { return format_ != PstFormat::Ansi; }
  std::uint64_t number(Cursor* in) const;
  Result<void> read_header(Bytes head);
  Result<void> read_tree(Tree tree, std::uint64_t id, std::uint64_t offset);
  bool is_page(Tree tree, Bytes page) const;
  void read_leaf(Tree tree, Bytes page, Leaf* out) const;

  PartBytes* part_;
  PstFormat format_ = PstFormat::Unicode;
  PstCoding coding_ = PstCoding::None;
  std::uint64_t node_root_[2] = {};
  std::uint64_t block_root_[2] = {};
  std::vector<PstNode> nodes_;
  std::vector<PstBlock> blocks_;
  std::vector<std::uint64_t> owned_;  // ids of blocks, in the order in which they came to their owners
  std::vector<ByteRun> pages_;
  std::vector<std::string> damage_;
};

}  // namespace careo
