// SPDX-License-Identifier: Apache-2.0
// DOC, XLS and PPT under damage and limits; what they say when whole stands in tests/golden/documents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <type_traits>

#include "base/text.h"
#include "unpack/collected.h"
#include "unpack/compound/writer.h"
#include "unpack/little_endian.h"
#include "unpack/office/word_file.h"
#include "unpack/openers.h"

namespace careo {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> samples() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(CAREO_SOURCE_DIR "/tests/golden/documents")) {
    const fs::path ending = entry.path().extension();
    if (ending == ".doc" || ending == ".xls" || ending == ".ppt") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string bytes_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Collected opened(const std::string& file, const Budget& budget = {}) {
  const std::vector<const Opener*> all = light_openers();
  const auto opener =
      std::find_if(all.begin(), all.end(), [&](const Opener* it) { return it->may(bytes_of(file), {}); });
  return opener == all.end() ? Collected() : collect(**opener, file, {}, budget);
}

// Whatever breaks: every byte is claimed once, texts are UTF-8, and no damage to a text goes untold as "no text".
TEST(LegacyOffice, HoldsUnderDamage) {
  ASSERT_GE(samples().size(), 6U);
  for (const fs::path& path : samples()) {
    SCOPED_TRACE(path.filename().string());
    const std::string file = bytes_of_file(path);
    const std::size_t head = file.size() > 1024 ? 512 : 0;  // of a compound file: without it nothing is read
    std::mt19937 dice(1);
    for (int round = 0; round < 1'000; ++round) {
      std::string broken = file;
      for (int i = 0; i < 4; ++i) broken[head + dice() % (broken.size() - head)] = static_cast<char>(dice());
      if (dice() % 4 == 0) broken.resize(dice() % broken.size());
      const Collected got = opened(broken);
      EXPECT_TRUE(got.type.starts_with("error") || got.adds_up(broken.size()));
      for (const Text& text : got.texts) EXPECT_TRUE(is_utf8(text.utf8));
    }
  }
}

TEST(LegacyOffice, SaysWhereALimitCutsTheText) {
  for (const fs::path& path : samples()) {
    SCOPED_TRACE(path.filename().string());
    const std::string file = bytes_of_file(path);
    const Collected whole = opened(file);
    std::uint64_t all = 0;
    for (const Text& text : whole.texts) all += text.utf8.size();
    if (all < 20) continue;
    Budget budget;
    budget.text_bytes = 10;
    const Collected cut = opened(file, budget);
    std::uint64_t came = 0;
    for (const Text& text : cut.texts) came += text.utf8.size();
    EXPECT_LE(came, 10U);
    EXPECT_TRUE(std::any_of(cut.unreads.begin(), cut.unreads.end(),
                            [](const Unread& it) { return it.reason.starts_with("limit: more than 10 bytes"); }));
    EXPECT_TRUE(cut.adds_up(file.size()));
  }
}

TEST(LegacyOffice, SaysWhereALimitCutsTheChildren) {
  for (const fs::path& path : samples()) {
    SCOPED_TRACE(path.filename().string());
    const std::string file = bytes_of_file(path);
    Budget budget;
    budget.children = 1;
    const Collected got = opened(file, budget);
    EXPECT_LE(got.children.size(), 1U);
    EXPECT_TRUE(got.type.starts_with("error") || got.adds_up(file.size()));
    EXPECT_TRUE(opened(file).children.size() <= 1 || !got.unreads.empty());
  }
}

// The sample's "200" is under sprmCFRMarkDel ([MS-DOC] 2.6.1); its code is made another here.
TEST(LegacyOffice, WhatWordInsertedAndHidIsMarked) {
  const std::string file = bytes_of_file(CAREO_SOURCE_DIR "/tests/golden/documents/statement.doc");
  const std::string deleted("\x03\x00\x08\x01", 4);  // how long, the code, on
  const std::size_t at = file.find(deleted);
  ASSERT_NE(at, std::string::npos);
  const auto line = [&](char code) {
    std::string made = file;
    made[at + 1] = code;
    const std::string text = opened(made).text_of_first();
    const std::size_t begin = text.find("The figure");
    return text.substr(begin, text.find('\n', begin) - begin);
  };
  EXPECT_EQ(line('\x00'), "The figure is [deleted: 200]about 190.");
  EXPECT_EQ(line('\x01'), "The figure is [inserted: 200]about 190.");
  EXPECT_EQ(line('\x3C'), "The figure is [hidden: 200]about 190.");
}

/// statement.doc, the two bytes at a place of its table of pieces set.
Collected with_pieces(std::size_t place, char low, char high) {
  std::string file = bytes_of_file(CAREO_SOURCE_DIR "/tests/golden/documents/statement.doc");
  const std::size_t at = file.find(std::string("\x02\x1C\x00\x00\x00\x00\x00\x00\x00", 9));
  file.at(at + place) = low;
  file.at(at + place + 1) = high;
  return opened(file);
}

TEST(LegacyOffice, AWholePieceOfWordsTextMayBeChangedAtOnce) {
  constexpr std::size_t kModification = 5 + 3 * 4 + 6;  // of the first piece
  EXPECT_TRUE(with_pieces(kModification, '\x82', 1).text_of_first().starts_with("[deleted: "));
  EXPECT_TRUE(with_pieces(kModification, '\x84', 1).text_of_first().starts_with("[inserted: "));
  EXPECT_TRUE(with_pieces(kModification, '\xB8', 1).text_of_first().starts_with("[hidden: "));
  EXPECT_FALSE(with_pieces(kModification, '\x82', 0).text_of_first().starts_with("["));
}

std::vector<std::string> reasons(const Collected& got) {
  std::vector<std::string> out;
  for (const Unread& one : got.unreads) out.push_back(one.reason);
  return out;
}

TEST(LegacyOffice, WhatIsMissingOfAWordDocumentIsSaid) {
  constexpr std::size_t kEnd = 5 + 2 * 4, kModification = 5 + 3 * 4 + 6;
  EXPECT_THAT(reasons(with_pieces(kEnd, '\x80', 0)), testing::Contains("pieces of the text are missing"));
  const char* formatting = "marks of changes and numbers of lists where formatting is damaged";
  EXPECT_THAT(reasons(with_pieces(kModification, 1, 0)), testing::Contains(formatting)) << "no such list";

  const std::string file = bytes_of_file(CAREO_SOURCE_DIR "/tests/golden/documents/statement.doc");
  EXPECT_TRUE(reasons(opened(file)).empty());
  const std::string deleted("\x03\x00\x08\x01", 4);
  std::string made = file;
  made[made.find(deleted) + 2] = '\x68';  // four bytes long
  EXPECT_THAT(reasons(opened(made)), testing::ElementsAre(formatting));

  const auto with_table = [&](std::size_t table, char length) {
    std::string out = file;
    out.replace(out.find("\xEC\xA5") + 154 + table * 8 + 4, 1, 1, length);
    return opened(out);
  };
  EXPECT_THAT(reasons(with_table(5, 0)), testing::ElementsAre("comments whose places are damaged"));
  EXPECT_THAT(with_table(5, 0).text_of_first(), testing::HasSubstr("who counted?"));
  EXPECT_THAT(with_table(36, 0).text_of_first(), testing::HasSubstr("[comment by ")) << "their initials";
  made = file;
  const std::size_t pieces = file.find(std::string("\x02\x1C\x00\x00\x00\x00\x00\x00\x00", 9)),
                    table = file.find("\xEC\xA5") + 154;
  const auto place = [&](std::size_t which) { return u32_at(bytes_of(file), table + which * 8); };
  made[pieces - place(33) + place(5) + 4] = 5;  // where the comment ends
  EXPECT_THAT(reasons(opened(made)), testing::ElementsAre("comments whose places are damaged"));
}

TEST(LegacyOffice, FormattingOfAParagraphMayStandInData) {
  const std::string file = bytes_of_file(CAREO_SOURCE_DIR "/tests/golden/documents/statement.doc");
  const std::string row_end("\x03\x00\x00\x17\x24\x01\x00\x00\x00\x00\x00", 11);
  const std::string elsewhere("\x05\x00\x00\x46\x66\x10\x00\x00\x00\x00\x00", 11);  // at 16 of Data
  const std::size_t page = file.find(row_end), data = file.find(std::string("\x44\x00\x64\x00", 4)) - 4;
  ASSERT_NE(page, std::string::npos);
  std::string made = file;
  made.replace(page, elsewhere.size(), elsewhere);
  EXPECT_THAT(reasons(opened(made)), testing::Contains(testing::StartsWith("marks of changes and numbers of lists")));
  made.replace(data + 16, 5, std::string("\x03\x00\x17\x24\x01", 5));
  EXPECT_EQ(opened(made).text_of_first(), opened(file).text_of_first()) << "rows end where they did";
  EXPECT_TRUE(reasons(opened(made)).empty());
}

TEST(LegacyOffice, WhatIsMissingOfAWorkbookIsSaid) {
  const std::string file = bytes_of_file(CAREO_SOURCE_DIR "/tests/golden/documents/payments97.xls");
  EXPECT_TRUE(reasons(opened(file)).empty());
  const std::size_t texts = file.find(std::string("\xFC\x00\x1A\x00", 4));
  std::string made = file;
  made[texts + 8] = 1;  // of the texts that cells share only the first is there
  EXPECT_THAT(reasons(opened(made)), testing::Contains(testing::StartsWith("texts of cells are missing: sheet ")));
  made = file;
  made.replace(texts, 4, "\xFC\x00\xFF\xFF", 4);  // longer than the rest of the file
  EXPECT_THAT(reasons(opened(made)), testing::Contains("the list of sheets ends early"));
}

TEST(LegacyOffice, RowsAndColumnsThatASheetHidesAreTold) {
  std::string file = bytes_of_file(CAREO_SOURCE_DIR "/tests/golden/documents/excel3.xls");
  const std::string columns("\x7D\x00\x0C\x00\x01\x00\x03\x00\x00\x00\x00\x00\x01\x00\x00\x00", 16);
  const auto row = [](char number, char flags) {
    std::string out("\x08\x02\x10\x00", 4);
    out += number;
    return out + std::string(11, '\0') + flags + std::string(3, '\0');
  };
  const std::size_t behind_begin = 4 + static_cast<unsigned char>(file[2]);
  file.insert(behind_begin, columns + row(0, 0x40) + row(1, 0x20) + row(2, 0x60));
  EXPECT_TRUE(opened(file).text_of_first().ends_with("[hidden columns: B-D]\n[hidden rows: 2-3]\n"))
      << opened(file).text_of_first();
}

/// A record of Excel.
std::string record(unsigned type, const std::string& data) {
  const auto u16 = [](std::size_t value) {
    return std::string{static_cast<char>(value), static_cast<char>(value >> 8U)};
  };
  return u16(type) + u16(data.size()) + data;
}

/// OBJ of a version of Excel: its kind, its number, and what stands behind its head and frame.
std::string object(bool old, char kind, char number, char macro, char name, const std::string& rest) {
  std::string out{1, 0, 0, 0, kind, 0, number, 0};
  out += std::string(18, '\0') + macro + std::string(3, '\0');
  if (!old) out += std::string{name, 0, 0, 0};
  return record(0x5D, out + std::string(10, '\0') + rest);
}

/// The first sheet of a workbook with these records in it.
Collected with_records(unsigned version, const std::string& records) {
  const auto begin = [&](char kind) {
    if (version == 3) return record(0x209, std::string{0, 0, kind, 0, 0, 0});
    if (version == 4) return record(0x409, std::string{0, 0, kind, 0, 0, 0});
    return record(0x809, std::string{0, static_cast<char>(version == 8 ? 6 : 5), kind, 0, 0, 0, 0, 0});
  };
  return opened(begin(0x10) + records + record(0x0A, ""));
}

TEST(LegacyOffice, WhatIsWrittenOnObjectsOfOldExcelStands) {
  // A text's length, then 24 bytes (20 before Excel 5); a name has its length before it, and words begin at even
  // places.
  const auto box = [](char length, std::size_t more) { return std::string{length, 0} + std::string(more, '\0'); };
  const std::string text5 = object(false, 6, 1, 3, 2, box(5, 24) + "\x02NNxMMMpaid?" + std::string(9, '\0'));
  const std::string control =
      object(false, 11, 2, 9, 0, std::string(32, '\0') + std::string("\1\0M\2\0CC\4\0tick", 13));
  const std::string group = object(false, 19, 3, 9, 0, std::string(38, '\0') + std::string("\0\0\3\0all", 7));
  const std::string picture = object(false, 8, 4, 0, 0, box(5, 24) + "none!");
  EXPECT_EQ(with_records(5, text5 + control + group + picture).text_of_first(), "paid?\ntick\nall\n");
  EXPECT_TRUE(with_records(5, text5 + control + group + picture).unreads.empty());
  EXPECT_EQ(with_records(4, object(true, 6, 1, 1, 0, box(2, 20) + "Mno")).text_of_first(), "no\n");
  EXPECT_EQ(with_records(3, object(true, 7, 1, 1, 0, box(2, 20) + "Mxno")).text_of_first(), "no\n");
  EXPECT_THAT(reasons(with_records(5, object(false, 6, 1, 0, 0, box(5, 24) + "pai"))),
              testing::ElementsAre("texts of boxes are missing: sheet 1"));
}

TEST(LegacyOffice, AddressesOfAWorkbookThatAreLeftOutAreSaid) {
  const auto link = [](char a, char b) {
    return record(0x1B8, std::string(28, '\0') + std::string{1, 1, 0, 0, 2, 0, 0, 0, a, 0, b, 0});
  };
  const auto book = [](char a, char b) { return record(0x1AE, std::string{1, 0, 2, 0, 0, a, b}); };
  std::string links, books;
  for (int i = 0; i < 200; ++i) {
    const char a = static_cast<char>('A' + i / 10), b = static_cast<char>('0' + i % 10);
    links += link(a, b);
    books += book(a, b);
  }
  EXPECT_TRUE(with_records(8, links + books).unreads.empty());
  EXPECT_THAT(reasons(with_records(8, links + link('x', 'x'))),
              testing::ElementsAre("limit: more addresses than are given: sheet 1"));
  EXPECT_THAT(reasons(with_records(8, books + book('x', 'x'))),
              testing::ElementsAre("limit: more addresses than are given"));
}

TEST(LegacyOffice, PicturesThatCannotBeFoundAreSaid) {
  std::string file = bytes_of_file(CAREO_SOURCE_DIR "/tests/golden/documents/payments97.xls");
  const std::size_t store = file.find(std::string("\x0F\x00\x00\xF0", 4));
  ASSERT_NE(store, std::string::npos);
  file[store + 3] = 0;
  EXPECT_THAT(reasons(opened(file)), testing::Contains("pictures whose records are damaged"));
}

std::string number(std::uint64_t value, unsigned width) {
  std::string out;
  for (unsigned i = 0; i < width; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

/// A document of Word 97: what stands behind its header, from byte 2048 on, tables by their place in the header's
/// list, and a stream "Data". `comments`: so many letters of them it says it has.
Collected word97(const std::string& body, const std::map<unsigned, std::string>& tables, const std::string& data = {},
                 unsigned comments = 0, const Budget& budget = {}) {
  std::string table, main(2048, '\0');
  for (const auto& [which, bytes] : tables) {
    main.replace(154 + which * 8, 8, number(table.size(), 4) + number(bytes.size(), 4));
    table += bytes;
  }
  main.replace(0, 4, number(0xA5EC, 2) + number(193, 2));
  main.replace(76, 4, number(1, 4));
  main.replace(92, 4, number(comments, 4));
  main.replace(152, 2, number(93, 2));
  const auto stream = [](const char* name, const std::string& bytes) {
    return compound_stream(0, name, Buffer(bytes.begin(), bytes.end()));
  };
  std::string file;
  static_cast<void>(write_compound(
      {compound_root(), stream("WordDocument", main + body), stream("0Table", table), stream("Data", data)},
      [&](Bytes piece) -> Result<void> {
        file += text_of(piece);
        return {};
      }));
  return opened(file, budget);
}

/// A table of pieces, each the first letter of the body, with a list of modifications that all have.
std::string pieces(std::size_t count, const std::string& list) {
  std::string out = number(1, 1) + number(list.size(), 2) + list + number(2, 1) + number(4 + count * 12, 4);
  for (std::size_t i = 0; i <= count; ++i) out += number(i, 4);
  for (std::size_t i = 0; i < count; ++i) out += number(0, 2) + number(2048 * 2 | 0x40000000, 4) + number(1, 2);
  return out;
}

/// A page of as many letters' formats as are asked for, all of them this one.
std::string page_of(std::size_t count, const std::string& format) {
  std::string out;
  for (std::size_t i = 0; i <= count; ++i) out += number(2048 + i, 4);
  out.append(count, static_cast<char>((510 - format.size()) / 2));
  out.resize((510 - format.size()) / 2 * 2);
  out += number(format.size(), 1) + format;
  out.resize(511);
  return out + number(count, 1);
}

/// The table of pages that stand from byte 2560 on.
std::string pages(std::size_t count) {
  std::string out((count + 1) * 4, '\0');
  for (std::size_t i = 0; i < count; ++i) out += number(5 + i, 4);
  return out;
}

// Gone over for each, this and the pictures below would take hours.
TEST(LegacyOffice, AListThatAllPiecesShareIsReadOnce) {
  static_assert(!std::is_copy_constructible_v<WordFile>, "its runs hold views of its bytes");
  std::string list;
  for (int i = 0; i < 20'000; ++i) list += number(0x0800, 2) + number(1, 1);
  EXPECT_TRUE(word97("x", {{33, pieces(100'000, list)}}).text_of_first().starts_with("[deleted: "));
}

TEST(LegacyOffice, CommentsWithoutALetterMeetTheLimitOfText) {
  constexpr unsigned kCount = 1000;
  std::string texts, places((kCount + 1) * 4, '\0');
  for (unsigned i = 0; i <= kCount + 1; ++i) texts += number(i, 4);
  places.append(kCount * 30, '\0');
  std::string author = number(200, 2);
  for (int i = 0; i < 200; ++i) author += std::string("n\0", 2);
  Budget budget;
  budget.text_bytes = 2000;
  const Collected read =
      word97("x", {{33, pieces(1, "")}, {4, places}, {5, texts}, {36, author}}, "", kCount + 1, budget);
  EXPECT_THAT(reasons(read), testing::Contains(testing::StartsWith("limit: more than 2000 bytes")));
}

TEST(LegacyOffice, MoreFormattingThanIsReadIsSaid) {
  std::string body(512, 'x');
  const std::string page = page_of(100, number(0x0800, 2) + number(1, 1));
  for (int i = 0; i < 10'000; ++i) body += page;
  const auto read = [&](std::size_t count) {
    return reasons(word97(body + page, {{33, pieces(1, "")}, {12, pages(count)}}));
  };
  EXPECT_TRUE(read(10'000).empty());
  EXPECT_THAT(read(10'001), testing::ElementsAre("limit: more formatting than is read"));
}

TEST(LegacyOffice, PicturesOfWordThatAreNotReadAreSaid) {
  const auto with_picture = [](unsigned kind, const std::string& more, const std::string& rest) {
    const std::string data =
        number(0x44 + rest.size(), 4) + number(0x44, 2) + number(kind, 2) + std::string(60, '\0') + rest;
    const std::string page = page_of(1, number(0x6A03, 2) + number(0, 4) + more);
    return reasons(word97(std::string(512, 'x') + page, {{33, pieces(1, "")}, {12, pages(1)}}, data));
  };
  const std::string metafile = number(1, 2) + number(9, 2) + std::string(14, '\0');
  EXPECT_THAT(with_picture(8, "", metafile), testing::ElementsAre("pictures of a kind that is not read"));
  EXPECT_TRUE(with_picture(0, "", metafile).empty()) << "what a field keeps";
  EXPECT_TRUE(with_picture(8, number(0x0806, 2) + number(1, 1), metafile).empty());
  EXPECT_TRUE(with_picture(0x64, number(0x080A, 2) + number(1, 1), metafile).empty()) << "an object's number";
  EXPECT_THAT(with_picture(0x64, "", metafile), testing::ElementsAre("pictures whose records are damaged"));
  const std::string early = number(0x6E00, 2) + number(0xF01E, 2) + number(1000, 4) + std::string(40, 'p');
  EXPECT_THAT(with_picture(0x64, "", early), testing::ElementsAre("pictures whose records are damaged"));

  const std::string floating = number(2, 2) + number(0xF007, 2) + number(36, 4) + std::string(20, '\0') + number(1, 4) +
                               number(1, 4) + number(2048, 4) + std::string(4, '\0');
  EXPECT_THAT(reasons(word97("x", {{33, pieces(1, "")}, {50, floating}})),
              testing::ElementsAre("pictures whose records are damaged"));
}

TEST(LegacyOffice, PicturesOfWordThatAreNotThereAreSaid) {
  const auto with_picture = [](const std::string& data) {
    const std::string page = page_of(1, number(0x6A03, 2) + number(0, 4));
    return word97(std::string(512, 'x') + page, {{33, pieces(1, "")}, {12, pages(1)}}, data);
  };
  EXPECT_TRUE(reasons(with_picture("")).empty()) << "one that has been taken out";
  // A linked picture has a name, and here no bytes.
  const std::string linked = number(0x44 + 14, 4) + number(0x44, 2) + number(0x66, 2) + std::string(60, '\0');
  const Collected named = with_picture(linked + number(13, 1) + "C:\\face\\a.jpg");
  EXPECT_TRUE(reasons(named).empty());
  EXPECT_THAT(named.readings, testing::Contains(testing::Field(
                                  &Reading::value, testing::HasSubstr(R"("external":["image C:\\face\\a.jpg"])"))));
  std::string many, body(512, 'x');
  for (unsigned i = 0; i < 201; ++i) {
    body += page_of(1, number(0x6A03, 2) + number(many.size(), 4));
    many += number(0x44 + 4, 4) + number(0x44, 2) + number(0x66, 2) + std::string(60, '\0') + number(3, 1) + "a" +
            static_cast<char>('A' + i / 16) + static_cast<char>('A' + i % 16);
  }
  EXPECT_THAT(reasons(word97(body, {{33, pieces(1, "")}, {12, pages(201)}}, many)),
              testing::ElementsAre("limit: more addresses than are given"));
  // A floating one that the main stream cuts off.
  const std::string floating = number(2, 2) + number(0xF007, 2) + number(36, 4) + std::string(20, '\0') + number(1, 4) +
                               number(1, 4) + number(2048, 4) + std::string(4, '\0');
  const std::string early = number(0x6E00, 2) + number(0xF01E, 2) + number(1000, 4) + std::string(40, 'p');
  EXPECT_THAT(reasons(word97(early, {{33, pieces(1, "")}, {50, floating}})),
              testing::ElementsAre("pictures whose records are damaged"));
  std::string unused = floating;
  unused.replace(8 + 24, 4, number(0, 4));
  EXPECT_TRUE(reasons(word97("x", {{33, pieces(1, "")}, {50, unused}})).empty());
}

TEST(LegacyOffice, PicturesOfWordAreWalkedOnce) {
  // Each claims to hold all that follows it, from the zeros behind the last one on.
  constexpr std::size_t kCount = 4'000, kRecord = 8, kAll = 4U << 20U;
  std::string data, body(512, 'x');
  for (std::size_t at = 0; at < kCount * kRecord; at += kRecord) {
    data += number(kAll - at, 4) + number(kCount * kRecord - at, 2) + number(0x64, 2);
    body += page_of(1, number(0x6A03, 2) + number(at, 4));
  }
  data.resize(kAll);
  EXPECT_THAT(reasons(word97(body, {{33, pieces(1, "")}, {12, pages(kCount)}}, data)),
              testing::ElementsAre("pictures whose records are damaged"));
}

TEST(LegacyOffice, ANoteOfOldExcelLeavesTheBoxThatHasItsNumber) {
  const std::string note = record(0x1C, std::string("\0\0\0\0\4\0read", 10));
  const std::string box = object(false, 6, 0, 0, 0, std::string("\4\0", 2) + std::string(24, '\0') + "this");
  EXPECT_EQ(with_records(5, note + box).text_of_first(), "[comment: read]\nthis\n");
}

TEST(LegacyOffice, AllThatIsMissingOfASheetIsSaid) {
  const std::string box = object(false, 6, 1, 0, 0, std::string("\5\0", 2) + std::string(24, '\0') + "no");
  const std::string file = record(0x809, std::string("\0\5\x10\0\0\0\0\0", 8)) + box;
  EXPECT_THAT(reasons(opened(file)),
              testing::UnorderedElementsAre("texts of boxes are missing: sheet 1", "ends early: sheet 1"));
}

}  // namespace
}  // namespace careo
