// SPDX-License-Identifier: Apache-2.0
// The children of an outcome. A mailbox may have a million: they stay in their packed form (docs/formats/outcome.md,
// a tenth of what they take unpacked), and each is unpacked where it is looked at.
#pragma once

#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "evidence/part.h"
#include "evidence/trail.h"

namespace careo {

/// A part found inside this one.
struct Child {
  Step step;
  Hints hints;
  std::string name;          ///< as the container names it, UTF-8, for people; never used as a path
  std::string media_type;    ///< as the container declares it
  std::optional<Part> part;  ///< filled by the desk, which hashes the bytes itself
  bool operator==(const Child&) const = default;
};

/// A list of children, read in order. Copies share what they hold.
class Children {
 public:
  class Iterator;

  Children() = default;
  Children(std::initializer_list<Child> children) : Children(std::vector<Child>(children)) {}
  explicit Children(const std::vector<Child>& children) {
    for (const Child& child : children) push_back(child);
  }

  void push_back(const Child& child);
  std::size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  Iterator begin() const;
  Iterator end() const;
  /// All of them unpacked: 400 bytes each.
  std::vector<Child> list() const;
  bool operator==(const Children& other) const;

  /// Calls `each` with every child, in order, and lets go of what is behind; ends on its error. Nothing is left then.
  template <typename Each>
  Result<void> drain(Each&& each);

  /// The packed list without its count, a block at a time.
  template <typename Out>
  void visit_packed(Out&& out) const {
    for (const auto& block : blocks_) out(block->view());
  }
  /// The same, and lets go of each block behind it. Nothing is left then.
  template <typename Out>
  void drain_packed(Out&& out) {
    count_ = 0;
    for (auto& block : std::exchange(blocks_, {})) {
      out(block->view());
      block.reset();
    }
  }
  std::size_t packed_size() const;
  /// Where a list of `count` children ends in `in`. Malformed for what push_back() would not have written.
  static Result<void> skip(Cursor* in, std::uint64_t count);
  /// A list that skip() went through: copied, or, where it is long, kept in the memory it stands in.
  static Children of(Bytes packed, std::size_t count);
  static Children in(Buffer memory, std::size_t begin, std::size_t end, std::size_t count);

 private:
  struct Block {
    Buffer bytes;
    std::size_t begin = 0;
    std::size_t end = 0;
    Bytes view() const { return Bytes(bytes).subspan(begin, end - begin); }
  };
  static Child unpack(Cursor* in);              // of bytes that skip() or push_back() vouches for
  std::vector<std::shared_ptr<Block>> blocks_;  // none is empty; no child stands in two; changed only while unshared
  std::size_t count_ = 0;
};

/// Unpacks one child after another. Valid while its list is neither changed nor gone.
class Children::Iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = Child;
  using difference_type = std::ptrdiff_t;
  using pointer = const Child*;
  using reference = const Child&;

  Iterator() = default;
  reference operator*() const { return here_; }
  pointer operator->() const { return &here_; }
  Iterator& operator++();
  Iterator operator++(int) {
    Iterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Iterator& other) const { return left_ == other.left_; }

 private:
  friend class Children;
  explicit Iterator(const Children* of);

  const Children* of_ = nullptr;
  std::size_t left_ = 0;  // this child and those behind it
  std::size_t block_ = 0;
  std::size_t at_ = 0;  // behind this child, in its block
  Child here_;
};

template <typename Each>
Result<void> Children::drain(Each&& each) {
  count_ = 0;
  for (auto& block : std::exchange(blocks_, {})) {
    for (Cursor rest(block->view()); !rest.done();) TRY(each(unpack(&rest)));
    block.reset();
  }
  return {};
}

}  // namespace careo
