// SPDX-License-Identifier: Apache-2.0
#include "read/face.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace careo {
namespace {

constexpr int kHigh = 30;

// Words of one line from `left` on, a space of a third of their height apart.
void print(std::vector<PrintedWord>* page, int left, int top, const std::vector<std::string>& words, int high = kHigh) {
  for (const std::string& word : words) {
    const int width = static_cast<int>(word.size()) * high * 2 / 3;
    page->push_back({word, 95, left, top, left + width, top + high});
    left += width + high / 3;
  }
}

Json face(std::vector<PrintedWord> page) {
  const auto readings = face_of(std::move(page));
  EXPECT_EQ(readings.size(), 1U);
  const auto json = Json::parse(readings.empty() ? "{}" : readings[0].value);
  EXPECT_TRUE(json);
  return json ? *json : Json();
}

std::string first(const Json& face, std::string_view field) {
  const auto& values = face["fields"][field].items();
  return values.empty() ? "" : values[0]["text"].text();
}

TEST(Face, AValueStandsBelowItsLabelBesideOthers) {
  std::vector<PrintedWord> page;
  print(&page, 100, 100, {"Apellidos", "/", "Surname"}, 20);
  print(&page, 100, 130, {"GARCÍA", "LÓPEZ"});
  print(&page, 100, 200, {"Fecha", "de", "nacimiento"}, 20);
  print(&page, 700, 200, {"Sexo"}, 20);
  print(&page, 100, 232, {"12", "AGO/AUG", "1974"});
  print(&page, 700, 230, {"M"});
  const Json json = face(page);
  EXPECT_EQ(first(json, "surname"), "GARCÍA LÓPEZ");
  EXPECT_EQ(first(json, "birth_date"), "12 AGO/AUG 1974");
  EXPECT_EQ(first(json, "sex"), "M");
  ASSERT_EQ(json["lines"].items().size(), 4U);
  EXPECT_EQ(json["lines"].items()[3].text(), "12 AGO/AUG 1974\tM");
}

TEST(Face, OrBehindIt) {
  std::vector<PrintedWord> page;
  print(&page, 100, 100, {"Surname:", "ERIKSSON"});
  print(&page, 100, 200, {"Passport", "No", "X123456"});
  print(&page, 100, 300, {"Дата", "рождения"});
  print(&page, 700, 300, {"12.08.1974"});
  const Json json = face(page);
  EXPECT_EQ(first(json, "surname"), "ERIKSSON");
  EXPECT_EQ(first(json, "document_number"), "X123456");
  EXPECT_EQ(first(json, "birth_date"), "12.08.1974");
}

TEST(Face, HalfALabelIsNoValueAndALabelIsNone) {
  std::vector<PrintedWord> page;
  print(&page, 100, 100, {"Apelxxxs", "/", "Surname", "Apexx"}, 20);
  print(&page, 100, 140, {"Given", "names"}, 20);
  print(&page, 100, 170, {"ANNA"});
  const Json json = face(page);
  EXPECT_EQ(first(json, "surname"), "");
  EXPECT_EQ(first(json, "given_names"), "ANNA");
}

TEST(Face, OneLetterOfALabelMayBeWrong) {
  std::vector<PrintedWord> page;
  print(&page, 100, 100, {"Fecha", "de", "nacimienlo"}, 20);
  print(&page, 100, 130, {"12.08.1974"});
  EXPECT_EQ(first(face(page), "birth_date"), "12.08.1974");
}

TEST(Face, TextIsInTheOrderOfReading) {
  std::vector<PrintedWord> page;
  print(&page, 500, 232, {"1974"});
  print(&page, 100, 230, {"12", "AUG"});
  print(&page, 100, 100, {"Date", "of", "birth"}, 20);
  EXPECT_EQ(text_of_words(&page), "Date of birth\n12 AUG 1974\n");
}

TEST(Face, NothingPrintedIsNoReading) {
  EXPECT_TRUE(face_of({}).empty());
}

}  // namespace
}  // namespace careo
