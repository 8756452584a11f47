// SPDX-License-Identifier: Apache-2.0
#include "unpack/compound/writer.h"

#include <algorithm>
#include <bit>

namespace careo {
namespace {

using Taker = std::function<Result<void>(Bytes)>;

constexpr std::uint32_t kEndOfChain = 0xFFFFFFFE;
constexpr std::uint32_t kTableSector = 0xFFFFFFFD;
constexpr std::uint32_t kMoreTablesSector = 0xFFFFFFFC;
constexpr std::uint32_t kFree = 0xFFFFFFFF;
constexpr std::uint64_t kSmallSector = 64;
constexpr std::uint64_t kSmallBelow = 4096;
constexpr std::uint64_t kTablesInHeader = 109;
constexpr std::uint64_t kLargeFile = 1ULL << 30;

std::uint64_t divided(std::uint64_t length, std::uint64_t by) {
  return (length + by - 1) / by;
}

char16_t upper(char16_t c) {
  return c >= u'a' && c <= u'z' ? static_cast<char16_t>(c - 32) : c;
}

/// [MS-CFB] 2.6.4: shorter names first, then by their upper-case units.
bool stands_before(const std::u16string& a, const std::u16string& b) {
  if (a.size() != b.size()) return a.size() < b.size();
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char16_t x, char16_t y) { return upper(x) < upper(y); });
}

class Writer {
 public:
  Writer(const std::vector<CompoundNode>& tree, const Taker& out) : tree_(tree), out_(out), links_(tree.size()) {}

  Result<void> write() {
    link_siblings();
    lay_out();
    TRY(header());
    TRY(streams());
    TRY(small_table());
    TRY(directory());
    TRY(table());
    return more_tables();
  }

 private:
  struct Links {
    std::uint32_t left = kFree, right = kFree, child = kFree;
    bool red = false;
    std::uint64_t start = 0;  // sector of the stream
  };

  bool is_stream(std::size_t i) const { return i > 0 && !tree_[i].storage; }
  bool is_small(std::size_t i) const { return is_stream(i) && tree_[i].length() < kSmallBelow; }

  // Siblings as a balanced binary tree, whose last, unfilled row is red: a red-black tree.
  void link_siblings() {
    std::vector<std::vector<std::uint32_t>> inside(tree_.size());
    for (std::uint32_t i = 1; i < tree_.size(); ++i) inside[tree_[i].parent].push_back(i);
    for (std::uint32_t parent = 0; parent < tree_.size(); ++parent) {
      std::vector<std::uint32_t>& all = inside[parent];
      std::stable_sort(all.begin(), all.end(), [this](std::uint32_t a, std::uint32_t b) {
        return stands_before(tree_[a].name, tree_[b].name);
      });
      balance(all, &links_[parent].child);
    }
  }

  void balance(const std::vector<std::uint32_t>& sorted, std::uint32_t* root) {
    struct Span {
      std::size_t begin, end, depth;
      std::uint32_t* into;
    };
    const std::size_t full = std::bit_width(sorted.size() + 1) - 1;  // rows without a gap
    std::vector<Span> stack = {{0, sorted.size(), 0, root}};
    while (!stack.empty()) {
      const Span span = stack.back();
      stack.pop_back();
      if (span.begin == span.end) continue;
      const std::size_t middle = span.begin + (span.end - span.begin) / 2;
      *span.into = sorted[middle];
      Links& links = links_[sorted[middle]];
      links.red = span.depth >= full;
      stack.push_back({span.begin, middle, span.depth + 1, &links.left});
      stack.push_back({middle + 1, span.end, span.depth + 1, &links.right});
    }
  }

  // Large streams in the order of the tree, the stream of small ones, then the tables that say where all this stands.
  void lay_out() {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < tree_.size(); ++i) sum += is_stream(i) ? tree_[i].length() + kSmallBelow : 0;
    sector_ = sum > kLargeFile ? 4096 : 512;
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < tree_.size(); ++i) {
      if (!is_stream(i)) continue;
      if (is_small(i)) {
        links_[i].start = small_sectors_;
        small_sectors_ += divided(tree_[i].length(), kSmallSector);
      } else {
        links_[i].start = at;
        at += divided(tree_[i].length(), sector_);
      }
    }
    small_at_ = at;
    small_table_at_ = small_at_ + divided(small_sectors_ * kSmallSector, sector_);
    directory_at_ = small_table_at_ + divided(small_sectors_ * 4, sector_);
    table_at_ = directory_at_ + divided(tree_.size() * 128, sector_);
    const std::uint64_t numbers = sector_ / 4;
    for (;;) {
      more_at_ = table_at_ + tables_;
      more_ = tables_ > kTablesInHeader ? divided(tables_ - kTablesInHeader, numbers - 1) : 0;
      const std::uint64_t needed = divided(more_at_ + more_, numbers);
      if (needed <= tables_) break;
      tables_ = needed;
    }
  }

  Result<void> flush(Packer* packer, std::uint64_t to_sector_of, std::uint8_t filling) {
    while (packer->size() % to_sector_of != 0) packer->u8(filling);
    return packer->size() == 0 ? Result<void>{} : out_(packer->bytes());
  }

  Result<void> header() {
    Packer p;
    p.raw(Buffer{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}).raw(Buffer(16, 0));
    p.u16le(0x3E).u16le(sector_ == 512 ? 3 : 4).u16le(0xFFFE).u16le(sector_ == 512 ? 9 : 12).u16le(6);
    p.raw(Buffer(6, 0));
    p.u32le(sector_ == 512 ? 0 : static_cast<std::uint32_t>(divided(tree_.size() * 128, sector_)));
    p.u32le(static_cast<std::uint32_t>(tables_)).u32le(number(directory_at_)).u32le(0);
    p.u32le(static_cast<std::uint32_t>(kSmallBelow));
    p.u32le(small_sectors_ == 0 ? kEndOfChain : number(small_table_at_));
    p.u32le(static_cast<std::uint32_t>(directory_at_ - small_table_at_));
    p.u32le(more_ == 0 ? kEndOfChain : number(more_at_)).u32le(static_cast<std::uint32_t>(more_));
    for (std::uint64_t i = 0; i < kTablesInHeader; ++i) p.u32le(i < tables_ ? number(table_at_ + i) : kFree);
    return flush(&p, sector_, 0);
  }

  static std::uint32_t number(std::uint64_t sector) { return static_cast<std::uint32_t>(sector); }

  Result<void> streams() {
    for (std::size_t i = 0; i < tree_.size(); ++i)
      if (is_stream(i) && !is_small(i)) TRY(stream(tree_[i], sector_));
    for (std::size_t i = 0; i < tree_.size(); ++i)
      if (is_small(i)) TRY(stream(tree_[i], kSmallSector));
    return zeros(divided(small_sectors_ * kSmallSector, sector_) * sector_ - small_sectors_ * kSmallSector);
  }

  Result<void> stream(const CompoundNode& node, std::uint64_t sector) {
    std::uint64_t left = node.length();
    const auto take = [&](Bytes bytes) -> Result<void> {
      const Bytes wanted = slice(bytes, 0, left);
      left -= wanted.size();
      return wanted.empty() ? Result<void>{} : out_(wanted);
    };
    if (node.pour) {
      TRY(node.pour(take));
    } else {
      TRY(take(node.bytes));
    }
    const std::uint64_t length = node.length();
    return zeros(left + divided(length, sector) * sector - length);
  }

  Result<void> zeros(std::uint64_t count) {
    const Buffer block(static_cast<std::size_t>(std::min<std::uint64_t>(count, 65536)), 0);
    for (std::uint64_t left = count; left > 0;) {
      const Bytes piece = slice(block, 0, left);
      TRY(out_(piece));
      left -= piece.size();
    }
    return {};
  }

  Result<void> small_table() {
    Packer p;
    for (std::size_t i = 0; i < tree_.size(); ++i)
      if (is_small(i)) chain(&p, links_[i].start, divided(tree_[i].length(), kSmallSector));
    return flush(&p, sector_, 0xFF);
  }

  static void chain(Packer* p, std::uint64_t start, std::uint64_t count) {
    for (std::uint64_t i = 1; i <= count; ++i) p->u32le(i == count ? kEndOfChain : number(start + i));
  }

  Result<void> directory() {
    Packer p;
    for (std::size_t i = 0; i < tree_.size(); ++i) entry(i, &p);
    while (p.size() % sector_ != 0) {  // [MS-CFB] 2.6.3: an entry of nothing
      p.raw(Buffer(68, 0)).u32le(kFree).u32le(kFree).u32le(kFree).raw(Buffer(48, 0));
    }
    return out_(p.bytes());
  }

  void entry(std::size_t i, Packer* p) {
    const CompoundNode& node = tree_[i];
    const std::size_t units = std::min<std::size_t>(node.name.size(), 31);
    for (std::size_t unit = 0; unit < 32; ++unit) p->u16le(unit < units ? node.name[unit] : 0);
    p->u16le(static_cast<std::uint16_t>((units + 1) * 2));
    p->u8(i == 0 ? 5 : node.storage ? 1 : 2).u8(links_[i].red ? 0 : 1);
    p->u32le(links_[i].left).u32le(links_[i].right).u32le(links_[i].child);
    p->raw(node.clsid).raw(Buffer(20, 0));
    if (i == 0) {
      p->u32le(small_sectors_ == 0 ? kEndOfChain : number(small_at_)).u64le(small_sectors_ * kSmallSector);
    } else if (!is_stream(i)) {
      p->u32le(0).u64le(0);
    } else {
      p->u32le(node.length() == 0 ? kEndOfChain : number(links_[i].start)).u64le(node.length());
    }
  }

  Result<void> table() {
    Packer p;
    for (std::size_t i = 0; i < tree_.size(); ++i)
      if (is_stream(i) && !is_small(i)) chain(&p, links_[i].start, divided(tree_[i].length(), sector_));
    chain(&p, small_at_, small_table_at_ - small_at_);
    chain(&p, small_table_at_, directory_at_ - small_table_at_);
    chain(&p, directory_at_, table_at_ - directory_at_);
    for (std::uint64_t i = 0; i < tables_; ++i) p.u32le(kTableSector);
    for (std::uint64_t i = 0; i < more_; ++i) p.u32le(kMoreTablesSector);
    while (p.size() < tables_ * sector_) p.u32le(kFree);
    return out_(p.bytes());
  }

  Result<void> more_tables() {
    Packer p;
    std::uint64_t next = kTablesInHeader;
    for (std::uint64_t i = 0; i < more_; ++i) {
      for (std::uint64_t n = 0; n + 1 < sector_ / 4; ++n, ++next)
        p.u32le(next < tables_ ? number(table_at_ + next) : kFree);
      p.u32le(i + 1 < more_ ? number(more_at_ + i + 1) : kEndOfChain);
    }
    return p.size() == 0 ? Result<void>{} : out_(p.bytes());
  }

  const std::vector<CompoundNode>& tree_;
  const Taker& out_;
  std::vector<Links> links_;
  std::uint64_t sector_ = 512;
  std::uint64_t small_sectors_ = 0;
  std::uint64_t small_at_ = 0, small_table_at_ = 0, directory_at_ = 0, table_at_ = 0, more_at_ = 0;
  std::uint64_t tables_ = 0, more_ = 0;
};

CompoundNode named(std::uint32_t parent, std::string_view ascii_name) {
  CompoundNode out;
  out.parent = parent;
  out.name.assign(ascii_name.begin(), ascii_name.end());
  return out;
}

}  // namespace

CompoundNode compound_root(std::array<std::uint8_t, 16> clsid) {
  CompoundNode out = named(0, "Root Entry");
  out.storage = true;
  out.clsid = clsid;
  return out;
}

CompoundNode compound_storage(std::uint32_t parent, std::string_view ascii_name) {
  CompoundNode out = named(parent, ascii_name);
  out.storage = true;
  return out;
}

CompoundNode compound_stream(std::uint32_t parent, std::string_view ascii_name, Buffer bytes) {
  CompoundNode out = named(parent, ascii_name);
  out.bytes = std::move(bytes);
  return out;
}

Result<void> write_compound(const std::vector<CompoundNode>& tree, const std::function<Result<void>(Bytes)>& out) {
  return Writer(tree, out).write();
}

}  // namespace careo
