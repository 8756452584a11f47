// SPDX-License-Identifier: Apache-2.0
// The categories of the set, and one picture of each for the asking.
#pragma once

#include <optional>
#include <string_view>

#include "sheet.h"

namespace careo::bench {

enum class Category {
  Clean,
  Rotated,
  Phone,
  LowResolution,
  Glare,
  Curl,
  Shadow,
  Screen,
  Fax,
  Photocopy,
  Crowded,
  Inverted,
  Stamp,
  Negative,
};
struct CategoryRow {
  Category category;
  std::string_view name;
  std::string_view what;  ///< as docs/benchmarks-ids.md prints it
};
inline constexpr CategoryRow Categories[] = {
    {Category::Clean, "clean", "flatbed scans, nearly straight, 7.5 to 12.5 pixels a millimetre"},
    {Category::Rotated, "rotated", "the same at any angle: three in five by quarter turns, two in five at random"},
    {Category::Phone, "phone", "a telephone over a table: tilt to 29 degrees, uneven light, noise, a hand that moves"},
    {Category::LowResolution, "lowres", "3.6 to 5.5 pixels a millimetre; scans and, one in three, telephones"},
    {Category::Glare, "glare", "telephones with one to three reflections in the laminate"},
    {Category::Curl, "curl", "telephones over pages that bend about any axis and dip into the spine"},
    {Category::Shadow, "shadow", "telephones with two or three shadows, hard and soft"},
    {Category::Screen, "screen", "a screen photographed: stripes, rings, bands"},
    {Category::Fax, "fax", "204 dots by 98 or 196 lines an inch, black or white, as sent or with square dots"},
    {Category::Photocopy, "photocopy", "copied once or twice, then scanned"},
    {Category::Crowded, "crowded", "two to four documents in one picture, scanned or photographed"},
    {Category::Inverted, "inverted", "bright or coloured ink, photographic negatives"},
    {Category::Stamp, "stamp", "a border stamp over the zone"},
    {Category::Negative, "negative", "pages without any zone that look as if"},
};
std::string_view name_of(Category category);
std::optional<Category> category_of(std::string_view name);

/// Is the category a camera's or a machine's work alone, so that any sheet can lie before it?
bool takes_any_sheet(Category category);

/// One picture: a function of its seed, the category and its number alone, so that any part of a set can be made again.
/// With `given` the sheet is that one and no document of ours. REQUIRES then: takes_any_sheet(category).
Shot make_shot(std::uint64_t seed, Category category, int number, const Sheet* given = nullptr);

}  // namespace careo::bench
