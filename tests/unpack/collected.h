// SPDX-License-Identifier: Apache-2.0
// A part in memory and a sink that keeps what it is given: openers tested without a wire.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "evidence/opener.h"

namespace careo {

/// Gives views as the wire does: never more than asked for, and only the last one may be used.
class MemoryBytes : public PartBytes {
 public:
  explicit MemoryBytes(Bytes bytes) : bytes_(bytes) {}
  explicit MemoryBytes(std::string_view text) : bytes_(bytes_of(text)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<Bytes> at(std::uint64_t offset, std::uint64_t length) override {
    const Bytes asked = slice(bytes_, offset, length);
    held_.assign(asked.begin(), asked.end());  // the view before is gone, so that its use shows under a sanitizer
    held_.shrink_to_fit();
    ++calls;
    return Bytes(held_);
  }
  std::span<const std::string> passwords() const override { return words; }
  std::size_t calls = 0;
  std::vector<std::string> words;  ///< that open what is locked

 private:
  Bytes bytes_;
  Buffer held_;
};

struct Collected : Sink {
  std::vector<Child> children;
  std::vector<Buffer> derived_data;  ///< one for each derived child
  std::vector<Text> texts;
  std::vector<Reading> readings;
  std::vector<Unread> unreads;
  std::vector<Claim> claims;
  std::uint64_t expected = UINT64_MAX;
  std::string type;
  std::size_t pictures = 0;

  Result<void> child(Child child) override {
    children.push_back(std::move(child));
    return {};
  }
  Result<void> derived(Child child) override {
    children.push_back(std::move(child));
    derived_data.emplace_back();
    return {};
  }
  Result<void> derived_bytes(Bytes bytes) override {
    derived_data.back().insert(derived_data.back().end(), bytes.begin(), bytes.end());
    return {};
  }
  Result<void> derived_end() override { return {}; }
  Result<void> text(Text text) override {
    texts.push_back(std::move(text));
    return {};
  }
  Result<void> picture(const Picture&) override {
    ++pictures;
    return {};
  }
  Result<void> reading(Reading reading) override {
    readings.push_back(std::move(reading));
    return {};
  }
  void unread(Unread unread) override { unreads.push_back(std::move(unread)); }
  void claim(Claim::By by, std::uint64_t length) override { careo::claim(&claims, by, length); }
  void expect(std::uint64_t children_expected) override { expected = children_expected; }
  void media_type(std::string_view media_type) override { type = media_type; }

  std::uint64_t claimed() const {
    std::uint64_t sum = 0;
    for (const Claim& claim : claims) sum += claim.length;
    return sum;
  }
  /// As the inventory asks: every byte is claimed, each child answers for a run of them, and the container's own count
  /// is met (what is found beside it is added to it), or what is missing is named.
  bool adds_up(std::uint64_t size) const {
    return (claims.empty() || claimed() == size) && runs_answer(Children(children), claims) &&
           (expected == UINT64_MAX || expected == children.size() || !unreads.empty());
  }
  std::string text_of_first() const { return texts.empty() ? std::string() : texts[0].utf8; }
};

/// What an opener gives for `bytes`.
inline Collected collect(const Opener& opener, std::string_view bytes, const Hints& hints = {},
                         const Budget& budget = {}, std::vector<std::string> words = {}) {
  MemoryBytes part(bytes);
  part.words = std::move(words);
  Collected out;
  const Result<void> opened = opener.open(part, hints, budget, out);
  if (!opened) out.type = "error: " + opened.error().text();
  return out;
}

}  // namespace careo
