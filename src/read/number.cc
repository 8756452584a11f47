// SPDX-License-Identifier: Apache-2.0
#include "read/number.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "reference/number_words.h"

namespace careo {
namespace {

using Class = NumberWord::Class;

NumberWord entry(const Tokens& tokens, std::size_t i, std::string_view language) {
  return tokens.word(i) ? number_word(language, tokens[i].folded) : NumberWord{};
}

struct Fraction {
  std::string_view sign;
  double value;
};
constexpr std::array<Fraction, 14> kSigns = {{{"½", 0.5},
                                              {"¼", 0.25},
                                              {"¾", 0.75},
                                              {"⅓", 1.0 / 3},
                                              {"⅔", 2.0 / 3},
                                              {"⅕", 0.2},
                                              {"⅖", 0.4},
                                              {"⅗", 0.6},
                                              {"⅘", 0.8},
                                              {"⅙", 1.0 / 6},
                                              {"⅛", 0.125},
                                              {"⅜", 0.375},
                                              {"⅝", 0.625},
                                              {"⅞", 0.875}}};

double sign_value(std::string_view mark) {
  for (const Fraction& fraction : kSigns)
    if (fraction.sign == mark) return fraction.value;
  return 0;
}

// ------------------------------------------------------------------------------------------------ digits

// One run of digits and signs between them: "1.234.567,89", "1 234", "12,5".
struct Run {
  std::size_t to = 0;
  std::string signs;                     // the signs in order; ' ' for a space between groups
  std::vector<std::string_view> pieces;  // one more than signs
};

bool is_group_space(const Tokens& tokens, std::size_t i) {
  const Token& token = tokens[i];
  return tokens.digits(i) && token.spaced && !token.cell && token.breaks == 0 && token.written.size() == 3 &&
         token.first == tokens[i - 1].last + 1;
}

Run digit_run(const Tokens& tokens, std::size_t at) {
  Run run{.to = at + 1, .signs = {}, .pieces = {tokens[at].written}};
  while (run.pieces.size() < 8) {
    const std::size_t i = run.to;
    const std::string_view mark = tokens[i].folded;
    const bool sign = tokens[i].kind == Token::Kind::Mark && (mark == "." || mark == "," || mark == "'");
    if (sign && tokens.joined(i) && tokens.digits(i + 1) && tokens.joined(i + 1)) {
      run.signs += mark[0];
      run.pieces.push_back(tokens[i + 1].written);
      run.to = i + 2;
    } else if (is_group_space(tokens, i) && run.pieces.front().size() <= 3 &&
               run.signs.find_first_not_of(' ') == std::string::npos) {
      run.signs += ' ';
      run.pieces.push_back(tokens[i].written);
      run.to = i + 1;
    } else {
      break;
    }
  }
  return run;
}

double value_of(const std::vector<std::string_view>& pieces, std::size_t whole, std::string_view decimals) {
  std::string text;
  for (std::size_t i = 0; i < whole; ++i) text += pieces[i];
  if (text.size() > 300) return 0;
  if (!decimals.empty()) text += "." + std::string(decimals.substr(0, 40));
  return std::strtod(text.c_str(), nullptr);  // only digits and one point: no locale's sign can enter
}

bool grouped(const std::vector<std::string_view>& pieces, std::size_t count) {
  if (pieces.front().size() > 3) return false;
  for (std::size_t i = 1; i < count; ++i)
    if (pieces[i].size() != 3) return false;
  return true;
}

// True where a single sign before exactly three digits separates groups, by the habit of the language.
bool groups_by_habit(char sign, std::string_view language) {
  if (sign == ',') return language == "en";
  if (sign == '.') return language != "en";
  return true;
}

void read_one_sign(const Run& run, std::string_view language, Number* number) {
  const bool three = run.pieces[1].size() == 3 && run.pieces[0].size() <= 3 && run.pieces[0] != "0";
  const double whole = value_of(run.pieces, 2, {});
  const double decimal = value_of(run.pieces, 1, run.pieces[1]);
  if (!three) {
    number->value = run.signs[0] == '\'' ? value_of(run.pieces, 1, {}) : decimal;
    return;
  }
  const bool group = groups_by_habit(run.signs[0], language);
  number->value = group ? whole : decimal;
  number->other = group ? decimal : whole;
  number->ambiguous = run.signs[0] == '.' || run.signs[0] == ',';
}

// The number a run stands for. A run that fits no pattern ("22,24,26") is a list: its first piece alone is the number;
// with points ("1.2.3") it is a version or an address and no number at all.
std::optional<Number> read_run(const Tokens& tokens, std::size_t at, std::string_view language) {
  const bool behind_sign = at >= 2 && tokens.joined(at) && tokens.joined(at - 1) && tokens.digits(at - 2);
  if (behind_sign && tokens.is(at - 1, ".")) return std::nullopt;
  if (behind_sign && tokens.is(at - 1, ","))
    return Number{.from = at, .to = at + 1, .value = value_of({tokens[at].written}, 1, {}), .digits = true};
  Run run = digit_run(tokens, at);
  while (run.signs.ends_with(' ') && !grouped(run.pieces, run.pieces.size())) {
    run.signs.pop_back();
    run.pieces.pop_back();
    --run.to;
  }
  Number number{.from = at, .to = run.to, .digits = true};
  if (run.signs.empty()) {
    number.value = value_of(run.pieces, 1, {});
    return number;
  }
  const char last = run.signs.back();
  const std::size_t count = run.pieces.size();
  const bool same = run.signs.find_first_not_of(run.signs[0]) == std::string::npos;
  if (same && run.signs.size() == 1 && last != ' ') {
    read_one_sign(run, language, &number);
    return number;
  }
  if (same && grouped(run.pieces, count)) {
    number.value = value_of(run.pieces, count, {});
    return number;
  }
  const bool mixed = run.signs.find_first_not_of(run.signs[0]) == run.signs.size() - 1;
  if (mixed && grouped(run.pieces, count - 1)) {
    number.value = value_of(run.pieces, count - 1, run.pieces.back());
    return number;
  }
  if (run.signs.find('.') != std::string::npos) return std::nullopt;
  number.to = at + 1;
  number.value = value_of(run.pieces, 1, {});
  return number;
}

// "3/4", behind a whole number too: "10 1/2".
bool read_slash(const Tokens& tokens, std::size_t at, double* value) {
  if (!tokens.digits(at) || !tokens.is(at + 1, "/") || !tokens.joined(at + 1) || !tokens.digits(at + 2) ||
      !tokens.joined(at + 2) || (tokens.is(at + 3, "/") && tokens.joined(at + 3)))
    return false;
  if (tokens[at].written.size() > 3 || tokens[at + 2].written.size() > 3) return false;
  const double below = digits_value(tokens[at + 2]);
  if (below == 0) return false;
  *value = digits_value(tokens[at]) / below;
  return true;
}

// "e10", "e-3" behind a number.
void read_exponent(const Tokens& tokens, Number* number) {
  const std::size_t i = number->to;
  if (!tokens.joined(i) || !tokens.is(i, "e")) return;
  const bool minus = tokens.is(i + 1, "-");
  const std::size_t digits = minus || tokens.is(i + 1, "+") ? i + 2 : i + 1;
  if (!tokens.digits(digits) || !tokens.joined(digits) || tokens[digits].written.size() > 2) return;
  const double power = digits_value(tokens[digits]);
  number->value *= std::pow(10.0, minus ? -power : power);
  number->to = digits + 1;
}

// "1.1^23", "6.23x10^-4".
void read_power(const Tokens& tokens, Number* number) {
  std::size_t i = number->to;
  const bool times = tokens.joined(i) && (tokens.is(i, "x") || tokens.is(i, "×")) && tokens.is(i + 1, "10");
  if (times) i += 2;
  if (!tokens.is(i, "^") || !tokens.joined(i)) return;
  bool minus = false;
  for (++i; tokens.joined(i) && (tokens.is(i, "-") || tokens.is(i, "+")); ++i) minus = minus != tokens.is(i, "-");
  if (!tokens.digits(i) || !tokens.joined(i) || tokens[i].written.size() > 3) return;
  const double power = minus ? -digits_value(tokens[i]) : digits_value(tokens[i]);
  const double raised = times ? number->value * std::pow(10.0, power) : std::pow(number->value, power);
  if (!std::isfinite(raised)) return;
  number->value = raised;
  number->to = i + 1;
}

// "100k", "1.8M", "1MM": letters that stand for thousands and millions when they touch the digits.
void read_suffix(const Tokens& tokens, Number* number) {
  const Token& next = tokens[number->to];
  if (next.kind != Token::Kind::Word) return;
  const bool touches = !next.spaced;
  const std::string_view letters = next.written;
  double factor = 0;
  if (letters == "k" || letters == "K") factor = 1e3;
  if (touches && (letters == "M" || letters == "MM" || letters == "mm" || letters == "mn")) factor = 1e6;
  if (touches && letters == "mm") factor = 0;  // millimetres, unless money stands before: the figure reader's matter
  if (touches && (letters == "B" || letters == "bn" || letters == "b")) factor = 1e9;
  if (touches && (letters == "T" || letters == "tn")) factor = 1e12;
  if (factor == 0) return;
  number->value *= factor;
  ++number->to;
}

// Digits inside an identifier ("A12", "24703L202") are no number; "24703m2" is one with a unit.
bool inside_identifier(const Tokens& tokens, const Number& number) {
  if (tokens.joined(number.from) && tokens.word(number.from - 1)) return true;
  const std::size_t i = number.to;
  if (!tokens.joined(i) || !tokens.word(i) || !tokens.digits(i + 1) || !tokens.joined(i + 1)) return false;
  const bool power = tokens[i].written.size() <= 3 && (tokens.is(i + 1, "2") || tokens.is(i + 1, "3"));
  return !power;
}

std::optional<Number> digits_at(const Tokens& tokens, std::size_t at, std::string_view language) {
  Number number{.from = at, .to = at + 3, .digits = true};
  if (!read_slash(tokens, at, &number.value)) {
    const auto run = read_run(tokens, at, language);
    if (!run) return run;
    number = *run;
    double part = 0;
    if (tokens[number.to].spaced && read_slash(tokens, number.to, &part) && part < 1) {
      number.value += part;
      number.to += 3;
    } else if (const double sign = sign_value(tokens[number.to].folded); sign > 0) {
      number.value += sign;
      ++number.to;
    }
  }
  read_exponent(tokens, &number);
  read_power(tokens, &number);
  if (inside_identifier(tokens, number)) return std::nullopt;
  read_suffix(tokens, &number);
  return number;
}

// ------------------------------------------------------------------------------------------------ words

// Adds up number words from left to right. `parts` holds what earlier scales have closed, falling in scale; `group`
// is the sum below a thousand that is being built, `room` what may still be added to it.
class Adder {
  static constexpr double kDozens = 24;  // resources/numbers: the least that "dozens" can mean

 public:
  Adder(const Tokens& tokens, std::string_view language) : tokens_(tokens), language_(language) {}

  std::optional<Number> run(std::size_t at) {
    std::size_t i = at;
    const std::size_t limit = at + 40;  // no number has more words
    while (i < limit) {
      const std::size_t before = i;
      if (!take(&i)) break;
      if (done_) break;
      if (i == before) break;
    }
    if (to_ == 0) return std::nullopt;
    return Number{.from = at, .to = to_, .value = total(), .digits = digits_, .vague = vague_, .article = bare_one_};
  }

  double last_scale() const { return last_scale_; }
  /// The number as it stood before its last "and", for "three and two thirds"; to == 0 where there is none.
  const Number& before_and() const { return before_and_; }
  double scale_before_and() const { return scale_before_and_; }

 private:
  double total() const {
    double sum = group_;
    for (const auto& [value, scale] : parts_) sum += value;
    return sum;
  }

  void accept(std::size_t i) {
    to_ = i;
    ++words_;
  }

  bool add(double value, double needs, double room) {
    if (room_ < needs) return false;
    group_ += value;
    room_ = room;
    open_ = true;
    last_scale_ = 0;
    return true;
  }

  bool hundred() {
    if (!open_) return add(100, 1000, 100);
    if (!digits_ && group_ >= 100) return false;
    group_ *= 100;
    room_ = 100;
    last_scale_ = 0;
    return true;
  }

  bool scale(double scale) {
    double sum = open_ ? group_ : 0;
    std::size_t keep = parts_.size();
    while (keep > 0 && parts_[keep - 1].second < scale) sum += parts_[--keep].first;
    if (keep > 0 && parts_[keep - 1].second == scale) return false;
    if (sum == 0 && keep > 0 && scale > 1000) return false;
    parts_.resize(keep);
    parts_.emplace_back((sum == 0 ? 1 : sum) * scale, scale);
    group_ = 0;
    room_ = 1000;
    open_ = false;
    last_scale_ = scale;
    return true;
  }

  // "two dozen", "una veintena": ends the number.
  bool collective(double size, bool vague) {
    if (vague && open_ && size == kDozens) return collective(kDozens / 2, false);  // "three dozens" is a count
    if (vague && (open_ || !parts_.empty())) return false;
    group_ = (open_ ? group_ : 1) * size;
    vague_ = vague;
    done_ = true;
    return true;
  }

  bool take_digits(std::size_t* i) {
    const bool joins = after_and_ && room_ >= 100;
    if (!joins && (open_ || (parts_.empty() && words_ > 0))) return false;
    const auto number = digits_at(tokens_, *i, language_);
    if (!number || (!parts_.empty() && number->value >= parts_.back().second)) return false;
    if (words_ == 0) digits_ = true;
    if (joins && open_ && number->value >= 100) return false;
    group_ += number->value;
    after_and_ = false;
    room_ = 0;
    open_ = true;
    last_scale_ = 0;
    *i = number->to;
    accept(*i);
    return true;
  }

  // A joining word counts only when a number word that fits follows; English "and" stands before the last part only,
  // Spanish "y" only between tens and units.
  bool take_and(std::size_t* i) {
    const Class next = entry(tokens_, *i + 1, language_).kind;
    const bool small = next == Class::Unit || next == Class::Teen || next == Class::Ten;
    if (language_ == "es") return room_ == 10 && (next == Class::Unit || next == Class::Article) && skip(i);
    const bool digits = tokens_.digits(*i + 1) && digits_;
    if (words_ == 0 || room_ < 100 || !(small || digits || next == Class::Article)) return false;
    if (next == Class::Article && entry(tokens_, *i + 2, language_).kind != Class::Hundred) return false;
    return skip(i);
  }

  bool skip(std::size_t* i) {
    if (language_ != "es") before_and_ = {.to = *i, .value = total(), .digits = digits_};
    scale_before_and_ = last_scale_;
    ++*i;
    return true;
  }

  bool take_article(std::size_t* i, double value) {
    const Class next = entry(tokens_, *i + 1, language_).kind;
    const bool multiplies = next == Class::Hundred || next == Class::Scale || next == Class::Group;
    const bool spanish_one =
        language_ == "es" && words_ > 0 && (room_ == 10 || room_ >= 100) && to_ == *i - (after_and_ ? 1 : 0);
    if (spanish_one) return add(value, 10, 0);
    if (words_ > 0 && !after_and_) return false;
    if (multiplies) return true;
    if (language_ != "es" || words_ > 0) return false;
    bare_one_ = true;
    done_ = true;
    return add(value, 10, 0);
  }

  bool take_word(std::size_t* i) {
    const NumberWord word = entry(tokens_, *i, language_);
    bool taken = false;
    bool counts = true;
    switch (word.kind) {
      case Class::Unit: taken = add(word.value, 10, 0); break;
      case Class::Teen: taken = add(word.value, 100, 0); break;
      case Class::Ten: taken = add(word.value, 100, 10); break;
      case Class::Hundred: taken = hundred(); break;
      case Class::Hundreds: taken = add(word.value, 1000, 100); break;
      case Class::Scale: taken = scale(word.value); break;
      case Class::Group: taken = collective(word.value, false); break;
      case Class::Vague: taken = collective(word.value, true); break;
      case Class::Article:
        taken = take_article(i, word.value);
        counts = open_;
        break;
      case Class::And: taken = after_and_ = take_and(i); return taken;
      default: return false;
    }
    if (!taken) return false;
    after_and_ = false;
    if (word.kind == Class::Unit && words_ == 0 && word.value == 1) bare_one_ = true;
    if (words_ > 0 && word.kind != Class::Article) bare_one_ = false;
    ++*i;
    if (counts || word.kind != Class::Article) accept(*i);
    return true;
  }

  bool take(std::size_t* i) {
    if (tokens_[*i].breaks > 1 && words_ > 0) return false;
    if (tokens_.digits(*i)) return take_digits(i);
    if (tokens_.is(*i, "-") && words_ > 0 && tokens_.word(*i + 1)) {
      const Class next = entry(tokens_, *i + 1, language_).kind;
      const bool joins = (next == Class::Unit && room_ == 10) || next == Class::Hundred || next == Class::Scale;
      if (!joins) return false;
      ++*i;
    }
    return tokens_.word(*i) && take_word(i);
  }

  const Tokens& tokens_;
  std::string_view language_;
  std::vector<std::pair<double, double>> parts_;
  double group_ = 0;
  double room_ = 1000;
  double last_scale_ = 0;
  double scale_before_and_ = 0;
  Number before_and_;
  std::size_t to_ = 0;
  int words_ = 0;
  bool open_ = false;
  bool digits_ = false;
  bool vague_ = false;
  bool done_ = false;
  bool bare_one_ = false;
  bool after_and_ = false;
};

// ------------------------------------------------------------------------------------------------ parts

bool is_half(std::string_view folded) {
  return folded == "half" || folded == "medio" || folded == "media" || folded == "quarter";
}

// A denominator at `i`: plural, or singular where the numerator is one.
double denominator(const Tokens& tokens, std::size_t i, std::string_view language, bool one) {
  if (!tokens.word(i)) return 0;
  const NumberWord word = entry(tokens, i, language);
  if (word.kind == Class::Part) {
    const bool plural = tokens[i].folded.ends_with('s');
    return plural == one ? 0 : word.value;
  }
  return word.kind == Class::Ordinal && one && word.value > 2 ? word.value : 0;
}

// "half a million", "quarter million", "medio millón", "media docena", "a half", "half".
std::optional<Number> half_at(const Tokens& tokens, std::size_t at, std::string_view language) {
  std::size_t i = at;
  const bool article = entry(tokens, i, language).kind == Class::Article;
  if (article) ++i;
  if (!tokens.word(i) || !is_half(tokens[i].folded)) return std::nullopt;
  const double part = 1 / entry(tokens, i, language).value;
  ++i;
  const std::size_t behind = i;
  if (entry(tokens, i, language).kind == Class::Article) ++i;
  const NumberWord next = entry(tokens, i, language);
  if (next.kind == Class::Scale || next.kind == Class::Group)
    return Number{.from = at, .to = i + 1, .value = part * next.value};
  if (article) return Number{.from = at, .to = behind, .value = part};
  return std::nullopt;
}

// "and a half", "y medio", "con tres cuartos", "and two thirds" behind a number: the part and where it ends.
std::optional<Number> tail_part(const Tokens& tokens, std::size_t at, std::string_view language) {
  const bool joins = tokens.is(at, "and") || (language == "es" && (tokens.is(at, "y") || tokens.is(at, "con")));
  if (!joins) return std::nullopt;
  std::size_t i = at + 1;
  double above = 1;
  if (tokens.word(i) && is_half(tokens[i].folded) && language == "es")
    return Number{.from = at, .to = i + 1, .value = 0.5};
  const NumberWord first = entry(tokens, i, language);
  if (first.kind == Class::Article) {
    ++i;
  } else {
    const auto number = Adder(tokens, language).run(i);
    if (!number || number->value > 999) return std::nullopt;
    above = number->value;
    i = number->to;
  }
  const double below = denominator(tokens, i, language, above == 1);
  if (below == 0) return std::nullopt;
  return Number{.from = at, .to = i + 1, .value = above / below};
}

void add_tail(const Tokens& tokens, std::string_view language, double scale, Number* number) {
  const auto part = tail_part(tokens, number->to, language);
  if (part) {
    number->value += part->value * (scale > 0 ? scale : 1);
    number->to = part->to;
    number->article = false;
  }
  const NumberWord next = entry(tokens, number->to, language);
  if (part && scale == 0 && (next.kind == Class::Scale || next.kind == Class::Group)) {
    number->value *= next.value;
    ++number->to;
  }
}

// "two thirds", "one fifth", "una tercera parte" is left alone.
void divide(const Tokens& tokens, std::string_view language, Number* number) {
  if (number->digits && number->value != std::floor(number->value)) return;
  std::size_t i = number->to;
  if (tokens.is(i, "-") && tokens.word(i + 1)) ++i;
  const double below = number->digits ? 0 : denominator(tokens, i, language, number->value == 1);
  if (below == 0) return;
  number->value /= below;
  number->to = i + 1;
  number->article = false;
}

// "one over three", "uno sobre veinte".
void read_ratio(const Tokens& tokens, std::string_view language, Number* number) {
  if (!tokens.is(number->to, "over") && !tokens.is(number->to, "sobre")) return;
  const auto below = Adder(tokens, language).run(number->to + 1);
  if (!below || below->vague || below->value <= number->value) return;
  number->value /= below->value;
  number->to = below->to;
  number->article = false;
}

// "point nought three", "coma veintiocho".
void add_decimals(const Tokens& tokens, std::string_view language, Number* number) {
  if (number->digits || entry(tokens, number->to, language).kind != Class::Point) return;
  std::size_t i = number->to + 1;
  std::string decimals;
  while (entry(tokens, i, language).kind == Class::Unit && decimals.size() < 15) {
    decimals += static_cast<char>('0' + static_cast<int>(entry(tokens, i, language).value));
    ++i;
  }
  const bool only_units = !decimals.empty() && decimals.size() > 1;
  const auto rest =
      Adder(tokens, language).run(decimals.find_first_not_of('0') == std::string::npos ? i : number->to + 1);
  if (!only_units || (rest && rest->to > i)) {
    if (rest && rest->to > i && rest->value < 1e12 && rest->value == std::floor(rest->value)) {
      const bool zeros = decimals.find_first_not_of('0') == std::string::npos;
      decimals = (zeros ? decimals : "") + std::to_string(static_cast<long long>(rest->value));
      i = rest->to;
    }
  }
  if (decimals.empty()) return;
  number->value += std::strtod(("0." + decimals).c_str(), nullptr);
  number->to = i;
  number->article = false;
}

bool starts_number(const Tokens& tokens, std::size_t at, std::string_view language) {
  if (tokens.digits(at)) return true;
  if (!tokens.word(at)) return false;
  switch (number_word(language, tokens[at].folded).kind) {
    case Class::None:
    case Class::And:
    case Class::Point:
    case Class::Minus:
    case Class::Ordinal: return false;
    default: return true;
  }
}

// A number without its sign.
std::optional<Number> unsigned_at(const Tokens& tokens, std::size_t at, std::string_view language) {
  if (const double sign = sign_value(tokens[at].folded); sign > 0)
    return Number{.from = at, .to = at + 1, .value = sign, .digits = true};
  if (!starts_number(tokens, at, language)) return std::nullopt;
  if (auto half = half_at(tokens, at, language)) return half;
  if (entry(tokens, at, language).kind == Class::Article) {
    const double below = denominator(tokens, at + 1, language, true);
    if (below > 0) return Number{.from = at, .to = at + 2, .value = 1 / below};
  }
  if (entry(tokens, at, language).kind == Class::Part) return std::nullopt;
  Adder adder(tokens, language);
  auto number = adder.run(at);
  if (!number) return number;
  if (number->digits) {
    if (const auto plain = digits_at(tokens, at, language); plain && plain->to == number->to) {
      number->ambiguous = plain->ambiguous;
      number->other = plain->other;
    }
  }
  if (number->vague) return number;
  if (denominator(tokens, number->to, language, false) > 0 && adder.before_and().to > 0) {
    Number whole = adder.before_and();
    whole.from = at;
    if (tail_part(tokens, whole.to, language)) {
      add_tail(tokens, language, adder.scale_before_and(), &whole);
      return whole;
    }
  }
  if (tail_part(tokens, number->to, language)) {
    add_tail(tokens, language, adder.last_scale(), &*number);
    return number;
  }
  divide(tokens, language, &*number);
  read_ratio(tokens, language, &*number);
  add_decimals(tokens, language, &*number);
  const NumberWord next = entry(tokens, number->to, language);
  if (next.kind == Class::Scale && number->value != std::floor(number->value)) {
    number->value *= next.value;
    ++number->to;
  }
  return number;
}

}  // namespace

double digits_value(const Token& token) {
  double value = 0;
  if (token.kind != Token::Kind::Digits || token.written.size() > 15) return 0;
  for (const char c : token.written) value = value * 10 + (c - '0');
  return value;
}

int whole_digits(const Token& token) {
  return token.written.size() > 9 ? -1 : static_cast<int>(digits_value(token));
}

std::optional<Number> number_at(const Tokens& tokens, std::size_t at, std::string_view language) {
  std::size_t i = at;
  bool minus = false;
  const bool least = at > 0 && (tokens.is(at - 1, "al") || tokens.is(at - 1, "lo") || tokens.is(at - 1, "cuando") ||
                                tokens.is(at - 1, "o") || tokens.is(at - 1, "no"));  // "al menos 4" is no minus
  if (entry(tokens, i, language).kind == Class::Minus && !least) {
    minus = true;
    ++i;
  } else if ((tokens.is(i, "-") || tokens.is(i, "−")) && tokens.digits(i + 1) && tokens[i].spaced) {
    minus = true;
    ++i;
  } else if ((tokens.is(i, ".") || (language != "en" && tokens.is(i, ","))) && tokens[i].spaced &&
             tokens.digits(i + 1) && tokens.joined(i + 1)) {
    const std::string_view decimals = tokens[i + 1].written;
    Number number{.from = at, .to = i + 2, .digits = true};
    number.value = std::strtod(("0." + std::string(decimals.substr(0, 40))).c_str(), nullptr);
    return number;
  }
  auto number = unsigned_at(tokens, i, language);
  if (!number) return number;
  number->from = at;
  if (minus) {
    number->value = -number->value;
    number->other = -number->other;
    number->article = false;
  }
  return number;
}

std::optional<Number> whole_number_at(const Tokens& tokens, std::size_t at, std::string_view language) {
  if (!starts_number(tokens, at, language)) return std::nullopt;
  return Adder(tokens, language).run(at);
}

std::optional<Number> ordinal_at(const Tokens& tokens, std::size_t at, std::string_view language) {
  Number number{.from = at, .to = at + 1, .ordinal = true};
  if (tokens.digits(at)) {
    if (!tokens.joined(at + 1)) return std::nullopt;
    const std::string_view mark = tokens[at + 1].folded;
    const bool degrees = mark == "°" && tokens.joined(at + 2) && (tokens.is(at + 2, "c") || tokens.is(at + 2, "f"));
    bool fits = mark == "º" || mark == "ª" || (mark == "°" && !degrees);
    for (const std::string_view ending :
         {"st", "nd", "rd", "th", "ro", "do", "to", "mo", "vo", "no", "ra", "da", "ta", "ma", "va", "na", "er"})
      fits = fits || mark == ending;
    if (!fits || tokens[at].written.size() > 9) return std::nullopt;
    number.value = digits_value(tokens[at]);
    number.to = at + 2;
    return number;
  }
  NumberWord word = entry(tokens, at, language);
  if (word.kind == Class::Ten) {
    std::size_t i = at + 1;
    if (tokens.is(i, "-")) ++i;
    const NumberWord unit = entry(tokens, i, language);
    const bool third = tokens.is(i, "third");
    if ((unit.kind != Class::Ordinal && !third) || unit.value > 9) return std::nullopt;
    number.value = word.value + unit.value;
    number.to = i + 1;
    return number;
  }
  if (word.kind != Class::Ordinal && !tokens.is(at, "third")) return std::nullopt;
  number.value = word.value;
  return number;
}

}  // namespace careo
