// SPDX-License-Identifier: Apache-2.0
#include "unpack/rebuilt.h"

#include <algorithm>

#include "unpack/cipher.h"

namespace careo {
namespace {

constexpr std::uint64_t kBlock = 16;
constexpr std::uint64_t kPiece = 1U << 18U;

}  // namespace

void RebuiltPart::append(Piece piece) {
  if (piece.length == 0) return;
  piece.begin = size_;
  size_ += piece.length;
  pieces_.push_back(std::move(piece));
}

void RebuiltPart::add(Buffer own) {
  Piece piece;
  piece.length = own.size();
  piece.own = std::move(own);
  append(std::move(piece));
}

void RebuiltPart::add(ByteRun run) {
  Piece piece;
  piece.length = run.length;
  piece.run = run.offset;
  piece.of_other = true;
  append(std::move(piece));
}

void RebuiltPart::add_decrypted(ByteRun run, std::uint64_t length, Buffer key, Buffer iv) {
  Piece piece;
  piece.length = std::min(length, run.length / kBlock * kBlock);
  piece.run = run.offset;
  piece.key = std::move(key);
  piece.iv = std::move(iv);
  piece.of_other = true;
  append(std::move(piece));
}

Result<Bytes> RebuiltPart::at(std::uint64_t offset, std::uint64_t length) {
  view_.clear();
  if (offset >= size_) return Bytes();
  const std::uint64_t end = offset + std::min(length, size_ - offset);
  auto piece = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                [](std::uint64_t value, const Piece& other) { return value < other.begin; }) -
               1;
  for (std::uint64_t at = offset; at < end; ++piece) {
    const std::uint64_t to = std::min(end, piece->begin + piece->length);
    TRY(give(*piece, at - piece->begin, to - piece->begin));
    at = to;
  }
  return Bytes(view_);
}

/// Appends [from, to) of a piece to the view: zeros where the other part has become shorter than it said.
Result<void> RebuiltPart::give(const Piece& piece, std::uint64_t from, std::uint64_t to) {
  const std::size_t before = view_.size();
  Buffer clear;
  Bytes bytes;
  if (!piece.of_other) {
    bytes = slice(piece.own, from, to - from);
  } else if (piece.key.empty()) {
    bytes = TRY(from_->at(piece.run + from, to - from));
  } else {
    // In CBC a block needs the one before it, and nothing else.
    const std::uint64_t first = from / kBlock * kBlock;
    const std::uint64_t last = (to + kBlock - 1) / kBlock * kBlock;
    const std::uint64_t lead = first == 0 ? 0 : kBlock;
    const Bytes locked = TRY(from_->at(piece.run + first - lead, last - first + lead));
    clear = aes_decrypted(piece.key, lead == 0 ? Bytes(piece.iv) : slice(locked, 0, kBlock), slice(locked, lead));
    bytes = slice(clear, from - first, to - from);
  }
  view_.insert(view_.end(), bytes.begin(), bytes.end());
  view_.resize(before + (to - from));
  return {};
}

Result<void> RebuiltPart::pour(const std::function<Result<void>(Bytes)>& take) {
  for (std::uint64_t at = 0; at < size_; at += kPiece) TRY(take(TRY(this->at(at, kPiece))));
  return {};
}

}  // namespace careo
