// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/pst_recovery.h"

#include <algorithm>
#include <map>

namespace careo {
namespace {

constexpr std::uint64_t kPiece = 1ULL << 18;
// Pages begin at multiples of 512 bytes, also where they are 4 KiB long.
constexpr std::uint64_t kStep = 512;
constexpr std::size_t kMostFound = 4'000'000;

bool all_zero(Bytes bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

class Scan {
 public:
  Scan(PstFile& file, std::uint64_t most_items) : file_(file), most_items_(most_items) {}

  Result<PstLeftovers> run() {
    for (const ByteRun& gap : gaps()) TRY(pages_in(gap));
    TRY(adopt_blocks());
    adopt_items();
    // Blocks that were found take their bytes out of what is unknown.
    for (const ByteRun& gap : gaps()) TRY(rest_of(gap));
    return std::move(out_);
  }

 private:
  /// What neither header, pages of the trees nor blocks take, in order.
  std::vector<ByteRun> gaps() const {
    std::vector<ByteRun> taken = file_.pages();
    taken.push_back({0, std::min(file_.first_page(), file_.size())});
    for (const PstBlock& block : file_.blocks()) taken.push_back(file_.run_of(block));
    std::sort(taken.begin(), taken.end());
    std::vector<ByteRun> out;
    std::uint64_t at = 0;
    for (const ByteRun& run : taken) {
      if (run.offset > at) out.push_back({at, run.offset - at});
      at = std::max(at, run.end());
    }
    if (file_.size() > at) out.push_back({at, file_.size() - at});
    return out;
  }

  Result<void> pages_in(const ByteRun& gap) {
    const std::uint64_t size = file_.page_size();
    std::uint64_t at = (gap.offset + kStep - 1) / kStep * kStep;
    while (at + size <= gap.end()) {
      const std::uint64_t length = std::min(std::max(kPiece, size), gap.end() - at);
      const Bytes piece = TRY(file_.part().at(at, length));
      std::uint64_t inside = 0;
      while (inside + size <= piece.size()) inside += page(at + inside, piece.subspan(inside, size)) ? size : kStep;
      if (inside == 0) break;
      at += inside;
    }
    return {};
  }

  bool page(std::uint64_t at, Bytes bytes) {
    if (!file_.is_sound_page(bytes)) return false;
    out_.old.push_back({at, file_.page_size()});
    if (found_ >= kMostFound) return true;
    if (const auto leaf = file_.leaf(PstFile::Tree::Nodes, bytes)) {
      found_ += leaf->nodes.size();
      for (const PstNode& node : leaf->nodes) keep_newest(&nodes_, std::pair(node.id, ~node.data), leaf->page_id, node);
    }
    if (const auto leaf = file_.leaf(PstFile::Tree::Blocks, bytes)) {
      found_ += leaf->blocks.size();
      for (const PstBlock& block : leaf->blocks) keep_newest(&blocks_, block.id, leaf->page_id, block);
    }
    return true;
  }

  template <typename Key, typename Value>
  static void keep_newest(std::map<Key, std::pair<std::uint64_t, Value>>* all, Key key, std::uint64_t page,
                          const Value& value) {
    auto& known = (*all)[key];
    if (known.first <= page) known = {page, value};
  }

  Result<void> adopt_blocks() {
    const std::vector<ByteRun> free = gaps();
    const auto is_free = [&](const ByteRun& run) {
      auto it = std::upper_bound(free.begin(), free.end(), run.offset,
                                 [](std::uint64_t at, const ByteRun& gap) { return at < gap.offset; });
      return it != free.begin() && run.end() <= (--it)->end();
    };
    std::vector<PstBlock> sound;
    for (const auto& [id, found] : blocks_) {
      const PstBlock& block = found.second;
      if (file_.find(id) != nullptr || !is_free(file_.run_of(block)) || !TRY(file_.stands(block))) continue;
      sound.push_back(block);
    }
    file_.adopt({}, std::move(sound));
    return {};
  }

  // A block's id is never given twice, so what stands under it is what the entry meant. Of one node the latest state,
  // which has the highest block, comes first.
  void adopt_items() {
    std::uint32_t last = 0;
    for (const auto& [key, found] : nodes_) {
      const PstNode& node = found.second;
      const bool item = node.type() == PstNode::kMessage || node.type() == PstNode::kAssociated;
      if (!item || file_.find(node.data) == nullptr || out_.items.size() + out_.versions.size() >= most_items_)
        continue;
      const PstNode* live = file_.node(node.id);
      if (live != nullptr && live->data == node.data) continue;
      (live != nullptr || last == node.id ? out_.versions : out_.items).push_back(node);
      last = node.id;
    }
    file_.adopt(out_.items, {});
  }

  Result<void> rest_of(const ByteRun& gap) {
    std::uint64_t at = gap.offset;
    auto old = std::lower_bound(out_.old.begin(), out_.old.end(), ByteRun{at, 0});
    while (at < gap.end()) {
      while (old != out_.old.end() && old->end() <= at) ++old;
      if (old != out_.old.end() && old->offset <= at) {
        at = old->end();
        continue;
      }
      const std::uint64_t stop = old == out_.old.end() ? gap.end() : std::min(gap.end(), old->offset);
      const std::uint64_t length = std::min<std::uint64_t>({kStep - at % kStep, stop - at});
      const Bytes bytes = TRY(file_.part().at(at, length));
      if (bytes.empty()) break;
      if (!all_zero(bytes)) {
        if (!out_.unknown.empty() && out_.unknown.back().end() == at) {
          out_.unknown.back().length += bytes.size();
        } else {
          out_.unknown.push_back({at, bytes.size()});
        }
      }
      at += bytes.size();
    }
    return {};
  }

  PstFile& file_;
  std::uint64_t most_items_;
  PstLeftovers out_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::pair<std::uint64_t, PstNode>> nodes_;
  std::map<std::uint64_t, std::pair<std::uint64_t, PstBlock>> blocks_;
  std::size_t found_ = 0;
};

}  // namespace

Result<PstLeftovers> recover_pst(PstFile& file, std::uint64_t most_items) {
  return Scan(file, most_items).run();
}

}  // namespace careo
