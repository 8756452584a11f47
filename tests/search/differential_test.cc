// SPDX-License-Identifier: Apache-2.0
// Two ways to one answer: what the index finds, and what a plain reading of every part finds.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "crypto/secret.h"
#include "reference/fold.h"
#include "search/index.h"
#include "search/scan.h"
#include "store/database.h"

namespace careo {
namespace {

// Few words, many of them near to each other: prefixes, spellings in two alphabets, accents, numbers, odd signs.
const std::vector<std::string> kWords = {
    "yuri",      "Юрий",        "Iurii",
    "Щербаков",  "shcherbakov", "Scherbakov",
    "Ščerbakov", "contract",    "контракт",
    "contra",    "contrato",    "peña",
    "PENA",      "O'Neil's",    "oneil",
    "2023",      "09",          "x1234567",
    "東京",      "京",          "В’яза",
    "Вяза",      "vyaza",       "a",
    "ab",        "abc",         "no",
    "то",        "to",          "Зеленський",
    "zelenskyi", "don't",       "pass\u00ADport",
    "passport",  "паспорт",     "محمد",
    "п",         "k",           "9",
};

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::size_t roll(std::size_t sides) { return engine_() % sides; }
  const std::string& word() { return kWords[roll(kWords.size())]; }
  std::string text(std::size_t most) {
    std::string out;
    for (std::size_t i = roll(most + 1); i > 0; --i) {
      out += word();
      const std::size_t end = roll(12);
      out += end == 0 ? std::string(1, kTextBreak) : end == 1 ? ", " : end == 2 ? "\n" : end == 3 ? "-" : " ";
    }
    return out;
  }

 private:
  std::mt19937 engine_;
};

Entry random_entry(Dice& dice, std::size_t number) {
  Entry out;
  out.part = sha256("part " + std::to_string(number));
  out.column(Column::Title) = dice.text(4);
  out.column(Column::Name) = dice.text(2);
  out.column(Column::From) = dice.text(3);
  out.column(Column::To) = dice.text(3);
  out.column(Column::Body) = dice.text(12);
  out.column(Column::Header) = dice.text(4);
  out.kind = dice.roll(2) == 0 ? "mail" : "document";
  out.media_type = dice.roll(2) == 0 ? "message/rfc822" : "application/pdf";
  if (dice.roll(3) != 0) out.date = dice.roll(2) == 0 ? "2023-09-28T10:00:00Z" : "2024-02-29";
  if (dice.roll(2) == 0) out.languages.push_back("en");
  if (dice.roll(2) == 0) out.languages.push_back("ru");
  if (dice.roll(3) == 0) out.forms.push_back("invoice");
  return out;
}

std::string random_term(Dice& dice) {
  static const std::vector<std::string> kFacets = {"kind:mail",   "form:invoice",    "type:pdf",
                                                   "lang:ru",     "date:2023",       "date:2023-10..",
                                                   "before:2024", "date:2024-02-29", "type:message"};
  if (dice.roll(5) == 0) return kFacets[dice.roll(kFacets.size())];
  static const std::vector<std::string> kPrefixes = {
      "", "", "", "", "from:", "to:", "subject:", "name:", "text:", "header:"};
  std::string out = kPrefixes[dice.roll(kPrefixes.size())];
  if (dice.roll(6) == 0) out += "=";
  if (dice.roll(3) == 0) {
    out += "\"" + dice.word() + " " + dice.word() + "\"";
  } else {
    out += dice.word();
  }
  if (dice.roll(5) == 0) out += "*";
  return out;
}

std::string random_query(Dice& dice) {
  std::string out;
  std::size_t open = 0;
  const std::size_t terms = 1 + dice.roll(5);
  for (std::size_t i = 0; i < terms; ++i) {
    if (i > 0) out += dice.roll(3) == 0 ? " OR " : dice.roll(2) == 0 ? " AND " : " ";
    if (dice.roll(4) == 0) out += "NOT ";
    if (dice.roll(4) == 0) {
      out += "(";
      ++open;
    }
    out += random_term(dice);
    if (open > 0 && dice.roll(3) == 0) {
      out += ")";
      --open;
    }
  }
  return out + std::string(open, ')');
}

void compare(SearchIndex& index, const std::vector<Entry>& entries, Dice& dice, int queries) {
  std::vector<Scanned> scanned;
  for (const Entry& entry : entries) scanned.emplace_back(entry);
  int some = 0;  // queries that part the entries: neither none nor all
  for (int i = 0; i < queries; ++i) {
    const std::string text = random_query(dice);
    const auto query = Query::parse(text);
    ASSERT_TRUE(query) << text << ": " << query.error().text();
    std::vector<PartId> expected;
    for (std::size_t k = 0; k < entries.size(); ++k) {
      if (scanned[k].matches(*query)) expected.push_back(entries[k].part);
    }
    std::sort(expected.begin(), expected.end());
    const auto found = index.all(*query);
    ASSERT_TRUE(found) << text << ": " << found.error().text();
    ASSERT_EQ(*found, expected) << text << "\nunderstood as " << query->print();
    const auto hits = index.search(*query, {.limit = 1000});
    ASSERT_TRUE(hits) << text << ": " << hits.error().text();
    ASSERT_EQ(hits->total, expected.size());
    ASSERT_EQ(hits->rows.size(), expected.size());
    some += !expected.empty() && expected.size() < entries.size() ? 1 : 0;
  }
  EXPECT_GT(some, queries / 2);
}

TEST(Differential, IndexFindsWhatTheScanFinds) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    Dice dice(seed);
    const auto database = std::move(Database::open("", Secret())).value();
    const auto index = std::move(SearchIndex::open(*database)).value();
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < 120; ++i) {
      entries.push_back(random_entry(dice, i));
      ASSERT_TRUE(index->add(entries.back()));
    }
    compare(*index, entries, dice, 400);
    // Some change, some go; then the pieces are merged. The answers stay those of a scan.
    for (std::size_t i = 0; i < 40; ++i) {
      const std::size_t at = dice.roll(entries.size());
      entries[at] = random_entry(dice, at);
      ASSERT_TRUE(index->add(entries[at]));
    }
    for (std::size_t i = 0; i < 20; ++i) {
      ASSERT_TRUE(index->remove(entries.back().part));
      entries.pop_back();
    }
    compare(*index, entries, dice, 200);
    ASSERT_TRUE(index->settle());
    compare(*index, entries, dice, 200);
  }
}

TEST(Differential, OrderOfAddingDoesNotMatter) {
  Dice dice(7);
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < 60; ++i) entries.push_back(random_entry(dice, i));
  std::vector<std::vector<PartId>> answers;
  std::vector<std::string> queries;
  for (int i = 0; i < 50; ++i) queries.push_back(random_query(dice));
  for (int round = 0; round < 2; ++round) {
    const auto database = std::move(Database::open("", Secret())).value();
    const auto index = std::move(SearchIndex::open(*database)).value();
    for (const Entry& entry : entries) ASSERT_TRUE(index->add(entry));
    std::vector<PartId> order;
    for (const std::string& text : queries) {
      const auto hits = index->search(*Query::parse(text), {.limit = 1000});
      for (const Hit& hit : hits->rows) order.push_back(hit.part);
    }
    answers.push_back(order);
    std::reverse(entries.begin(), entries.end());
  }
  EXPECT_EQ(answers[0], answers[1]);
}

}  // namespace
}  // namespace careo
