// SPDX-License-Identifier: Apache-2.0
#include "read/form/page.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "reference/identity_words.h"

namespace careo {
namespace {

// The grid of a text without boxes: letters 10 wide and 16 high, lines 24 apart; so one space is no gap and two are.
constexpr int kLetter = 10, kHigh = 16, kLine = 24;
/// Cells behind tabs stand in columns of 60 letters: what matters is that the same cells of two rows stand one under
/// the other.
constexpr int kTab = 600;
constexpr double kWideGap = 1.1;  // heights of letters: a space is 0.3 of them, a column at least two
constexpr int kMostSide = 1 << 24;

bool is_blank(char32_t c) {
  return c == ' ' || c == '\r' || c == 0xA0 || c == 0x202F || c == 0x3000 || (c >= 0x2000 && c <= 0x200B);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Where a word ends a label and begins a value: behind "Name:" in "Name:Ivan"; not in 12:30 or http://. In ":20:REF"
/// of SWIFT behind the second.
std::size_t split_at(std::string_view word) {
  const std::size_t from = word.starts_with(':') ? 1 : 0;
  const std::size_t at = word.find(':', from);
  if (at == std::string_view::npos || at == 0 || at + 1 >= word.size()) return 0;
  if (from == 0 && word[at + 1] == '/') return 0;
  return from == 0 && is_digit(word[at - 1]) && is_digit(word[at + 1]) ? 0 : at + 1;
}

void put_word(FormWord word, std::vector<FormWord>* out) {
  const std::size_t at = split_at(word.text);
  if (at == 0) {
    out->push_back(word);
    return;
  }
  FormWord behind = word;
  const std::uint64_t points = code_points(word.text.substr(0, at));
  const double share =
      static_cast<double>(points) / static_cast<double>(std::max<std::uint64_t>(1, code_points(word.text)));
  word.text = word.text.substr(0, at);
  word.span.end = word.span.begin + points;
  behind.text = behind.text.substr(at);
  behind.span.begin = word.span.end;
  word.frame.right = word.frame.left + static_cast<int>(share * (word.frame.right - word.frame.left));
  behind.frame.left = word.frame.right + word.frame.height() / 4;  // of the same cell
  behind.frame.right = std::max(behind.frame.left, behind.frame.right);
  word.level = word.frame;
  behind.level = behind.frame;
  out->push_back(word);
  out->push_back(behind);
}

/// Rise per step to the right: the median over lines, from their first word to their last.
double slant_of(std::string_view text, const std::vector<FormWord>& words) {
  std::vector<double> slants;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t last = i;
    while (last + 1 < words.size()) {
      const char* end = words[last].text.data() + words[last].text.size();
      const char* next = words[last + 1].text.data();
      if (next < end ||
          std::string_view(end, static_cast<std::size_t>(next - end)).find('\n') != std::string_view::npos)
        break;
      ++last;
    }
    const int wide = words[last].frame.left - words[i].frame.left;
    if (wide > 8 * std::max(1, words[i].frame.height()))
      slants.push_back(static_cast<double>(words[last].frame.middle() - words[i].frame.middle()) / wide);
    i = last + 1;
  }
  if (slants.size() < 3 || text.empty()) return 0;
  const auto middle = slants.begin() + static_cast<std::ptrdiff_t>(slants.size() / 2);
  std::nth_element(slants.begin(), middle, slants.end());
  return std::abs(*middle) < 0.2 ? *middle : 0;
}

void level(std::string_view text, std::vector<FormWord>* words) {
  const double slant = slant_of(text, *words);
  for (FormWord& word : *words) {
    const int down = static_cast<int>(std::lround(slant * word.frame.left));
    word.level = {word.frame.left, word.frame.top - down, word.frame.right, word.frame.bottom - down};
  }
}

int usual_height(std::vector<int> heights) {
  if (heights.empty()) return 1;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return std::max(1, *middle);
}

/// The end of the row that begins at word `from` of words sorted by their middles.
std::size_t row_end(const std::vector<FormWord>& words, std::size_t from) {
  double middle = words[from].level.middle();
  int high = words[from].level.height();
  std::size_t i = from + 1;
  for (; i < words.size(); ++i) {
    high = std::max(high, std::min(words[i].level.height(), 2 * high));
    if (words[i].level.middle() - middle > std::max(1.0, 0.5 * high)) break;
    middle += (words[i].level.middle() - middle) / static_cast<double>(i - from + 1);
  }
  return i;
}

void put_tokens(FormPage* page, FormCell* cell) {
  cell->first_token = static_cast<std::uint32_t>(page->tokens.size());
  for (std::uint32_t word = cell->first; word < cell->last; ++word) {
    page->words[word].cell = static_cast<std::uint32_t>(page->cells.size());
    for (PrintedToken& token : printed_tokens(page->words[word].text))
      page->tokens.push_back({std::move(token.folded), word});
  }
  cell->last_token = static_cast<std::uint32_t>(page->tokens.size());
}

void put_row(FormPage* page, std::size_t from, std::size_t to) {
  std::vector<int> heights;
  for (std::size_t i = from; i < to; ++i) heights.push_back(page->words[i].level.height());
  const double gap = kWideGap * usual_height(std::move(heights));
  const auto row = static_cast<std::uint32_t>(page->rows.size());
  page->rows.push_back(static_cast<std::uint32_t>(page->cells.size()));
  for (std::size_t i = from; i < to;) {
    FormCell cell;
    cell.first = static_cast<std::uint32_t>(i);
    cell.row = row;
    cell.level = page->words[i].level;
    for (++i; i < to && page->words[i].level.left - cell.level.right <= gap; ++i) cell.level.add(page->words[i].level);
    cell.last = static_cast<std::uint32_t>(i);
    put_tokens(page, &cell);
    page->cells.push_back(cell);
  }
}

void put_rows(FormPage* page) {
  std::vector<FormWord>& words = page->words;
  std::stable_sort(words.begin(), words.end(),
                   [](const FormWord& a, const FormWord& b) { return a.level.middle() < b.level.middle(); });
  for (std::size_t from = 0; from < words.size();) {
    const std::size_t to = row_end(words, from);
    std::stable_sort(words.begin() + static_cast<std::ptrdiff_t>(from), words.begin() + static_cast<std::ptrdiff_t>(to),
                     [](const FormWord& a, const FormWord& b) { return a.level.left < b.level.left; });
    put_row(page, from, to);
    from = to;
  }
  page->rows.push_back(static_cast<std::uint32_t>(page->cells.size()));
}

}  // namespace

void Frame::add(const Frame& other) {
  left = std::min(left, other.left);
  top = std::min(top, other.top);
  right = std::max(right, other.right);
  bottom = std::max(bottom, other.bottom);
}

FormPage page_of_lines(std::string_view text) {
  text = text.substr(0, kMostFormBytes);
  FormPage page;
  int x = 0, y = 0, tab = 0;
  std::uint64_t point = 0;
  for (std::size_t at = 0; at < text.size() && page.words.size() < kMostFormWords;) {
    std::size_t next = at;
    const char32_t c = next_code_point(text, &next);
    if (c == '\n' || c == '\t' || is_blank(c)) {
      if (c == '\n') x = tab = 0, y = std::min(y + kLine, kMostSide);
      if (c == '\t') x = std::max(++tab * kTab, x + 2 * kLetter);
      if (is_blank(c)) x += kLetter;
      at = next, ++point;
      continue;
    }
    FormWord word;
    const std::size_t begin = at;
    word.span.begin = point;
    while (at < text.size()) {
      next = at;
      const char32_t letter = next_code_point(text, &next);
      if (letter == '\n' || letter == '\t' || is_blank(letter)) break;
      at = next, ++point;
    }
    word.text = text.substr(begin, at - begin);
    word.span.end = point;
    const int wide = static_cast<int>(std::min<std::uint64_t>(point - word.span.begin, 10'000)) * kLetter;
    word.frame = word.level = {x, y, x + wide, y + kHigh};
    x = std::min(x + wide, kMostSide);
    put_word(word, &page.words);
  }
  put_rows(&page);
  return page;
}

FormPage page_of_layout(std::string_view text, const PageLayout& layout) {
  FormPage page;
  page.drawn = true;
  page.placing = layout.placing;
  std::size_t at = 0;
  std::uint64_t point = 0;
  for (const PageLayout::Word& each : layout.words) {
    if (page.words.size() >= kMostFormWords) break;
    if (each.text.begin < point) at = point = 0;
    at += offset_of_code_point(text.substr(at), each.text.begin - point);
    point = each.text.begin;
    const std::size_t end = at + offset_of_code_point(text.substr(at), each.text.end - point);
    FormWord word;
    word.text = text.substr(at, end - at);
    word.span = each.text;
    const auto within = [](int side) { return std::clamp(side, -kMostSide, kMostSide); };
    word.frame = word.level = {within(each.left), within(each.top), within(each.right), within(each.bottom)};
    if (!word.text.empty()) put_word(word, &page.words);
  }
  level(text, &page.words);
  put_rows(&page);
  return page;
}

}  // namespace careo
