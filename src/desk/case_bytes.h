// SPDX-License-Identifier: Apache-2.0
// A part's bytes out of the case, for a crew to read. Reads lock the case, since two crews share it.
#pragma once

#include <mutex>
#include <optional>

#include "store/case.h"
#include "wire/crew.h"

namespace careo {

/// Parts up to this size are held while their batch runs: their children's bytes are then cut out of memory.
inline constexpr std::uint64_t kHeldBytes = 1ULL << 20;

class CaseBytes : public PartSource {
 public:
  /// REQUIRES: `store` and `lock` outlive this object.
  CaseBytes(Case& store, std::recursive_mutex& lock, const Part& part)
      : store_(store), mutex_(lock), id_(part.id()), size_(part.length) {}

  std::uint64_t size() const override { return size_; }

  Result<Buffer> read(std::uint64_t offset, std::uint64_t length) override {
    const std::lock_guard lock(mutex_);
    return read_locked(offset, length);
  }

  Result<Buffer> read_locked(std::uint64_t offset, std::uint64_t length) {
    if (size_ > kHeldBytes) return store_.bytes(id_, offset, length);
    if (!held_) held_ = TRY(store_.bytes(id_, 0, size_));
    const Bytes out = slice(*held_, offset, length);
    return Buffer(out.begin(), out.end());
  }

 private:
  Case& store_;
  std::recursive_mutex& mutex_;
  const PartId id_;
  const std::uint64_t size_;
  std::optional<Buffer> held_;
};

}  // namespace careo
