// SPDX-License-Identifier: Apache-2.0
// Text as it is put together while a tree of office XML is walked. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// "[deleted by NAME on DATE", without what is empty.
std::string mark_of(std::string_view what, std::string_view who, std::string_view when);

/// Joins cells by tabs and rows by line ends, whatever paragraphs stand in the cells. What stands beside the line (a
/// box, a comment, a note) is written apart and follows the paragraph, or the table, on lines of its own.
class Flow {
 public:
  void add(std::string_view text) { now_.out += text; }
  void words(std::string_view text);
  /// Words that no page shows, in brackets; those that follow each other stand in one pair.
  void hidden(std::string_view text);

  void paragraph_begin();
  void paragraph_end();
  void cell_begin();
  void cell_end(unsigned repeats = 1);
  void row_begin() { now_.rows.push_back({now_.out.size(), {}}); }
  /// A mark that stands at the end of the row, "[row deleted by NAME]".
  void row_mark(const std::string& mark);
  /// Rows of the outermost table are written `repeats` times.
  void row_end(unsigned repeats = 1);

  void open_mark(std::string_view what, std::string_view who = {}, std::string_view when = {});
  void close_mark();

  /// Nested asides beyond a depth stay in the line.
  void aside_begin();
  void aside_end();
  /// Between paragraphs: what stood beside them is to follow here. Behind the table where one is open.
  void asides_here();

  /// An AlternateContent's Fallback is passed over where one of its Choices gave words (ECMA-376 part 3, 7.5).
  void choice_begin() { choices_.push_back(words_); }
  void choice_end() { choices_.pop_back(); }
  bool chosen() const { return !choices_.empty() && words_ > choices_.back(); }

  /// A picture is described by its drawing, by the picture in that, and by the Fallback: what is said again stands
  /// once; then false.
  bool picture(std::string_view text);

  /// The instruction of a field, in runs between <w:fldChar>s (ECMA-376 part 1, 17.16.18). `shown` is what a field
  /// without a result shows.
  void field_begin(std::string shown);
  void instruction(std::string_view text);
  std::string field_separate();
  void field_end();

  /// The number of the insertion, for its end.
  std::size_t insertion_begin(std::string_view who, std::string_view when);
  void insertion_end(std::size_t number);
  void insertion_end();  ///< of the innermost one that is open

  std::string take();
  /// The text, and apart from it what stood beside its last lines.
  std::string take(std::string* asides);

 private:
  struct Insertion {
    std::string mark;
    std::size_t begin;
    std::size_t end;
    std::size_t solid_begin;
    std::size_t solid_end;
  };
  struct Edit {
    std::size_t at;
    std::string text;
  };
  struct Row {
    std::size_t begin;
    std::string marks;
  };
  struct Field {
    std::string instruction;
    std::string shown;
    std::size_t words;
  };
  /// The text of the page, or of an aside.
  struct Level {
    std::string out;
    std::string asides;
    std::vector<Insertion> insertions;
    std::vector<std::size_t> open_insertions;
    std::vector<Row> rows;
    std::size_t cell_start = 0;
    std::size_t hidden_end = 0;  // behind the bracket of what was hidden last
    unsigned cell_depth = 0;
  };

  /// Writes it again, as long as there is room; beyond, the count is told beside it.
  void repeat(std::string_view what, const std::string& copy, unsigned repeats);
  static std::string marked(const Level& level);
  void flush();

  Level now_;
  std::vector<Level> outer_;
  std::size_t in_line_ = 0;        // asides that are none, for depth
  std::size_t room_ = 16U << 20U;  // for what is repeated: a count of a few bytes may claim a million rows
  std::string picture_;
  std::size_t picture_words_ = 0;
  std::vector<Field> fields_;         // those that are open
  std::size_t words_ = 0;             // texts that are not blank
  std::size_t solid_ = 0;             // those and pictures
  std::vector<std::size_t> choices_;  // words_ where each AlternateContent began
};

}  // namespace careo
