// SPDX-License-Identifier: Apache-2.0
// A part in memory and a sink that only counts, for fuzzing openers.
#pragma once

#include <cstdlib>

#include "base/text.h"
#include "evidence/opener.h"

namespace careo {

/// Every view is a copy of its own, so that using an old one shows under a sanitizer.
class MemoryPart : public PartBytes {
 public:
  explicit MemoryPart(Bytes bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<Bytes> at(std::uint64_t offset, std::uint64_t length) override {
    const Bytes asked = slice(bytes_, offset, length);
    held_ = Buffer(asked.begin(), asked.end());
    return Bytes(held_);
  }

 private:
  Bytes bytes_;
  Buffer held_;
};

/// Aborts when an opener breaks a promise: claims beyond the part, derived bytes outside of a child, text that is no
/// UTF-8.
class CountingSink : public Sink {
 public:
  explicit CountingSink(std::uint64_t size) : size_(size) {}
  Result<void> child(Child child) override {
    if (child.step.kind != Step::Kind::Range || child.step.offset + child.step.length > size_) std::abort();
    return {};
  }
  Result<void> derived(Child) override {
    if (open_) std::abort();
    open_ = true;
    return {};
  }
  Result<void> derived_bytes(Bytes) override {
    if (!open_) std::abort();
    return {};
  }
  Result<void> derived_end() override {
    if (!open_) std::abort();
    open_ = false;
    return {};
  }
  Result<void> text(Text text) override {
    if (!is_utf8(text.utf8)) std::abort();
    return {};
  }
  Result<void> picture(const Picture&) override { return {}; }
  Result<void> reading(Reading) override { return {}; }
  void unread(Unread) override {}
  void claim(Claim::By, std::uint64_t length) override { claimed_ += length; }
  void expect(std::uint64_t) override {}
  void media_type(std::string_view) override {}
  /// After an opening that did not fail.
  void finished() const {
    if (open_ || claimed_ != size_) std::abort();
  }

 private:
  std::uint64_t size_;
  std::uint64_t claimed_ = 0;
  bool open_ = false;
};

inline Budget small_budget() {
  Budget budget;
  budget.children = 1000;
  budget.bytes_out = 4U << 20U;
  budget.text_bytes = 1U << 20U;
  return budget;
}

}  // namespace careo
