// SPDX-License-Identifier: Apache-2.0
#include "evidence/children.h"

#include <algorithm>

namespace careo {
namespace {

// A list in blocks grows without being copied, and can be let go of piece by piece.
constexpr std::size_t kBlock = 1U << 20;

Result<Sha256> sha_of(Cursor* in) {
  const Bytes bytes = TRY(in->take(32));
  Sha256 out;
  std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  return out;
}

Buffer packed(const Child& child) {
  Packer out;
  out.text(child.step.print()).text(child.hints.canonical()).text(child.name).text(child.media_type);
  out.u8(child.part ? 1 : 0);
  if (child.part) out.raw(child.part->sha256.bytes).varint(child.part->length).text(child.part->hints.canonical());
  return out.take();
}

Result<Child> child_in(Cursor* in) {
  Child out;
  out.step = TRY(Step::parse(TRY(in->text())));
  out.hints = TRY(Hints::parse(TRY(in->text())));
  out.name = TRY(in->text());
  out.media_type = TRY(in->text());
  const std::uint8_t known = TRY(in->u8());
  if (known > 1) return fail(Fault::Malformed, "neither known nor unknown");
  if (known == 0) return out;
  Part part;
  part.sha256 = TRY(sha_of(in));
  part.length = TRY(in->varint());
  part.hints = TRY(Hints::parse(TRY(in->text())));
  out.part = std::move(part);
  return out;
}

}  // namespace

void Children::push_back(const Child& child) {
  const Buffer item = packed(child);
  const bool fits = !blocks_.empty() && blocks_.back().use_count() == 1 && blocks_.back()->begin == 0 &&
                    blocks_.back()->end + item.size() <= kBlock;
  if (!fits) blocks_.push_back(std::make_shared<Block>());
  Block& block = *blocks_.back();
  block.bytes.resize(block.end);
  block.bytes.insert(block.bytes.end(), item.begin(), item.end());
  block.end = block.bytes.size();
  ++count_;
}

Children::Iterator Children::begin() const {
  return Iterator(this);
}
Children::Iterator Children::end() const {
  return {};
}

std::vector<Child> Children::list() const {
  std::vector<Child> out;
  for (const Child& child : *this) out.push_back(child);
  return out;
}

// The packed form is canonical, but its blocks need not end at the same children.
bool Children::operator==(const Children& other) const {
  if (count_ != other.count_) return false;
  Hasher mine;
  Hasher theirs;
  visit_packed([&](Bytes block) { mine.update(block); });
  other.visit_packed([&](Bytes block) { theirs.update(block); });
  return mine.finish() == theirs.finish();
}

std::size_t Children::packed_size() const {
  std::size_t out = 0;
  visit_packed([&out](Bytes block) { out += block.size(); });
  return out;
}

Result<void> Children::skip(Cursor* in, std::uint64_t count) {
  if (count > in->left()) return fail(Fault::Malformed, "more items than bytes");
  for (std::uint64_t i = 0; i < count; ++i) TRY(child_in(in));
  return {};
}

Children Children::of(Bytes packed, std::size_t count) {
  return in(Buffer(packed.begin(), packed.end()), 0, packed.size(), count);
}

Children Children::in(Buffer memory, std::size_t begin, std::size_t end, std::size_t count) {
  Children out;
  if (count == 0) return out;
  out.blocks_.push_back(std::make_shared<Block>(Block{std::move(memory), begin, end}));
  out.count_ = count;
  return out;
}

Child Children::unpack(Cursor* in) {
  auto out = child_in(in);
  return out ? std::move(*out) : Child{};
}

Children::Iterator::Iterator(const Children* of) : of_(of), left_(of->count_ + 1) {
  ++*this;
}

Children::Iterator& Children::Iterator::operator++() {
  if (--left_ == 0) return *this;
  if (at_ == of_->blocks_[block_]->view().size()) {
    ++block_;
    at_ = 0;
  }
  Cursor rest(of_->blocks_[block_]->view().subspan(at_));
  here_ = unpack(&rest);
  at_ += rest.position();
  return *this;
}

}  // namespace careo
