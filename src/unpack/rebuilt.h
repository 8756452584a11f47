// SPDX-License-Identifier: Apache-2.0
// A part put together out of another one: bytes of its own, runs of the other as they stand, and runs decrypted. So an
// archive without its lock is read and handed on without being held in memory.
#pragma once

#include <vector>

#include "unpack/account.h"

namespace careo {

/// Not safe to share between threads: it pulls from `from`, which must outlive it.
class RebuiltPart : public PartBytes {
 public:
  explicit RebuiltPart(PartBytes* from) : from_(from) {}

  void add(Buffer own);
  void add(ByteRun run);
  /// `run` decrypted by AES in CBC, its first `length` bytes: what is behind them is the padding of the last block.
  void add_decrypted(ByteRun run, std::uint64_t length, Buffer key, Buffer iv);

  std::uint64_t size() const override { return size_; }
  Result<Bytes> at(std::uint64_t offset, std::uint64_t length) override;
  /// All of it, in pieces.
  Result<void> pour(const std::function<Result<void>(Bytes)>& take);

 private:
  struct Piece {
    std::uint64_t begin = 0;
    std::uint64_t length = 0;
    std::uint64_t run = 0;  ///< where it stands in the other part; its own bytes else
    Buffer own;
    Buffer key, iv;
    bool of_other = false;
  };
  void append(Piece piece);
  Result<void> give(const Piece& piece, std::uint64_t from, std::uint64_t to);

  PartBytes* from_;
  std::uint64_t size_ = 0;
  std::vector<Piece> pieces_;
  Buffer view_;
};

}  // namespace careo
