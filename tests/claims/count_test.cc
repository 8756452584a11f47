// SPDX-License-Identifier: Apache-2.0
#include "claims/count.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

using Cmp = FigureValue::Cmp;

FigureValue figure(Cmp cmp, double value, std::optional<double> low, std::optional<double> high,
                   const char* thing = "passports") {
  FigureValue out;
  out.value = value;
  out.low = low;
  out.high = high;
  out.cmp = cmp;
  out.kind = "count";
  out.counted = out.thing = thing;
  return out;
}

FigureValue exact(double value) {
  return figure(Cmp::Exact, value, value, value);
}

// 180 to 190 were read, and 9 pictures could not be.
constexpr auto kHeld = [] { return HeldCount{180, 186, 190, 199, {"src:a"}, "9 images could not be read"}; };

TEST(Count, ExactFiguresAgainstAnInterval) {
  EXPECT_EQ(compare_counts(exact(185), kHeld()), Verdict::Fits);
  EXPECT_EQ(compare_counts(exact(180), kHeld()), Verdict::Fits);
  EXPECT_EQ(compare_counts(exact(195), kHeld()), Verdict::Undecidable);
  EXPECT_EQ(compare_counts(exact(199), kHeld()), Verdict::Undecidable);
  EXPECT_EQ(compare_counts(exact(200), kHeld()), Verdict::DoesNotFit);
  EXPECT_EQ(compare_counts(exact(179), kHeld()), Verdict::DoesNotFit);
}

TEST(Count, AboutIsAnInterval) {
  EXPECT_EQ(compare_counts(figure(Cmp::Approx, 200, 170, 230), kHeld()), Verdict::Fits);
  EXPECT_EQ(compare_counts(figure(Cmp::Approx, 400, 340, 460), kHeld()), Verdict::DoesNotFit);
}

TEST(Count, OneSidedFigures) {
  EXPECT_EQ(compare_counts(figure(Cmp::AtLeast, 180, 180, std::nullopt), kHeld()), Verdict::Fits);
  EXPECT_EQ(compare_counts(figure(Cmp::AtLeast, 195, 195, std::nullopt), kHeld()), Verdict::Undecidable);
  EXPECT_EQ(compare_counts(figure(Cmp::AtLeast, 250, 250, std::nullopt), kHeld()), Verdict::DoesNotFit);
  EXPECT_EQ(compare_counts(figure(Cmp::AtMost, 200, std::nullopt, 200), kHeld()), Verdict::Fits);
  EXPECT_EQ(compare_counts(figure(Cmp::AtMost, 183, std::nullopt, 183), kHeld()), Verdict::Undecidable);
  EXPECT_EQ(compare_counts(figure(Cmp::AtMost, 100, std::nullopt, 100), kHeld()), Verdict::DoesNotFit);
  EXPECT_EQ(compare_counts(figure(Cmp::Unknown, 0, 24, std::nullopt), HeldCount::exactly(21)), Verdict::Fits);
  EXPECT_EQ(compare_counts(figure(Cmp::Unknown, 0, 24, std::nullopt), HeldCount::exactly(5)), Verdict::DoesNotFit);
}

TEST(Count, MoreThanLeavesItsBoundOut) {
  FigureValue more = figure(Cmp::AtLeast, 186, 186, std::nullopt);
  more.strict = true;
  EXPECT_EQ(compare_counts(more, HeldCount::exactly(186)), Verdict::DoesNotFit);
  EXPECT_EQ(compare_counts(more, HeldCount::exactly(187)), Verdict::Fits);
}

TEST(Count, SaysWhatWasTestedAndWhatNot) {
  EvidenceValues evidence;
  evidence.counts["passports"] = kHeld();
  FigureValue about = figure(Cmp::Approx, 200, 170, 230);
  about.predicate = "of islanders who are said to fight";
  const auto row = confront_figure(about, "about 200 passports", "Hackers leaked about 200 passports.", evidence);
  EXPECT_EQ(row.verdict, Verdict::Fits);
  EXPECT_EQ(row.checker, "COUNT");
  EXPECT_EQ(row.tested, "passports");
  EXPECT_EQ(row.untested, "of islanders who are said to fight");
  ASSERT_TRUE(row.count);
  EXPECT_EQ(row.count->expected, 186);
  EXPECT_EQ(row.evidence.size(), 1u);
  EXPECT_NE(row.why.find("170 to 230"), std::string::npos);
  EXPECT_EQ(row.because, Because::Counted);
  EXPECT_EQ(row.about, std::vector<std::string>{row.tested});
  EXPECT_NE(row.why.find("9 images could not be read"), std::string::npos);
}

TEST(Count, SomeOfAWholeIsNotTheWhole) {
  EvidenceValues evidence;
  evidence.counts["passports"] = HeldCount::exactly(33);
  const std::string sentence = "One of the passports in the leak is in the name of Ana Ruiz.";
  const auto one =
      confront_figure(figure(Cmp::Exact, 1, 1, 1, "passports"), "One of the passports", sentence, evidence);
  EXPECT_EQ(one.verdict, Verdict::Undecidable);
  const auto many = confront_figure(figure(Cmp::Exact, 50, 50, 50, "passports"), "50 de los pasaportes",
                                    "50 de los pasaportes de la filtración son de Sanluz.", evidence);
  EXPECT_EQ(many.verdict, Verdict::DoesNotFit);
}

TEST(Count, ARoleIsNeverCounted) {
  EvidenceValues evidence;
  evidence.counts["persons"] = HeldCount::exactly(30);
  const auto row = confront_figure(figure(Cmp::Exact, 30, 30, 30, "role"), "30 mercenaries",
                                   "The leak has 30 mercenaries.", evidence);
  EXPECT_EQ(row.verdict, Verdict::Undecidable);
  EXPECT_EQ(row.checker, "ROLE");
  FigureValue people = figure(Cmp::Exact, 30, 30, 30, "persons");
  people.predicate = "recruited as soldiers";
  EXPECT_EQ(confront_figure(people, "30 people", "30 people were recruited as soldiers.", evidence).verdict,
            Verdict::Undecidable);
}

TEST(Count, NothingHeldIsNotZero) {
  EvidenceValues evidence;
  evidence.counts["persons"] = HeldCount::exactly(30);
  evidence.counts["visas"] = HeldCount::exactly(0);
  FigureValue oil = figure(Cmp::Exact, 650, 650, 650, "");
  oil.kind = "mass";
  oil.unit = "ton";
  EXPECT_EQ(confront_figure(oil, "650 tons", "A gift of 650 tons.", evidence).verdict, Verdict::NothingHeld);
  FigureValue visas = figure(Cmp::Exact, 5, 5, 5, "visas");
  EXPECT_EQ(confront_figure(visas, "5 visas", "The leak holds 5 visas.", evidence).verdict, Verdict::NothingHeld);
  // People that the sentence does not say are in the leak.
  const FigureValue people = figure(Cmp::Exact, 17, 17, 17, "persons");
  EXPECT_EQ(confront_figure(people, "17 people", "The police arrested 17 people.", evidence).verdict,
            Verdict::NothingHeld);
  EXPECT_EQ(confront_figure(people, "17 people", "17 people appear in the documents.", evidence).verdict,
            Verdict::DoesNotFit);
}

TEST(Count, NoneIsRefutedByOneAndShownByNothing) {
  EvidenceValues evidence;
  evidence.counts["visas"] = HeldCount::exactly(3);
  const FigureValue none = figure(Cmp::Exact, 0, 0, 0, "visas");
  EXPECT_EQ(confront_figure(none, "no visas", "The archive holds no visas.", evidence).verdict, Verdict::DoesNotFit);
  evidence.counts["visas"] = HeldCount::exactly(0);
  EXPECT_EQ(confront_figure(none, "no visas", "The archive holds no visas.", evidence).verdict, Verdict::Undecidable);
}

TEST(Count, PapersOfTheWorldAtLargeAreNotTheLeaks) {
  EvidenceValues evidence;
  evidence.counts["passports"] = HeldCount::exactly(30);
  const auto row =
      confront_figure(exact(200000), "200,000 passports", "The state issued 200,000 passports last year.", evidence);
  EXPECT_EQ(row.verdict, Verdict::NothingHeld);
}

}  // namespace
}  // namespace careo
