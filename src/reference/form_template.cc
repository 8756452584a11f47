// SPDX-License-Identifier: Apache-2.0
#include "reference/form_template.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "reference/identity_words.h"
#include "reference/resources.h"

namespace careo {
namespace {

constexpr std::size_t kForgiving = 5;  // letters from which on one may be wrong

int number_in(std::string_view digits) {
  int out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

ValueSide side_of(std::string_view word) {
  if (word == "below") return ValueSide::Below;
  return word == "none" ? ValueSide::None : ValueSide::Right;
}

ValueShape shape_of(std::string_view word) {
  if (word == "lines") return ValueShape::Lines;
  if (word == "name") return ValueShape::Name;
  if (word == "date") return ValueShape::Date;
  if (word == "number") return ValueShape::Number;
  return word == "amount" ? ValueShape::Amount : ValueShape::Text;
}

std::u32string without(const std::u32string& word, std::size_t at) {
  return word.substr(0, at) + word.substr(at + 1);
}

/// Equal but for one letter replaced, missing or too many; both share what is left when one letter goes.
bool one_apart(const std::u32string& a, const std::u32string& b) {
  if (a.size() > b.size()) return one_apart(b, a);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  return a.size() == b.size() ? a.substr(std::min(i + 1, a.size())) == b.substr(std::min(i + 1, b.size()))
                              : a.substr(i) == b.substr(i + 1);
}

}  // namespace

std::vector<std::string> form_words(std::string_view line) {
  std::vector<std::string> out;
  for (PrintedToken& token : printed_tokens(line)) out.push_back(std::move(token.folded));
  return out;
}

FormTemplates::FormTemplates() {
  letters_.emplace_back();  // 0 is no word
  for (const std::string_view path : resources_under("forms/")) read(resource(path));
  by_first_.resize(letters_.size());
  for (auto& phrases : by_first_) {
    std::stable_sort(phrases.begin(), phrases.end(),
                     [](const FormPhrase& a, const FormPhrase& b) { return a.words.size() > b.words.size(); });
  }
}

void FormTemplates::read(std::string_view table) {
  for (const auto& cells : table_rows(table)) {
    if (cells[0] == "form" && cells.size() >= 4) {
      templates_.push_back(
          {cells[1], cells[2], cells.size() > 4 ? cells[4] : std::string_view(), number_in(cells[3]), {}});
    } else if (templates_.empty()) {
      continue;
    } else if (cells[0] == "title" && cells.size() > 1) {
      templates_.back().labels.push_back({"title", 0, 0, ValueSide::None, ValueShape::Text, 4});
      for (std::size_t i = 1; i < cells.size(); ++i)
        add_phrases(cells[i], static_cast<std::int32_t>(templates_.back().labels.size()) - 1);
    } else if (cells[0] == "not") {
      for (std::size_t i = 1; i < cells.size(); ++i) add_phrases(cells[i], -1);
    } else if (cells[0] == "label" && cells.size() > 6) {
      const std::size_t point = cells[2].find('.');
      const int points = cells[5] == "!" ? 3 : cells[5] == "?" ? 1 : 2;
      templates_.back().labels.push_back({cells[1], number_in(cells[2]),
                                          point == std::string_view::npos ? 1 : number_in(cells[2].substr(point + 1)),
                                          side_of(cells[3]), shape_of(cells[4]), points});
      for (std::size_t i = 6; i < cells.size(); ++i)
        add_phrases(cells[i], static_cast<std::int32_t>(templates_.back().labels.size()) - 1);
    }
  }
}

std::uint32_t FormTemplates::number_of(const std::string& word) {
  const auto [known, is_new] = words_.try_emplace(word, static_cast<std::uint32_t>(letters_.size()));
  if (!is_new) return known->second;
  const std::u32string letters = utf32_of(word);
  letters_.push_back(letters);
  if (letters.size() >= kForgiving) {
    shortened_[letters].push_back(known->second);
    for (std::size_t at = 0; at < letters.size(); ++at) shortened_[without(letters, at)].push_back(known->second);
  }
  return known->second;
}

void FormTemplates::add_phrases(std::string_view cell, std::int32_t label) {
  for (const std::string_view written : split(cell, '|')) {
    FormPhrase phrase;
    phrase.form = static_cast<std::uint32_t>(templates_.size()) - 1;
    phrase.label = label;
    for (const std::string& word : form_words(written)) phrase.words.push_back(number_of(word));
    if (phrase.words.empty()) continue;
    if (by_first_.size() < letters_.size()) by_first_.resize(letters_.size());
    by_first_[phrase.words.front()].push_back(std::move(phrase));
  }
}

std::uint32_t FormTemplates::word(std::string_view folded) const {
  const auto known = words_.find(folded);
  return known == words_.end() ? 0 : known->second;
}

std::vector<std::uint32_t> FormTemplates::like(std::string_view folded) const {
  std::vector<std::uint32_t> out;
  const std::u32string letters = utf32_of(folded);
  if (letters.size() < kForgiving - 1 || letters.size() > 40) return out;
  const auto take = [&](const std::u32string& key) {
    const auto found = shortened_.find(key);
    if (found == shortened_.end()) return;
    for (const std::uint32_t word : found->second)
      if (one_apart(letters, letters_[word]) && std::find(out.begin(), out.end(), word) == out.end())
        out.push_back(word);
  };
  take(letters);
  for (std::size_t at = 0; at < letters.size(); ++at) take(without(letters, at));
  return out;
}

const std::vector<FormPhrase>& FormTemplates::beginning(std::uint32_t word) const {
  static const std::vector<FormPhrase> kNone;
  return word < by_first_.size() ? by_first_[word] : kNone;
}

bool is_known_form(std::string_view form) {
  const auto& all = form_templates().templates();
  return std::any_of(all.begin(), all.end(), [&](const FormTemplate& each) { return each.form == form; });
}

const FormTemplates& form_templates() {
  static const FormTemplates kAll;
  return kAll;
}

}  // namespace careo
