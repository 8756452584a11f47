// SPDX-License-Identifier: Apache-2.0
#include "read/figure/figure.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/json.h"
#include "read/contact.h"
#include "read/figure/noun.h"
#include "read/number.h"
#include "read/token_reader.h"
#include "reference/lexicon.h"

namespace careo {
namespace {

using Cmp = FigureMention::Cmp;

struct Unit {
  std::string_view name;
  std::string_view kind;
  std::size_t to = 0;
};

// Reads the figures of one run of tokens.
class Figures {
 public:
  Figures(const Tokens& tokens, std::string_view language, const std::vector<DateMention>& dates)
      : tokens_(tokens),
        language_(language),
        units_(lexicon("units", language)),
        signs_(lexicon("units", "signs")),
        bounds_(lexicon("figures", language)),
        dates_(dates),
        taken_(tokens.size(), false) {
    for (const DateMention& date : dates) mask(date.from, date.to);
    for (const ContactMention& contact : contacts_in(tokens)) mask(contact.from, contact.to);
  }

  std::vector<FigureMention> run() {
    for (std::size_t i = 0; i < tokens_.size();) {
      const std::size_t to = taken_[i] ? 0 : figure(i);
      i = std::max(i + 1, to);
    }
    return std::move(out_);
  }

 private:
  void mask(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to && i < taken_.size(); ++i) taken_[i] = true;
  }
  bool taken(std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to && i < taken_.size(); ++i)
      if (taken_[i]) return true;
    return false;
  }

  // ---------------------------------------------------------------------------------------------- units

  // A sign at token `i`, of up to three marks: "US$", "$", "°C".
  Unit sign_at(std::size_t i) const {
    Unit out;
    for (std::size_t to = i + 1; to <= i + 3 && to <= tokens_.size(); ++to) {
      if (to > i + 1 && tokens_[to - 1].spaced) break;
      if (const auto* row = signs_.find(fold(tokens_.written(i, to)))) out = {(*row)[1], (*row)[2], to};
    }
    return out;
  }

  Unit word_unit_at(std::size_t i) const {
    Unit out;
    if (!tokens_.word(i)) return out;
    for (std::size_t to = i + 1; to <= i + 5 && to <= tokens_.size(); ++to) {
      if (tokens_[to - 1].breaks > 1 && to > i + 1) break;
      const auto* row = units_.find(tokens_.phrase(i, to));
      const bool letter = to == i + 1 && tokens_[i].folded.size() == 1;  // "m", "g": only beside the digits
      if (row != nullptr && !(letter && tokens_[i].capital)) out = {(*row)[1], (*row)[2], to};
    }
    return out;
  }

  Unit unit_behind(std::size_t i) const {
    if (tokens_[i].breaks > 1) return {};
    std::size_t at = i;
    if (tokens_.is(at, "-") && tokens_.word(at + 1)) ++at;
    if (const Unit sign = sign_at(at); sign.to > 0) return sign;
    const bool bracket = tokens_.is(at, "(") || tokens_.is(at, "[");
    if (bracket) {
      Unit inside = word_unit_at(at + 1);
      if (inside.to == 0 || !(tokens_.is(inside.to, ")") || tokens_.is(inside.to, "]"))) return {};
      ++inside.to;
      return inside;
    }
    // "mil millones de dólares", "two billion of dollars"
    if (tokens_.is(at, "de") || tokens_.is(at, "of"))
      if (const Unit unit = word_unit_at(at + 1); unit.to > 0 && unit.kind == "money") return unit;
    return word_unit_at(at);
  }

  // "$", "US$", "EUR" before a number.
  Unit unit_before(std::size_t number, std::size_t* from) const {
    for (std::size_t back = 3; back >= 1; --back) {
      if (back > number) continue;
      const std::size_t i = number - back;
      if (taken(i, number)) continue;
      Unit unit = sign_at(i);
      if (unit.to != number && back == 1) unit = word_unit_at(i);
      if (unit.to == number && unit.kind == "money" && (back > 1 || tokens_[i].folded != "mi")) {
        *from = i;
        return unit;
      }
    }
    return {};
  }

  // ---------------------------------------------------------------------------------------------- bounds

  void set(std::string_view word, FigureMention* figure) const {
    figure->strict = word == "more_than" || word == "less_than";
    if (word == "approx") figure->cmp = Cmp::Approx;
    if (word == "at_least" || word == "more_than") figure->cmp = Cmp::AtLeast;
    if (word == "at_most" || word == "less_than") figure->cmp = Cmp::AtMost;
    if (word == "exact") figure->cmp = Cmp::Exact;
  }

  // The bounding phrase that ends at `from`; the figure then begins with it. Returns where the words begin that bound
  // it, with a negation that turned them round: "no son más de".
  std::size_t bound_before(FigureMention* figure) const {
    const std::size_t start = figure->from;
    for (std::size_t words = std::min<std::size_t>({7, start}); words >= 1; --words) {
      const std::size_t i = start - words;
      if (taken(i, start) || tokens_[start].breaks > 1) continue;
      const auto* row = bounds_.find(tokens_.phrase(i, start));
      if (row == nullptr || (*row)[1] != "before") continue;
      set((*row)[2], figure);
      figure->from = i;
      return turn_by_negation(i, figure);
    }
    return start;
  }

  // "no son más de 35", "are not more than 35": at most. "no son menos de": at least.
  std::size_t turn_by_negation(std::size_t i, FigureMention* figure) const {
    if (!figure->strict || i == 0) return i;
    std::size_t negation = i;
    for (std::size_t back = 1; back <= 3 && back <= i; ++back) {
      if (tokens_[i - back].kind != Token::Kind::Word) break;
      const bool negates =
          tokens_.is(i - back, "no") || tokens_.is(i - back, "not") || tokens_[i - back].folded.ends_with("n't");
      if (negates) negation = i - back;
    }
    if (negation == i) return i;
    figure->strict = false;
    figure->cmp = figure->cmp == Cmp::AtLeast ? Cmp::AtMost : Cmp::AtLeast;
    return negation;
  }

  void bound_after(FigureMention* figure) const {
    for (std::size_t words = 4; words >= 1; --words) {
      const std::size_t to = figure->to + words;
      if (to > tokens_.size() || tokens_[to - 1].breaks > 1) continue;
      const auto* row = bounds_.find(tokens_.phrase(figure->to, to));
      if (row == nullptr || (*row)[1] != "after") continue;
      set((*row)[2], figure);
      figure->to = to;
      return;
    }
  }

  // ---------------------------------------------------------------------------------------------- ranges

  bool joins_range(std::size_t i, bool between) const {
    for (const std::string_view word : {"to", "-", "–", "—", "a", "or", "o", "до"})
      if (tokens_.is(i, word)) return true;
    return between && (tokens_.is(i, "and") || tokens_.is(i, "y") || tokens_.is(i, "e") || tokens_.is(i, "и"));
  }

  bool between_before(std::size_t i) const {
    return i > 0 && (tokens_.is(i - 1, "between") || tokens_.is(i - 1, "entre") || tokens_.is(i - 1, "между") ||
                     tokens_.is(i - 1, "between"));
  }

  // "10 to 15", "between 180 and 200", "2-3 million": the second number, where the first belongs to a range.
  std::optional<Number> range_end(const Number& first) const {
    const bool between = between_before(first.from);
    if (!joins_range(first.to, between) || first.vague) return std::nullopt;
    std::size_t at = first.to + 1;
    if (const Unit sign = sign_at(at); sign.to > 0 && sign.kind == "money") at = sign.to;
    const auto second = number_at(tokens_, at, language_);
    if (!second || second->article || second->vague || taken(second->from, second->to)) return std::nullopt;
    if (tokens_.is(first.to, "a") && !second->digits && language_ != "es") return std::nullopt;
    if (second->value <= first.value) return std::nullopt;
    if (tokens_.is(second->to, "-") && tokens_.digits(second->to + 1)) return std::nullopt;  // an identifier
    return second;
  }

  // "2 to 3 million": the scale belongs to both.
  double scaled(double first, const Number& second) const {
    if (second.value < 1000 || first >= 1000) return first;
    for (double scale = 1e12; scale >= 1000; scale /= 1000)
      if (second.value >= scale && std::fmod(second.value, scale) == 0 && second.value / scale < 1000)
        return first < second.value / scale ? first * scale : first;
    return first;
  }

  // ---------------------------------------------------------------------------------------------- refusal

  bool labelled(std::size_t i) const {
    if (i == 0) return false;
    std::size_t before = i - 1;
    if (tokens_.is(before, ".") && before > 0) --before;
    const std::string_view word = tokens_[before].folded;
    for (const std::string_view label :
         {"#",          "№",          "no",      "nr",      "num",     "nº",       "n°",       "nos",
          "page",       "pages",      "p",       "pp",      "pag",     "pagina",   "paginas",  "article",
          "articulo",   "art",        "section", "seccion", "chapter", "capitulo", "flight",   "vuelo",
          "room",       "numero",     "version", "v",       "annex",   "anexo",    "apartado", "clause",
          "resolution", "resolucion", "ley",     "law",     "decree",  "decreto",  "gate"})
      if (word == label) return !(word == "no" && language_ == "en" && before == i - 1 && !tokens_[before].capital);
    return tokens_.is(before, "º") && before > 0 && tokens_.is(before - 1, "n");
  }

  // Long digit runs, leading zeros, "12:30", "1)", "AB-1234" with nothing counted: identifiers and marks of order.
  bool refused(const Number& number) const {
    const Token& first = tokens_[number.from];
    if (!number.digits) return false;
    if (first.kind == Token::Kind::Digits) {
      const std::string_view digits = first.written;
      if (number.to == number.from + 1 && digits.size() > 1 && digits[0] == '0') return true;
      if (digits.size() > 12) return true;
    }
    const bool colon_before = number.from > 1 && tokens_.joined(number.from) && tokens_.is(number.from - 1, ":") &&
                              tokens_.digits(number.from - 2);
    const bool colon_behind = tokens_.is(number.to, ":") && tokens_.joined(number.to) &&
                              tokens_.digits(number.to + 1) && tokens_.joined(number.to + 1);
    if (colon_before || colon_behind) return true;
    const bool dash_word = number.from > 1 && tokens_.joined(number.from) && tokens_.is(number.from - 1, "-") &&
                           tokens_.joined(number.from - 1);
    if (dash_word) return true;
    const bool line_start = number.from == 0 || first.breaks > 0;
    const bool order = tokens_.joined(number.to) && (tokens_.is(number.to, ")") || tokens_.is(number.to, ".")) &&
                       tokens_.word(number.to + 1) && tokens_[number.to + 1].spaced;
    if (line_start && order && number.value < 100) return true;
    if (ordinal_at(tokens_, number.from, language_)) return true;
    return labelled(number.from);
  }

  // ---------------------------------------------------------------------------------------------- the figure

  void set_interval(double first, const std::optional<Number>& second, FigureMention* figure) const {
    if (second) {
      const double from = scaled(first, *second);
      figure->value = (from + second->value) / 2;
      figure->low = from;
      figure->high = second->value;
      figure->cmp = figure->cmp == Cmp::Exact ? Cmp::Approx : figure->cmp;
      return;
    }
    figure->value = first;
    const double margin = figure->cmp == Cmp::Approx ? approximate_margin(first) : 0;
    if (figure->cmp != Cmp::AtMost) figure->low = first - margin;
    if (figure->cmp != Cmp::AtLeast) figure->high = first + margin;
  }

  // "ninguna visa", "no passports": none of a thing that careo knows.
  std::size_t nothing(std::size_t i) {
    const bool word = language_ == "es" ? tokens_.is(i, "ningun") || tokens_.is(i, "ninguna") || tokens_.is(i, "cero")
                                        : tokens_.is(i, "no") || tokens_.is(i, "zero");
    if (!word || (language_ != "es" && language_ != "en")) return 0;
    FigureMention figure;
    figure.from = i;
    figure.to = i + 1;
    count_noun(tokens_, language_, taken_, &figure);
    const bool beside = figure.to == i + 1 + words_in(figure.counted);
    if (figure.thing.empty() || figure.thing == "role" || tokens_.is(i + 1, "more") || !beside) return 0;
    figure.value = figure.low = figure.high = 0;
    find_period(&figure);
    out_.push_back(std::move(figure));
    return out_.back().to;
  }

  static std::size_t words_in(std::string_view text) {
    return 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), ' '));
  }

  // Returns the token behind the figure at `i`, 0 where there is none.
  std::size_t figure(std::size_t i) {
    if (const std::size_t none = nothing(i); none > 0) return none;
    auto number = number_at(tokens_, i, language_);
    if (!number || taken(number->from, number->to)) return 0;
    if (ordinal_at(tokens_, i, language_) && !number->digits) return 0;
    if (refused(*number)) return number->to;
    FigureMention figure;
    figure.from = number->from;
    figure.to = number->to;
    const auto second = range_end(*number);
    if (second) {
      figure.to = second->to;
      if (between_before(figure.from)) --figure.from;
    }
    std::size_t money_from = figure.from;
    Unit unit = unit_before(number->from, &money_from);
    figure.from = std::min(figure.from, money_from);
    if (unit.to > 0 && tokens_.joined(figure.to) &&
        (tokens_.is(figure.to, "m") || tokens_.is(figure.to, "mm") || tokens_.is(figure.to, "mn"))) {
      number->value *= 1e6;  // "£1.2m": metres are not bought in pounds
      ++figure.to;
    }
    if (unit.to == 0) {
      unit = unit_behind(figure.to);
      figure.to = std::max(figure.to, unit.to);
    } else if (const Unit again = word_unit_at(figure.to); again.kind == "money") {
      figure.to = again.to;  // "$200 dollars"
    }
    figure.unit = unit.name;
    figure.kind = unit.kind;
    // "14ymedio", "3D": letters that touch the digits and are no unit.
    const bool glued = tokens_.joined(figure.to) && tokens_.word(figure.to) && number->digits;
    if (glued && unit.to == 0) return figure.to + 1;
    const std::size_t words_from = bound_before(&figure);
    const bool bounded = figure.from < number->from;
    bound_after(&figure);
    count_noun(tokens_, language_, taken_, &figure);
    if (figure.kind.empty() || (figure.kind == "count" && figure.thing.empty()))
      count_noun_before(tokens_, language_, taken_, &figure);
    if (number->ambiguous && figure.kind == "count" && !second) number->value = std::max(number->value, number->other);
    if (number->article && !second && figure.unit.empty() && !bounded) return number->to;
    if (number->article && figure.kind == "count" && (figure.thing.empty() || language_ == "es") && !bounded)
      return number->to;
    bound_after(&figure);
    if (number->vague) {
      figure.low = number->value;
      figure.cmp = Cmp::Unknown;
    } else {
      set_interval(number->value, second, &figure);
    }
    find_period(&figure);
    figure.from = std::min(figure.from, words_from);  // "más de 10" alone would say the opposite
    out_.push_back(std::move(figure));
    return out_.back().to;
  }

  // The nearest date or range in the same sentence.
  void find_period(FigureMention* figure) const {
    const std::size_t from = sentence_start(tokens_, figure->from);
    const std::size_t to = sentence_end(tokens_, figure->to);
    std::size_t best = tokens_.size() + 1;
    const auto first = std::lower_bound(dates_.begin(), dates_.end(), from,
                                        [](const DateMention& date, std::size_t at) { return date.from < at; });
    for (auto date_at = first; date_at != dates_.end() && date_at->to <= to; ++date_at) {
      const DateMention& date = *date_at;
      const bool dated = date.type == DateMention::Type::Date || date.type == DateMention::Type::DateRange;
      const std::size_t distance =
          date.to <= figure->from ? figure->from - date.to : date.from - std::min(date.from, figure->to);
      if (!dated || distance >= best) continue;
      best = distance;
      figure->period = date.timex;
    }
  }

  const Tokens& tokens_;
  std::string_view language_;
  const Lexicon& units_;
  const Lexicon& signs_;
  const Lexicon& bounds_;
  const std::vector<DateMention>& dates_;
  std::vector<bool> taken_;
  std::vector<FigureMention> out_;
};

void member(JsonWriter* json, std::string_view name, const std::optional<double>& value) {
  json->key(name);
  if (!value) {
    json->null();
  } else if (*value == std::floor(*value) && std::abs(*value) < 9e15) {
    json->number(static_cast<std::int64_t>(*value));
  } else {
    json->number(*value);
  }
}

class FigureReader final : public TokenReader {
 public:
  std::string_view name() const override { return "figure/1"; }

 protected:
  std::vector<Reading> read_piece(const Tokens& tokens, std::string_view language) const override {
    std::vector<Reading> out;
    for (const FigureMention& figure : figures_in(tokens, language, dates_in(tokens, language))) {
      out.push_back(reading_of("figure", tokens, figure.from, figure.to));
      out.back().value = json_of(figure);
      out.back().grade = figure.kind.empty() ? Grade::Doubtful : Grade::Unconfirmed;
    }
    return out;
  }
};

}  // namespace

std::string_view name_of(FigureMention::Cmp cmp) {
  switch (cmp) {
    case Cmp::Exact: return "exact";
    case Cmp::Approx: return "approx";
    case Cmp::AtLeast: return "at_least";
    case Cmp::AtMost: return "at_most";
    case Cmp::Unknown: break;
  }
  return "unknown";
}

double approximate_margin(double value) {
  double digits = std::abs(value);
  if (digits == 0) return 0;
  while (digits >= 10) digits /= 10;
  while (digits < 1) digits *= 10;
  const bool one_digit = std::abs(digits - std::round(digits)) < 1e-9;
  return std::abs(value) * (one_digit ? 0.15 : 0.10);
}

std::vector<FigureMention> figures_in(const Tokens& tokens, std::string_view language,
                                      const std::vector<DateMention>& dates) {
  return Figures(tokens, language, dates).run();
}

std::string json_of(const FigureMention& figure) {
  JsonWriter json;
  json.object();
  member(&json, "value", figure.value);
  member(&json, "low", figure.low);
  member(&json, "high", figure.high);
  json.member("cmp", name_of(figure.cmp)).member("unit", figure.unit);
  if (figure.strict) json.key("strict").boolean(true);
  if (!figure.kind.empty()) json.member("unit_kind", figure.kind);
  if (!figure.counted.empty()) json.member("counted", figure.counted);
  if (!figure.thing.empty()) json.member("thing", figure.thing);
  if (!figure.predicate.empty()) json.member("predicate", figure.predicate);
  if (!figure.period.empty()) json.member("period", figure.period);
  return json.end().take();
}

const TextReader& figure_reader() {
  static const FigureReader kReader;
  return kReader;
}

}  // namespace careo
