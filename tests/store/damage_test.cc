// SPDX-License-Identifier: Apache-2.0
// One flipped bit anywhere in a case's files is noticed, and named. CAREO_FLIPS sets how many (200 by itself).
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "base/file.h"
#include "store/folder.h"
#include "store/ok.h"
#include "store/sample_case.h"

namespace careo {
namespace {

Buffer contents_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return Buffer(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

void write_over(const std::string& path, const Buffer& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

class Damage : public testing::Test {
 protected:
  TestFolder folder_;
  std::string path_ = folder_ / "case";
  Key key_ = key_file_at(folder_ / "key");
  sample::Leak leak_ = sample::make_leak(12, 20'000);
  std::map<std::string, Buffer> files_;

  void SetUp() override {
    ok(Case::create(path_, key_));
    {
      const auto store = ok(Case::open(path_, key_, Case::Access::Write));
      ok(sample::put_all(static_cast<CaseStore*>(store.get()), leak_, 4));
    }
    const auto disk = ok(open_disk(path_, Folder::Existing));
    for (const std::string& name : ok(disk->list())) files_[name] = contents_of(path_ + "/" + name);
  }

  void restore() {
    const auto disk = ok(open_disk(path_, Folder::Existing));
    for (const std::string& name : ok(disk->list()))
      if (!files_.contains(name)) ok(disk->remove(name));
    for (const auto& [name, bytes] : files_) write_over(path_ + "/" + name, bytes);
  }

  /// What check() says, or the words of an opening that failed.
  std::vector<CheckReport::Damage> damage() {
    auto store = Case::open(path_, key_, Case::Access::Read);
    if (!store) return {{"", 0, store.error().text()}};
    return ok((*store)->check(Case::Depth::EveryByte)).damaged;
  }
};

TEST_F(Damage, NoneInAWholeCase) {
  EXPECT_TRUE(damage().empty());
  EXPECT_EQ(files_.count("catalog.db-wal"), 0U);
}

TEST_F(Damage, EveryFlippedBitIsNoticedAndNamed) {
  const char* const wanted = std::getenv("CAREO_FLIPS");
  const int flips = wanted == nullptr ? 200 : std::atoi(wanted);
  std::mt19937_64 random(20'240'611);
  std::vector<std::string> names;
  for (const auto& [name, bytes] : files_)
    if (!bytes.empty()) names.push_back(name);
  std::map<std::string, int> done;
  for (int i = 0; i < flips; ++i) {
    // By turns over the files: the small ones are as precious as the large.
    const std::string& name = names[static_cast<std::size_t>(i) % names.size()];
    Buffer bytes = files_[name];
    const std::size_t bit = random() % (bytes.size() * 8);
    bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1U << (bit % 8)));
    write_over(path_ + "/" + name, bytes);
    SCOPED_TRACE(name + " byte " + std::to_string(bit / 8) + " bit " + std::to_string(bit % 8));
    const auto found = damage();
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].segment, name) << found[0].what;
    EXPECT_FALSE(found[0].what.empty());
    if (name.ends_with(".seg")) {
      EXPECT_LE(found[0].offset, bit / 8);
      EXPECT_LT(bit / 8, found[0].offset + kChunkHead + kChunkPlain + kTagSize);
    }
    ++done[name];
    restore();
    if (HasFailure()) return;
  }
  for (const auto& [name, count] : done) std::printf("%d flips in %s, each named\n", count, name.c_str());
}

TEST_F(Damage, ADamagedChunkNamesWhatStoodInIt) {
  Buffer bytes = files_["000001.seg"];
  bytes[bytes.size() / 2] ^= 0x10;
  write_over(path_ + "/000001.seg", bytes);
  const auto found = damage();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].what.find("src:" + leak_.source.id + "/path:inbox.mbox"), std::string::npos) << found[0].what;
}

TEST_F(Damage, TheKeyringsCopyOpensTheCase) {
  for (const char* name : {"keyring", "keyring.copy"}) {
    Buffer bytes = files_[name];
    bytes[bytes.size() / 3] ^= 1;
    write_over(path_ + "/" + name, bytes);
    ok(Case::open(path_, key_, Case::Access::Write));  // and mends it
    EXPECT_EQ(contents_of(path_ + "/" + name), files_[name]);
    restore();
  }
  Buffer bytes = files_["keyring"];
  bytes[100] ^= 1;
  write_over(path_ + "/keyring", bytes);
  write_over(path_ + "/keyring.copy", bytes);
  EXPECT_EQ(Case::open(path_, key_, Case::Access::Read).error().fault, Fault::Malformed);
}

TEST_F(Damage, LostBytesAndFilesAreNoticed) {
  Buffer shorter = files_["000001.seg"];
  shorter.resize(shorter.size() - 100);
  write_over(path_ + "/000001.seg", shorter);
  EXPECT_EQ(Case::open(path_, key_, Case::Access::Write).error().fault, Fault::Malformed);
  const auto found = damage();
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].segment, "000001.seg");
  restore();
  ok(ok(open_disk(path_, Folder::Existing))->remove("000001.seg"));
  EXPECT_EQ(Case::open(path_, key_, Case::Access::Write).error().fault, Fault::Malformed);
}

// Without a catalog the log itself shows that a group in its middle is damaged: a later one was acknowledged.
TEST_F(Damage, IsNotTakenForAPowerCut) {
  Buffer bytes = files_["000001.seg"];
  bytes[bytes.size() / 2] ^= 1;
  write_over(path_ + "/000001.seg", bytes);
  ok(ok(open_disk(path_, Folder::Existing))->remove("catalog.db"));
  EXPECT_EQ(Case::open(path_, key_, Case::Access::Write).error().fault, Fault::Malformed);
  // Reading goes around the damage; that does not make the case whole for the next writer.
  EXPECT_FALSE(damage().empty());
  EXPECT_EQ(Case::open(path_, key_, Case::Access::Write).error().fault, Fault::Malformed);
  EXPECT_EQ(contents_of(path_ + "/000001.seg"), bytes);
  // The segment comes back from a copy: all is well again.
  write_over(path_ + "/000001.seg", files_["000001.seg"]);
  EXPECT_TRUE(damage().empty());
  ok(Case::open(path_, key_, Case::Access::Write));
}

TEST_F(Damage, ADeletedCatalogIsMadeAnew) {
  const std::string digest = ok(ok(Case::open(path_, key_, Case::Access::Read))->check(Case::Depth::Digest)).digest;
  const auto rows = [this] {
    const auto inventory = ok(ok(Case::open(path_, key_, Case::Access::Read))->inventory());
    std::string out = std::to_string(inventory.parts) + (inventory.adds_up ? " adds up" : " is off");
    for (const auto& row : inventory.rows) out += "\n" + row.trail.print() + " " + row.outcome + " " + row.reason;
    return out;
  };
  const std::string before = rows();
  ok(ok(open_disk(path_, Folder::Existing))->remove("catalog.db"));
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(ok(ok(Case::open(path_, key_, Case::Access::Read))->check(Case::Depth::Digest)).digest, digest);
}

}  // namespace
}  // namespace careo
