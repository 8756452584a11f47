// SPDX-License-Identifier: Apache-2.0
#include "read/form/value.h"

#include <algorithm>
#include <array>
#include <climits>
#include <cmath>

#include "base/text.h"
#include "reference/identity_words.h"
#include "reference/letters.h"

namespace careo {
namespace {

constexpr std::size_t kMostWords = 40;  // of a value
constexpr std::size_t kMostRows = 4;    // of an address
constexpr std::size_t kNameWords = 6;

using WordList = std::vector<std::uint32_t>;

bool says_something(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, &at);
    if (is_letter(c) || (c >= '0' && c <= '9')) return true;
  }
  return false;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

// ------------------------------------------------------------------------------------------------ shapes

struct Piece {
  std::string folded;
  std::size_t word = 0;  // in the list
};

std::vector<Piece> pieces_of(const FormPage& page, const WordList& words) {
  std::vector<Piece> out;
  for (std::size_t i = 0; i < words.size(); ++i)
    for (PrintedToken& token : printed_tokens(page.words[words[i]].text))
      if (token.folded != "de" && token.folded != "of" && token.folded != "г" && token.folded != "del")
        out.push_back({std::move(token.folded), i});
  return out;
}

int small_number(const std::string& folded) {
  return folded.size() <= 2 && has_digit(folded) ? std::atoi(folded.c_str()) : 0;
}

bool is_year(const std::string& folded) {
  return has_digit(folded) && (folded.size() == 4 || folded.size() == 2);
}

bool is_date(const Piece& a, const Piece& b, const Piece& c) {
  const auto day = [](const Piece& it) { return small_number(it.folded) >= 1 && small_number(it.folded) <= 31; };
  const auto month = [](const Piece& it) {
    return (small_number(it.folded) >= 1 && small_number(it.folded) <= 12) ||
           (!has_digit(it.folded) && it.folded.size() >= 3 && month_begun_by(it.folded) != 0);
  };
  if (day(a) && month(b) && is_year(c.folded)) return true;
  if (month(a) && day(b) && is_year(c.folded)) return true;
  return a.folded.size() == 4 && has_digit(a.folded) && month(b) && day(c);
}

WordList date_in(const FormPage& page, const WordList& words) {
  const std::vector<Piece> pieces = pieces_of(page, words);
  for (std::size_t i = 0; i + 2 < pieces.size() && pieces[i].word < 6; ++i) {
    if (!is_date(pieces[i], pieces[i + 1], pieces[i + 2])) continue;
    return {words.begin() + static_cast<std::ptrdiff_t>(pieces[i].word),
            words.begin() + static_cast<std::ptrdiff_t>(pieces[i + 2].word) + 1};
  }
  return {};
}

std::size_t letters_in(std::string_view text) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < text.size();) out += is_letter(next_code_point(text, &at)) ? 1 : 0;
  return out;
}

bool is_capitals(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, &at);
    if (is_letter(c) && !is_upper(c)) return false;
  }
  return letters_in(text) > 0;
}

/// "45 07 123456", "AB 123456", "№ 12/45-К", a locator of six capitals.
WordList number_in(const FormPage& page, const WordList& words) {
  const auto text = [&](std::size_t i) { return page.words[words[i]].text; };
  std::size_t first = 0;
  while (first < std::min<std::size_t>(words.size(), 3) && !has_digit(text(first)) &&
         !(is_capitals(text(first)) && letters_in(text(first)) >= 5))
    ++first;
  if (first >= words.size() || first >= 3) return {};
  std::size_t last = first + 1;
  const auto joins = [&](std::size_t i) { return has_digit(text(i)) && letters_in(text(i)) <= 4; };
  while (last < words.size() && has_digit(text(last - 1)) && joins(last) && last - first < 8) ++last;
  while (first > 0 && is_capitals(text(first - 1)) && letters_in(text(first - 1)) <= 4) --first;
  return {words.begin() + static_cast<std::ptrdiff_t>(first), words.begin() + static_cast<std::ptrdiff_t>(last)};
}

/// "1 250,00 EUR", "EUR 1.250,00", "120-00".
WordList amount_in(const FormPage& page, const WordList& words) {
  const auto text = [&](std::size_t i) { return page.words[words[i]].text; };
  std::size_t first = 0;
  while (first < std::min<std::size_t>(words.size(), 3) && !has_digit(text(first))) ++first;
  if (first >= words.size() || first >= 3) return {};
  std::size_t last = first + 1;
  while (last < words.size() && has_digit(text(last)) && letters_in(text(last)) == 0 && last - first < 5) ++last;
  const auto currency = [&](std::size_t i) {
    return !has_digit(text(i)) && letters_in(text(i)) <= 4 && code_points(text(i)) <= 5;
  };
  if (last < words.size() && currency(last) && !text(last).ends_with(':')) ++last;
  while (last < words.size() && currency(last - 1) && has_digit(text(last)) && letters_in(text(last)) == 0) ++last;
  if (first > 0 && currency(first - 1)) --first;
  return {words.begin() + static_cast<std::ptrdiff_t>(first), words.begin() + static_cast<std::ptrdiff_t>(last)};
}

WordList name_in(const FormPage& page, const WordList& words) {
  WordList out;
  for (const std::uint32_t word : words) {
    const std::string_view text = page.words[word].text;
    if (has_digit(text) || text.starts_with('(') || out.size() == kNameWords) break;
    out.push_back(word);
    if (text.ends_with(',') && out.size() >= 2) break;
  }
  const bool capital = std::any_of(out.begin(), out.end(), [&](std::uint32_t word) {
    std::size_t at = 0;
    return letters_in(page.words[word].text) >= 2 && is_upper(next_code_point(page.words[word].text, &at));
  });
  return capital ? out : WordList();
}

/// Four words and more without a capital, a digit or a name: said about a field, not in it.
bool is_sentence(const FormPage& page, const WordList& words) {
  std::size_t small = 0;
  for (const std::uint32_t word : words) {
    std::size_t at = 0;
    const std::string_view text = page.words[word].text;
    const char32_t first = next_code_point(text, &at);
    if (has_digit(text) || (is_letter(first) && is_upper(first))) return false;
    if (is_letter(first)) ++small;
  }
  return small >= 4;
}

/// A number of a box, where words are wanted.
bool is_small_number(const FormPage& page, const WordList& words) {
  const std::string_view text = page.words[words.front()].text;
  return words.size() == 1 && letters_in(text) == 0 && text.size() <= 3 && has_digit(text);
}

WordList shaped(const FormPage& page, ValueShape shape, const WordList& words) {
  switch (shape) {
    case ValueShape::Date: return date_in(page, words);
    case ValueShape::Number: return number_in(page, words);
    case ValueShape::Amount: return amount_in(page, words);
    case ValueShape::Name: return name_in(page, words);
    default: return is_sentence(page, words) || is_small_number(page, words) ? WordList() : words;
  }
}

// ------------------------------------------------------------------------------------------------ places

class Values {
 public:
  Values(const FormPage& page, const FormMatch& match, const std::vector<LabelPlace>& places)
      : page_(page), match_(match), places_(places), label_word_(page.words.size()), label_cell_(page.cells.size()) {
    for (const LabelPlace& place : places) {
      const FormCell& cell = page.cells[place.cell];
      if (place.opens && place.first_word == cell.first && place.last_token >= cell.last_token)
        label_cell_[place.cell] = true;
    }
    for (const std::uint32_t word : match.other_words) label_word_[word] = true;
    for (const MetLabel& met : match.labels) {
      for (const std::uint32_t word : met.words) label_word_[word] = true;
      for (std::uint32_t i = met.place.first_word; i < page.tokens[met.place.first_token].word; ++i)
        label_word_[i] = true;
      for (std::uint32_t i = met.words.back(); i < met.place.end_word; ++i) label_word_[i] = true;  // brackets, a colon
    }
  }

  /// The label once more behind itself, in another language.
  bool is_repeated(const MetLabel& met) const {
    return std::any_of(places_.begin(), places_.end(), [&](const LabelPlace& place) {
      return place.form == met.place.form && place.label == met.place.label && place.cell == met.place.end_cell &&
             place.first_token >= met.place.last_token;
    });
  }

  FormValue of(const MetLabel& met) const {
    FormValue out;
    out.label = &met;
    const bool below_first = met.label->side == ValueSide::Below && !(met.place.colon && !rest(met).empty());
    for (const bool below : {below_first, !below_first}) {
      const WordList found = stripped(below ? beneath(met) : beside(met));
      if (found.empty()) continue;
      const bool label = label_cell_[page_.words[found.front()].cell] || is_repeated(met);
      const WordList fitting = label ? WordList() : shaped(page_, met.label->shape, found);
      if (out.text.empty() || !fitting.empty()) put(fitting.empty() ? found : fitting, !fitting.empty(), &out);
      if (out.fits) break;
    }
    return out;
  }

 private:
  WordList rest(const MetLabel& met) const {
    WordList out;
    const std::uint32_t end = page_.cells[met.place.end_cell].last;
    for (std::uint32_t i = met.place.end_word; i < end && !label_word_[i] && out.size() < kMostWords; ++i)
      out.push_back(i);
    return out;
  }

  bool anything(const WordList& words) const {
    return std::any_of(words.begin(), words.end(),
                       [&](std::uint32_t i) { return says_something(page_.words[i].text); });
  }

  WordList beside(const MetLabel& met) const {
    WordList out = rest(met);
    if (anything(out)) return met.label->shape == ValueShape::Lines ? with_more_rows(out) : out;
    const std::uint32_t row = page_.cells[met.place.end_cell].row;
    for (std::uint32_t cell = met.place.end_cell + 1; cell < page_.rows[row + 1]; ++cell) {
      out.clear();
      for (std::uint32_t i = page_.cells[cell].first; i < page_.cells[cell].last && !label_word_[i]; ++i)
        out.push_back(i);
      if (anything(out)) return met.label->shape == ValueShape::Lines ? with_more_rows(out) : out;
      if (out.size() < page_.cells[cell].last - page_.cells[cell].first) break;  // the next label
    }
    return {};
  }

  /// Rows below that begin no further left than the value does.
  WordList with_more_rows(WordList out) const {
    const Frame first = page_.words[out.front()].level;
    std::uint32_t row = page_.cells[page_.words[out.front()].cell].row;
    int bottom = first.bottom;
    for (std::size_t more = 1; more < kMostRows && row + 2 < page_.rows.size(); ++more) {
      ++row;
      const FormCell& cell = page_.cells[page_.rows[row]];
      const bool indented = cell.level.left > first.left - first.height();
      if (!indented || label_word_[cell.first] || cell.level.top - bottom > first.height() + first.height() / 2) break;
      for (std::uint32_t i = cell.first; i < cell.last && !label_word_[i] && out.size() < kMostWords; ++i)
        out.push_back(i);
      bottom = cell.level.bottom;
    }
    return out;
  }

  /// Where the label's column ends: at the next thing beside it, or at a label of the next column.
  int right_bound(const MetLabel& met, int bottom) const {
    int out = INT_MAX;
    const FormCell& cell = page_.cells[met.place.cell];
    if (met.place.cell + 1 < page_.rows[cell.row + 1]) out = page_.cells[met.place.cell + 1].level.left;
    for (const MetLabel& other : match_.labels) {
      const Frame& level = other.place.level;
      const bool beside = level.left > met.place.level.left + met.place.level.height() &&
                          level.bottom > met.place.level.top - met.place.level.height() && level.top < bottom;
      if (beside && &other != &met && level.left >= met.place.level.right) out = std::min(out, level.left);
    }
    return out;
  }

  WordList beneath(const MetLabel& met) const {
    const Frame label = met.place.level;
    const int high = std::max(1, label.height());
    const int one = std::max(1, page_.words[page_.tokens[met.place.first_token].word].level.height());
    const int bound = right_bound(met, label.bottom + 3 * high) - one / 3;
    const std::size_t most = met.label->shape == ValueShape::Lines ? kMostRows : 1;
    WordList out;
    int bottom = label.bottom;
    std::size_t taken = 0;
    for (std::uint32_t row = page_.cells[met.place.end_cell].row + 1; row + 1 < page_.rows.size() && taken < most;
         ++row) {
      const WordList found = in_column(row, label.left - 2 * one, bound);
      if (page_.cells[page_.rows[row]].level.top - bottom > 5 * one) break;
      if (found.empty()) continue;
      if (page_.words[found.front()].level.top - bottom > 3 * one || label_word_[found.front()]) break;
      bool cut = false;
      for (const std::uint32_t word : found) {
        cut = cut || label_word_[word];
        if (!cut && out.size() < kMostWords) out.push_back(word);
      }
      bottom = page_.words[found.front()].level.bottom;
      ++taken;
    }
    return out;
  }

  WordList in_column(std::uint32_t row, int left, int right) const {
    WordList out;
    for (std::uint32_t cell = page_.rows[row]; cell < page_.rows[row + 1]; ++cell)
      for (std::uint32_t i = page_.cells[cell].first; i < page_.cells[cell].last; ++i)
        if (page_.words[i].level.left >= left && page_.words[i].level.left < right) out.push_back(i);
    return out;
  }

  WordList stripped(WordList words) const {
    const auto silent = [&](std::uint32_t i) { return !says_something(page_.words[i].text); };
    while (!words.empty() && silent(words.front())) words.erase(words.begin());
    while (!words.empty() && silent(words.back())) words.pop_back();
    return words;
  }

  void put(const WordList& words, bool fits, FormValue* out) const {
    out->text.clear();
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (i > 0)
        out->text +=
            page_.cells[page_.words[words[i]].cell].row == page_.cells[page_.words[words[i - 1]].cell].row ? ' ' : '\n';
      out->text += page_.words[words[i]].text;
    }
    out->fits = fits;
    out->words = words;
    out->region = region_of(page_, words);
  }

  const FormPage& page_;
  const FormMatch& match_;
  const std::vector<LabelPlace>& places_;
  std::vector<bool> label_word_;
  std::vector<bool> label_cell_;  // says a label and no more
};

Region::Box carried(const std::array<double, 6>& by, const Frame& frame) {
  Region::Box out{};
  const std::array<std::array<int, 2>, 4> corners = {
      {{frame.left, frame.top}, {frame.right, frame.top}, {frame.right, frame.bottom}, {frame.left, frame.bottom}}};
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const double x = corners[i][0], y = corners[i][1];
    const auto whole = [](double value) {
      return static_cast<std::int32_t>(std::lround(std::clamp(std::round(value * 1e4) / 1e4, -1e9, 1e9)));
    };
    out[2 * i] = whole(by[0] * x + by[2] * y + by[4]);
    out[2 * i + 1] = whole(by[1] * x + by[3] * y + by[5]);
  }
  return out;
}

}  // namespace

Region region_of(const FormPage& page, const std::vector<std::uint32_t>& words) {
  Region out;
  if (words.empty()) return out;
  if (page.drawn) {
    Frame all = page.words[words.front()].frame;
    for (const std::uint32_t word : words) all.add(page.words[word].frame);
    out.box = carried(page.placing, all);
    return out;
  }
  const std::uint32_t row = page.cells[page.words[words.front()].cell].row;
  std::uint64_t last = page.words[words.front()].span.end;
  for (const std::uint32_t word : words)
    if (page.cells[page.words[word].cell].row == row) last = std::max(last, page.words[word].span.end);
  out.text = Region::Span{page.words[words.front()].span.begin, last};
  return out;
}

std::vector<FormValue> form_values(const FormPage& page, const FormMatch& match,
                                   const std::vector<LabelPlace>& places) {
  const Values values(page, match, places);
  std::vector<FormValue> out;
  for (const MetLabel& met : match.labels) {
    if (met.label->side == ValueSide::None) continue;
    if (FormValue value = values.of(met); !value.text.empty()) out.push_back(std::move(value));
  }
  return out;
}

}  // namespace careo
