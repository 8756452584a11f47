// SPDX-License-Identifier: Apache-2.0
// What styles of WordprocessingML hide, and which lists they belong to (ECMA-376 part 1, 17.7).
#pragma once

#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace careo {

/// A paragraph's place in a list (17.3.1.19): a number of <w:num>, "0" for none, and a level from 0.
struct ListPlace {
  std::string list;
  std::optional<unsigned> level;
  std::string style;  ///< the paragraph style that says so, "" where the paragraph itself does
};

class DocxStyles {
 public:
  DocxStyles() = default;
  /// `styles`: <w:styles>.
  explicit DocxStyles(const pugi::xml_node& styles);

  /// True where a run is not shown (17.3.2.41): what it says itself counts, else its style and that of its paragraph,
  /// which undo each other (17.7.3).
  bool hides(const pugi::xml_node& run_properties, std::string_view paragraph_style) const;
  /// Where the paragraph stands in a list by its own word or its style's.
  ListPlace place_of(const pugi::xml_node& paragraph_properties) const;
  /// <w:pStyle>, or the style of paragraphs that name none.
  std::string_view style_of(const pugi::xml_node& paragraph_properties) const;

 private:
  struct Style {
    std::string based_on;
    std::optional<bool> hidden;
    std::optional<std::string> list;
    std::optional<unsigned> level;
  };
  /// The styles from this one down to what it is based on, in turn, until `take` is content.
  template <typename Take>
  void follow(std::string_view style, const Take& take) const;
  bool hidden_by(std::string_view style) const;

  std::map<std::string, Style, std::less<>> styles_;
  std::string default_paragraph_;
  bool hidden_by_default_ = false;
};

}  // namespace careo
