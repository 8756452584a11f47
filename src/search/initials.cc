// SPDX-License-Identifier: Apache-2.0
#include "search/initials.h"

#include "store/database.h"

namespace careo {
namespace {

constexpr std::size_t kBlockBytes = 3840;  // with its row it fits one page
constexpr std::uint64_t kBlockRows = kBlockBytes * 8;
constexpr std::size_t kMostHeld = 2048;  // blocks: 8 MB

std::uint64_t place_of(std::size_t letter, std::uint64_t block) {
  return static_cast<std::uint64_t>(letter) << 32 | block;
}

}  // namespace

// Cyrillic in UTF-8: U+0430 to U+043F begin with D0, U+0440 to U+045F with D1.
std::optional<std::size_t> initial_of(std::string_view folded) {
  if (folded.empty()) return std::nullopt;
  const char first = folded[0];
  if (first >= '0' && first <= '9') return first - '0';
  if (first >= 'a' && first <= 'z') return 10 + (first - 'a');
  if (folded.size() < 2) return std::nullopt;
  const auto second = static_cast<unsigned char>(folded[1]);
  if (first == '\xD0' && second >= 0xB0 && second <= 0xBF) return 36 + (second - 0xB0);
  if (first == '\xD1' && second >= 0x80 && second <= 0x9F) return 52 + (second - 0x80);
  return std::nullopt;
}

std::optional<std::size_t> lone_initial(std::string_view folded) {
  const auto letter = initial_of(folded);
  return letter && folded.size() == (*letter < 36 ? 1U : 2U) ? letter : std::nullopt;
}

Result<Buffer*> Initials::block(std::size_t letter, std::uint64_t number, Absent absent) {
  const std::uint64_t place = place_of(letter, number);
  if (const auto found = held_.find(place); found != held_.end()) return &found->second;
  if (held_.size() >= kMostHeld) TRY(flush());
  Statement find = TRY(database_->prepare("SELECT rows FROM initials WHERE place = ?1"));
  find.bind(1, place);
  const bool stands = TRY(find.step());
  if (!stands && absent == Absent::Leave) return nullptr;
  Buffer& out = held_[place];
  if (stands) out.assign(find.bytes(0).begin(), find.bytes(0).end());
  out.resize(kBlockBytes);
  return &out;
}

Result<void> Initials::add(std::uint64_t id, const InitialSet& letters) {
  for (std::size_t letter = 0; letter < kInitials; ++letter) {
    if (!letters[letter]) continue;
    Buffer& bits = *TRY(block(letter, id / kBlockRows, Absent::Make));
    bits[id % kBlockRows / 8] |= static_cast<std::uint8_t>(1U << (id % 8));
  }
  return {};
}

Result<void> Initials::clear(std::uint64_t id) {
  for (std::size_t letter = 0; letter < kInitials; ++letter) {
    Buffer* const bits = TRY(block(letter, id / kBlockRows, Absent::Leave));
    if (bits != nullptr) (*bits)[id % kBlockRows / 8] &= static_cast<std::uint8_t>(~(1U << (id % 8)));
  }
  return {};
}

Result<void> Initials::flush() {
  if (held_.empty()) return {};
  Statement write = TRY(database_->prepare("INSERT OR REPLACE INTO initials(place, rows) VALUES(?1, ?2)"));
  for (const auto& [place, bits] : held_) TRY(write.bind(1, place).bind(2, Bytes(bits)).run());
  held_.clear();
  return {};
}

Result<DocSet> Initials::rows(std::size_t letter) {
  TRY(flush());
  Statement walk = TRY(database_->prepare("SELECT place, rows FROM initials WHERE place BETWEEN ?1 AND ?2"));
  walk.bind(1, place_of(letter, 0)).bind(2, place_of(letter, UINT32_MAX));
  DocSet out;
  while (TRY(walk.step())) {
    const auto block = static_cast<std::uint64_t>(walk.integer(0)) & UINT32_MAX;
    out.add_bits(block * kBlockRows, walk.bytes(1));
  }
  return out;
}

}  // namespace careo
