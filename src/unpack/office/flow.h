// SPDX-License-Identifier: Apache-2.0
// Text as it is put together while a tree of office XML is walked.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"

namespace careo {

/// Joins cells by tabs and rows by line ends, whatever paragraphs stand in the cells.
class Flow {
 public:
  void add(std::string_view text) { out_ += text; }
  void paragraph_begin() {
    if (cell_depth_ > 0 && !out_.empty() && out_.size() > cell_start_) out_ += '\n';
  }
  void paragraph_end() {
    if (cell_depth_ == 0) out_ += '\n';
  }
  void cell_begin() {
    ++cell_depth_;
    cell_start_ = out_.size();
  }
  void cell_end(unsigned repeats = 1) {
    if (cell_depth_ > 0) --cell_depth_;
    const std::string copy = repeats > 1 ? out_.substr(std::min(cell_start_, out_.size())) : std::string();
    out_ += '\t';
    for (unsigned i = 1; i < repeats; ++i) out_ += copy + '\t';
    cell_start_ = out_.size();
  }
  void row_end() {
    while (!out_.empty() && out_.back() == '\t') out_.pop_back();
    out_ += '\n';
  }
  void open_mark(std::string_view what, std::string_view who) {
    out_ += '[';
    out_ += what;
    if (!who.empty()) {
      out_ += " by ";
      out_ += who;
    }
    out_ += ": ";
  }
  void close_mark() {
    while (!out_.empty() && (out_.back() == '\n' || out_.back() == ' ')) out_.pop_back();
    out_ += "]";
  }
  void words(std::string_view text) {
    if (!trim(text).empty()) ++words_;
    add(text);
  }
  /// An AlternateContent's Fallback is passed over where one of its Choices gave words (ECMA-376 part 3, 7.5).
  void choice_begin() { choices_.push_back(words_); }
  void choice_end() { choices_.pop_back(); }
  bool chosen() const { return !choices_.empty() && words_ > choices_.back(); }

  /// A picture is described by its drawing, by the picture in that, and by the Fallback: what is said again stands
  /// once.
  bool picture(std::string_view text) {
    const bool again = text == picture_ && words_ == picture_words_;
    picture_ = text;
    picture_words_ = words_;
    if (again || trim(text).empty()) return false;
    open_mark("picture", {});
    add(trim(text));
    out_ += ']';
    return true;
  }

  /// The instruction of a field, in runs between <w:fldChar>s (ECMA-376 part 1, 17.16.18).
  void field_begin() { fields_.emplace_back(); }
  void instruction(std::string_view text) {
    if (!fields_.empty() && fields_.back().size() < MostInstruction) fields_.back() += text;
  }
  std::string field_separate() { return fields_.empty() ? std::string() : std::exchange(fields_.back(), {}); }
  void field_end() {
    if (!fields_.empty()) fields_.pop_back();
  }

  void insertion_begin(std::string_view who) {
    open_insertions_.push_back(insertions_.size());
    insertions_.push_back({std::string(who), out_.size(), out_.size()});
  }
  void insertion_end() {
    insertions_[open_insertions_.back()].end = out_.size();
    open_insertions_.pop_back();
  }
  std::string take() { return insertions_.empty() ? std::move(out_) : marked(); }

 private:
  static constexpr std::size_t MostInstruction = 4096;
  struct Insertion {
    std::string who;
    std::size_t begin;
    std::size_t end;
  };
  struct Edit {
    std::size_t at;
    std::string text;
  };

  bool within_word(std::size_t at) const {
    return at > 0 && at < out_.size() && is_letter(out_[at - 1]) && is_letter(out_[at]);
  }
  static bool is_letter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  }

  /// Brackets around what was inserted. Where they would part a word they stand behind its line, with a copy.
  std::string marked() const {
    std::vector<Edit> edits;
    for (const Insertion& one : insertions_) {
      const std::size_t end = std::min(one.end, out_.size());
      const std::size_t begin = std::min(one.begin, end);
      const std::string_view inside = std::string_view(out_).substr(begin, end - begin);
      if (trim(inside).empty()) continue;
      const std::string mark = one.who.empty() ? "[inserted: " : "[inserted by " + one.who + ": ";
      if (within_word(begin) || within_word(end)) {
        edits.push_back({std::min(out_.find('\n', end), out_.size()), " " + mark + std::string(inside) + "]"});
      } else {
        edits.push_back({begin, mark});
        edits.push_back({end, "]"});
      }
    }
    std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.at < b.at; });
    std::string out;
    std::size_t at = 0;
    for (const Edit& edit : edits) {
      out.append(out_, at, edit.at - at);
      out += edit.text;
      at = edit.at;
    }
    return out.append(out_, at);
  }

  std::string picture_;
  std::size_t picture_words_ = 0;
  std::vector<std::string> fields_;  // instructions of those that are open
  std::vector<Insertion> insertions_;
  std::vector<std::size_t> open_insertions_;
  std::size_t words_ = 0;             // texts that are not blank
  std::vector<std::size_t> choices_;  // words_ where each AlternateContent began
  std::string out_;
  std::size_t cell_start_ = 0;
  unsigned cell_depth_ = 0;
};

}  // namespace careo
