// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/flow.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::size_t MostInstruction = 4096;
/// Notes in boxes in notes; each level copies what it holds once more.
constexpr std::size_t MostLevels = 16;
/// Empty cells that are shown as tabs: a sheet's empty tail may claim 16,384 of them.
constexpr unsigned MostEmpty = 64;
/// Bytes of insertions inside of words that may stand twice in any text, however short.
constexpr std::size_t LeastCopies = 64U << 10U;

bool is_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool within_word(std::string_view text, std::size_t at) {
  return at > 0 && at < text.size() && is_letter(text[at - 1]) && is_letter(text[at]);
}

std::vector<std::size_t> line_ends(std::string_view text) {
  std::vector<std::size_t> out;
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) out.push_back(at);
  out.push_back(text.size());
  return out;
}

}  // namespace

std::string mark_of(std::string_view what, std::string_view who, std::string_view when) {
  std::string out = "[";
  out += what;
  if (!who.empty()) out.append(" by ").append(who);
  if (!when.empty()) out.append(" on ").append(when);
  return out;
}

void Flow::words(std::string_view text) {
  if (!trim(text).empty()) {
    ++words_;
    ++solid_;
  }
  add(text);
}

void Flow::hidden(std::string_view text) {
  if (trim(text).empty()) return words(text);
  if (now_.hidden_end > 0 && now_.hidden_end == now_.out.size()) {
    now_.out.pop_back();
  } else {
    open_mark("hidden");
  }
  words(text);
  now_.out += ']';
  now_.hidden_end = now_.out.size();
}

void Flow::paragraph_begin() {
  if (now_.cell_depth > 0 && now_.out.size() > now_.cell_start) now_.out += '\n';
}

void Flow::paragraph_end() {
  if (now_.cell_depth > 0) return;
  now_.out += '\n';
  flush();
}

void Flow::flush() {
  now_.out += now_.asides;
  now_.asides.clear();
}

void Flow::cell_begin() {
  ++now_.cell_depth;
  now_.cell_start = now_.out.size();
}

void Flow::repeat(std::string_view what, const std::string& copy, unsigned repeats) {
  const std::size_t times = std::min<std::size_t>(repeats, 1 + room_ / std::max<std::size_t>(copy.size(), 1));
  room_ -= (times - 1) * copy.size();
  for (std::size_t i = 1; i < times; ++i) now_.out += copy;
  if (times < repeats) now_.asides += fmt::format("[a {} stands {} times: {}]\n", what, repeats, trim(copy));
}

void Flow::cell_end(unsigned repeats) {
  if (now_.cell_depth > 0) --now_.cell_depth;
  std::string copy = repeats > 1 ? now_.out.substr(std::min(now_.cell_start, now_.out.size())) : std::string();
  now_.out += '\t';
  if (trim(copy).empty()) repeats = std::min(repeats, MostEmpty);
  if (repeats > 1) repeat("cell", copy += '\t', repeats);
  now_.cell_start = now_.out.size();
}

void Flow::row_mark(const std::string& mark) {
  if (!now_.rows.empty()) now_.rows.back().marks += " " + mark + "]";
}

void Flow::row_end(unsigned repeats) {
  while (!now_.out.empty() && now_.out.back() == '\t') now_.out.pop_back();
  Row row{now_.out.size(), {}};
  if (!now_.rows.empty()) {
    row = std::move(now_.rows.back());
    now_.rows.pop_back();
  }
  now_.out += row.marks;
  now_.out += '\n';
  if (repeats < 2 || now_.cell_depth > 0) return;
  const std::string copy = now_.out.substr(std::min(row.begin, now_.out.size()));
  if (!trim(copy).empty()) repeat("row", copy, repeats);
}

void Flow::open_mark(std::string_view what, std::string_view who, std::string_view when) {
  now_.out += mark_of(what, who, when) + ": ";
}

void Flow::close_mark() {
  while (!now_.out.empty() && (now_.out.back() == '\n' || now_.out.back() == ' ')) now_.out.pop_back();
  now_.out += ']';
}

void Flow::aside_begin() {
  if (outer_.size() >= MostLevels) {
    ++in_line_;
    return;
  }
  outer_.push_back(std::exchange(now_, {}));
}

void Flow::aside_end() {
  if (in_line_ > 0) {
    --in_line_;
    return;
  }
  if (outer_.empty()) return;
  flush();
  std::string text = marked(now_);
  now_ = std::move(outer_.back());
  outer_.pop_back();
  if (trim(text).empty()) return;
  if (text.back() != '\n') text += '\n';
  now_.asides += text;
}

void Flow::asides_here() {
  if (now_.cell_depth == 0 && now_.rows.empty()) flush();
}

bool Flow::picture(std::string_view text) {
  const bool again = text == picture_ && words_ == picture_words_;
  picture_ = text;
  picture_words_ = words_;
  if (again || trim(text).empty()) return false;
  open_mark("picture");
  add(trim(text));
  add("]");
  ++solid_;
  return true;
}

void Flow::field_begin(std::string shown) {
  fields_.push_back({{}, std::move(shown), words_});
}

void Flow::instruction(std::string_view text) {
  if (!fields_.empty() && fields_.back().instruction.size() < MostInstruction) fields_.back().instruction += text;
}

std::string Flow::field_separate() {
  return fields_.empty() ? std::string() : std::exchange(fields_.back().instruction, {});
}

void Flow::field_end() {
  if (fields_.empty()) return;
  const Field field = std::move(fields_.back());
  fields_.pop_back();
  if (words_ == field.words) words(field.shown);
}

std::size_t Flow::insertion_begin(std::string_view who, std::string_view when) {
  now_.hidden_end = 0;  // an insertion is remembered by its place, which must not move
  const std::size_t number = now_.insertions.size();
  now_.open_insertions.push_back(number);
  now_.insertions.push_back({mark_of("inserted", who, when) + ": ", now_.out.size(), now_.out.size(), solid_, solid_});
  return number;
}

void Flow::insertion_end(std::size_t number) {
  now_.hidden_end = 0;
  if (number >= now_.insertions.size()) return;
  now_.insertions[number].end = now_.out.size();
  now_.insertions[number].solid_end = solid_;
}

void Flow::insertion_end() {
  if (now_.open_insertions.empty()) return;
  insertion_end(now_.open_insertions.back());
  now_.open_insertions.pop_back();
}

std::string Flow::take() {
  flush();
  return marked(now_);
}

std::string Flow::take(std::string* asides) {
  *asides = std::exchange(now_.asides, {});
  return take();
}

/// Brackets around what was inserted. Where they would part a word they stand behind its line, with a copy, as long as
/// the copies are not longer than the text: insertions may lie in each other.
std::string Flow::marked(const Level& level) {
  if (level.insertions.empty()) return level.out;
  const std::string_view all = level.out;
  const std::vector<std::size_t> ends = line_ends(all);
  std::size_t copies = std::max(all.size(), LeastCopies);
  std::vector<Edit> edits;
  for (const Insertion& one : level.insertions) {
    const std::size_t end = std::min(one.end, all.size());
    const std::size_t begin = std::min(one.begin, end);
    if (one.solid_begin == one.solid_end || begin == end) continue;
    const bool parts = within_word(all, begin) || within_word(all, end);
    if (!parts || end - begin > copies) {
      edits.push_back({begin, one.mark});
      edits.push_back({end, "]"});
      continue;
    }
    copies -= end - begin;
    edits.push_back({*std::lower_bound(ends.begin(), ends.end(), end),
                     " " + one.mark + std::string(all.substr(begin, end - begin)) + "]"});
  }
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.at < b.at; });
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    out.append(all, at, edit.at - at);
    out += edit.text;
    at = edit.at;
  }
  return out.append(all, at);
}

}  // namespace careo
