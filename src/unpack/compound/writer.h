// SPDX-License-Identifier: Apache-2.0
// Writes a compound file ([MS-CFB]) of storages and streams. Canonical: equal trees give equal bytes, every stream
// stands in one run, and nothing in it depends on a clock. Streams are pulled when their turn comes and never held.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace careo {

struct CompoundNode {
  std::uint32_t parent = 0;  ///< index in the tree; parents come before what is in them, 0 is the root
  bool storage = false;
  std::u16string name;  ///< at most 31 units
  std::array<std::uint8_t, 16> clsid{};
  Buffer bytes;            ///< of a stream, unless it is poured
  std::uint64_t size = 0;  ///< of a stream that is poured
  /// Hands over `size` bytes. What is missing is filled with zeros, what is too much is dropped.
  std::function<Result<void>(const std::function<Result<void>(Bytes)>&)> pour;

  std::uint64_t length() const { return pour ? size : bytes.size(); }
};

/// A tree's root, to begin with: tree[0].
CompoundNode compound_root(std::array<std::uint8_t, 16> clsid = {});
CompoundNode compound_storage(std::uint32_t parent, std::string_view ascii_name);
CompoundNode compound_stream(std::uint32_t parent, std::string_view ascii_name, Buffer bytes);

/// Hands the file over in pieces. Sectors of 512 bytes; of 4,096 where the file passes 1 GiB.
/// REQUIRES: tree[0] is the root; names below one storage differ.
Result<void> write_compound(const std::vector<CompoundNode>& tree, const std::function<Result<void>(Bytes)>& out);

}  // namespace careo
