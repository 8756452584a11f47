// SPDX-License-Identifier: Apache-2.0
// A page as forms are compared: its words in rows, the rows in cells, upright.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/opener.h"

namespace careo {

/// Left, top, right, bottom in the page's own units: pixels or points, or tenths of a letter where lines are the
/// layout.
struct Frame {
  int left = 0, top = 0, right = 0, bottom = 0;
  int height() const { return bottom - top; }
  int middle() const { return (top + bottom) / 2; }
  void add(const Frame& other);
};

struct FormWord {
  std::string_view text;
  Region::Span span;  ///< code points of the page's text
  Frame frame;        ///< as it stands
  Frame level;        ///< the same with the page's slant taken out
  std::uint32_t cell = 0;
};

/// A run of letters or of digits inside a word, folded.
struct FormToken {
  std::string folded;
  std::uint32_t word = 0;
  bool is_number() const { return !folded.empty() && folded.front() >= '0' && folded.front() <= '9'; }
};

/// Words [first, last) that stand together; gaps wider than letters are high divide cells.
struct FormCell {
  std::uint32_t first = 0, last = 0;
  std::uint32_t first_token = 0, last_token = 0;
  std::uint32_t row = 0;
  Frame level;
};

/// Words in rows from top to bottom, from left to right. Views of `text`, which must outlive it.
struct FormPage {
  std::vector<FormWord> words;
  std::vector<FormToken> tokens;
  std::vector<FormCell> cells;
  std::vector<std::uint32_t> rows;  ///< first cell of each, and one behind the last
  std::array<double, 6> placing{1, 0, 0, 1, 0, 0};
  bool drawn = false;  ///< boxes are known, not only lines

  std::size_t row_count() const { return rows.empty() ? 0 : rows.size() - 1; }
};

/// A form is one page: of a longer text this many words are looked at.
inline constexpr std::size_t kMostFormWords = 3000;
/// And so many bytes: a text of nothing but line ends has no words to stop at.
inline constexpr std::size_t kMostFormBytes = 256 * 1024;

FormPage page_of_lines(std::string_view text);
FormPage page_of_layout(std::string_view text, const PageLayout& layout);

}  // namespace careo
