// SPDX-License-Identifier: Apache-2.0
#include "read/form/match.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/text.h"
#include "reference/letters.h"

namespace careo {
namespace {

constexpr std::size_t kFewest = 4;        // labels, the title not counted
constexpr double kPlaced = 0.85;          // of the pairs
constexpr int kKeptPerDropped = 4;        // labels of two points and more
constexpr std::uint32_t kChainWords = 9;  // of a value between two labels of one cell
constexpr std::size_t kMostCandidates = 12;

bool same_row(const Frame& a, const Frame& b) {
  return std::abs(a.middle() - b.middle()) * 10 <= 7 * std::max({1, a.height(), b.height()});
}

bool above(const Frame& a, const Frame& b) {
  return !same_row(a, b) && a.middle() < b.middle();
}

bool left_of(const Frame& a, const Frame& b) {
  return a.left < b.left;
}

/// Whether two places stand as their labels do. A form's row may be broken into several lines, a line may hold several
/// rows: what must not happen is that something comes before what it should follow.
bool stand_right(const FormLabel& a, const Frame& at_a, const FormLabel& b, const Frame& at_b) {
  if (a.row > b.row || (a.row == b.row && a.column > b.column)) return stand_right(b, at_b, a, at_a);
  const bool row = same_row(at_a, at_b);
  if (a.row == b.row || a.column == b.column) return row ? left_of(at_a, at_b) : above(at_a, at_b);
  if (a.column < b.column) return above(at_a, at_b) || left_of(at_a, at_b);
  return above(at_a, at_b) || left_of(at_b, at_a);
}

bool counts(const FormLabel& a, const FormLabel& b) {
  return a.row != b.row || a.column != b.column;
}

class Assessment {
 public:
  Assessment(const FormPage& page, const FormTemplate& form, std::vector<const LabelPlace*> places)
      : page_(page), form_(form), places_(std::move(places)), candidates_(form.labels.size()) {}

  std::optional<FormMatch> run() {
    if (refused()) return std::nullopt;
    gather();
    choose();
    while (drop_worst()) {
    }
    return finished();
  }

 private:
  bool refused() const {
    return std::any_of(places_.begin(), places_.end(), [&](const LabelPlace* place) {
      return place->label < 0 && place->opens &&
             page_.cells[place->cell].row * 10 < std::max<std::size_t>(40, page_.row_count() * 3);
    });
  }

  const FormLabel& label(std::int32_t number) const { return form_.labels[static_cast<std::size_t>(number)]; }

  /// Those that open a cell, and those behind the value of another label in the same cell.
  void gather() {
    const LabelPlace* before = nullptr;
    for (const LabelPlace* place : places_) {
      if (place->label < 0 || is_part(*place)) continue;
      const bool title = label(place->label).field == "title";
      if (!place->opens && (title || before == nullptr || !follows(*before, *place))) continue;
      auto& known = candidates_[static_cast<std::size_t>(place->label)];
      if (known.size() < kMostCandidates) known.push_back(place);
      if (!title) before = place;
    }
  }

  /// Of another label with more words: "number" of "number of packages".
  bool is_part(const LabelPlace& place) const {
    return std::any_of(places_.begin(), places_.end(), [&](const LabelPlace* other) {
      return other->label >= 0 && other->first_token <= place.first_token && other->last_token >= place.last_token &&
             other->last_token - other->first_token > place.last_token - place.first_token;
    });
  }

  bool follows(const LabelPlace& before, const LabelPlace& place) const {
    const std::uint32_t word = page_.tokens[place.first_token].word;
    if (before.first_token == place.first_token) return true;  // one word, two labels: ИНН of the payer, of the payee
    if (before.end_cell != place.cell || word <= before.end_word || word - before.end_word > kChainWords) return false;
    std::size_t at = 0;
    const bool capital = is_upper(next_code_point(page_.words[word].text, &at));
    return place.colon || (capital && (before.colon || has_digit(page_.words[word - 1].text)));
  }

  static bool has_digit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

  void choose() {
    chosen_.assign(form_.labels.size(), nullptr);
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      if (candidates_[i].size() == 1 && alone(candidates_[i].front())) take(i, candidates_[i].front());
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      if (chosen_[i] == nullptr && !candidates_[i].empty()) take_best(i);
  }

  /// No other label may stand there.
  bool alone(const LabelPlace* place) const {
    std::size_t times = 0;
    for (const auto& list : candidates_)
      times += static_cast<std::size_t>(std::count_if(
          list.begin(), list.end(), [&](const LabelPlace* each) { return each->first_token == place->first_token; }));
    return times == 1;
  }

  void take(std::size_t i, const LabelPlace* place) {
    chosen_[i] = place;
    used_.insert(place->first_token);
  }

  void take_best(std::size_t i) {
    const LabelPlace* best = nullptr;
    int most = -1'000'000;
    for (const LabelPlace* place : candidates_[i]) {
      if (used_.contains(place->first_token)) continue;
      const int good = agreement(i, place->level);
      if (good > most) most = good, best = place;
    }
    if (best != nullptr) take(i, best);
  }

  int agreement(std::size_t i, const Frame& at) const {
    int out = 0;
    for (std::size_t k = 0; k < chosen_.size(); ++k) {
      if (k == i || chosen_[k] == nullptr || !counts(form_.labels[i], form_.labels[k])) continue;
      out += stand_right(form_.labels[i], at, form_.labels[k], chosen_[k]->level) ? 1 : -1;
    }
    return out;
  }

  /// A label that stands wrongly to most others is something else with its words.
  bool drop_worst() {
    std::size_t worst = chosen_.size();
    int least = 0;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (chosen_[i] == nullptr) continue;
      const int good = agreement(i, chosen_[i]->level);
      if (good < least) least = good, worst = i;
    }
    if (worst == chosen_.size()) return false;
    if (form_.labels[worst].points > 1) ++dropped_;
    chosen_[worst] = nullptr;
    return true;
  }

  std::optional<FormMatch> finished() const {
    FormMatch out;
    out.form = &form_;
    out.dropped = dropped_;
    std::size_t labels = 0, decisive = 0;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (chosen_[i] == nullptr) continue;
      out.points += form_.labels[i].points;
      out.titled = out.titled || form_.labels[i].field == "title";
      if (form_.labels[i].field != "title") ++labels;
      if (form_.labels[i].points == 3) ++decisive;
      out.labels.push_back({&form_.labels[i], *chosen_[i], words_of(*chosen_[i])});
    }
    for (const LabelPlace* place : places_) {
      if (place->label < 0 || !place->opens || label(place->label).field == "title" ||
          used_.contains(place->first_token))
        continue;
      std::vector<std::uint32_t> words = words_of(*place);
      const std::uint32_t first = words.front();
      for (std::uint32_t i = place->first_word; i < first; ++i) words.push_back(i);
      out.other_words.insert(out.other_words.end(), words.begin(), words.end());
    }
    count_pairs(&out);
    const bool known = out.titled || decisive >= 2;
    if (dropped_ * kKeptPerDropped > static_cast<int>(labels)) return std::nullopt;
    if (!known || labels < kFewest || out.points < form_.least || out.placed() < kPlaced) return std::nullopt;
    return out;
  }

  std::vector<std::uint32_t> words_of(const LabelPlace& place) const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = place.first_token; i < place.last_token; ++i) {
      const std::uint32_t word = page_.tokens[i].word;
      const bool here = page_.words[word].cell == place.cell || page_.words[word].cell == place.end_cell;
      if (here && (out.empty() || out.back() != word)) out.push_back(word);
    }
    return out;
  }

  static void count_pairs(FormMatch* out) {
    for (std::size_t i = 0; i < out->labels.size(); ++i) {
      for (std::size_t k = i + 1; k < out->labels.size(); ++k) {
        const MetLabel &a = out->labels[i], &b = out->labels[k];
        if (!counts(*a.label, *b.label)) continue;
        ++out->pairs;
        if (!stand_right(*a.label, a.place.level, *b.label, b.place.level)) continue;
        ++out->right_pairs;
        if (a.label->row == b.label->row && same_row(a.place.level, b.place.level)) ++out->beside;
      }
    }
  }

  const FormPage& page_;
  const FormTemplate& form_;
  const std::vector<const LabelPlace*> places_;
  std::vector<std::vector<const LabelPlace*>> candidates_;  // by label
  std::vector<const LabelPlace*> chosen_;
  std::set<std::uint32_t> used_;
  int dropped_ = 0;
};

}  // namespace

std::vector<FormMatch> form_matches(const FormPage& page, const std::vector<LabelPlace>& places) {
  const auto& templates = form_templates().templates();
  std::vector<std::vector<const LabelPlace*>> by_form(templates.size());
  for (const LabelPlace& place : places) by_form[place.form].push_back(&place);
  std::vector<FormMatch> out;
  for (std::size_t i = 0; i < templates.size(); ++i) {
    if (by_form[i].size() < kFewest) continue;
    if (auto match = Assessment(page, templates[i], std::move(by_form[i])).run()) out.push_back(std::move(*match));
  }
  std::stable_sort(out.begin(), out.end(), [](const FormMatch& a, const FormMatch& b) {
    return a.points * a.placed() > b.points * b.placed();
  });
  return out;
}

}  // namespace careo
