// SPDX-License-Identifier: Apache-2.0
// Write-ahead logs of SQLite, put together frame by frame.
#include <gtest/gtest.h>

#include "unpack/collected.h"
#include "unpack/database/sqlite.h"
#include "unpack/sniff.h"

namespace careo {
namespace {

constexpr std::size_t kPage = 512;

std::string big(std::uint64_t value, unsigned width) {
  std::string out;
  for (unsigned i = width; i-- > 0;) out += static_cast<char>(value >> (8 * i));
  return out;
}

/// A record of texts (fileformat2 2.1), each shorter than 58 bytes, behind its length and its row's id.
std::string cell(unsigned rowid, const std::vector<std::string>& values) {
  std::string head, body;
  for (const std::string& value : values) {
    head += static_cast<char>(13 + 2 * value.size());
    body += value;
  }
  const std::string record = static_cast<char>(head.size() + 1) + head + body;
  return std::string{static_cast<char>(record.size()), static_cast<char>(rowid)} + record;
}

/// A leaf of a table (fileformat2 1.6) with these cells.
std::string leaf(const std::vector<std::string>& cells) {
  std::string pointers, content;
  for (const std::string& cell : cells) {
    content = cell + content;
    pointers += big(kPage - content.size(), 2);
  }
  std::string out = "\x0D" + big(0, 2) + big(cells.size(), 2) + big(kPage - content.size(), 2) + big(0, 1) + pointers;
  out.resize(kPage - content.size());
  return out + content;
}

class LogMaker {
 public:
  LogMaker() {
    out_ = "\x37\x7F\x06\x83" + big(3007000, 4) + big(kPage, 4) + big(0, 4) + salts_;
    sum(out_);
    out_ += big(first_, 4) + big(second_, 4);
  }
  LogMaker& frame(unsigned page, unsigned pages_at_commit, const std::string& bytes) {
    const std::string head = big(page, 4) + big(pages_at_commit, 4);
    sum(head);
    sum(bytes);
    out_ += head + salts_ + big(first_, 4) + big(second_, 4) + bytes;
    return *this;
  }
  LogMaker& left_over(unsigned page, const std::string& bytes) {
    out_ += big(page, 4) + big(9, 4) + std::string("OLDSALTSxxxxxxxx") + bytes;
    return *this;
  }
  std::string bytes() const { return out_; }

 private:
  void sum(std::string_view bytes) {
    const auto word = [&](std::size_t at) {
      std::uint32_t out = 0;
      for (std::size_t i = 0; i < 4; ++i) out = out << 8U | static_cast<std::uint8_t>(bytes[at + i]);
      return out;
    };
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      first_ += word(at) + second_;
      second_ += word(at + 4) + first_;
    }
  }
  std::string salts_ = "SALTsalt";
  std::string out_;
  std::uint32_t first_ = 0;
  std::uint32_t second_ = 0;
};

TEST(SqliteLog, TellsWhatIsNewerAndWhatStoodThereBefore) {
  const std::string bytes = LogMaker()
                                .frame(5, 9, leaf({cell(1, {"Anna", "first words"}), cell(2, {"Boris", "stays"})}))
                                .frame(5, 9, leaf({cell(1, {"Anna", "other words"}), cell(2, {"Boris", "stays"})}))
                                .frame(6, 0, leaf({cell(3, {"Vera", "never committed"})}))
                                .left_over(7, leaf({cell(4, {"Gleb", "of an older log"})}))
                                .bytes();
  EXPECT_EQ(sniff(bytes_of(bytes)), "application/x-sqlite3-wal");
  const Collected got = collect(*sqlite_log_opener(), bytes);
  EXPECT_TRUE(got.adds_up(bytes.size()));
  EXPECT_TRUE(got.unreads.empty());
  ASSERT_EQ(got.texts.size(), 2U);
  EXPECT_EQ(got.texts[0].utf8,
            "[write-ahead log: newer than the database beside it]\n[page 5, frame 2]\n1\tAnna\tother words\n"
            "2\tBoris\tstays\n");
  EXPECT_EQ(got.texts[1].utf8,
            "[write-ahead log: no longer, or not yet, in the database]\n"
            "[page 5, frame 1: before it was changed]\n1\tAnna\tfirst words\n"
            "[page 6, frame 3: not committed]\n3\tVera\tnever committed\n"
            "[page 7, frame 4: left over from an earlier log]\n4\tGleb\tof an older log\n");
  EXPECT_EQ(got.texts[1].grade, Grade::Unconfirmed);
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].value,
            R"({"page_size":512,"frames":4,"committed":2,"uncommitted":1,"left_over":1,"rows":5})");
}

TEST(SqliteLog, NamesTablesThatItHoldsTheSchemaOf) {
  // The schema's leaf stands behind a header of 100 bytes; its cells are counted from the page's beginning.
  std::string first = "SQLite format 3";
  first.resize(100);
  std::string row = cell(1, {"table", "t", "t", "?", "CREATE TABLE t(who, what)"});
  row[6] = 1;  // the type of the root's number: an integer of one byte
  row[row.rfind('?')] = 5;
  std::string page =
      first + "\x0D" + big(0, 2) + big(1, 2) + big(kPage - row.size(), 2) + big(0, 1) + big(kPage - row.size(), 2);
  page.resize(kPage - row.size());
  page += row;
  const std::string bytes = LogMaker().frame(1, 0, page).frame(5, 9, leaf({cell(1, {"Anna", "words"})})).bytes();
  const Collected got = collect(*sqlite_log_opener(), bytes);
  ASSERT_EQ(got.texts.size(), 1U);
  EXPECT_NE(got.texts[0].utf8.find("[t, frame 2]\nwho\twhat\nAnna\twords\n"), std::string::npos) << got.texts[0].utf8;
  EXPECT_EQ(got.texts[0].grade, Grade::Checked);
}

/// A leaf in whose room these cells stand that it does not have: freed ones, as bytes before its first row.
std::string leaf_with(const std::vector<std::string>& cells, const std::string& deleted) {
  std::string out = leaf(cells);
  const std::size_t content = (static_cast<unsigned char>(out[5]) << 8U) + static_cast<unsigned char>(out[6]);
  return out.replace(content - deleted.size(), deleted.size(), deleted);
}

TEST(SqliteLog, TellsWhatWasDeletedBeforeAPageCameIntoIt) {
  const std::string gone = cell(3, {"Vera", "was deleted", "long ago"});
  const std::string known = cell(1, {"Anna", "first words", "here"});
  const std::string stays = cell(2, {"Boris", "stays", "here"});
  const std::string bytes =
      LogMaker().frame(5, 9, leaf_with({known, stays}, gone)).frame(5, 9, leaf_with({stays}, gone + known)).bytes();
  const Collected got = collect(*sqlite_log_opener(), bytes);
  EXPECT_TRUE(got.adds_up(bytes.size()));
  EXPECT_TRUE(got.unreads.empty());
  ASSERT_EQ(got.texts.size(), 3U);
  EXPECT_EQ(got.texts[2].utf8,
            "[deleted, or changed since: rows that still stand in the room of pages]\n[page 5, frame 1]\n"
            "3\tVera\twas deleted\tlong ago\n");
  EXPECT_EQ(got.texts[2].grade, Grade::Unconfirmed);
  EXPECT_NE(got.readings.at(0).value.find("\"deleted_rows\":1"), std::string::npos);
}

TEST(SqliteLog, NoCutAndNoFlippedByteIsSilent) {
  const std::string whole = LogMaker()
                                .frame(5, 9, leaf({cell(1, {"Anna", "first words"})}))
                                .frame(6, 9, leaf({cell(2, {"Boris", "more words"})}))
                                .bytes();
  for (std::size_t length = 32; length < whole.size(); length += 7) {
    const std::string cut = whole.substr(0, length);
    const Collected got = collect(*sqlite_log_opener(), cut);
    EXPECT_TRUE(got.adds_up(length)) << length;
    EXPECT_EQ(got.unreads.empty(), (length - 32) % 536 == 0) << length;
  }
  std::string flipped = whole;
  flipped[flipped.find("first")] = 'F';
  const Collected got = collect(*sqlite_log_opener(), flipped);
  ASSERT_EQ(got.texts.size(), 1U);
  EXPECT_EQ(got.texts[0].grade, Grade::Unconfirmed);
  EXPECT_NE(got.texts[0].utf8.find("First words"), std::string::npos);
  EXPECT_NE(got.texts[0].utf8.find("more words"), std::string::npos);
}

/// A record of a rollback journal (fileformat2 3): every 200th byte of the page, from its end on, is added to the
/// nonce.
std::string journal_record(unsigned page, const std::string& bytes, std::uint32_t nonce) {
  for (std::size_t at = kPage - 200; at < kPage && at > 0; at -= 200) nonce += static_cast<std::uint8_t>(bytes[at]);
  return big(page, 4) + bytes + big(nonce, 4);
}

std::string journal_header(unsigned count, std::uint32_t nonce) {
  std::string out =
      "\xD9\xD5\x05\xF9\x20\xA1\x63\xD7" + big(count, 4) + big(nonce, 4) + big(9, 4) + big(512, 4) + big(kPage, 4);
  out.resize(512);
  return out;
}

std::string journal() {
  std::string out = journal_header(1, 77) + journal_record(5, leaf({cell(1, {"Anna", "as it was"})}), 77);
  out.resize(1536);  // up to the next sector
  return out + journal_header(1, 78) + journal_record(6, leaf({cell(2, {"Boris", "as well"})}), 78) +
         journal_record(7, leaf({cell(3, {"Gleb", "of an older one"})}), 12345);
}

TEST(SqliteJournal, TellsWhatStoodThereBefore) {
  const std::string bytes = journal();
  EXPECT_EQ(sniff(bytes_of(bytes)), "application/x-sqlite3-journal");
  EXPECT_TRUE(sqlite_log_opener()->may(bytes_of(bytes), {}));
  const Collected got = collect(*sqlite_log_opener(), bytes);
  EXPECT_EQ(got.type, "application/x-sqlite3-journal");
  EXPECT_TRUE(got.adds_up(bytes.size()));
  EXPECT_TRUE(got.unreads.empty());
  ASSERT_EQ(got.texts.size(), 1U);
  EXPECT_EQ(got.texts[0].utf8,
            "[rollback journal: as it was before a change]\n"
            "[page 5, frame 1: before it was changed]\n1\tAnna\tas it was\n"
            "[page 6, frame 2: before it was changed]\n2\tBoris\tas well\n"
            "[page 7, frame 3: left over from an earlier log]\n3\tGleb\tof an older one\n");
  EXPECT_EQ(got.texts[0].grade, Grade::Unconfirmed);
  EXPECT_EQ(got.readings.at(0).value,
            R"({"page_size":512,"frames":3,"journal":true,"before":2,"left_over":1,"rows":3})");
  const Collected cut = collect(*sqlite_log_opener(), bytes.substr(0, bytes.size() - 10));
  ASSERT_EQ(cut.unreads.size(), 1U);
  EXPECT_EQ(cut.unreads[0].length, 510U);
  EXPECT_TRUE(cut.adds_up(bytes.size() - 10));
}

TEST(SqliteJournal, WhatWasNotPutToDiskYetIsReadToo) {
  std::string bytes = journal();
  bytes.replace(1536, 12, 12, '\0');
  const Collected got = collect(*sqlite_log_opener(), bytes);
  EXPECT_TRUE(got.unreads.empty());
  EXPECT_EQ(got.readings.at(0).value,
            R"({"page_size":512,"frames":3,"journal":true,"before":2,"left_over":1,"rows":3})");
  EXPECT_TRUE(got.adds_up(bytes.size()));
}

TEST(SqliteJournal, OneThatIsDoneHasNoHeader) {
  for (const std::size_t sector : {512U, 4096U}) {
    const std::string bytes = std::string(sector, '\0') +
                              journal_record(5, leaf({cell(1, {"Anna", "deleted since"})}), 4711) +
                              journal_record(6, leaf({cell(2, {"Boris", "as well"})}), 4711);
    ASSERT_TRUE(sqlite_log_opener()->may(bytes_of(bytes), {}));
    const Collected got = collect(*sqlite_log_opener(), bytes);
    ASSERT_EQ(got.texts.size(), 1U);
    EXPECT_NE(got.texts[0].utf8.find("before it was changed]\n1\tAnna\tdeleted since\n"), std::string::npos);
    EXPECT_TRUE(got.adds_up(bytes.size()));
    std::string other = bytes;
    other.back() ^= 1;  // the second checksum
    EXPECT_FALSE(sqlite_log_opener()->may(bytes_of(other), {}));
  }
  EXPECT_FALSE(sqlite_log_opener()->may(bytes_of(std::string(70'000, '\0')), {}));
}

}  // namespace
}  // namespace careo
