// SPDX-License-Identifier: Apache-2.0
#include "articles.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "embedded.h"

namespace careo::sample {
namespace {

constexpr Date kPublished{2023, 10, 5};

using Marks = std::vector<std::pair<std::string, std::string>>;  // key and value, in the order of the file

std::string of(const Marks& marks, std::string_view key) {
  for (const auto& [name, value] : marks) {
    if (name == key) return value;
  }
  return {};
}

Marks parse_marks(std::string_view line) {
  Marks out;
  for (auto word : split(line, ' ')) {
    const auto equals = word.find('=');
    if (equals == word.npos) continue;
    std::string value{word.substr(equals + 1)};
    std::replace(value.begin(), value.end(), '_', ' ');
    const std::string key{word.substr(0, equals)};
    const bool name = key == "speaker";
    out.emplace_back(key, name ? value : std::string(word.substr(equals + 1)));
  }
  return out;
}

// The figures a reporter would round to; each stays within a tenth of the truth.
std::int64_t rounded(std::int64_t n) {
  const std::int64_t step = n < 20 ? 1 : n < 50 ? 5 : n < 1000 ? 10 : 100;
  return (n + step / 2) / step * step;
}
std::int64_t below(std::int64_t n) {
  if (n <= 20) return n > 3 ? n - 1 - n / 10 : std::max<std::int64_t>(1, n - 1);
  return n * 9 / 10 / 5 * 5;
}
std::int64_t above(std::int64_t n) {
  return (n * 11 / 10 + 5) / 5 * 5;
}

std::string figure(std::int64_t n, Language language) {
  const bool english = language == Language::English;
  const std::string plain = std::to_string(n);
  if (n < (english ? 1000 : 10000)) return plain;
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && (plain.size() - i) % 3 == 0) out += english ? ',' : '.';
    out += plain[i];
  }
  return out;
}

struct Value {
  std::string text;
  std::int64_t number = 0;
  bool is_number = false;
};

class Reporter {
 public:
  Reporter(std::uint64_t seed, const Plan& plan, const Words& words, const Truth& truth)
      : chance_(seed, "articles"), plan_(plan), words_(words), truth_(truth) {
    for (auto line : words.names["absent"]) absent_.push_back(split(line, '|')[0]);
    chance_.shuffle(&absent_);
  }

  Result<std::string> article(std::string_view file, std::string_view name, Language language);
  const std::string& claims() const { return claims_; }

 private:
  Value value_of(std::string_view expression, Language language);
  std::string someone(std::string_view which);
  const Person* legible(bool renewed) const;
  Result<void> claim(const Marks& marks, const Value& value, const std::string& sentence, std::string_view article);
  Result<bool> holds(const Marks& marks, const Value& value) const;
  static std::string verdict(std::string_view comparison, std::int64_t said, std::int64_t truth);

  Chance chance_;
  const Plan& plan_;
  const Words& words_;
  const Truth& truth_;
  std::vector<std::string_view> absent_;
  std::string claims_;
};

// A holder of passports of whom a good picture came by mail: one with a renewed passport, or one without.
const Person* Reporter::legible(bool renewed) const {
  const Person* any = nullptr;
  for (const auto& take : plan_.takes) {
    const auto& paper = plan_.paper(take.paper);
    const auto& person = plan_.person(paper.person);
    if (any == nullptr && paper.kind == PaperKind::Passport && take.quality != Quality::Unreadable) any = &person;
    const bool fits = paper.kind == PaperKind::Passport && person.relation.empty() && person.id > 6;
    if (!fits || take.quality != Quality::Good || person.state->culture != Culture::Spanish) continue;
    if ((paper.renews != 0) == renewed) return &person;
  }
  return any != nullptr ? any : &plan_.persons.front();
}

std::string Reporter::someone(std::string_view which) {
  if (which == "absent") {
    const auto name = absent_.back();
    absent_.pop_back();
    return std::string(name);
  }
  return legible(which == "renewed")->full_name();
}

Value Reporter::value_of(std::string_view expression, Language language) {
  const auto open = expression.find('(');
  const auto function = expression.substr(0, open);
  const auto inside = open == expression.npos ? "" : expression.substr(open + 1, expression.size() - open - 2);
  if (function == "first_mail") return {spoken_date(*truth_.first_mail(), language, words_, DateForm::Full), 0, false};
  if (function == "last_mail") return {spoken_date(*truth_.last_mail(), language, words_, DateForm::Full), 0, false};
  if (function == "name") return {someone(inside), 0, false};
  if (function == "number") {
    for (const auto& delivery : plan_.deliveries) {
      if (delivery.resent) return {plan_.paper(plan_.take(delivery.takes[0]).paper).zone.number, 0, false};
    }
    return {};
  }
  std::int64_t n = 0;
  if (function == "fixed") {
    n = std::stoll(std::string(inside));
  } else {
    const auto truth = truth_.counted(std::string(inside));
    n = function == "exact"    ? truth
        : function == "round"  ? rounded(truth)
        : function == "floor"  ? below(truth)
        : function == "ceil"   ? above(truth)
        : function == "double" ? truth * 2 + 3
                               : std::max<std::int64_t>(1, truth / 3);
  }
  return {figure(n, language), n, true};
}

std::string Reporter::verdict(std::string_view comparison, std::int64_t said, std::int64_t truth) {
  bool fits = said == truth;
  if (comparison == "approx") fits = std::abs(said - truth) * 10 <= std::max(said, truth) + 5;
  if (comparison == "at_least") fits = truth >= said;
  if (comparison == "at_most") fits = truth <= said;
  return fits ? "fits" : "does_not_fit";
}

// Whether the truth bears the verdict that the claim is marked with. A leak that holds almost nothing of a kind cannot:
// then the sentence is left out; anywhere else the mark is wrong.
Result<bool> Reporter::holds(const Marks& marks, const Value& value) const {
  if (!value.is_number) return !value.text.empty();
  const auto expected = of(marks, "verdict");
  const auto counted = of(marks, "counted");
  if (of(marks, "checker") != "COUNT" || (expected != "fits" && expected != "does_not_fit")) return true;
  const auto truth = truth_.counted(counted);
  const auto found = verdict(of(marks, "cmp"), value.number, truth);
  if (found == expected) return true;
  if (truth < 4) return false;
  return fail(Fault::Bug, fmt::format("claim {}: marked {}, but {}", of(marks, "id"), expected, found));
}

Result<void> Reporter::claim(const Marks& marks, const Value& value, const std::string& sentence,
                             std::string_view article) {
  const auto expected = of(marks, "verdict");
  const auto counted = of(marks, "counted");
  const bool countable = of(marks, "checker") == "COUNT" && truth_.has(counted);
  JsonWriter json;
  json.object().member("id", of(marks, "id")).member("article", article).member("sentence", sentence);
  json.member("kind", of(marks, "kind")).member("expected", expected).member("checker", of(marks, "checker"));
  json.member("counted", counted).member("cmp", of(marks, "cmp"));
  json.key("value");
  value.is_number ? json.number(value.number) : json.text(value.text);
  json.key("true_count");
  countable ? json.number(truth_.counted(counted)) : json.null();
  json.member("speaker", of(marks, "speaker"))
      .member("stance", of(marks, "stance"))
      .member("type", of(marks, "type"))
      .end();
  claims_ += json.str() + "\n";
  return {};
}

Result<std::string> Reporter::article(std::string_view file, std::string_view name, Language language) {
  std::string out;
  Marks marks;
  bool fresh = true;
  for (auto line : split(embedded(file), '\n')) {
    if (line.starts_with('#')) continue;
    if (line.starts_with("@claim ")) {
      marks = parse_marks(line);
      continue;
    }
    if (line.empty()) {
      if (!fresh) out += "\n\n";
      fresh = true;
      continue;
    }
    const Value value = value_of(of(marks, "value").empty() ? "fixed(0)" : of(marks, "value"), language);
    const auto sentence = fill(line, &chance_, [&](std::string_view slot) {
      return slot.starts_with("published") ? spoken_date(kPublished, language, words_, DateForm::Full) : value.text;
    });
    if (!marks.empty() && !TRY(holds(marks, value))) {
      marks.clear();
      continue;
    }
    if (!fresh) out += ' ';
    out += sentence;
    fresh = false;
    if (!marks.empty()) TRY(claim(marks, value, sentence, name));
    marks.clear();
  }
  while (out.ends_with('\n')) out.pop_back();
  return out + "\n";
}

}  // namespace

Result<void> write_articles(const OutputFolder& folder, std::uint64_t seed, const Plan& plan, const Words& words,
                            const Truth& truth) {
  Reporter reporter(seed, plan, words, truth);
  TRY(folder.write("articles/english.txt",
                   TRY(reporter.article("article.english.txt", "articles/english.txt", Language::English))));
  TRY(folder.write("articles/spanish.txt",
                   TRY(reporter.article("article.spanish.txt", "articles/spanish.txt", Language::Spanish))));
  return folder.write("truth/claims.jsonl", reporter.claims());
}

}  // namespace careo::sample
