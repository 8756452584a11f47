// SPDX-License-Identifier: Apache-2.0
// What styles of OpenDocument hide, and how its lists are numbered (ODF 1.3 part 3, 16.2, 16.30 to 16.34).
#pragma once

#include <array>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "unpack/office/list_number.h"

namespace careo {

struct OdfLevel {
  NumberKind kind = NumberKind::None;
  bool unknown = false;  ///< letters that are not read
  std::string bullet;
  std::string prefix, suffix;
  std::string text;  ///< "%1%.%2%.", where a program writes it: prefix and suffix are in it
  unsigned start = 1;
  unsigned shown = 1;  ///< levels, the last of which is this one
};

class OdfStyles {
 public:
  static constexpr unsigned kLevels = 10;
  using List = std::array<OdfLevel, kLevels>;

  /// Adds those of <office:styles> or <office:automatic-styles>.
  void add(const pugi::xml_node& styles);

  /// Does a style of the family ("text", "paragraph") hide words (20.357, text:display)? nullopt: it says nothing.
  std::optional<bool> hides(std::string_view family, std::string_view style) const;
  /// nullptr where there is none of this name.
  const List* list(std::string_view style) const;
  /// Of headings that stand in no list.
  const List& outline() const { return outline_; }

 private:
  struct Style {
    std::string parent;
    std::optional<bool> hidden;
  };
  std::map<std::string, Style, std::less<>> styles_;  // by "family name"
  std::map<std::string, List, std::less<>> lists_;
  List outline_;
};

}  // namespace careo
