// SPDX-License-Identifier: Apache-2.0
#include "resolve/person.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/json.h"
#include "resolve/people_json.h"

namespace careo {
namespace {

/// A passport as the reader would give it, all of it read well.
struct Passport {
  std::string given = "ANA", surname = "ROJAS", number = "X1234567", birth = "1990-01-02", sex = "F", issuer = "UTO";
  std::string expiry = "2030-05-05", nationality = "UTO", optional = "";
  Grade grade = Grade::Checked;
};

IdentityRecord record(const Passport& from, const std::string& id) {
  IdentityRecord out;
  out.id = id;
  out.anchor = Anchor{sha256(id), {}, "mrz"};
  out.format = "TD3";
  out.grade = from.grade;
  const auto put = [&](const char* name, const std::string& value, Grade grade) {
    out.fields[name] = {value, value, std::min(grade, from.grade), {}, {}};
  };
  put("given_names", from.given, Grade::Unconfirmed);
  put("surname", from.surname, Grade::Unconfirmed);
  put("document_number", from.number, Grade::Checked);
  put("birth_date", from.birth, Grade::Checked);
  put("expiry_date", from.expiry, Grade::Checked);
  put("sex", from.sex, Grade::Unconfirmed);
  put("issuer", from.issuer, Grade::Unconfirmed);
  put("nationality", from.nationality, Grade::Unconfirmed);
  put("optional", from.optional, Grade::Unconfirmed);
  return out;
}

PersonCount count(const std::vector<IdentityRecord>& records) {
  return resolve_persons(records).count;
}

TEST(Persons, OnePassportPhotographedTwiceIsOneDocument) {
  const Resolution out = resolve_persons({record({}, "a"), record({}, "b")});
  EXPECT_EQ(out.count.documents, 1U);
  EXPECT_EQ(out.count.lower, 1U);
  EXPECT_EQ(out.count.upper, 1U);
  ASSERT_EQ(out.persons.size(), 1U);
  EXPECT_EQ(out.persons[0].reasons, (std::vector<std::string>{"same document number UTO X1234567"}));
}

TEST(Persons, ARenewedPassportIsTheSamePerson) {
  const Resolution out =
      resolve_persons({record({}, "a"), record({.number = "Z7654321", .expiry = "2035-01-01"}, "b")});
  EXPECT_EQ(out.count.documents, 2U);
  EXPECT_EQ(out.count.expected, 1U);
  EXPECT_EQ(out.count.upper, 1U);
  ASSERT_EQ(out.persons[0].reasons.size(), 1U);
  EXPECT_EQ(out.persons[0].reasons[0], "same name ana rojas, same birth date 1990-01-02, nationality UTO agrees");
}

TEST(Persons, NamesakesTwinsAndSiblingsStayApart) {
  const Passport first;
  EXPECT_EQ(count({record(first, "a"), record({.number = "Z7654321", .birth = "1971-07-08"}, "b")}).lower, 2U);
  EXPECT_EQ(count({record(first, "a"), record({.given = "EVA", .number = "Z7654321"}, "b")}).lower, 2U);
  EXPECT_EQ(
      count({record(first, "a"), record({.given = "LUIS", .number = "Z7", .birth = "1992-03-04", .sex = "M"}, "b")})
          .lower,
      2U);
}

TEST(Persons, AMisreadPictureDoesNotMakeASecondPerson) {
  IdentityRecord bad = record({.number = "X12345G7", .grade = Grade::Inconsistent}, "b");
  const Resolution out = resolve_persons({record({}, "a"), bad});
  EXPECT_EQ(out.count.documents, 1U);
  EXPECT_EQ(out.count.expected, 1U);
  EXPECT_EQ(out.count.lower, 1U);
  EXPECT_EQ(out.count.upper, 1U);  // two papers perhaps, but one name, birth date and nationality
  bad.fields["given_names"].value = "AMA";
  const PersonCount guessed = count({record({}, "a"), bad});
  EXPECT_EQ(guessed.expected, 1U);
  EXPECT_EQ(guessed.upper, 2U);  // a guess does not narrow the upper bound
}

TEST(Persons, AnUnreadPictureWidensTheUpperBoundOnly) {
  const PersonCount out = resolve_persons({record({}, "a")}, {}, {.unread_images = 2}).count;
  EXPECT_EQ(out.lower, 1U);
  EXPECT_EQ(out.expected, 1U);
  EXPECT_EQ(out.upper, 3U);
  EXPECT_EQ(count_sentence(out), "at least 1 person, from 1 image; 2 images could not be read");
}

TEST(Persons, APageToBeLookedAtWidensTheUpperBoundOnly) {
  const PersonCount out = resolve_persons({record({}, "a")}, {}, {.unread_images = 1, .waiting_pages = 2}).count;
  EXPECT_EQ(out.lower, 1U);
  EXPECT_EQ(out.expected, 1U);
  EXPECT_EQ(out.upper, 4U);
  EXPECT_EQ(count_sentence(out),
            "at least 1 person, from 1 image; 1 image could not be read; 2 pages still to be looked at");
}

TEST(Persons, ARecordWithoutNameAndDateCouldBeAnyone) {
  IdentityRecord blank;
  blank.id = "z";
  blank.grade = Grade::Doubtful;
  const PersonCount out = count({record({}, "a"), blank});
  EXPECT_EQ(out.lower, 1U);
  EXPECT_EQ(out.upper, 2U);
}

TEST(Persons, DifferentCheckedBirthDatesAreAWall) {
  EXPECT_EQ(count({record({}, "a"), record({.number = "Z7654321", .birth = "1990-01-03"}, "b")}).expected, 2U);
}

TEST(Persons, TwoPicturesThatAPersonCallsDifferentAreTwoDocuments) {
  const std::vector<IdentityRecord> records = {record({}, "a"), record({}, "b")};
  Decision different;
  different.verdict = Decision::Verdict::Different;
  different.first = *records[0].anchor;
  different.second = *records[1].anchor;
  different.by = "Ana";
  const Resolution apart = resolve_persons(records, {different});
  EXPECT_EQ(apart.count.documents, 2U);
  EXPECT_EQ(apart.count.lower, 2U);
  Decision unsure = different;
  unsure.verdict = Decision::Verdict::Unsure;
  EXPECT_EQ(resolve_persons(records, {different, unsure}).count.documents, 1U);
}

TEST(Persons, DecisionsOverrule) {
  const std::vector<IdentityRecord> records = {record({}, "a"), record({.number = "Z7654321"}, "b")};
  Decision different;
  different.verdict = Decision::Verdict::Different;
  different.first = *records[0].anchor;
  different.second = *records[1].anchor;
  different.by = "Eva";
  const Resolution apart = resolve_persons(records, {different});
  EXPECT_EQ(apart.count.expected, 2U);
  EXPECT_EQ(apart.count.lower, 2U);
  Decision unsure = different;
  unsure.verdict = Decision::Verdict::Unsure;
  EXPECT_EQ(resolve_persons(records, {different, unsure}).count.expected, 1U);  // the later word stands

  const std::vector<IdentityRecord> strangers = {record({}, "a"), record({.given = "EVA", .number = "Z7654321"}, "b")};
  Decision same = different;
  same.verdict = Decision::Verdict::Same;
  const Resolution joined = resolve_persons(strangers, {same});
  EXPECT_EQ(joined.count.expected, 1U);
  EXPECT_EQ(joined.count.upper, 1U);
  EXPECT_EQ(joined.persons[0].reasons, (std::vector<std::string>{"Eva decided that they are one"}));
}

TEST(Persons, RowsForTheFaces) {
  const std::vector<IdentityRecord> records = {record({}, "a"), record({}, "b")};
  const Resolution out = resolve_persons(records);
  const auto id = [](const IdentityRecord& each) { return each.id; };
  const auto document = Json::parse(document_json(out, records, 0, id));
  ASSERT_TRUE(document);
  EXPECT_EQ((*document)["fields"]["surname"]["value"].text(), "ROJAS");
  EXPECT_EQ((*document)["images"].items().size(), 2U);
  const auto person = Json::parse(person_json(out, records, 0, id));
  EXPECT_EQ((*person)["person"].text(), (*document)["person"].text());
  EXPECT_EQ((*person)["names"].items().front().text(), "ANA ROJAS");
  EXPECT_EQ(
      count_json(out.count),
      R"({"kind":"count","images":2,"documents":1,"persons":{"lower":1,"expected":1,"upper":1},"unread_images":0,)"
      R"("waiting_pages":0})");
}

// A leak in miniature, drawn at random: renewals, second pictures, misread ones, namesakes, twins, siblings.
struct Leak {
  std::vector<IdentityRecord> records;
  std::vector<int> truth;
  int persons = 0;
};

Leak random_leak(unsigned seed, int persons) {
  std::mt19937 dice(seed);
  static const std::vector<std::string> kGiven = {"ANA",  "LUIS",  "MARIA", "JUAN",  "ELENA", "PEDRO",
                                                  "OLEG", "IRINA", "KARIM", "SOFIA", "DIEGO", "VERA"};
  static const std::vector<std::string> kSurnames = {"ROJAS",  "PETROV",    "KOVALENKO", "SMITH",  "LOPEZ",
                                                     "IVANOV", "HASSAN",    "NOVAK",     "MORENO", "DIAZ",
                                                     "SILVA",  "TKACHENKO", "ORLOVA",    "REYES"};
  Leak out;
  std::vector<Passport> all;
  const auto draw = [&](int most) { return static_cast<int>(dice() % static_cast<unsigned>(most)); };
  const auto date = [&] { return iso(civil_from_days(2000 + draw(9000))); };
  const auto number = [&] {
    return std::string(1, static_cast<char>('A' + draw(26))) + std::to_string(1000000 + draw(8999999));
  };
  const auto see = [&](Passport paper) {
    const int quality = draw(20);
    if (quality == 0) paper.number[3] = paper.number[3] == '8' ? '3' : '8';
    if (quality <= 1) paper.grade = Grade::Inconsistent;
    out.records.push_back(record(paper, "r" + std::to_string(out.records.size())));
    out.truth.push_back(out.persons);
  };
  while (out.persons < persons) {
    Passport paper{.given = kGiven[dice() % kGiven.size()],
                   .surname = kSurnames[dice() % kSurnames.size()] + " " + kSurnames[dice() % kSurnames.size()],
                   .number = number(),
                   .birth = date(),
                   .sex = draw(2) == 0 ? "F" : "M"};
    const int kin = all.empty() ? 9 : draw(40);
    const Passport& other = all.empty() ? paper : all[dice() % all.size()];
    if (kin == 0) paper.given = other.given, paper.surname = other.surname, paper.sex = other.sex;
    if (kin == 1) paper.surname = other.surname;
    if (kin == 2 && paper.given != other.given) paper.surname = other.surname, paper.birth = other.birth;
    see(paper);
    if (draw(5) == 0) see(paper);
    if (draw(15) == 0) {
      Passport fresh = paper;
      fresh.number = number();
      fresh.expiry = "2033-01-01";
      see(fresh);
    }
    all.push_back(paper);
    ++out.persons;
  }
  return out;
}

TEST(Persons, OrderOfRecordsChangesNothing) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    Leak leak = random_leak(seed, 60);
    const auto print = [](const Resolution& out) {
      std::vector<std::string> lines;
      for (const Person& person : out.persons) {
        std::string line = person.id + " " + person.birth_date;
        for (const std::string& why : person.reasons) line += " | " + why;
        lines.push_back(line);
      }
      return lines;
    };
    const Resolution before = resolve_persons(leak.records);
    std::shuffle(leak.records.begin(), leak.records.end(), std::mt19937(seed));
    const Resolution after = resolve_persons(leak.records);
    EXPECT_EQ(print(before), print(after));
    EXPECT_EQ(count_json(before.count), count_json(after.count));
  }
}

// A ratchet: the true count lies in the interval, and the interval is narrow.
TEST(Persons, TruthLiesInTheInterval) {
  int inside = 0;
  double widest = 0;
  for (unsigned seed = 1; seed <= 100; ++seed) {
    const Leak leak = random_leak(seed, 60);
    const PersonCount out = resolve_persons(leak.records).count;
    const auto truth = static_cast<std::uint64_t>(leak.persons);
    inside += out.lower <= truth && truth <= out.upper ? 1 : 0;
    widest = std::max(widest, static_cast<double>(out.upper - out.lower) / leak.persons);
    if (out.lower > truth || truth > out.upper)
      std::printf("seed %u: %llu..%llu, truth %d\n", seed, static_cast<unsigned long long>(out.lower),
                  static_cast<unsigned long long>(out.upper), leak.persons);
  }
  std::printf("inside %d of 100, widest %.3f\n", inside, widest);
  EXPECT_GE(inside, 95);
  EXPECT_LE(widest, 0.15);
}

}  // namespace
}  // namespace careo
