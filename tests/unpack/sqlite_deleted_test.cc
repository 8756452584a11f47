// SPDX-License-Identifier: Apache-2.0
// Rows that were deleted from a database and still stand in it; pages put together by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "base/text.h"
#include "unpack/collected.h"
#include "unpack/database/overflow.h"
#include "unpack/database/sqlite.h"

namespace careo {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::size_t kPage = 512;

std::string big(std::uint64_t value, unsigned width) {
  std::string out;
  for (unsigned i = width; i-- > 0;) out += static_cast<char>(value >> (8 * i));
  return out;
}

/// A record (fileformat2 2.1) whose first value is NULL, as that of an INTEGER PRIMARY KEY is, and then texts.
std::string record(const std::vector<std::string>& texts) {
  std::string head(1, '\0');
  std::string body;
  for (const std::string& text : texts) {
    const std::size_t type = 13 + 2 * text.size();
    if (type > 127) head += static_cast<char>(0x80 | type >> 7);
    head += static_cast<char>(type & 0x7F);
    body += text;
  }
  return static_cast<char>(head.size() + 1) + head + body;
}

std::string cell(unsigned rowid, const std::string& record) {
  std::string out;
  if (record.size() > 127) out += static_cast<char>(0x80 | record.size() >> 7);
  out += static_cast<char>(record.size() & 0x7F);
  return out + static_cast<char>(rowid) + record;
}

struct Leaf {
  std::vector<std::string> cells;
  std::vector<std::size_t> at;  ///< where each begins
  std::string bytes;
};

/// Cells from the page's end on, as SQLite puts them, in a page whose header stands at `begin`.
Leaf leaf(std::vector<std::string> cells, std::size_t begin = 0) {
  Leaf out{std::move(cells), {}, std::string(kPage, '\0')};
  std::size_t content = kPage;
  std::string pointers;
  for (const std::string& cell : out.cells) {
    content -= cell.size();
    out.bytes.replace(content, cell.size(), cell);
    out.at.push_back(content);
    pointers += big(content, 2);
  }
  const std::string head = "\x0D" + big(0, 2) + big(out.cells.size(), 2) + big(content, 2) + big(0, 1) + pointers;
  out.bytes.replace(begin, head.size(), head);
  return out;
}

/// Takes cell `index` out of its page as SQLite does: the pointers move up, the cell begins with the next freed one (of
/// which there is none) and its own length.
void take_out(Leaf* page, std::size_t index) {
  const std::size_t count = page->cells.size();
  page->bytes.replace(3, 2, big(count - 1, 2));
  page->bytes.replace(1, 2, big(page->at[index], 2));
  const std::string pointers = page->bytes.substr(8 + 2 * (index + 1), 2 * (count - index - 1)) + big(0, 2);
  page->bytes.replace(8 + 2 * index, pointers.size(), pointers);
  page->bytes.replace(page->at[index], 4, big(0, 2) + big(page->cells[index].size(), 2));
}

/// A table "message" at page 2, then `pages`; the list of free pages begins at `trunk`.
std::string database(const std::vector<std::string>& pages, unsigned trunk = 0,
                     const std::string& sql = "CREATE TABLE message(id INTEGER PRIMARY KEY, sender TEXT, body TEXT)") {
  std::string schema_head =
      "\6\x17\x1B\x1B\1" + big(0x80U | (13 + 2 * sql.size()) >> 7U, 1) + big((13 + 2 * sql.size()) & 0x7FU, 1);
  schema_head[0] = static_cast<char>(schema_head.size());
  const std::string schema = cell(1, schema_head + "table" + "message" + "message" + "\2" + sql);
  Leaf first = leaf({schema}, 100);
  std::string head = std::string("SQLite format 3\0", 16) + big(kPage, 2) + "\1\1" + big(0, 1) + "\x40\x20\x20" +
                     big(7, 4) + big(1 + pages.size(), 4) + big(trunk, 4) + big(trunk == 0 ? 0 : 2, 4);
  head.resize(92);
  head += big(7, 4) + big(3040001, 4);
  head.replace(56, 4, big(1, 4));
  first.bytes.replace(0, head.size(), head);
  std::string out = first.bytes;
  for (const std::string& page : pages) out += page;
  return out;
}

Collected read(const std::string& file) {
  Collected got = collect(*sqlite_opener(), file);
  EXPECT_EQ(got.type, "application/vnd.sqlite3");
  EXPECT_TRUE(got.adds_up(file.size()));
  return got;
}

std::string deleted(const Collected& got) {
  if (got.texts.size() < 2) return {};
  EXPECT_EQ(got.texts[1].grade, Grade::Unconfirmed);
  EXPECT_EQ(got.texts[1].region.page, 2U);
  return got.texts[1].utf8;
}

const std::string kHead = "[deleted, or changed since: rows that still stand in the file]\n";

TEST(SqliteDeleted, ARowTakenOutOfItsPage) {
  Leaf page = leaf(
      {cell(1, record({"Ana", "here"})), cell(2, record({"Ivan", "burn this"})), cell(3, record({"Ana", "there"}))});
  EXPECT_EQ(deleted(read(database({page.bytes}))), "");
  take_out(&page, 1);
  const Collected got = read(database({page.bytes}));
  EXPECT_EQ(got.texts[0].utf8, "message\nid\tsender\tbody\n1\tAna\there\n3\tAna\tthere\n");
  EXPECT_EQ(deleted(got), kHead + "[message, page 2]\nid\tsender\tbody\n\tIvan\tburn this\n");
  EXPECT_THAT(got.readings.back().value, HasSubstr("\"deleted_rows\":1"));
  EXPECT_TRUE(got.unreads.empty());
}

/// A row of a table without rowids: a record of texts behind its length.
std::string key_cell(const std::vector<std::string>& texts) {
  std::string out = record(texts).erase(1, 1);  // without the NULL of a row's id
  out[0] = static_cast<char>(out[0] - 1);
  std::string length;
  if (out.size() > 127) length += static_cast<char>(0x80 | out.size() >> 7);
  return length + static_cast<char>(out.size() & 0x7F) + out;
}

TEST(SqliteDeleted, ARowOfATableWithoutRowids) {
  const std::string sql = "CREATE TABLE message(id TEXT PRIMARY KEY, sender TEXT, body TEXT, place TEXT) WITHOUT ROWID";
  Leaf page = leaf({key_cell({"a1", "Ana", "here", "Riga"}), key_cell({"b2", "Ivan", "burn this", "Kyiv"}),
                    key_cell({"c3", "Ana", "there", "Riga"}), key_cell({"d4", "Ivan", "and this", "Kyiv"})});
  page.bytes[0] = '\x0A';
  const std::string head = kHead + "[message, page 2]\nid\tsender\tbody\tplace\n";
  EXPECT_EQ(deleted(read(database({page.bytes}, 0, sql))), "");
  Leaf shorter = page;
  take_out(&shorter, 1);
  const Collected got = read(database({shorter.bytes}, 0, sql));
  // Nothing parts what the first two columns held.
  EXPECT_EQ(deleted(got), head + "\t\tburn this\tKyiv\n");
  // The last row of a page is not freed: its room grows.
  Leaf last = page;
  last.bytes.replace(3, 4, big(3, 2) + big(last.at[2], 2));
  EXPECT_EQ(deleted(read(database({last.bytes}, 0, sql))), head + "d4\tIvan\tand this\tKyiv\n");
}

TEST(SqliteDeleted, ALongRowKeepsItsHead) {
  // Two bytes of length and one of id: what is written over ends before the record's head does.
  const std::string body = "burn this " + std::string(150, 'x');
  Leaf page =
      leaf({cell(1, record({"Ana", "here"})), cell(2, record({"Ivan", body})), cell(3, record({"Ana", "there"}))});
  take_out(&page, 1);
  EXPECT_THAT(deleted(read(database({page.bytes}))), HasSubstr("\tIvan\t" + body + "\n"));
}

/// What a cell and its overflow pages (fileformat2 1.7) are of a record, the first of these pages being `next`.
struct LongRow {
  std::string cell;
  std::vector<std::string> pages;
};
LongRow long_row(const std::string& id, const std::string& record, unsigned next) {
  const std::size_t least = (kPage - 12) * 32 / 255 - 23;
  const std::size_t wanted = least + (record.size() - least) % (kPage - 4);
  const std::size_t local = wanted <= kPage - 35 ? wanted : least;
  LongRow out;
  out.cell =
      big(0x80 | record.size() >> 7, 1) + big(record.size() & 0x7F, 1) + id + record.substr(0, local) + big(next, 4);
  for (std::size_t at = local; at < record.size(); at += kPage - 4) {
    const bool last = at + kPage - 4 >= record.size();
    out.pages.push_back(big(last ? 0 : ++next, 4) + record.substr(at, kPage - 4));
    out.pages.back().resize(kPage);
  }
  return out;
}

std::string trunk_of(const std::vector<unsigned>& leaves) {
  std::string out = big(0, 4) + big(leaves.size(), 4);
  for (const unsigned leaf : leaves) out += big(leaf, 4);
  out.resize(kPage);
  return out;
}

std::string long_body() {
  std::string out = "burn this";
  for (int i = 0; out.size() < 1200; ++i) out += " word " + std::to_string(i);
  return out;
}

TEST(SqliteDeleted, ALongRowIsFollowedIntoFreePages) {
  const std::string body = long_body();
  for (const std::string& id : {std::string(1, '\2'), "\x81\x02"s, "\x81\x80\x02"s, "\x81\x80\x80\x80\x02"s}) {
    const LongRow row = long_row(id, record({"Ivan", body}), 4);
    ASSERT_EQ(row.pages.size(), 2U);
    Leaf page = leaf({cell(1, record({"Ana", "here"})), row.cell, cell(3, record({"Ana", "there"}))});
    take_out(&page, 1);
    const Collected got = read(database({page.bytes, trunk_of({4, 5}), row.pages[0], row.pages[1]}, 3));
    EXPECT_EQ(deleted(got), kHead + "[message, page 2]\nid\tsender\tbody\n\tIvan\t" + body + "\n") << id.size();
    // A page that is another's now: what stands before it is given.
    const Collected cut = read(database({page.bytes, trunk_of({4}), row.pages[0], row.pages[1]}, 3));
    EXPECT_THAT(deleted(cut), HasSubstr("\tIvan\t" + body.substr(0, 600)));
    EXPECT_THAT(deleted(cut), HasSubstr(" [...]\n"));
    EXPECT_THAT(deleted(cut), Not(HasSubstr("the rest of a row")));
    // A page that was written over since: nothing of it is held to be of this row.
    const Collected other =
        read(database({page.bytes, trunk_of({4, 5}), big(0, 4) + std::string(kPage - 4, '\xEE'), row.pages[1]}, 3));
    EXPECT_THAT(deleted(other), HasSubstr("\tIvan\t" + body.substr(0, 30)));
    EXPECT_THAT(deleted(other), HasSubstr(" [...]\n[free page 5: the rest of a row]\n"));
  }
}

TEST(SqliteDeleted, RowsOfOnePageThatNameTheSamePagesHoldNoMoreThanOneRowMay) {
  const std::string rest = big(0, 4) + std::string(kPage - 4, 'x');
  const std::string bytes = database({leaf({}).bytes, trunk_of({4}), rest}, 3);
  MemoryBytes part(bytes);
  SqliteFile file = std::move(*SqliteFile::open(part));
  const std::vector<SqliteFile::FreePage> free = *file.free_list();
  FreedOverflow overflow(file, free, 2 * kPage);
  std::uint64_t effort = 1'000'000;
  const auto gathered = [&] { return overflow.from(4, kPage - 4, &effort)->payload.bytes.size(); };
  EXPECT_EQ(gathered(), kPage - 4);
  EXPECT_EQ(gathered(), kPage - 4);
  EXPECT_EQ(gathered(), 0U);
  overflow.begin_page();
  EXPECT_EQ(gathered(), kPage - 4);
}

TEST(SqliteDeleted, ALongRowThatEndsOtherwiseIsAnother) {
  const std::string body = long_body();
  const std::string changed = body.substr(0, body.size() - 4) + "gone";
  const LongRow now = long_row("\2", record({"Ivan", body}), 6);
  const auto told = [&](const std::string& freed_body, const std::vector<unsigned>& free) {
    const LongRow freed = long_row("\2", record({"Ivan", freed_body}), 4);
    Leaf page = leaf({now.cell, freed.cell});
    take_out(&page, 1);
    return deleted(
        read(database({page.bytes, trunk_of(free), freed.pages[0], freed.pages[1], now.pages[0], now.pages[1]}, 3)));
  };
  EXPECT_THAT(told(changed, {4, 5}), HasSubstr("\tIvan\t" + changed + "\n"));
  // Where only its beginning is left, which the table's row has as well, nothing tells them apart.
  EXPECT_EQ(told(changed, {}), "");
  EXPECT_EQ(told(body, {4, 5}), "") << "the same row, which was moved";
  EXPECT_THAT(told(body + " and more", {}), HasSubstr(" [...]\n"));
}

TEST(SqliteDeleted, BlobsOfDeletedRowsAreChildren) {
  const auto with_blob = [](std::size_t size) {
    const std::size_t type = 12 + 2 * size;
    return "\5"s + big(0, 1) + "\x15" + big(0x80 | type >> 7, 1) + big(type & 0x7F, 1) + "Ivan" +
           std::string(size, '\xAB');
  };
  Leaf page = leaf({cell(1, record({"Ana", "here"})), cell(2, with_blob(100)), cell(3, record({"Ana", "there"}))});
  take_out(&page, 1);
  const Collected got = read(database({page.bytes}));
  EXPECT_THAT(deleted(got), HasSubstr("\tIvan\t[100 bytes]\n"));
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.children[0].name, "message deleted page 2 body");
  EXPECT_EQ(got.children[0].step.print(), "range:" + std::to_string(kPage + page.at[1] + 11) + "+100");
  // Of one that went on in a page that is another's, what stands in its own.
  const LongRow row = long_row("\2", with_blob(700), 7);
  Leaf cut = leaf({cell(1, record({"Ana", "here"})), row.cell});
  take_out(&cut, 1);
  std::vector<std::string> pages(7, std::string(kPage, '\xAB'));
  pages[0] = cut.bytes;
  const Collected some = read(database(pages));
  ASSERT_EQ(some.children.size(), 1U) << deleted(some);
  EXPECT_EQ(some.children[0].name, "message deleted page 2 body (its beginning)");
  EXPECT_THAT(deleted(some), HasSubstr(" of 700 bytes] [...]\n"));
}

TEST(SqliteDeleted, RoomBeforeTheFirstRowAndRowsThatWereMoved) {
  Leaf page = leaf({cell(1, record({"Ana", "here"})), cell(2, record({"Ivan", "burn this"}))});
  // The last cell is taken back as a whole: nothing is written over it.
  page.bytes.replace(3, 4, big(1, 2) + big(page.at[0], 2));
  EXPECT_THAT(deleted(read(database({page.bytes}))), HasSubstr("\n2\tIvan\tburn this\n"));
  // The same row stands elsewhere: it was moved, not deleted.
  Leaf moved = leaf({cell(2, record({"Ivan", "burn this"})), cell(3, record({"Ivan", "burn this"}))});
  moved.bytes.replace(3, 4, big(1, 2) + big(moved.at[0], 2));
  EXPECT_EQ(deleted(read(database({moved.bytes}))), "");
}

TEST(SqliteDeleted, FreePages) {
  const Leaf live = leaf({cell(1, record({"Ana", "here"}))});
  const Leaf gone = leaf({cell(8, record({"Ivan", "burn this"})), cell(9, record({"Ana", "here"}))});
  const std::string rest = big(0, 4) + "the rest of a long message" + std::string(kPage - 30, '\0');
  const std::string noise = std::string(kPage, '\xEE');
  std::string trunk = big(0, 4) + big(3, 4) + big(3, 4) + big(4, 4) + big(6, 4);
  trunk.resize(kPage);
  const Collected got = read(database({live.bytes, gone.bytes, rest, trunk, noise}, 5));
  EXPECT_EQ(deleted(got), kHead + "[message, free page 3]\nid\tsender\tbody\n8\tIvan\tburn this\n" +
                              "[free page 4: the rest of a row]\nthe rest of a long message\n");
  EXPECT_THAT(got.readings.back().value, HasSubstr("\"free_pages_not_read\":1"));
}

TEST(SqliteDeleted, AListOfFreePagesInACircleEnds) {
  const Leaf live = leaf({cell(1, record({"Ana", "here"}))});
  std::string trunk = big(3, 4) + big(2, 4) + big(3, 4) + big(2, 4);  // itself, and a page that is in use
  trunk.resize(kPage);
  EXPECT_EQ(deleted(read(database({live.bytes, trunk}, 3))), "");
}

TEST(SqliteDeleted, NoFlippedByteBreaksIt) {
  Leaf page = leaf(
      {cell(1, record({"Ana", "here"})), cell(2, record({"Ivan", "burn this"})), cell(3, record({"Ana", "there"}))});
  take_out(&page, 1);
  std::string trunk = big(0, 4) + big(1, 4) + big(4, 4);
  trunk.resize(kPage);
  const std::string file = database({page.bytes, trunk, page.bytes}, 3);
  std::mt19937 random(5);
  for (int round = 0; round < 3000; ++round) {
    std::string bent = file;
    for (int i = 0; i < 4; ++i) bent[random() % bent.size()] = static_cast<char>(random());
    const Collected got = collect(*sqlite_opener(), bent);
    ASSERT_TRUE(got.type.starts_with("error") || got.adds_up(bent.size())) << round;
    for (const Text& text : got.texts) ASSERT_TRUE(is_utf8(text.utf8));
  }
}

TEST(SqliteDeleted, TheStatementOfATableThatWasDropped) {
  std::string file = database({leaf({cell(1, record({"Ana", "here"}))}).bytes});
  const std::string sql = "CREATE TABLE burnt(who TEXT, what TEXT)";
  const std::string row =
      cell(2, "\x06\x17\x17\x17\x01" + big(13 + 2 * sql.size(), 1) + "table" + "burnt" + "burnt" + "\3" + sql);
  // It was the last one, so it lies before the first row, and nothing is written over it.
  const std::size_t content = static_cast<std::uint8_t>(file[105]) * 256U + static_cast<std::uint8_t>(file[106]);
  file.replace(content - row.size(), row.size(), row);
  EXPECT_THAT(deleted(read(file)), HasSubstr("[sqlite_schema, page 1]\ntype\tname\ttbl_name\trootpage\tsql\n"
                                             "table\tburnt\tburnt\t3\t" +
                                             sql + "\n"));
}

}  // namespace
}  // namespace careo
