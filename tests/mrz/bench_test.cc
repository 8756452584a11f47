// SPDX-License-Identifier: Apache-2.0
// The benchmark itself: its pictures are what their truth says, the same each time, and its judge is just.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "file.h"
#include "judge.h"
#include "reference/icao9303_zone.h"
#include "results.h"
#include "set.h"
#include "zone_lines.h"

namespace careo::bench {
namespace {

const std::vector<std::string> Passport = {"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                           "L898902C36UTO7408122F1204159ZE184226B<<<<<10"};

TEST(BenchIds, EachPictureIsAFunctionOfSeedCategoryAndNumber) {
  for (const CategoryRow& row : Categories) {
    const Shot once = make_shot(5, row.category, 1);
    EXPECT_EQ(encode(once), encode(make_shot(5, row.category, 1))) << row.name;
    EXPECT_NE(encode(once), encode(make_shot(6, row.category, 1))) << row.name;
  }
}

TEST(BenchIds, EveryZoneIsValidAndInsideItsPicture) {
  for (const CategoryRow& row : Categories) {
    const Shot shot = make_shot(5, row.category, 0);
    EXPECT_EQ(shot.zones.empty(), row.category == Category::Negative) << row.name;
    for (const PrintedZone& zone : shot.zones) {
      const auto parsed = icao::parse_zone(zone.specimen.lines, zone.specimen.format);
      ASSERT_TRUE(parsed) << row.name;
      EXPECT_NE(parsed->composite, icao::Check::Fails) << row.name;
      for (const icao::Field& field : parsed->fields)
        EXPECT_NE(field.check, icao::Check::Fails) << row.name << " " << icao::name_of(field.name);
      for (const Point& p : zone.corners) {
        EXPECT_TRUE(p.x > 0 && p.x < shot.raster.width && p.y > 0 && p.y < shot.raster.height) << row.name;
      }
    }
  }
}

TEST(BenchIds, ASetIsReadBackAsItWasWritten) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "careo-bench-set";
  std::filesystem::remove_all(folder);
  const Category some[] = {Category::Crowded, Category::Negative, Category::Fax};
  ASSERT_TRUE(write_set(folder, 9, 1, some));
  const auto set = read_truth(folder);
  ASSERT_TRUE(set);
  ASSERT_EQ(set->size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const Shot shot = make_shot(9, some[i], 0);
    EXPECT_EQ((*set)[i].category, name_of(some[i]));
    ASSERT_EQ((*set)[i].zones.size(), shot.zones.size());
    for (std::size_t z = 0; z < shot.zones.size(); ++z)
      EXPECT_EQ((*set)[i].zones[z].lines, shot.zones[z].specimen.lines);
    EXPECT_EQ(*bytes_of(folder / "images" / (*set)[i].file), encode(shot));
  }
  std::filesystem::remove_all(folder);
}

TEST(BenchIds, APictureTakenAgainSaysTheSame) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "careo-bench-retaken";
  std::filesystem::remove_all(folder);
  const Category scans[] = {Category::Clean};
  const Category cameras[] = {Category::Phone, Category::Stamp, Category::Fax};  // a stamp is drawn, not taken
  ASSERT_TRUE(write_set(folder / "set", 9, 2, scans));
  ASSERT_TRUE(write_retaken(folder / "again", folder / "set", 3, 1, cameras));
  const auto before = read_truth(folder / "set");
  const auto after = read_truth(folder / "again");
  ASSERT_TRUE(before && after);
  ASSERT_EQ(after->size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ((*after)[i].category, i % 2 == 0 ? "phone" : "fax");
    ASSERT_EQ((*after)[i].zones.size(), 1U);
    EXPECT_EQ((*after)[i].zones[0].lines, (*before)[i / 2].zones[0].lines);
    EXPECT_TRUE(std::filesystem::exists(folder / "again" / "images" / (*after)[i].file));
  }
  std::filesystem::remove_all(folder);
}

TEST(BenchIds, TheJudgeTellsRightWrongSilentAndFalse) {
  const std::vector<Specimen> printed = {{icao::Format::TD3, Passport}};
  std::vector<std::string> silent = Passport;
  silent[0][5] = 'F';  // a name has no check digit
  std::vector<std::string> failing = Passport;
  failing[1][1] = '7';
  Tally tally;
  EXPECT_TRUE(judge({{{Passport, std::nullopt, true}}, 0.5}, printed, &tally).empty());
  EXPECT_FALSE(judge({{{silent, std::nullopt, true}}, 0.5}, printed, &tally).empty());
  EXPECT_FALSE(judge({{{failing, {{icao::FieldName::DocumentNumber}}, false}}, 0}, printed, &tally).empty());
  EXPECT_FALSE(judge({}, printed, &tally).empty());
  EXPECT_FALSE(judge({{{{"QQQQQQ", "QQQQQQ"}, std::nullopt, false}}, 0}, {}, &tally).empty());
  EXPECT_EQ(tally.pictures, 5);
  EXPECT_EQ(tally.zones, 4);
  EXPECT_EQ(tally.found, 3);
  EXPECT_EQ(tally.exact, 1);
  EXPECT_EQ(tally.checked, 2);
  EXPECT_EQ(tally.silent, 1);
  EXPECT_EQ(tally.fields_wrong, 1);
  EXPECT_EQ(tally.names_shown, 2);
  EXPECT_EQ(tally.names_wrong, 1);
  EXPECT_EQ(tally.false_zones, 1);
  EXPECT_DOUBLE_EQ(tally.seconds, 1.0);
}

// A French card with one damaged line has the shape of a TD2, whose number is shorter: what the reader says it is
// counts.
TEST(BenchIds, TheJudgeTakesTheReadersWordForTheFormat) {
  const std::vector<Specimen> printed = {
      {icao::Format::FrenchId, {"IDFRAKHIM<<<<<<<<<<<<<<<<<<<<<668329", "5016399590955AB<<IM<<<<<<<<5312227F2"}}};
  const Answer damaged{{"IDFRAKHIM<<<<<<<<<<<<<<<<<<<<<668329", "5016399590955AB<<IM<<<<<<<<5307147F2"},
                       {{icao::FieldName::DocumentNumber}},
                       false,
                       icao::Format::FrenchId};
  Tally tally;
  judge({{damaged}, 0}, printed, &tally);
  EXPECT_EQ(tally.fields_checked, 1);
  EXPECT_EQ(tally.fields_wrong, 0);
}

TEST(BenchIds, WilsonsInterval) {
  EXPECT_NEAR(wilson(8, 10).low, 0.4902, 1e-4);
  EXPECT_NEAR(wilson(8, 10).high, 0.9433, 1e-4);
  EXPECT_NEAR(wilson(20, 20).low, 0.8389, 1e-4);
}

TEST(BenchIds, ResultsOfAnybodyAreReadBack) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / "careo-bench-results.tsv";
  std::ofstream out(file);
  out << ResultsHead;
  write_answers(out, "a.jpg", {{{Passport, {{icao::FieldName::BirthDate}}, true, icao::Format::TD3}}, 0.25});
  write_answers(out, "b.jpg", {});
  write_answers(out, "c.jpg", {{{Passport, std::nullopt, false}}, 1});
  out.close();
  const auto results = read_results(file);
  ASSERT_TRUE(results);
  ASSERT_EQ(results->size(), 3U);
  EXPECT_EQ(results->at("a.jpg").zones[0].lines, Passport);
  EXPECT_EQ(results->at("a.jpg").zones[0].checked->at(0), icao::FieldName::BirthDate);
  EXPECT_TRUE(results->at("a.jpg").zones[0].names_shown);
  EXPECT_DOUBLE_EQ(results->at("a.jpg").seconds, 0.25);
  EXPECT_EQ(results->at("a.jpg").zones[0].format, icao::Format::TD3);
  EXPECT_TRUE(results->at("b.jpg").zones.empty());
  EXPECT_FALSE(results->at("c.jpg").zones[0].checked);
  std::ofstream(file) << ResultsHead << "a.jpg\t1\t\t\n";
  EXPECT_FALSE(read_results(file));
  std::filesystem::remove(file);
}

TEST(BenchIds, ThePeersLinesAreFoundInAPageOfText) {
  const auto lines = zone_lines("REPUBLIC\n" + Passport[0] + "\n" + Passport[1].substr(0, 42) + "\nSMALL PRINT\n");
  ASSERT_TRUE(lines);
  EXPECT_EQ((*lines)[0], Passport[0]);
  EXPECT_EQ((*lines)[1].size(), 44U);
  EXPECT_FALSE(zone_lines("NOTHING HERE\nBUT CAPITALS OF NO GREAT LENGTH\n"));
}

// What is trained on must not be what is measured on: train/ has the sharp cut of OCR-B to itself.
TEST(BenchIds, TrainingAndMeasuringShareNoCutOfTheFont) {
  for (const auto& [folder, mine, other] :
       {std::tuple{"train", "OCRBS.otf", "OCRB.otf"}, std::tuple{"bench/ids", "OCRB.otf", "OCRBS.otf"}}) {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(CAREO_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".cc") continue;
      std::ifstream in(entry.path());
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    EXPECT_NE(all.find(mine), std::string::npos) << folder;
    EXPECT_EQ(all.find(other), std::string::npos) << folder;
  }
}

}  // namespace
}  // namespace careo::bench
