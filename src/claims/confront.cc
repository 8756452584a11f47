// SPDX-License-Identifier: Apache-2.0
#include "claims/confront.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "claims/count.h"
#include "claims/exists.h"
#include "claims/figure_value.h"
#include "claims/relate.h"
#include "claims/sentence.h"

namespace careo {
namespace {

std::string row_id(const Article& article, const Reading& reading, std::string_view kind) {
  const std::string line = article.part.hex() + " " + std::string(kind) + " " + reading.region.print();
  return "c-" + sha256(line).hex().substr(0, 12);
}

// Confronts the readings of one article, in the order of its text.
class ArticleClaims {
 public:
  ArticleClaims(const Article& article, std::size_t index, const EvidenceValues& evidence, const Lookup& lookup)
      : article_(article), index_(index), evidence_(evidence), lookup_(lookup), sentences_(article.text) {}

  Result<std::vector<ClaimRow>> run() {
    for (const Reading& reading : article_.readings)
      if (reading.kind == "figure") figure(reading);
    for (const Reading& reading : article_.readings)
      if (reading.kind == "date") day(reading);
    for (const Reading& reading : article_.readings)
      if (reading.kind == "statement") TRY(statement(reading));
    std::stable_sort(rows_.begin(), rows_.end(), [](const ClaimRow& a, const ClaimRow& b) {
      return a.reading.region.text.value_or(Region::Span{}) < b.reading.region.text.value_or(Region::Span{});
    });
    return std::move(rows_);
  }

 private:
  const Sentences::Span* sentence_of(const Reading& reading) const {
    return sentences_.at(reading.region.text ? reading.region.text->begin : 0);
  }

  ClaimRow row(const Reading& reading, std::string_view kind) const {
    ClaimRow out;
    out.id = row_id(article_, reading, kind);
    out.article = index_;
    out.kind = kind;
    out.reading = reading;
    out.value = reading.value;
    if (const auto* sentence = sentence_of(reading)) out.sentence = sentence->text;
    return out;
  }

  static Confrontation unreadable(std::string why) {
    return {.verdict = Verdict::Undecidable, .because = Because::Unreadable, .why = std::move(why)};
  }

  void figure(const Reading& reading) {
    ClaimRow out = row(reading, "figure");
    const auto value = figure_value(reading);
    if (!value) {
      out.confrontation = unreadable("The figure could not be read: " + value.error().text());
    } else {
      out.confrontation = confront_figure(*value, reading.raw, out.sentence, evidence_);
      if (value->kind.empty() && out.confrontation.verdict == Verdict::NothingHeld && value->thing.empty() &&
          stands_for_nothing(out))
        return;
    }
    rows_.push_back(std::move(out));
  }

  // A bare number in a sentence that says nothing a case could hold, such as a headline's year: no claim.
  static bool stands_for_nothing(const ClaimRow& row) {
    return row.reading.grade == Grade::Doubtful && row.sentence.empty();
  }

  // "The first of them was sent on 3 March 2021": a figure of the case's own calendar.
  void day(const Reading& reading) {
    const auto json = Json::parse(reading.value);
    const std::string timex = json ? (*json)["timex"].text() : "";
    const auto* sentence = sentence_of(reading);
    if (!parse_iso_date(timex) || sentence == nullptr) return;
    const bool first = speaks_of(sentence->text, "first");
    if (!first && !speaks_of(sentence->text, "last")) return;
    const auto* before = sentences_.before(*sentence);
    const bool of_mails = speaks_of(sentence->text, "mail") ||
                          (speaks_of(sentence->text, "them") && before != nullptr && speaks_of(before->text, "mail"));
    if (!of_mails) return;
    ClaimRow out = row(reading, "figure");
    JsonWriter value;
    value.object().key("value").null().key("low").null().key("high").null();
    value.member("cmp", "exact").member("unit", "day").member("counted", "mails").member("period", timex).end();
    out.value = value.take();
    out.confrontation = confront_day(timex, reading.raw, first, evidence_);
    rows_.push_back(std::move(out));
  }

  Result<void> statement(const Reading& reading) {
    ClaimRow out = row(reading, "statement");
    const auto json = Json::parse(reading.value);
    if (!json) {
      out.confrontation = unreadable("The statement could not be read: " + json.error().text());
    } else {
      auto held = confront_statement(reading, *json, out.sentence);
      if (!held && held.error().fault != Fault::Unsupported) return tl::unexpected(std::move(held).error());
      out.confrontation = held ? *std::move(held) : unreadable("It cannot be looked for: " + held.error().text());
    }
    rows_.push_back(std::move(out));
    return {};
  }

  // The confrontation of the figures inside a statement: what it says stands or falls with them.
  const Confrontation* by_figure(const Reading& reading) const {
    const Confrontation* best = nullptr;
    const auto rank = [](Verdict verdict) {
      return verdict == Verdict::DoesNotFit    ? 3
             : verdict == Verdict::Fits        ? 2
             : verdict == Verdict::Undecidable ? 1
                                               : 0;
    };
    for (const ClaimRow& row : rows_) {
      if (row.kind != "figure" || !reading.region.text || !row.reading.region.text) continue;
      const bool inside = row.reading.region.text->begin >= reading.region.text->begin &&
                          row.reading.region.text->end <= reading.region.text->end;
      if (inside && (best == nullptr || rank(row.confrontation.verdict) > rank(best->verdict)))
        best = &row.confrontation;
    }
    return best;
  }

  static Confrontation undecidable(std::string untested, Because because, std::string why) {
    Confrontation out{.verdict = Verdict::Undecidable, .checker = "ROLE"};
    out.untested = std::move(untested);
    out.because = because;
    out.why = std::move(why);
    return out;
  }

  // Stances that no document can bear out or contradict.
  static std::optional<Confrontation> beyond(const std::string& stance, const std::string& content) {
    if (stance == "deny")
      return undecidable(content, Because::Denial,
                         "A denial of involvement: papers of individuals neither bear it out nor contradict it.");
    if (stance == "disclaim")
      return undecidable(content, Because::Unknowing, "The speaker says not to know: there is nothing to test.");
    if (stance == "promise" || stance == "threaten")
      return undecidable(content, Because::ToCome, "It speaks of what is to come.");
    if (stance == "accuse")
      return undecidable(content, Because::Accusation, "An accusation: documents show papers, not guilt.");
    return std::nullopt;
  }

  Result<Confrontation> confront_statement(const Reading& reading, const Json& value,
                                           const std::string& sentence) const {
    const std::string& content = value["content"]["text"].text();
    const std::string& stance = value["stance"].text();
    const bool positive = value["polarity"].text() != "-";
    const bool quoted = value["type"].text() == "direct";
    const std::string speaker = value["speaker"]["text"].text() + " " + value["speaker"]["resolved"].text();
    if (auto out = beyond(stance, content)) return *out;
    if (quoted && speaks_of(sentence, "written") && plain_words(content).size() >= 4)
      return confront_verbatim(content, lookup_);
    if (speaks_of(content, "paper") || speaks_of(sentence, "paper")) {
      const Named named = named_in(content, speaker);
      if (!named.empty() && speaks_of(content, "paper")) return existence(named, positive, content);
    }
    if (value["type"].text() == "headline")
      return undecidable(content, Because::Headline, "A headline: what it says is tested where the article says it.");
    if (const Confrontation* figure = by_figure(reading)) return *figure;
    return undecidable(
        content, Because::NothingToHold,
        "It names no number, paper or quotation that the case could hold: mails and documents cannot decide it.");
  }

  Result<Confrontation> existence(const Named& named, bool positive, const std::string& content) const {
    Confrontation out = TRY(confront_named(named, lookup_));
    out.untested = content;
    if (positive) return out;
    out.checker = "NONE";
    if (out.verdict == Verdict::Fits) {
      out.verdict = Verdict::DoesNotFit;
      out.because = Because::Contradicted;
      out.about = {out.tested};
      out.why = "The sentence says there is none, and the case holds " + out.tested + ".";
    } else {
      out.verdict = Verdict::Undecidable;
      out.because = Because::NoneFound;
      out.why = "None was found, and not finding one does not show that there is none.";
    }
    return out;
  }

  const Article& article_;
  std::size_t index_;
  const EvidenceValues& evidence_;
  const Lookup& lookup_;
  Sentences sentences_;
  std::vector<ClaimRow> rows_;
};

}  // namespace

std::string_view name_of(Because because) {
  // In the order of the enumeration.
  static constexpr std::array<std::string_view, 24> kNames = {
      "unreadable", "counted",     "open",          "some_of_them",    "none_found",   "roles",
      "uncounted",  "unsaid",      "elsewhere",     "holds_none",      "denial",       "unknowing",
      "to_come",    "accusation",  "headline",      "nothing_to_hold", "contradicted", "found",
      "not_named",  "words_stand", "words_missing", "no_dated_mail",   "first_mail",   "last_mail"};
  return kNames[static_cast<std::size_t>(because)];
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Fits: return "fits";
    case Verdict::DoesNotFit: return "does_not_fit";
    case Verdict::Undecidable: return "undecidable";
    case Verdict::NothingHeld: break;
  }
  return "nothing_held";
}

std::string_view name_of(Relation relation) {
  switch (relation) {
    case Relation::Agrees: return "agrees";
    case Relation::Conflicts: return "conflicts";
    case Relation::Restates: return "restates";
    case Relation::Compatible: break;
  }
  return "compatible";
}

Result<Confronted> confront(const std::vector<Article>& articles, const EvidenceValues& evidence,
                            const Lookup& lookup) {
  Confronted out;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    auto rows = TRY(ArticleClaims(articles[i], i, evidence, lookup).run());
    std::move(rows.begin(), rows.end(), std::back_inserter(out.claims));
  }
  out.relations = relate(out.claims);
  return out;
}

}  // namespace careo
