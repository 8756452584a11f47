// SPDX-License-Identifier: Apache-2.0
// Damaged databases; whole ones are golden documents (tools/make/databases.py).
#include "unpack/database/sqlite.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "unpack/collected.h"
#include "unpack/database/schema.h"

namespace careo {
namespace {

constexpr std::size_t kPage = 1024;

std::string chat() {
  std::ifstream in(CAREO_SOURCE_DIR "/tests/golden/documents/chat.sqlite", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string all_text(const Collected& got) {
  std::string out;
  for (const Text& text : got.texts) out += text.utf8;
  return out;
}

TEST(Sqlite, EveryCutLosesOnlyWhatIsBehindIt) {
  const std::string whole = chat();
  for (std::size_t length = kPage; length < whole.size(); length += kPage) {
    const std::string cut = whole.substr(0, length);
    const Collected got = collect(*sqlite_opener(), cut);
    EXPECT_EQ(got.type, "application/vnd.sqlite3") << length;
    EXPECT_TRUE(got.adds_up(length)) << length;
    EXPECT_FALSE(got.unreads.empty()) << length;
  }
  const Collected half = collect(*sqlite_opener(), whole.substr(0, 20 * kPage));
  EXPECT_NE(all_text(half).find("Anna Specimen"), std::string::npos);
}

TEST(Sqlite, AFloodedPageIsNamedAndTheOthersAreRead) {
  std::string bytes = chat();
  const std::size_t leaf = bytes.find("note 1 note 1") / kPage;
  bytes.replace(leaf * kPage, kPage, kPage, '\xFF');
  const Collected got = collect(*sqlite_opener(), bytes);
  EXPECT_NE(all_text(got).find("person 119"), std::string::npos);
  ASSERT_FALSE(got.unreads.empty());
  EXPECT_EQ(got.unreads[0].reason, "page " + std::to_string(leaf + 1) + ": is no page of a table");
  EXPECT_TRUE(got.adds_up(bytes.size()));
}

TEST(Sqlite, ATableInACircleEnds) {
  std::string bytes = chat();
  // The root of "member" is an inner page of an index; its right-most page becomes itself.
  for (std::size_t page = 1; page < bytes.size() / kPage; ++page) {
    if (bytes[page * kPage] != 2) continue;
    bytes.replace(page * kPage + 8, 4,
                  std::string{0, 0, static_cast<char>((page + 1) >> 8), static_cast<char>(page + 1)});
  }
  const Collected got = collect(*sqlite_opener(), bytes);
  ASSERT_FALSE(got.unreads.empty());
  EXPECT_NE(got.unreads[0].reason.find("is used twice"), std::string::npos);
}

std::string names_of(std::string_view create) {
  const SqliteTable table = sqlite_table(create);
  std::string out = table.has_rowid ? "" : "without ";
  for (const SqliteColumn& column : table.columns) out += column.name + (column.is_rowid ? "* " : " ");
  return out;
}

TEST(Sqlite, ColumnsOfAStatement) {
  EXPECT_EQ(names_of("CREATE TABLE t(a, b TEXT DEFAULT (1,2), \"c d\" INT, CHECK(a > 0))"), "a b c d ");
  EXPECT_EQ(names_of("create table t(id integer primary key, x)"), "id* x ");
  EXPECT_EQ(names_of("CREATE TABLE t(id INT PRIMARY KEY, x)"), "id x ");
  EXPECT_EQ(names_of("CREATE TABLE t(x, id INTEGER, PRIMARY KEY(id))"), "x id* ");
  EXPECT_EQ(names_of("CREATE TABLE t(a, b, c, PRIMARY KEY(c, a)) WITHOUT ROWID, STRICT"), "without c a b ");
  EXPECT_EQ(names_of("CREATE TABLE t(a, -- one, two\n [b,c], /* ( */ `d``e` AS (a + 1), f AS (a) STORED)"), "a b,c f ");
  EXPECT_EQ(names_of("CREATE VIRTUAL TABLE t USING fts5(a, b)"), "");
  EXPECT_EQ(names_of("CREATE TABLE t("), "");
  EXPECT_EQ(names_of("nonsense"), "");
}

TEST(Sqlite, WhatStandsBehindTheDatabaseIsAPart) {
  const std::string whole = chat();
  const auto behind = [&](const std::string& more) {
    const Collected got = collect(*sqlite_opener(), whole + more);
    EXPECT_TRUE(got.adds_up(whole.size() + more.size()));
    EXPECT_TRUE(got.unreads.empty());
    const Child& last = got.children[got.children.size() - 1];
    return last.name == "what stands behind the database" ? last.step.print() : "";
  };
  const std::string at = "range:" + std::to_string(whole.size()) + "+";
  EXPECT_EQ(behind(""), "");
  EXPECT_EQ(behind(std::string(10 * kPage, '\0')), "") << "room that was taken for later";
  EXPECT_EQ(behind("short words"), at + "11");
  EXPECT_EQ(behind(std::string(3 * kPage, 'x')), at + std::to_string(3 * kPage));
  const Collected cut = collect(*sqlite_opener(), whole.substr(0, 5 * kPage + 100));
  EXPECT_TRUE(cut.adds_up(5 * kPage + 100));
  EXPECT_TRUE(std::any_of(cut.unreads.begin(), cut.unreads.end(), [](const Unread& unread) {
    return unread.length == 100 && unread.reason.starts_with("ends early: 5 of ");
  }));
}

}  // namespace
}  // namespace careo
