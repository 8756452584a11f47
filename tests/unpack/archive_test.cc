// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <lzma.h>

#include <algorithm>
#include <clocale>

#include "unpack/collected.h"
#include "unpack/openers.h"
#include "unpack/sniff.h"

namespace careo {
namespace {

using ::testing::HasSubstr;

struct File {
  std::string name;
  std::string data;
  std::string target = {};  ///< of a link
};

/// An archive as libarchive writes it: "7zip", "cpio", "iso9660", "zip".
std::string archive_of(const std::string& format, const std::vector<File>& files, const std::string& options = {}) {
  // The writer converts names by the locale; the reader under test must not need one.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  std::string out(1 << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  EXPECT_EQ(archive_write_set_format_by_name(writer, format.c_str()), ARCHIVE_OK);
  archive_write_set_bytes_in_last_block(writer, 1);
  EXPECT_TRUE(options.empty() || archive_write_set_options(writer, options.c_str()) == ARCHIVE_OK);
  EXPECT_EQ(archive_write_open_memory(writer, out.data(), out.size(), &used), ARCHIVE_OK)
      << archive_error_string(writer);
  for (const File& file : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, file.name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(file.data.size()));
    archive_entry_set_filetype(entry, file.name.ends_with('/') ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    if (!file.target.empty()) archive_entry_set_filetype(entry, AE_IFLNK);
    if (!file.target.empty()) archive_entry_set_symlink_utf8(entry, file.target.c_str());
    archive_write_header(writer, entry);
    archive_write_data(writer, file.data.data(), file.data.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  std::setlocale(LC_CTYPE, "C");
  out.resize(used);
  return out;
}

/// A stream under one of libarchive's filters: "lz4", "lzip".
std::string packed_by(const std::string& filter, const std::string& data) {
  std::string out(1 << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  EXPECT_EQ(archive_write_add_filter_by_name(writer, filter.c_str()), ARCHIVE_OK);
  archive_write_set_format_raw(writer);
  archive_write_set_bytes_in_last_block(writer, 1);
  EXPECT_EQ(archive_write_open_memory(writer, out.data(), out.size(), &used), ARCHIVE_OK);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_write_header(writer, entry);
  archive_write_data(writer, data.data(), data.size());
  archive_entry_free(entry);
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

const std::vector<File> kFiles = {{"a.txt", "first"}, {"b/c.bin", std::string(50'000, 'x')}};

TEST(Archive, SevenZipAndCpioGiveTheirMembers) {
  for (const char* format : {"7zip", "cpio"}) {
    const std::string file = archive_of(format, kFiles);
    ASSERT_TRUE(archive_opener()->may(bytes_of(file), {})) << format << " " << sniff(bytes_of(file));
    const Collected got = collect(*archive_opener(), file);
    ASSERT_EQ(got.children.size(), 2U) << format;
    EXPECT_EQ(got.children[0].name, "a.txt");
    EXPECT_EQ(got.children[1].step, Step::entry(1));
    EXPECT_EQ(text_of(got.derived_data[0]), "first");
    EXPECT_EQ(got.derived_data[1].size(), 50'000U);
    EXPECT_TRUE(got.adds_up(file.size()));
    EXPECT_TRUE(got.unreads.empty()) << got.unreads[0].reason;
  }
}

/// 7-Zip's usual method, each file a stream of its own: `archive_of` writes LZMA, which tells nothing of itself.
std::string lzma2_of(const std::string& data) {
  std::string out(data.size() + 4096, '\0');
  lzma_options_lzma options{};
  EXPECT_FALSE(lzma_lzma_preset(&options, 1));
  const lzma_filter filters[] = {{LZMA_FILTER_LZMA2, &options}, {LZMA_VLI_UNKNOWN, nullptr}};
  std::size_t used = 0;
  EXPECT_EQ(lzma_raw_buffer_encode(filters, nullptr, reinterpret_cast<const std::uint8_t*>(data.data()), data.size(),
                                   reinterpret_cast<std::uint8_t*>(out.data()), &used, out.size()),
            LZMA_OK);
  out.resize(used);
  return out;
}

TEST(Archive, A7zCutShortGivesTheStreamsThatAreThere) {
  std::string head = archive_of("7zip", kFiles).substr(0, 32);
  head[12 + 5] = 1;  // the header stands a tebibyte behind
  std::string numbers;
  for (int i = 0; i < 30'000; ++i) numbers += std::to_string(i) + " ";
  const std::string second = lzma2_of(numbers);
  for (const char* form : {"cut", "stopped"}) {
    if (form == std::string_view("stopped")) head.replace(8, 24, 24, '\0');
    const std::string file = head + lzma2_of("Dear Ana") + second.substr(0, second.size() / 2);
    const Collected got = collect(*archive_opener(), file);
    ASSERT_EQ(got.children.size(), 2U) << form << got.type;
    EXPECT_EQ(text_of(got.derived_data[0]), "Dear Ana");
    const std::string_view there = text_of(got.derived_data[1]);
    EXPECT_GT(there.size(), 10'000U);
    EXPECT_TRUE(numbers.starts_with(there));
    ASSERT_EQ(got.unreads.size(), 1U);
    EXPECT_THAT(got.unreads[0].reason, HasSubstr("the header of the archive is missing"));
    EXPECT_EQ(got.unreads[0].length, 0U);  // all of it was read, up to the cut
    EXPECT_TRUE(got.adds_up(file.size()));
    const Collected before = collect(*archive_opener(), head + lzma2_of("Dear Ana") + std::string(500, 'x'));
    ASSERT_EQ(before.unreads.size(), 1U);
    EXPECT_EQ(before.unreads[0].length, 500U);
    EXPECT_EQ(before.unreads[0].region.bytes->end, head.size() + lzma2_of("Dear Ana").size() + 500);
    EXPECT_TRUE(before.adds_up(head.size() + lzma2_of("Dear Ana").size() + 500));
  }
  const Collected other = collect(*archive_opener(), head + std::string(200, 'x'));
  EXPECT_THAT(other.type, HasSubstr("the header of the archive is missing"));
}

TEST(Archive, StreamsOfLz4AndLzipGiveWhatIsPacked) {
  const std::string data = "Dear " + std::string(200'000, 'a') + " yours";
  for (const char* filter : {"lz4", "lzip"}) {
    const std::string file = packed_by(filter, data);
    ASSERT_TRUE(archive_opener()->may(bytes_of(file), {})) << filter;
    const Collected got = collect(*archive_opener(), file);
    ASSERT_EQ(got.children.size(), 1U) << filter << got.type;
    EXPECT_EQ(got.children[0].name, "");
    EXPECT_EQ(text_of(got.derived_data[0]), data);
    EXPECT_TRUE(got.unreads.empty());
    EXPECT_TRUE(got.adds_up(file.size()));
    const Collected cut = collect(*archive_opener(), file.substr(0, file.size() / 2));
    EXPECT_TRUE(!cut.unreads.empty() || cut.type.starts_with("error")) << filter;
    // A magic without a stream behind it must not be a member of itself.
    const std::string rubbish = file.substr(0, 4) + std::string(100, '\xff');
    EXPECT_TRUE(collect(*archive_opener(), rubbish).children.empty()) << filter;
  }
}

TEST(Archive, NamesInOtherScriptsNeedNoLocale) {
  const Collected got = collect(*archive_opener(), archive_of("7zip", {{"Документы/список.txt", "1"}}));
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.children[0].name, "Документы/список.txt");
}

TEST(Archive, ACutOneKeepsWhatCameBefore) {
  const std::string whole = archive_of("cpio", {{"a", std::string(3000, 'a')}, {"b", std::string(3000, 'b')}});
  const Collected got = collect(*archive_opener(), whole.substr(0, 5000));
  ASSERT_EQ(got.children.size(), 2U);
  EXPECT_EQ(got.derived_data[0].size(), 3000U);
  EXPECT_FALSE(got.unreads.empty());
  EXPECT_EQ(got.claimed(), 5000U);
}

TEST(Archive, BudgetsHold) {
  const std::string file = archive_of("7zip", {{"zeros", std::string(900'000, '\0')}, {"more", "x"}});
  const Collected got = collect(*archive_opener(), file, {}, {.bytes_out = 100'000});
  EXPECT_LE(got.derived_data[0].size(), 100'000U);
  ASSERT_FALSE(got.unreads.empty());
  EXPECT_THAT(got.unreads.back().reason, HasSubstr("limit"));
  EXPECT_EQ(collect(*archive_opener(), file, {}, {.children = 1}).children.size(), 1U);
}

TEST(Archive, RubbishBehindAMagicIsDamaged) {
  const std::string rubbish = std::string("7z\xbc\xaf\x27\x1c", 6) + std::string(100, 'z');
  EXPECT_THAT(collect(*archive_opener(), rubbish).type, HasSubstr("error"));
}

TEST(Zip, OtherMethodsGoThroughTheLibrary) {
  // libarchive writes none of them itself: a stored member whose headers say method 12 shows that damage is told.
  std::string file = archive_of("zip", {{"a", "hello"}}, "zip:compression=store");
  for (const std::string_view mark : {std::string_view("PK\3\4"), std::string_view("PK\1\2")}) {
    const std::size_t at = file.find(mark);
    ASSERT_NE(at, file.npos);
    file[at + (mark[2] == '\3' ? 8 : 10)] = 12;
  }
  const Collected got = collect(*zip_opener(), file);
  ASSERT_EQ(got.children.size(), 1U);
  ASSERT_FALSE(got.unreads.empty());
  EXPECT_TRUE(got.adds_up(file.size()));
}

TEST(Archive, FoldersInWhichNothingStandsAreNamed) {
  for (const char* format : {"7zip", "cpio"}) {
    const Collected got = collect(*archive_opener(), archive_of(format, {{"a/", ""}, {"a/b.txt", "1"}, {"c/", ""}}));
    EXPECT_EQ(got.text_of_first(), "[empty folder: c]\n") << format;
  }
}

/// The header of a file in cpio's "new" form; names and data are filled up to four bytes.
std::string cpio_file(const std::string& name, unsigned number, unsigned links, const std::string& data) {
  const auto filled = [](std::string bytes) { return bytes + std::string((4 - bytes.size() % 4) % 4, '\0'); };
  char head[111];
  std::snprintf(head, sizeof(head), "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X", number, 0100644U, 0U,
                0U, links, 0U, static_cast<unsigned>(data.size()), 0U, 0U, 0U, 0U,
                static_cast<unsigned>(name.size() + 1), 0U);
  return filled(head + name + '\0') + filled(data);
}

TEST(Archive, WhereLinksLeadIsTold) {
  for (const char* format : {"7zip", "iso9660"}) {
    const Collected got = collect(*archive_opener(), archive_of(format, {{"a.txt", "x"}, {"link", "", "Договор.txt"}}));
    EXPECT_EQ(got.children.size(), 1U) << format;
    EXPECT_EQ(got.text_of_first(), "[link link: Договор.txt]\n") << format;
  }
}

TEST(Archive, OneOfTextsAloneIsNoText) {
  const std::string portable = archive_of("cpio", {{"a.txt", "Dear Ana, all of it is letters."}});
  const std::string newer = archive_of("newc", {{"a.txt", "Dear Ana, all of it is letters."}});
  for (const std::string& file : {portable, newer, std::string("!<arch>\na.txt/  0  0  0  644  2  `\nhi")}) {
    ASSERT_TRUE(archive_opener()->may(bytes_of(file), {})) << file;
    for (const Opener* opener : light_openers()) EXPECT_FALSE(opener->may(bytes_of(file), {})) << opener->name();
  }
  const std::string days = "070701;Ana;came\n070702;Boris;went\n";
  const std::vector<const Opener*> light = light_openers();
  EXPECT_TRUE(std::any_of(light.begin(), light.end(), [&](const auto* one) { return one->may(bytes_of(days), {}); }));
}

TEST(Archive, CpioGivesALinkedFileItsBytesAtItsLastName) {
  const std::string file =
      cpio_file("a.txt", 7, 2, "") + cpio_file("b.txt", 7, 2, "Dear Ana") + cpio_file("TRAILER!!!", 0, 1, "");
  const Collected got = collect(*archive_opener(), file);
  ASSERT_EQ(got.children.size(), 2U);
  EXPECT_EQ(got.children[1].name, "b.txt");
  EXPECT_EQ(text_of(got.derived_data[1]), "Dear Ana");
}

/// A cabinet ([MS-CAB] 2) of one stored file that states `size` for itself.
std::string cabinet(std::uint32_t size) {
  const auto le = [](std::uint64_t number, int width) {
    std::string out;
    for (; width > 0; --width, number >>= 8U) out += static_cast<char>(number);
    return out;
  };
  const std::string data = "Dear Ana";
  const std::string name("a.txt\0", 6);
  const std::uint64_t files = 36 + 8;
  return "MSCF" + le(0, 4) + le(size, 4) + le(0, 4) + le(files, 4) + le(0, 4) + "\3\1" + le(1, 2) + le(1, 2) +
         le(0, 6) + le(files + 16 + name.size(), 4) + le(1, 2) + le(0, 2) + le(data.size(), 4) + le(0, 4) + le(0, 8) +
         name + le(0, 4) + le(data.size(), 2) + le(data.size(), 2) + data;
}

TEST(Archive, ACabinetOfNoLengthIsNotItsOwnChild) {
  for (const std::uint32_t size : {0U, 82U}) {
    const std::string file = cabinet(size);
    ASSERT_EQ(file.size(), 82U);
    const Collected got = collect(*archive_opener(), file);
    ASSERT_EQ(got.children.size(), 1U) << size << got.type;
    EXPECT_EQ(text_of(got.derived_data[0]), "Dear Ana");
    EXPECT_TRUE(got.adds_up(file.size()));
  }
}

TEST(Archive, WhatStandsBehindAnArchiveIsAPart) {
  const std::string more = "PK what was put behind it";
  for (const char* format : {"7zip", "iso9660"}) {
    const std::string whole = archive_of(format, kFiles);
    const Collected got = collect(*archive_opener(), whole + more);
    ASSERT_EQ(got.children.size(), 3U) << format;
    EXPECT_EQ(got.children[2].step, Step::range(whole.size(), more.size())) << format;
    EXPECT_TRUE(got.adds_up(whole.size() + more.size()));
    EXPECT_EQ(collect(*archive_opener(), whole + std::string(4096, '\0')).children.size(), 2U);
    EXPECT_EQ(collect(*archive_opener(), whole).children.size(), 2U);
  }
}

}  // namespace
}  // namespace careo
