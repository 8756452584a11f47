// SPDX-License-Identifier: Apache-2.0
#include "resolve/vote.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "resolve/witness.h"

namespace careo {
namespace {

// Of the zone's length. Two takes of one document differ by perspective, tilt and cut; a smaller copy of one take by
// the rounding of its corners to whole pixels.
constexpr double kCopy = 0.012;

/// The zone's corners with its first at the origin, its length 1 and its picture turned to the nearest quarter.
struct Shape {
  std::array<Point, 4> corners;
};

Shape shape_of(const Region::Box& box) {
  const Point origin{static_cast<double>(box[0]), static_cast<double>(box[1])};
  const double x = box[2] - origin.x, y = box[3] - origin.y;
  const double length = std::max(1.0, std::hypot(x, y));
  const double quarter = std::round(std::atan2(y, x) / (M_PI / 2)) * (M_PI / 2);
  const double cosine = std::cos(-quarter) / length, sine = std::sin(-quarter) / length;
  Shape out{};
  for (std::size_t i = 0; i < 4; ++i) {
    const double px = box[2 * i] - origin.x, py = box[2 * i + 1] - origin.y;
    out.corners[i] = {px * cosine - py * sine, px * sine + py * cosine};
  }
  return out;
}

const IdentityRecord* source_of(const std::vector<const IdentityRecord*>& pictures, std::string_view name,
                                const FieldValue& field) {
  for (const IdentityRecord* each : pictures) {
    const FieldValue& own = each->field(name);
    if (own.value == field.value && own.grade == field.grade) return each;
  }
  return nullptr;
}

void vote_on(const std::vector<const IdentityRecord*>& pictures, std::string_view name, FieldValue* field) {
  if (field->corrected) return;  // a person has seen the picture
  const IdentityRecord* source = source_of(pictures, name, *field);
  if (source == nullptr || field->empty()) return;
  bool agreed = false;
  std::string other;
  for (const IdentityRecord* each : pictures) {
    const FieldValue& own = each->field(name);
    if (each == source || own.empty() || own.grade < Grade::Unconfirmed || !other_picture(*each, *source)) continue;
    if (own.value == field->value) {
      agreed = true;
    } else if (other.empty()) {
      other = own.value;
    }
  }
  // Two against one is still a doubt, and a checked field is not shaken by a reading that nothing checks.
  if (agreed && other.empty() && field->grade >= Grade::Doubtful) raise_by("image", field);
  if (other.empty()) return;
  if (field->grade == Grade::Checked) {
    field->against.push_back({"image", other});
  } else {
    lower_by("image", other, field);
  }
}

}  // namespace

bool other_picture(const IdentityRecord& a, const IdentityRecord& b) {
  if (!a.anchor || !b.anchor || !a.anchor->region.box || !b.anchor->region.box) return false;
  if (a.anchor->part == b.anchor->part && a.anchor->region.page == b.anchor->region.page) return false;
  const Shape x = shape_of(*a.anchor->region.box), y = shape_of(*b.anchor->region.box);
  for (std::size_t i = 0; i < 4; ++i) {
    if (std::hypot(x.corners[i].x - y.corners[i].x, x.corners[i].y - y.corners[i].y) > kCopy) return true;
  }
  return false;
}

void vote(const std::vector<const IdentityRecord*>& pictures, IdentityRecord* merged) {
  if (pictures.size() < 2) return;
  for (auto& [name, field] : merged->fields) vote_on(pictures, name, &field);
  settle_grade(merged);
}

}  // namespace careo
