// SPDX-License-Identifier: Apache-2.0
// Articles of our own, read as the worker reads them, against a small case.
#include "claims/confront.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "read/date/date.h"
#include "read/figure/figure.h"
#include "read/statement/statement.h"

namespace careo {
namespace {

class SmallCase final : public Lookup {
 public:
  Result<Sightings> name(std::string_view name) const override {
    return name == "Mateo Rivas Luna" ? Sightings{1, {"src:doc"}} : Sightings{};
  }
  Result<Sightings> number(std::string_view) const override { return Sightings{}; }
  Result<Sightings> phrase(std::string_view text) const override {
    return text == "Bring the papers on Friday" ? Sightings{1, {"src:mail"}} : Sightings{};
  }
};

EvidenceValues evidence() {
  EvidenceValues out;
  out.counts["passports"] = {28, 30, 31, 33, {"src:p"}, "2 images could not be read"};
  out.counts["persons"] = {26, 27, 28, 30};
  out.counts["contracts"] = HeldCount::exactly(12);
  out.counts["visas"] = HeldCount::exactly(3);
  out.counts["mails"] = HeldCount::exactly(300);
  out.first_mail = "2022-11-08";
  return out;
}

Article article(std::string_view language, std::string text) {
  Article out;
  out.trail = "src:article";
  out.title = "An article";
  out.text = text;
  Text source;
  source.utf8 = std::move(text);
  source.language = language;
  for (const TextReader* reader : {&date_reader(), &figure_reader(), &statement_reader()})
    for (Reading& reading : reader->read(source)) out.readings.push_back(std::move(reading));
  return out;
}

Confronted run(std::string_view language, std::string text) {
  return confront({article(language, std::move(text))}, evidence(), SmallCase()).value();
}

struct Case {
  const char* language;
  const char* text;
  const char* kind;
  Verdict verdict;
  const char* checker;
};

class ConfrontTable : public ::testing::TestWithParam<Case> {};

TEST_P(ConfrontTable, ComesOutAs) {
  const Case& expected = GetParam();
  const Confronted got = run(expected.language, expected.text);
  bool met = false;
  for (const ClaimRow& row : got.claims) {
    if (row.kind != expected.kind) continue;
    met = true;
    EXPECT_EQ(row.confrontation.verdict, expected.verdict) << expected.text << ": " << row.confrontation.why;
    EXPECT_EQ(row.confrontation.checker, expected.checker) << expected.text;
    EXPECT_FALSE(row.confrontation.why.empty());
    EXPECT_NE(row.confrontation.because, Because::Unreadable) << row.confrontation.why;
    EXPECT_FALSE(row.sentence.empty());
  }
  EXPECT_TRUE(met) << expected.text;
}

INSTANTIATE_TEST_SUITE_P(
    English, ConfrontTable,
    ::testing::Values(
        Case{"en", "The leak holds about 30 passports of islanders.", "figure", Verdict::Fits, "COUNT"},
        Case{"en", "The leak holds 32 passports.", "figure", Verdict::Undecidable, "COUNT"},
        Case{"en", "The leak holds 60 passports.", "figure", Verdict::DoesNotFit, "COUNT"},
        Case{"en", "The archive holds no visas.", "figure", Verdict::DoesNotFit, "NONE"},
        Case{"en", "They had sent about 30 mercenaries.", "figure", Verdict::Undecidable, "ROLE"},
        Case{"en", "He handed over 480 tons of oil.", "figure", Verdict::NothingHeld, "COUNT"},
        Case{"en", "They were paid 2,300 dollars.", "figure", Verdict::NothingHeld, "SUM"},
        Case{"en", "One of the passports is in the name of Mateo Rivas Luna.", "statement", Verdict::Fits, "EXISTS"},
        Case{"en", "A passport in the name of Pablo Nadie Gómez was among them.", "statement", Verdict::NothingHeld,
             "EXISTS"},
        Case{"en", "The ministry denied any participation in the hiring.", "statement", Verdict::Undecidable, "ROLE"},
        Case{"en", "The ambassador said he did not know the figures.", "statement", Verdict::Undecidable, "ROLE"},
        Case{"en", "“Bring the papers on Friday,” the recruiter wrote in an email.", "statement", Verdict::Fits,
             "VERBATIM"},
        Case{"en", "“Come to the port at noon,” the recruiter wrote in an email.", "statement", Verdict::NothingHeld,
             "VERBATIM"},
        Case{"en", "The first of the mails was sent on 8 November 2022.", "figure", Verdict::Fits, "DATE"}));

INSTANTIATE_TEST_SUITE_P(
    Spanish, ConfrontTable,
    ::testing::Values(
        Case{"es", "El archivo guarda unos 30 pasaportes.", "figure", Verdict::Fits, "COUNT"},
        Case{"es", "El portal habló de 60 contratos.", "figure", Verdict::DoesNotFit, "COUNT"},
        Case{"es", "El archivo no contiene ninguna visa.", "figure", Verdict::DoesNotFit, "NONE"},
        Case{"es", "La policía detuvo a 17 personas.", "figure", Verdict::NothingHeld, "COUNT"},
        Case{"es", "Al menos 20 soldados fueron reclutados.", "figure", Verdict::Undecidable, "ROLE"},
        Case{"es", "El ministerio negó que participara en la contratación.", "statement", Verdict::Undecidable, "ROLE"},
        Case{"es", "Uno de los pasaportes está a nombre de Mateo Rivas Luna.", "statement", Verdict::Fits, "EXISTS"}));

TEST(Confront, EachReadingHasOneRowWithAnIdOfItsOwn) {
  const Article one =
      article("en", "The leak holds 30 passports, the ministry said. It denied that 12 contracts were signed.");
  const Confronted got = confront({one}, evidence(), SmallCase()).value();
  std::size_t readings = 0;
  for (const Reading& reading : one.readings) readings += reading.kind != "date" ? 1 : 0;
  EXPECT_EQ(got.claims.size(), readings);
  for (std::size_t i = 0; i < got.claims.size(); ++i)
    for (std::size_t k = i + 1; k < got.claims.size(); ++k) EXPECT_NE(got.claims[i].id, got.claims[k].id);
}

TEST(Confront, ADenialIsNeverAnExistence) {
  const Confronted got = run("en", "The minister denied that the passport of Mateo Rivas Luna was sold.");
  ASSERT_EQ(got.claims.size(), 1U);
  EXPECT_EQ(got.claims[0].confrontation.verdict, Verdict::Undecidable) << got.claims[0].confrontation.why;
  EXPECT_EQ(got.claims[0].confrontation.because, Because::Denial);
}

TEST(Confront, FiguresOfOneThingAreRelated) {
  const Confronted got =
      confront({article("en", "The leak holds about 30 passports."), article("en", "The leak contained 65 passports."),
                article("es", "El archivo guarda unos 30 pasaportes."),
                article("en", "The leak holds at least 20 passports.")},
               evidence(), SmallCase())
          .value();
  std::map<Relation, int> counts;
  for (const RelationRow& row : got.relations) ++counts[row.relation];
  EXPECT_EQ(counts[Relation::Restates], 1);
  EXPECT_EQ(counts[Relation::Conflicts], 2);
  EXPECT_EQ(counts[Relation::Compatible], 3);
}

TEST(Confront, SomeOfAWholeStandsInNoRelation) {
  const Confronted got =
      run("en", "The leak holds 31 passports. One of the passports is in the name of Mateo Rivas Luna.");
  EXPECT_TRUE(got.relations.empty());
}

TEST(Confront, LinesHoldTheKeysThatOthersRelyOn) {
  const std::vector<Article> articles = {
      article("en", "The leak holds about 30 passports of islanders. The leak holds 60 passports.")};
  const auto lines = json_lines(articles, confront(articles, evidence(), SmallCase()).value());
  ASSERT_GE(lines.size(), 3u);
  bool figure = false;
  for (const std::string& line : lines) {
    const auto json = Json::parse(line);
    ASSERT_TRUE(json) << line;
    if ((*json)["kind"].text() == "relation") {
      EXPECT_EQ((*json)["relation"].text(), "conflicts");
      continue;
    }
    EXPECT_TRUE(json->has("value"));
    EXPECT_EQ((*json)["span"].items().size(), 2u);
    const Json& row = (*json)["confrontation"];
    for (const char* key : {"verdict", "checker", "tested", "untested", "evidence", "because", "about", "why"})
      EXPECT_TRUE(row.has(key)) << key;
    if ((*json)["text"].text() != "about 30 passports") continue;
    figure = true;
    EXPECT_EQ(row["count"]["lower"].integer(), 28);
    EXPECT_EQ(row["count"]["upper"].integer(), 33);
    EXPECT_EQ(row["untested"].text(), "of islanders");
  }
  EXPECT_TRUE(figure);
}

}  // namespace
}  // namespace careo
