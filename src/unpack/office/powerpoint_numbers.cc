// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/powerpoint_numbers.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string_view>
#include <vector>

#include "unpack/little_endian.h"

namespace careo {
namespace {

constexpr unsigned kDeepest = 4;  // 2.9.45: five levels
constexpr const char* kDamaged = "numbers of lists on slides whose formatting is damaged";

/// Goes over fields of which each is there only where a mask says so.
class Fields {
 public:
  explicit Fields(Bytes bytes) : bytes_(bytes) {}
  std::uint16_t two() { return u16_at(bytes_, take(2)); }
  std::uint32_t four() { return u32_at(bytes_, take(4)); }
  void skip(std::uint64_t bytes) { take(bytes); }
  bool done() const { return at_ >= bytes_.size(); }
  bool over() const { return at_ > bytes_.size(); }  ///< a field was cut off

 private:
  std::uint64_t take(std::uint64_t bytes) {
    const std::uint64_t here = at_;
    at_ += bytes;
    return here;
  }
  Bytes bytes_;
  std::uint64_t at_ = 0;
};

unsigned bits_in(std::uint32_t mask) {
  return static_cast<unsigned>(std::popcount(mask));
}

/// TextAutoNumberSchemeEnum (2.13.28), as ST_TextAutonumberScheme calls them; PowerPoint writes both.
std::string scheme_of(std::uint16_t number) {
  constexpr auto kSchemes = std::to_array<std::string_view>(
      {"alphaLcPeriod",         "alphaUcPeriod",    "arabicParenR",       "arabicPeriod",      "romanLcParenBoth",
       "romanLcParenR",         "romanLcPeriod",    "romanUcPeriod",      "alphaLcParenBoth",  "alphaLcParenR",
       "alphaUcParenBoth",      "alphaUcParenR",    "arabicParenBoth",    "arabicPlain",       "romanUcParenBoth",
       "romanUcParenR",         "ea1ChsPlain",      "ea1ChsPeriod",       "circleNumDbPlain",  "circleNumWdWhitePlain",
       "circleNumWdBlackPlain", "ea1ChtPlain",      "ea1ChtPeriod",       "arabic1Minus",      "arabic2Minus",
       "hebrew2Minus",          "ea1JpnKorPlain",   "ea1JpnKorPeriod",    "arabicDbPlain",     "arabicDbPeriod",
       "thaiAlphaPeriod",       "thaiAlphaParenR",  "thaiAlphaParenBoth", "thaiNumPeriod",     "thaiNumParenR",
       "thaiNumParenBoth",      "hindiAlphaPeriod", "hindiNumPeriod",     "ea1JpnChsDbPeriod", "hindiNumParenR",
       "hindiAlpha1Period"});
  return number < kSchemes.size() ? std::string(kSchemes[number]) : std::string();
}

/// How a paragraph begins.
struct Bullet {
  bool numbered = false;
  std::uint16_t scheme = 3;  // arabicPeriod: 2.9.48
  std::uint16_t start = 1;
};

/// TextPFException9 (2.9.48).
Bullet read_paragraph_extra(Fields* from) {
  constexpr std::uint32_t kPicture = 1U << 23U, kScheme = 1U << 24U, kNumbered = 1U << 25U;
  Bullet out;
  const std::uint32_t mask = from->four();
  if ((mask & kPicture) != 0) from->two();
  if ((mask & kNumbered) != 0) out.numbered = from->two() == 1;
  if ((mask & kScheme) != 0) {
    out.scheme = from->two();
    out.start = from->two();
  }
  return out;
}

/// TextCFException9 (2.9.16).
void skip_letter_extra(Fields* from) {
  constexpr std::uint32_t kMore = 1U << 20U;
  if ((from->four() & kMore) != 0) from->four();
}

/// TextSIException (2.9.32).
void skip_special(Fields* from) {
  constexpr std::uint32_t kTwoBytes = 0x47, kMore = 0x20, kSmartTags = 0x200;
  const std::uint32_t mask = from->four();
  from->skip(2ULL * bits_in(mask & kTwoBytes));
  if ((mask & kMore) != 0) from->four();
  if ((mask & kSmartTags) != 0) from->skip(4ULL * from->four());
}

std::vector<Bullet> read_extra(Bytes extra, bool* damaged) {
  std::vector<Bullet> out;
  Fields from(extra);
  while (!from.done()) {
    out.push_back(read_paragraph_extra(&from));
    skip_letter_extra(&from);
    skip_special(&from);
  }
  *damaged = from.over();
  return out;
}

/// Letters that share what is said of them.
struct Run {
  std::uint64_t letters = 0;
  unsigned value = 0;
};

/// TextPFRun (2.9.45): its level; kNoBullet where it says that nothing stands before it.
constexpr unsigned kNoBullet = 0x100;
Run read_paragraphs(Fields* from) {
  constexpr std::uint32_t kFlags = 0x0F, kColor = 0x20, kTabs = 1U << 20U, kWraps = 7U << 17U;
  constexpr std::uint32_t kBeforeTabs = 0xFDD0, kBehindTabs = 1U << 16U | 1U << 21U;  // of two bytes each
  Run out{from->four(), std::min<unsigned>(from->two(), kDeepest)};
  const std::uint32_t mask = from->four();
  const std::uint16_t flags = (mask & kFlags) != 0 ? from->two() : 0;
  if ((mask & 1U) != 0 && (flags & 1U) == 0) out.value |= kNoBullet;
  from->skip(2ULL * bits_in(mask & kBeforeTabs) + ((mask & kColor) != 0 ? 4 : 0));
  if ((mask & kTabs) != 0) from->skip(4ULL * from->two());
  from->skip(2ULL * bits_in(mask & kBehindTabs) + ((mask & kWraps) != 0 ? 2 : 0));
  return out;
}

/// TextCFRun (2.9.16): which entry of StyleTextProp9Atom goes with it.
Run read_letters(Fields* from) {
  constexpr std::uint32_t kFlags = 0xFFFF, kColor = 1U << 18U, kTwoBytes = 0xEB0000;
  Run out{from->four(), 0};
  const std::uint32_t mask = from->four();
  if ((mask & kFlags) != 0) out.value = from->two() >> 10U & 15U;
  from->skip(2ULL * bits_in(mask & kTwoBytes) + ((mask & kColor) != 0 ? 4 : 0));
  return out;
}

/// What runs say of one letter after the other.
class Runs {
 public:
  Runs(Fields from, Run (*read)(Fields*)) : from_(from), read_(read) {}
  /// Nothing beyond the last. Asked in rising order.
  std::optional<unsigned> at(std::uint64_t letter) {
    while (end_ <= letter && !from_.done()) {
      const Run run = read_(&from_);
      if (run.letters > 0 && run.value < last_) ++falls_;
      last_ = run.value;
      end_ += run.letters;
    }
    return end_ > letter ? std::optional(last_) : std::nullopt;
  }
  /// How often the value was less than that of the run before.
  std::size_t falls() const { return falls_; }
  /// Behind the run that at() was answered from.
  Fields rest() const { return from_; }

 private:
  Fields from_;
  Run (*read_)(Fields*);
  std::uint64_t end_ = 0;
  unsigned last_ = 0;
  std::size_t falls_ = 0;
};

}  // namespace

std::string ppt_numbered_text(Bytes stream, const PptRecord& text, Bytes runs, Bytes extra, SlideCount* count,
                              std::set<std::string>* unread) {
  constexpr std::size_t kCounted = 16;  // four bits count the entries of `extra`, from 0 again beyond
  bool damaged = false;
  const std::vector<Bullet> bullets = read_extra(extra, &damaged);
  if (damaged) unread->insert(kDamaged);
  // PowerPoint writes no entries where none of them says anything.
  if (bullets.empty()) return ppt_text_of(stream, text);
  const bool any = std::any_of(bullets.begin(), bullets.end(), [](const Bullet& one) { return one.numbered; });
  const std::uint64_t width = text.type == PptType::TextBytes ? 1 : 2;
  const Bytes letters = slice(stream, text.data.offset, text.data.length);
  const std::uint64_t size = letters.size() / width;
  Runs paragraphs(Fields(runs), read_paragraphs);
  paragraphs.at(size);  // the mark at the end of the last one counts
  Runs entries(paragraphs.rest(), read_letters);
  paragraphs = Runs(Fields(runs), read_paragraphs);
  count->anew();
  std::string out;
  for (std::uint64_t begin = 0; begin < size;) {
    std::uint64_t end = begin;
    while (end < size && (width == 1 ? u8_at(letters, end) : u16_at(letters, end * 2)) != '\r') ++end;
    const std::optional<unsigned> level = paragraphs.at(begin), entry = entries.at(begin);
    if (any && (!level || !entry)) unread->insert(kDamaged);
    if (level && entry && end > begin) {
      const std::size_t which = *entry + (bullets.size() > kCounted ? entries.falls() * kCounted : 0);
      const bool shown_before = *level < kNoBullet, missing = which >= bullets.size();
      if (shown_before && missing) unread->insert(kDamaged);
      const Bullet bullet = shown_before && !missing ? bullets[which] : Bullet();
      const SlideBullet shown =
          bullet.numbered ? SlideBullet{true, scheme_of(bullet.scheme), bullet.start} : SlideBullet();
      out += count->label(shown, *level & ~kNoBullet);
    }
    end = std::min(end + 1, size);
    PptRecord paragraph = text;
    paragraph.data = {text.data.offset + begin * width, (end - begin) * width};
    out += ppt_text_of(stream, paragraph);
    begin = end;
  }
  return out;
}

bool ppt_master_numbers(Bytes levels) {
  Fields from(levels);
  bool out = false;
  for (unsigned left = std::min<unsigned>(from.two(), kDeepest + 1); left > 0 && !from.done(); --left) {
    out = read_paragraph_extra(&from).numbered || out;
    skip_letter_extra(&from);
  }
  return out;
}

bool ppt_default_numbers(Bytes defaults) {
  Fields from(defaults);
  skip_letter_extra(&from);
  return read_paragraph_extra(&from).numbered;
}

}  // namespace careo
