// SPDX-License-Identifier: Apache-2.0
#include "evidence/decision.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::array<std::string_view, 6> kVerdicts = {"same",      "different", "unsure",
                                                       "corrected", "reviewed",  "signed"};

struct Extent {
  std::int64_t left, top, right, bottom;
};

Extent extent_of(const Region::Box& box) {
  Extent out{box[0], box[1], box[0], box[1]};
  for (std::size_t i = 0; i < box.size(); i += 2) {
    out.left = std::min<std::int64_t>(out.left, box[i]);
    out.right = std::max<std::int64_t>(out.right, box[i]);
    out.top = std::min<std::int64_t>(out.top, box[i + 1]);
    out.bottom = std::max<std::int64_t>(out.bottom, box[i + 1]);
  }
  return out;
}

// At least half of the union, in whole numbers: 2 * common >= all.
bool overlap_half(const Region::Box& a, const Region::Box& b) {
  const Extent p = extent_of(a);
  const Extent q = extent_of(b);
  const auto area = [](const Extent& e) { return (e.right - e.left) * (e.bottom - e.top); };
  const Extent both{std::max(p.left, q.left), std::max(p.top, q.top), std::min(p.right, q.right),
                    std::min(p.bottom, q.bottom)};
  if (both.right <= both.left || both.bottom <= both.top) return false;
  return 2 * area(both) >= area(p) + area(q) - area(both);
}

bool overlap_half(const Region::Span& a, const Region::Span& b) {
  const std::uint64_t begin = std::max(a.begin, b.begin);
  const std::uint64_t end = std::min(a.end, b.end);
  if (end <= begin) return false;
  return 2 * (end - begin) >= (a.end - a.begin) + (b.end - b.begin) - (end - begin);
}

bool is_kind(std::string_view text) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && lower(text[0]) && std::all_of(text.begin(), text.end(), [&](char c) {
    return lower(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
}

}  // namespace

std::string Anchor::print() const {
  return part.hex() + " " + kind + " " + region.print();
}

Result<Anchor> Anchor::parse(std::string_view text) {
  const auto words = split(text, ' ');
  if (words.size() != 3) return fail(Fault::Malformed, "an anchor has three words");
  Anchor out;
  out.part = TRY(parse_sha256(words[0]));
  if (!is_kind(words[1])) return fail(Fault::Malformed, "not a kind of reading");
  out.kind = words[1];
  out.region = TRY(Region::parse(words[2]));
  return out;
}

bool meet(const Anchor& a, const Anchor& b) {
  if (a == b) return true;
  if (a.part != b.part || a.kind != b.kind || a.region.page != b.region.page) return false;
  if (a.region.box && b.region.box) return overlap_half(*a.region.box, *b.region.box);
  if (a.region.text && b.region.text) return overlap_half(*a.region.text, *b.region.text);
  if (a.region.bytes && b.region.bytes) return overlap_half(*a.region.bytes, *b.region.bytes);
  return false;
}

std::string_view name_of(Decision::Verdict verdict) {
  return kVerdicts[static_cast<std::size_t>(verdict)];
}

std::string Decision::canonical() const {
  return "decision " + std::string(name_of(verdict)) + " " + first.print() + " " + second.print() + " " +
         percent_encode(by) + " " + percent_encode(value);
}

}  // namespace careo
