// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/expand.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <memory>

#include "unpack/collected.h"

namespace careo {
namespace {

// Packs with libarchive's own writer.
std::string packed(const std::string& bytes, int (*filter)(struct archive*)) {
  struct archive* const out = archive_write_new();
  filter(out);
  archive_write_set_format_raw(out);
  std::string buffer(bytes.size() + (1U << 20), '\0');
  std::size_t used = 0;
  archive_write_open_memory(out, buffer.data(), buffer.size(), &used);
  struct archive_entry* const entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
  archive_write_header(out, entry);
  archive_write_data(out, bytes.data(), bytes.size());
  archive_write_close(out);
  archive_entry_free(entry);
  archive_write_free(out);
  buffer.resize(used);
  return buffer;
}

std::string some_text() {
  std::string out;
  for (int i = 0; i < 50'000; ++i) out += "line " + std::to_string(i * 7919) + "\n";
  return out;
}

std::string unpacked(const Collected& got) {
  return got.derived_data.empty() ? std::string("nothing") : std::string(text_of(got.derived_data[0]));
}

TEST(Expand, UnpacksEachPacking) {
  const std::string text = some_text();
  struct Case {
    int (*filter)(struct archive*);
    Packing packing;
  };
  for (const Case& c :
       {Case{archive_write_add_filter_gzip, Packing::Gzip}, Case{archive_write_add_filter_bzip2, Packing::Bzip2},
        Case{archive_write_add_filter_xz, Packing::Xz}, Case{archive_write_add_filter_zstd, Packing::Zstd},
        Case{archive_write_add_filter_compress, Packing::Compress}}) {
    const std::string bytes = packed(text, c.filter);
    ASSERT_EQ(packing_of(bytes_of(bytes)), c.packing);
    const Collected got = collect(*expand_opener(), bytes);
    EXPECT_EQ(unpacked(got), text) << name_of(c.packing);
    EXPECT_EQ(got.children.at(0).step, Step::expand(c.packing));
    EXPECT_TRUE(got.adds_up(bytes.size()));
    EXPECT_EQ(got.expected, 1U);
    EXPECT_TRUE(got.unreads.empty()) << name_of(c.packing);
  }
}

TEST(Expand, ReadsSeveralMembersAsOne) {
  const std::string a = packed("one\n", archive_write_add_filter_gzip);
  EXPECT_EQ(unpacked(collect(*expand_opener(), a + packed("two\n", archive_write_add_filter_gzip))), "one\ntwo\n");
  const std::string x = packed("one\n", archive_write_add_filter_xz);
  EXPECT_EQ(unpacked(collect(*expand_opener(), x + packed("two\n", archive_write_add_filter_xz))), "one\ntwo\n");
}

TEST(Expand, LosesNoByteBeforeTheCut) {
  const std::string bytes = packed("ten bytes.", archive_write_add_filter_gzip);
  // Without its checksum and length: all the data is there.
  const Collected got = collect(*expand_opener(), bytes.substr(0, bytes.size() - 8));
  EXPECT_EQ(unpacked(got), "ten bytes.");
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "packed stream ends early");
}

TEST(Expand, AccountsForWhatLiesBehind) {
  for (auto* filter : {archive_write_add_filter_gzip, archive_write_add_filter_bzip2}) {
    const std::string bytes = packed("x", filter);
    const Collected padded = collect(*expand_opener(), bytes + std::string(100, '\0'));
    EXPECT_TRUE(padded.unreads.empty());
    EXPECT_EQ(padded.claimed(), bytes.size() + 100);
    const Collected hiding = collect(*expand_opener(), bytes + "something else");
    EXPECT_EQ(unpacked(hiding), "x");
    ASSERT_EQ(hiding.unreads.size(), 1U);
    EXPECT_EQ(hiding.unreads[0].length, 14U);
    EXPECT_EQ(hiding.claimed(), bytes.size() + 14);
  }
}

TEST(Expand, SaysDamaged) {
  std::string bytes = packed(some_text(), archive_write_add_filter_gzip);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
  const Collected got = collect(*expand_opener(), bytes);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "packed stream damaged");
  EXPECT_GT(unpacked(got).size(), 1000U);
}

TEST(Expand, GivesWhatCameOfACutStream) {
  const std::string text = some_text();
  for (auto* filter : {archive_write_add_filter_gzip, archive_write_add_filter_xz, archive_write_add_filter_zstd}) {
    const std::string bytes = packed(text, filter);
    const Collected got = collect(*expand_opener(), bytes.substr(0, bytes.size() / 2));
    ASSERT_EQ(got.unreads.size(), 1U);
    EXPECT_EQ(got.unreads[0].reason, "packed stream ends early");
    EXPECT_TRUE(text.starts_with(unpacked(got)));
  }
}

TEST(Expand, StopsAtItsBudgets) {
  const std::string bytes = packed(std::string(40U << 20, '\0'), archive_write_add_filter_gzip);
  Budget budget;
  budget.bytes_out = 1000;
  Collected got = collect(*expand_opener(), bytes, {}, budget);
  EXPECT_EQ(unpacked(got).size(), 1000U);
  EXPECT_EQ(got.unreads.at(0).reason, "unpacked size limit");
  budget = {};
  budget.ratio = 100;
  got = collect(*expand_opener(), bytes, {}, budget);
  EXPECT_EQ(got.unreads.at(0).reason, "unpacking ratio limit");
  EXPECT_LT(unpacked(got).size(), 40U << 20);
  EXPECT_TRUE(collect(*expand_opener(), bytes).unreads.empty()) << "an honest file of zeros passes";
}

TEST(Expand, NamesTheGzipMember) {
  std::string bytes = packed("x", archive_write_add_filter_gzip);
  bytes[3] = static_cast<char>(bytes[3] | 8);
  bytes.insert(10, std::string("lista.mbox\0", 11));
  EXPECT_EQ(collect(*expand_opener(), bytes).children.at(0).name, "lista.mbox");
}

TEST(Expand, TellsTheCommentOfGzip) {
  std::string bytes = packed("x", archive_write_add_filter_gzip);
  bytes[3] = static_cast<char>(bytes[3] | 8 | 16);
  bytes.insert(10, std::string("lista.mbox\0sent by \xC1na\0", 23));
  const Collected got = collect(*expand_opener(), bytes);
  EXPECT_EQ(got.children.at(0).name, "lista.mbox");
  ASSERT_EQ(got.texts.size(), 1U);
  EXPECT_EQ(got.texts[0].utf8, "[comment: sent by Ána]");
  EXPECT_EQ(unpacked(got), "x");
}

TEST(Expand, TakesNothingElse) {
  for (const std::string_view text : {"", "BZh is how it begins", "PK\x03\x04", "\x1F\x8B", "text"})
    EXPECT_FALSE(expand_opener()->may(bytes_of(text), {})) << text;
}

}  // namespace
}  // namespace careo
