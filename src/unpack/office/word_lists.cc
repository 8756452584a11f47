// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/word_lists.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "unpack/little_endian.h"
#include "unpack/office/word_format.h"

namespace careo {
namespace {

constexpr std::size_t kMostLists = 10'000;
constexpr std::size_t kMostStyles = 0x0FFE;  // [MS-DOC] 2.9.272
constexpr unsigned kMostBases = 32;          // Word's own chains are short; one that bites its tail ends here
constexpr std::uint16_t kMostUses = 0x07FE;

using Level = NumberedList::Level;

/// MSONFC ([MS-OSHARED] 2.2.1.3). "1st" is given as a decimal.
std::optional<NumberKind> kind_of(std::uint8_t code) {
  switch (code) {
    case 0x00:
    case 0x05: return NumberKind::Decimal;
    case 0x01: return NumberKind::UpperRoman;
    case 0x02: return NumberKind::LowerRoman;
    case 0x03: return NumberKind::UpperLetter;
    case 0x04: return NumberKind::LowerLetter;
    case 0x16: return NumberKind::PaddedDecimal;
    case 0x17: return NumberKind::Bullet;
    case 0x3A: return NumberKind::LowerRussian;
    case 0x3B: return NumberKind::UpperRussian;
    case 0xFF: return NumberKind::None;
    default: return std::nullopt;
  }
}

/// Letters with numbers of levels, from 0, in the place of their numbers (2.9.148: xst): "%1.%2".
std::string text_of_level(Bytes units) {
  std::string out;
  for (std::uint64_t at = 0; at + 1 < units.size(); at += 2) {
    const std::uint16_t unit = u16_at(units, at);
    if (unit < NumberedList::kLevels) {
      out += '%';
      out += static_cast<char>('1' + unit);
    } else {
      append_utf8(&out, unit);
    }
  }
  return clean_utf8(out).text;
}

/// LVL (2.9.148) with its LVLF (2.9.149); moves `*at` behind it.
Level read_level(Bytes from, std::uint64_t* at) {
  constexpr std::uint64_t kHead = 28;
  constexpr std::uint8_t kLegal = 4, kNoRestart = 8;
  Level out;
  const Bytes head = slice(from, *at, kHead);
  out.start = u32_at(head, 0) & 0x7FFFU;
  const auto kind = kind_of(u8_at(head, 4));
  out.unknown = !kind;
  if (kind) out.kind = *kind;
  out.decimal = (u8_at(head, 5) & kLegal) != 0;
  if ((u8_at(head, 5) & kNoRestart) != 0) out.restart = u8_at(head, 26);
  *at += kHead + u8_at(head, 24) + u8_at(head, 25);
  const std::uint64_t units = u16_at(from, *at);
  out.text = text_of_level(slice(from, *at + 2, units * 2));
  if (out.kind == NumberKind::Bullet) out.text = bullet_sign(out.text);
  *at += 2 + units * 2;
  return out;
}

/// PlfLst (2.9.190): heads, then the levels of each, one or nine.
std::map<std::uint32_t, NumberedList> read_definitions(Bytes from) {
  constexpr std::uint64_t kHead = 28;
  const std::uint64_t count = std::min<std::uint64_t>(u16_at(from, 0), kMostLists);
  std::map<std::uint32_t, NumberedList> out;
  std::uint64_t at = 2 + count * kHead;
  for (std::uint64_t i = 0; i < count && at < from.size(); ++i) {
    const std::uint32_t id = u32_at(from, 2 + i * kHead);
    const bool simple = (u8_at(from, 2 + i * kHead + 26) & 1U) != 0;
    NumberedList& list = out[id];
    list.counted_with = std::to_string(id);
    for (unsigned level = 0; level < (simple ? 1U : NumberedList::kLevels); ++level)
      list.levels[level] = std::make_shared<const Level>(read_level(from, &at));
  }
  return out;
}

/// LFOLVL (2.9.133): where a use of the list begins anew, or counts otherwise.
void read_change(Bytes from, std::uint64_t* at, NumberedList* list) {
  constexpr std::uint32_t kStart = 0x10, kFormatting = 0x20;
  const std::uint32_t start = u32_at(from, *at) & 0x7FFFU, flags = u32_at(from, *at + 4);
  const std::uint32_t level = flags & 0x0FU;
  *at += 8;
  const bool known = level < NumberedList::kLevels;
  if ((flags & kFormatting) != 0) {
    const Level read = read_level(from, at);
    if (known) list->levels[level] = std::make_shared<const Level>(read);
    if (known && (flags & kStart) != 0) list->starts[level] = read.start;
  } else if (known && (flags & kStart) != 0) {
    list->starts[level] = start;
  }
}

}  // namespace

void add_place(std::uint16_t code, Bytes operand, WordPlace* out) {
  constexpr std::uint16_t kLevel = 0x260A, kList = 0x460B, kForm = 0xC63E, kInTable = 0x2416;
  if (code == kLevel) out->level = u8_at(operand, 0);
  if (code == kList) out->list = u16_at(operand, 0);
  if (code == kForm && !operand.empty()) out->form = operand.subspan(1);
  if (code == kInTable) out->in_table = u8_at(operand, 0) != 0;
}

/// Levels of outlines count from 0 here; 10 and 11, of bullets and numbers, stand the other way round.
OldPlace WordPlace::old() const {
  constexpr std::uint8_t kBullet = 10, kNumber = 11;
  OldPlace out;
  const std::uint8_t said = level.value_or(0);
  out.level = said == kBullet ? OldPlace::kBullet : said == kNumber ? OldPlace::kNumber : said;
  if (said < kBullet) ++*out.level;
  out.form = form;
  out.in_table = in_table;
  return out;
}

WordLists::WordLists(Bytes definitions, Bytes uses, Bytes styles) {
  const std::map<std::uint32_t, NumberedList> known = read_definitions(definitions);
  // PlfLfo (2.9.189): heads of 16 bytes, then what each changes.
  constexpr std::uint64_t kHead = 16;
  const std::uint64_t count = std::min<std::uint64_t>(u32_at(uses, 0), kMostUses);
  stated_ = static_cast<unsigned>(count);
  std::uint64_t at = 4 + count * kHead;
  for (std::uint64_t i = 0; i < count && 4 + (i + 1) * kHead <= uses.size(); ++i) {
    const Bytes head = slice(uses, 4 + i * kHead, kHead);
    const auto list = known.find(u32_at(head, 0));
    lists_.push_back(list == known.end() ? NumberedList() : list->second);
    at += 4;
    for (unsigned change = 0; change < u8_at(head, 12) && at < uses.size(); ++change)
      read_change(uses, &at, &lists_.back());
  }
  read_styles(styles);
}

/// STSH (2.9.271): its head, then a style each; of paragraphs' styles the modifications of UpxPapx (2.9.338).
void WordLists::read_styles(Bytes from) {
  constexpr std::uint16_t kParagraphStyle = 1;
  const std::uint64_t count = std::min<std::uint64_t>(u16_at(from, 2), kMostStyles);
  const std::uint64_t base = u16_at(from, 4);
  std::uint64_t at = 2ULL + u16_at(from, 0);
  for (std::uint64_t i = 0; i < count && at + 2 <= from.size(); ++i) {
    const Bytes style = slice(from, at + 2, u16_at(from, at));
    at += 2ULL + style.size() + style.size() % 2;
    Style& out = styles_.emplace_back();
    if (style.size() < base || (u16_at(style, 2) & 0x0FU) != kParagraphStyle) continue;
    out.based_on = u16_at(style, 2) >> 4U;
    const std::uint64_t name = u16_at(style, base);
    std::uint64_t formats = base + 2 + (name + 1) * 2;
    formats += formats % 2;
    const Bytes papx = slice(style, formats + 2, u16_at(style, formats));
    out.place.damaged = papx.size() < u16_at(style, formats);
    const auto add = [&](std::uint16_t code, Bytes operand) { add_place(code, operand, &out.place); };
    if (papx.size() > 2 && !each_sprm(papx.subspan(2), add)) out.place.damaged = true;
  }
  Style missing;
  missing.place.damaged = true;
  styles_.resize(count, missing);
}

WordPlace WordLists::place_of(WordPlace own, unsigned style) const {
  for (unsigned i = 0; i < kMostBases && (!own.list || own.is_old()) && style < styles_.size(); ++i) {
    const WordPlace& below = styles_[style].place;
    if (!own.level) own.level = below.level;
    if (!own.list) own.list = below.list;
    if (own.form.empty()) own.form = below.form;
    own.damaged = own.damaged || below.damaged;
    style = styles_[style].based_on;
  }
  if (own.list && !is_list(*own.list)) own.list.reset();
  return own;
}

std::string WordLists::label(const WordPlace& place, ListCount* count) const {
  const std::uint16_t said = place.list.value_or(0);
  const unsigned number = said > 0xF801 ? 0x10000U - said : said;
  if (number == 0 || number > stated_) return {};  // Word shows nothing either (2.4.6.3)
  if (number > lists_.size() || lists_[number - 1].counted_with.empty()) return count->damaged();
  const unsigned level = std::min<unsigned>(place.level.value_or(0), NumberedList::kLevels - 1);
  return count->label(lists_[number - 1], std::to_string(number), level);
}

}  // namespace careo
