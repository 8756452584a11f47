// SPDX-License-Identifier: Apache-2.0
// What stands on the page apart from the line in which RTF writes it: notes and boxes, headers and footers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace careo {

class RtfAsides {
 public:
  explicit RtfAsides(std::string* text) : text_(text) {}

  /// Is `word` a destination that stands apart (RTF 1.9.1, "Headers and Footers", "Footnotes", "Drawing Objects")?
  static bool holds(std::string_view word);
  /// What is written from now on is one; `depth` says which group ends it. One in another is a part of it.
  void begin(std::string_view word, std::size_t depth);
  bool ends_at(std::size_t depth) const { return open_ && open_->depth == depth; }
  void end();
  bool is_open() const { return open_.has_value(); }
  /// A paragraph of the text is over: notes and boxes of it follow, a line each.
  void paragraph_end();
  /// The text is over.
  void finish();
  std::size_t size() const { return below_.size(); }  ///< bytes that wait

 private:
  struct Open {
    std::size_t depth;
    std::size_t begin;
    bool below;  ///< behind its paragraph; else where it stands
  };

  std::string* text_;
  std::optional<Open> open_;
  std::string below_;
};

}  // namespace careo
