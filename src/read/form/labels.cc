// SPDX-License-Identifier: Apache-2.0
#include "read/form/labels.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>

#include "base/text.h"
#include "reference/identity_words.h"
#include "reference/letters.h"

namespace careo {
namespace {

constexpr std::uint32_t kTitleWords = 8;     // behind a title in its cell: a number, a date
constexpr std::uint32_t kBracketWords = 14;  // "(name, address, country)"
constexpr std::uint32_t kTailWords = 4;      // between a phrase and its colon: "Date of birth of the child:"
constexpr std::uint32_t kProseWords = 10;    // behind a label without a colon, in its cell
constexpr std::size_t kMostPlaces = 4000;    // of a page; a form has a hundred

/// The words that each token may be.
std::vector<std::vector<std::uint32_t>> words_of(const FormPage& page) {
  const FormTemplates& all = form_templates();
  std::vector<std::vector<std::uint32_t>> out(page.tokens.size());
  for (std::size_t i = 0; i < page.tokens.size(); ++i) {
    const std::string& folded = page.tokens[i].folded;
    if (const std::uint32_t word = all.word(folded); word != 0)
      out[i] = {word};
    else if (page.tokens.size() < kMostFormWords && !page.tokens[i].is_number())
      out[i] = all.like(folded);
  }
  return out;
}

class Search {
 public:
  explicit Search(const FormPage& page) : page_(page), words_(words_of(page)) {}

  std::vector<LabelPlace> run() {
    for (std::uint32_t token = 0; token < page_.tokens.size() && out_.size() < kMostPlaces; ++token)
      for (const std::uint32_t word : words_[token])
        for (const FormPhrase& phrase : form_templates().beginning(word)) see(phrase, token);
    return std::move(out_);
  }

 private:
  bool may_be(std::uint32_t token, std::uint32_t word) const {
    return std::find(words_[token].begin(), words_[token].end(), word) != words_[token].end();
  }

  std::uint32_t cell_of(std::uint32_t token) const { return page_.words[page_.tokens[token].word].cell; }

  /// The token behind `token` in its cell, or where a narrow column goes on below; none: the number of tokens.
  std::uint32_t behind(std::uint32_t token) const {
    const auto none = static_cast<std::uint32_t>(page_.tokens.size());
    const FormCell& cell = page_.cells[cell_of(token)];
    if (token + 1 < cell.last_token) return token + 1;
    if (!page_.drawn || cell.row + 2 >= page_.rows.size()) return none;
    for (std::uint32_t i = page_.rows[cell.row + 1]; i < page_.rows[cell.row + 2]; ++i) {
      const FormCell& below = page_.cells[i];
      const bool under = std::abs(below.level.left - cell.level.left) < 2 * cell.level.height() ||
                         (below.level.left < cell.level.right && below.level.right > cell.level.left &&
                          std::abs(below.level.middle() - cell.level.middle()) < 2 * cell.level.height() &&
                          std::abs(below.level.left + below.level.right - cell.level.left - cell.level.right) <
                              4 * cell.level.height());
      if (under && 2 * (below.level.top - cell.level.bottom) < cell.level.height() &&
          below.first_token < below.last_token)
        return below.first_token;
    }
    return none;
  }

  void see(const FormPhrase& phrase, std::uint32_t token) {
    std::uint32_t last = token;
    for (std::size_t i = 1; i < phrase.words.size(); ++i) {
      last = behind(last);
      if (last >= page_.tokens.size() || !may_be(last, phrase.words[i])) return;
    }
    std::size_t& known = last_[(std::uint64_t{phrase.form} << 32U) | static_cast<std::uint32_t>(phrase.label)];
    LabelPlace* before = known == 0 ? nullptr : &out_[known - 1];
    if (before != nullptr && token < before->last_token) return;  // longer phrases of the same label come first
    const LabelPlace place = place_of(phrase, token, last);
    if (out_.size() >= kMostPlaces || (before != nullptr && joined(place, before))) return;
    out_.push_back(place);
    known = out_.size();
  }

  /// The same label once more right behind: in another language, or its name behind its number.
  bool joined(const LabelPlace& place, LabelPlace* before) const {
    const std::uint32_t word = page_.tokens[place.first_token].word;
    if (before->end_cell != place.cell || word < before->end_word || word - before->end_word > 1) return false;
    before->last_token = place.last_token;
    before->end_word = place.end_word;
    before->end_cell = place.end_cell;
    before->colon = place.colon;
    before->level.add(place.level);
    return true;
  }

  LabelPlace place_of(const FormPhrase& phrase, std::uint32_t token, std::uint32_t last) const {
    LabelPlace place;
    place.form = phrase.form;
    place.label = phrase.label;
    place.first_token = token;
    place.last_token = last + 1;
    place.cell = cell_of(token);
    place.end_cell = cell_of(last);
    const std::uint32_t end_word = page_.tokens[last].word;
    for (std::uint32_t i = token; i <= last && i < page_.tokens.size(); ++i)
      if (cell_of(i) == place.cell || cell_of(i) == place.end_cell)
        add(page_.words[page_.tokens[i].word].level, &place);
    place.end_word = end_word + 1;
    place.first_word = page_.tokens[token].word;
    if (numbered(place)) place.first_word = page_.cells[place.cell].first;
    for (std::uint32_t i = place.first_word; i < page_.tokens[token].word; ++i) add(page_.words[i].level, &place);
    place.colon = page_.words[end_word].text.ends_with(':');
    if (!place.colon) stretch(&place);
    const std::string& first = page_.tokens[token].folded;
    const bool tag = phrase.words.size() == 1 && first.size() <= 3 && page_.tokens[token].is_number();
    place.opens = title_or_no(phrase) ? stands_as_title(place) : opens(place) && (!tag || place.colon);
    return place;
  }

  static void add(const Frame& frame, LabelPlace* place) {
    if (place->level.bottom == 0 && place->level.right == 0)
      place->level = frame;
    else
      place->level.add(frame);
  }

  static bool title_or_no(const FormPhrase& phrase) {
    return phrase.label < 0 ||
           form_templates().templates()[phrase.form].labels[static_cast<std::size_t>(phrase.label)].field == "title";
  }

  /// Brackets behind a label, and a colon not far behind, are of the label.
  void stretch(LabelPlace* place) const {
    const std::uint32_t end = page_.cells[place->end_cell].last;
    std::uint32_t word = place->end_word;
    if (word < end && page_.words[word].text.starts_with('(')) {
      for (std::uint32_t i = word; i < std::min(end, word + kBracketWords); ++i) {
        if (page_.words[i].text.find(')') == std::string_view::npos) continue;
        place->end_word = word = i + 1;
        place->colon = page_.words[i].text.ends_with(':');
        break;
      }
      if (place->colon) return;
    }
    for (std::uint32_t i = word; i < std::min(end, word + kTailWords); ++i) {
      const std::string_view text = page_.words[i].text;
      if (text.find_first_of("0123456789.,;") != std::string_view::npos) return;
      if (!text.ends_with(':')) continue;
      place->end_word = i + 1;
      place->colon = true;
      return;
    }
  }

  /// Nothing stands before it in its cell but a number of the form's, or the same label in another language.
  bool opens(const LabelPlace& place) const {
    const FormCell& cell = page_.cells[place.cell];
    const std::uint32_t before = place.first_token - cell.first_token;
    if (behind_slash(place)) return before <= 8 && !is_prose(place);
    return numbered(place) && !is_prose(place);
  }

  /// Nothing, or a number, a letter of the form's own, stands before it in its cell.
  bool numbered(const LabelPlace& place) const {
    const FormCell& cell = page_.cells[place.cell];
    if (place.first_token - cell.first_token > 2) return false;
    for (std::uint32_t i = cell.first_token; i < place.first_token; ++i) {
      const FormToken& token = page_.tokens[i];
      if (token.folded.size() > (token.is_number() ? 3U : 2U) && token.folded != "no") return false;
    }
    return true;
  }

  bool behind_slash(const LabelPlace& place) const {
    const std::uint32_t word = page_.tokens[place.first_token].word;
    if (word == page_.cells[place.cell].first) return false;
    return page_.words[word].text.starts_with('/') || page_.words[word - 1].text.ends_with('/') ||
           (place.first_token > 0 && page_.tokens[place.first_token - 1].word == word &&
            page_.words[word].text.find('/') != std::string_view::npos);
  }

  /// A sentence that begins with the words of a label.
  bool is_prose(const LabelPlace& place) const {
    if (place.colon) return false;
    const std::uint32_t end = page_.cells[place.end_cell].last;
    if (end - std::min(end, place.end_word) > kProseWords) return true;
    std::uint32_t small = 0;
    for (std::uint32_t i = place.end_word; i < std::min(end, place.end_word + 3); ++i) {
      std::size_t at = 0;
      const char32_t c = next_code_point(page_.words[i].text, &at);
      if (is_letter(c) && !is_upper(c)) ++small;
    }
    return small == 3;
  }

  bool stands_as_title(const LabelPlace& place) const {
    const FormCell& cell = page_.cells[place.cell];
    const std::uint32_t count = place.last_token - place.first_token;
    const std::uint32_t before = place.first_token - cell.first_token;
    const std::uint32_t end = page_.cells[place.end_cell].last_token;
    return before <= 4 && end - std::min(end, place.last_token) <= kTitleWords && before <= count + 2;
  }

  const FormPage& page_;
  const std::vector<std::vector<std::uint32_t>> words_;
  std::unordered_map<std::uint64_t, std::size_t> last_;  // number, from 1, of the last place of each label
  std::vector<LabelPlace> out_;
};

}  // namespace

std::vector<LabelPlace> label_places(const FormPage& page) {
  return Search(page).run();
}

bool may_be_form(std::string_view text) {
  const FormTemplates& all = form_templates();
  std::vector<std::uint32_t> words;
  for (const std::string_view line : split(text.substr(0, kMostFormBytes), '\n')) {
    if (words.size() >= kMostFormWords) break;
    for (const PrintedToken& token : printed_tokens(line.substr(0, 4096))) words.push_back(all.word(token.folded));
  }
  struct Met {
    std::vector<bool> labels;
    int points = 0;
  };
  std::vector<Met> met(all.templates().size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == 0) continue;
    for (const FormPhrase& phrase : all.beginning(words[i])) {
      if (phrase.label < 0 || i + phrase.words.size() > words.size()) continue;
      if (!std::equal(phrase.words.begin(), phrase.words.end(), words.begin() + static_cast<std::ptrdiff_t>(i)))
        continue;
      const FormTemplate& form = all.templates()[phrase.form];
      Met& known = met[phrase.form];
      known.labels.resize(form.labels.size());
      const auto label = static_cast<std::size_t>(phrase.label);
      if (known.labels[label]) continue;
      known.labels[label] = true;
      known.points += form.labels[label].points;
      if (known.points * 2 >= form.least) return true;
    }
  }
  return false;
}

}  // namespace careo
