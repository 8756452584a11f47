// SPDX-License-Identifier: Apache-2.0
#include "unpack/compound/compound.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "base/text.h"
#include "unpack/collected.h"
#include "unpack/compound/file.h"
#include "unpack/compound/writer.h"

namespace careo {
namespace {

Buffer patterned(std::size_t size, std::uint8_t seed) {
  Buffer out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 31 + seed);
  return out;
}

std::string written(const std::vector<CompoundNode>& tree) {
  std::string out;
  const Result<void> done = write_compound(tree, [&](Bytes bytes) -> Result<void> {
    out += text_of(bytes);
    return {};
  });
  EXPECT_TRUE(done);
  return out;
}

std::vector<CompoundNode> sample(std::initializer_list<std::size_t> sizes) {
  std::vector<CompoundNode> tree = {compound_root()};
  tree.push_back(compound_storage(0, "folder"));
  std::uint8_t seed = 0;
  for (const std::size_t size : sizes) {
    tree.push_back(compound_stream(seed % 2 == 0 ? 0 : 1, "stream" + std::to_string(seed), patterned(size, seed)));
    ++seed;
  }
  return tree;
}

TEST(Compound, ReadsWhatTheWriterWrote) {
  // Sizes on both sides of the small streams' limit and of sectors, and enough for several rows of the tree.
  const auto tree = sample({0, 1, 63, 64, 65, 4095, 4096, 4097, 100'000, 512, 7, 8'192});
  const std::string file = written(tree);
  MemoryBytes part(file);
  Result<CompoundFile> opened = CompoundFile::open(part);
  ASSERT_TRUE(opened) << opened.error().text();
  EXPECT_TRUE(opened->damage().empty());
  EXPECT_EQ(opened->entries().size(), tree.size());
  for (std::size_t i = 2; i < tree.size(); ++i) {
    const std::uint32_t storage = tree[i].parent == 0 ? 0 : opened->find(0, "FOLDER")->id;
    const CompoundEntry* entry = opened->find(storage, "stream" + std::to_string(i - 2));
    ASSERT_NE(entry, nullptr) << i;
    EXPECT_EQ(*opened->read(*entry), tree[i].bytes) << i;
    EXPECT_LE(opened->runs(*entry).size(), 1U) << "our own files are never in pieces";
    if (tree[i].bytes.size() > 10) {
      EXPECT_EQ(*opened->read(*entry, 10), Buffer(tree[i].bytes.begin(), tree[i].bytes.begin() + 10));
    }
  }
}

TEST(Compound, WritesTablesOfTables) {
  // 8 MB in sectors of 512 need more sectors of the table than the header has room for (109 of 64 KiB each).
  std::vector<CompoundNode> tree = {compound_root()};
  CompoundNode large;
  large.name = u"large";
  large.size = 8U << 20U;
  large.pour = [](const std::function<Result<void>(Bytes)>& take) { return take(Buffer(8U << 20U, 7)); };
  tree.push_back(std::move(large));
  const std::string file = written(tree);
  MemoryBytes part(file);
  Result<CompoundFile> opened = CompoundFile::open(part);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->read(*opened->find(0, "large"))->size(), 8U << 20U);
}

TEST(Compound, FillsWhatIsNotPoured) {
  std::vector<CompoundNode> tree = {compound_root()};
  CompoundNode short_one;
  short_one.name = u"short";
  short_one.size = 5;
  short_one.pour = [](const std::function<Result<void>(Bytes)>& take) { return take(bytes_of("abc")); };
  tree.push_back(short_one);
  const std::string file = written(tree);
  MemoryBytes part(file);
  Result<CompoundFile> opened = CompoundFile::open(part);
  ASSERT_TRUE(opened);
  EXPECT_EQ(text_of(*opened->read(*opened->find(0, "short"))), std::string_view("abc\0\0", 5));
}

TEST(Compound, GivesEveryStreamAndClaimsEveryByteOnce) {
  const auto tree = sample({5, 300, 5'000, 4'096, 70});
  const std::string file = written(tree);
  const Collected got = collect(*compound_opener(), file);
  EXPECT_EQ(got.type, "application/x-ole-storage");
  ASSERT_EQ(got.children.size(), 5U);
  EXPECT_TRUE(got.unreads.empty());
  EXPECT_TRUE(got.adds_up(file.size()));
  for (const Child& child : got.children) {
    const Result<Buffer> bytes = take_step(bytes_of(file), child.step);
    ASSERT_TRUE(bytes);
    const char digit = child.name.back();
    EXPECT_EQ(*bytes, tree[static_cast<std::size_t>(digit - '0') + 2].bytes) << child.name;
    EXPECT_EQ(child.name.starts_with("folder/"), (digit - '0') % 2 == 1) << child.name;
  }
}

// A stream whose sectors are swapped is still one part, in two runs; its step is its number in the directory.
TEST(Compound, NamesAStreamInPiecesByItsNumber) {
  std::string file = written({compound_root(), compound_stream(0, "one", patterned(5'120, 3))});
  const std::string first = file.substr(512, 512);
  const std::string last = file.substr(512 + 9 * 512, 512);
  file.replace(512, 512, last).replace(512 + 9 * 512, 512, first);
  // The table stands behind the directory: sectors 0..9 stream, 10 directory, 11 table.
  Packer table;
  for (const std::uint32_t next : {0xFFFFFFFEU, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 0U, 1U}) table.u32le(next);
  file.replace(512 + 11 * 512, table.size(), std::string(text_of(table.bytes())));
  file[512 + 10 * 512 + 128 + 116] = 9;  // the stream begins at its last sector
  const Collected got = collect(*compound_opener(), file);
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.children[0].step.print(), "object:1");
  EXPECT_EQ(got.derived_data.at(0), patterned(5'120, 3));
  EXPECT_TRUE(got.adds_up(file.size()));
  EXPECT_EQ(std::count_if(got.claims.begin(), got.claims.end(),
                          [](const Claim& claim) { return claim.by == Claim::By::Child; }),
            3);
}

TEST(Compound, EndsCyclesAndSharedSectors) {
  std::string file = written(
      {compound_root(), compound_stream(0, "a", patterned(5'120, 1)), compound_stream(0, "b", patterned(5'120, 2))});
  // Sectors 0..9 are a, 10..19 b, 20 directory, 21 table.
  const std::size_t table = 512 + 21 * 512;
  std::string circle = file;
  circle[table + 4 * 4] = 2;
  const Collected turned = collect(*compound_opener(), circle);
  EXPECT_TRUE(turned.adds_up(circle.size()));
  circle.replace(512 + 20 * 512 + 128 + 120, 4, "\xF0\xFF\xFF\xFF");  // a size of 4 GB
  for (const Buffer& bytes : collect(*compound_opener(), circle).derived_data) EXPECT_LE(bytes.size(), circle.size());
  EXPECT_FALSE(turned.unreads.empty());
  std::string shared = file;
  shared[512 + 20 * 512 + 256 + 116] = 0;  // b begins where a does
  const Collected both = collect(*compound_opener(), shared);
  EXPECT_TRUE(both.adds_up(shared.size()));
  EXPECT_TRUE(std::any_of(both.unreads.begin(), both.unreads.end(),
                          [](const Unread& it) { return it.reason.starts_with("shares its bytes"); }));
}

TEST(Compound, TellsOldBytesInFreeSectors) {
  std::string file = written({compound_root(), compound_stream(0, "a", patterned(5'120, 1))});
  file += std::string(512, 'x');
  const Collected got = collect(*compound_opener(), file);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "old bytes in free sectors");
  EXPECT_EQ(got.unreads[0].length, 512U);
  EXPECT_TRUE(got.adds_up(file.size()));
}

// What Windows' Packager wraps is the file inside, under its own name.
TEST(Compound, UnwrapsPackages) {
  Packer native;
  native.u16le(2).raw(bytes_of(std::string_view("lista.txt\0C:\\lista.txt\0", 23))).u16le(0).u16le(3);
  native.u32le(4).raw(bytes_of(std::string_view("tmp\0", 4))).u32le(5).raw(bytes_of("hello")).u32le(0);
  Packer stream;
  stream.u32le(static_cast<std::uint32_t>(native.size())).raw(native.bytes());
  const std::string file = written({compound_root(), compound_stream(0, "\x01Ole10Native", stream.take())});
  const Collected got = collect(*compound_opener(), file);
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.children[0].name, "lista.txt");
  EXPECT_EQ(text_of(*take_step(bytes_of(file), got.children[0].step)), "hello");
  EXPECT_TRUE(got.adds_up(file.size()));
}

TEST(Compound, HoldsUnderDamage) {
  const std::string file = written(sample({5, 300, 5'000, 4'096, 70, 20'000}));
  std::mt19937 dice(1);
  for (int round = 0; round < 3'000; ++round) {
    std::string broken = file;
    for (int i = 0; i < 3; ++i)
      broken[dice() % 1'000 + (dice() % 2 == 0 ? 0 : broken.size() - 1'500)] = static_cast<char>(dice());
    if (dice() % 4 == 0) broken.resize(dice() % broken.size());
    const Collected got = collect(*compound_opener(), broken);
    EXPECT_TRUE(got.type.starts_with("error") || got.adds_up(broken.size()));
  }
}

}  // namespace
}  // namespace careo
