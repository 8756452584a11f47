// SPDX-License-Identifier: Apache-2.0
// The middle of a PST ([MS-PST] 2.3): a heap in a node's blocks, and the trees, property lists and tables kept in it.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "unpack/outlook/pst_file.h"

namespace careo {

/// A node opened for reading: its heap, and the nodes below it. Borrows the file. Values are read when asked for.
class PstHeap {
 public:
  enum Kind : std::uint8_t { kTable = 0x7C, kTree = 0xB5, kProperties = 0xBC };
  static Result<PstHeap> open(PstFile& file, const PstNode& node, PstBlock::Owner owner);

  std::uint8_t kind() const { return kind_; }
  std::uint32_t root() const { return root_; }
  PstFile& file() const { return *file_; }
  const std::vector<PstNode>& subnodes() const { return subnodes_; }
  const PstNode* subnode(std::uint32_t id) const;

  /// An allocation of the heap; "" for 0.
  Result<Buffer> item(std::uint32_t id) const;
  /// The records of a tree, key before data, in order. Stops when `take` fails.
  Result<void> records(std::uint32_t header, const std::function<Result<void>(Bytes key, Bytes data)>& take) const;

 private:
  Result<Bytes> heap_block(std::size_t index) const;

  PstFile* file_ = nullptr;
  PstBlock::Owner owner_ = PstBlock::Owner::None;
  std::vector<std::uint64_t> blocks_;
  std::vector<PstNode> subnodes_;
  std::uint8_t kind_ = 0;
  std::uint32_t root_ = 0;
  mutable std::map<std::size_t, Buffer> held_;
};

/// A value of an object or of a cell: in `bytes`, or in the blocks below `data`, which are listed when they are read.
struct PstValue {
  std::uint16_t id = 0;
  std::uint16_t type = 0;
  Buffer bytes;
  std::uint64_t data = 0;
  std::uint64_t length = 0;  ///< of either
  std::uint32_t object = 0;  ///< the node that an object is, for PtypObject
};

/// [MS-PST] 2.3.3: all properties of a node, in the order of their ids. Values that cannot be read are left out and
/// told by the file's damage.
Result<std::vector<PstValue>> pst_properties(const PstHeap& heap, PstBlock::Owner owner);

/// [MS-PST] 2.3.4: hands over the rows of a table, each as its values.
Result<void> pst_rows(const PstHeap& heap, PstBlock::Owner owner,
                      const std::function<Result<void>(std::uint32_t row, std::vector<PstValue> values)>& take);
/// The ids of the rows alone, which cost no look at the rows: the nodes that a table of contents lists.
Result<std::vector<std::uint32_t>> pst_row_ids(const PstHeap& heap);

}  // namespace careo
