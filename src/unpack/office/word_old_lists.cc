// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/word_old_lists.h"

#include <array>

#include "unpack/little_endian.h"
#include "unpack/office/word_format.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::size_t kMostStyles = 0x0FFE;
constexpr unsigned kMostBases = 32;  // Word's own chains are short; one that bites its tail ends here

void add_place(Bytes modifications, OldPlace* out) {
  constexpr std::uint8_t kForm = 12, kLevel = 13, kInTable = 24;
  out->damaged = !each_old_sprm(modifications, [&](std::uint8_t code, Bytes operand) {
    if (code == kLevel) out->level = u8_at(operand, 0);
    if (code == kForm) out->form = operand;
    if (code == kInTable) out->in_table = u8_at(operand, 0) != 0;
  });
}

void add_below(const OldPlace& below, OldPlace* to) {
  if (!to->level || to->form.empty()) to->damaged = to->damaged || below.damaged;
  if (!to->level) to->level = below.level;
  if (to->form.empty()) to->form = below.form;
  if (!to->in_table) to->in_table = below.in_table;
}

}  // namespace

/// Its head, then a style each: its base, a name in one byte a letter that ends with a zero, what it modifies.
WordOldLists::WordOldLists(Bytes styles) {
  constexpr std::uint16_t kParagraphStyle = 1;
  const std::uint64_t count = std::min<std::uint64_t>(u16_at(styles, 2), kMostStyles);
  const std::uint64_t base = u16_at(styles, 4);
  std::uint64_t at = 2ULL + u16_at(styles, 0);
  for (std::uint64_t i = 0; i < count && at + 2 <= styles.size(); ++i) {
    const Bytes style = slice(styles, at + 2, u16_at(styles, at));
    at += 2ULL + style.size() + style.size() % 2;
    Style& out = styles_.emplace_back();
    if (style.size() < base || (u16_at(style, 2) & 0x0FU) != kParagraphStyle) continue;
    out.based_on = u16_at(style, 2) >> 4U;
    std::uint64_t formats = base + 1 + u8_at(style, base) + 1;
    formats += formats % 2;
    const Bytes papx = slice(style, formats + 2, u16_at(style, formats));
    if (papx.size() > 2) add_place(papx.subspan(2), &out.place);
  }
}

OldPlace WordOldLists::place_of(Bytes modifications, unsigned style) const {
  OldPlace out;
  add_place(modifications, &out);
  for (unsigned i = 0; i < kMostBases && style < styles_.size(); ++i) {
    add_below(styles_[style].place, &out);
    style = styles_[style].based_on;
  }
  return out;
}

/// ANLD: the kind of its number, how many letters stand before and behind it, where it begins; then those letters, 32
/// bytes, or 64 in Word 97.
/// Outlines are numbered by what their section says, and in tables down the columns or across: neither is read.
std::string OldListCount::label(const OldPlace& place, const std::string& charset) {
  constexpr auto kKinds = std::to_array<NumberKind>({NumberKind::Decimal, NumberKind::UpperRoman,
                                                     NumberKind::LowerRoman, NumberKind::UpperLetter,
                                                     NumberKind::LowerLetter, NumberKind::Decimal});  // the last: "1st"
  constexpr std::uint64_t kLetters = 20;
  constexpr std::uint8_t kNoNumber = 0xFF;
  const std::uint64_t width = charset == "utf-16le" ? 2 : 1;
  if (place.damaged) numbers_.damaged();
  const std::uint8_t level = place.level.value_or(0);
  const Bytes form = slice(place.form, 0, kLetters + 32 * width);
  if (level == OldPlace::kPassedOver) return {};
  if (level != OldPlace::kNumber) stop();
  if (level == 0) return {};
  const auto letters = [&](std::uint64_t from, std::uint64_t count) {
    std::string out;
    append_decoded(slice(form, kLetters + from * width, count * width), charset, &out);
    return out;
  };
  const std::uint8_t before = u8_at(form, 1), behind = u8_at(form, 2);
  const std::uint8_t kind = u8_at(form, 0);
  const bool sign = level == OldPlace::kNumber && kind == kNoNumber && before == 1;
  if (sign || level == OldPlace::kBullet) return numbers_.give(bullet_sign(letters(0, before)));
  const bool words = level == OldPlace::kNumber && kind == kNoNumber && !form.empty();
  if (words) return numbers_.give(letters(0, std::uint64_t{before} + behind));
  if (level != OldPlace::kNumber || place.in_table.value_or(false) || form.empty() || kind >= kKinds.size()) {
    not_read_ = true;
    return {};
  }
  const unsigned number = next_.value_or(u16_at(form, 10));
  next_ = number + 1;
  return numbers_.give(letters(0, before) + list_number(number, kKinds[kind]) + letters(before, behind));
}

std::set<std::string> OldListCount::unread() const {
  std::set<std::string> out = numbers_.unread();
  if (not_read_) out.insert("numbers of headings, or in tables, of Word 6 and 95 are not read");
  return out;
}

}  // namespace careo
