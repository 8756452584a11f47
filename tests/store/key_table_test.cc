// SPDX-License-Identifier: Apache-2.0
#include "store/key_table.h"

#include <gtest/gtest.h>

#include <map>

#include "base/replay_disk.h"
#include "store/ok.h"

namespace careo {
namespace {

class KeyTable : public testing::Test {
 protected:
  ReplayMedium medium_;
  std::unique_ptr<Disk> disk_ = medium_.disk();
  CaseKeys keys_;
  std::map<std::uint64_t, Secret> given_;

  void SetUp() override {
    keys_.parts = Secret::random();
    keys_.epoch = 3;
    for (std::uint64_t number = 1; given_.size() < 9000; number += 1 + number % 3) given_[number] = Secret::random();
    ok(write_key_table(disk_.get(), keys_, [this](const auto& key) -> Result<void> {
      for (const auto& [number, secret] : given_) TRY(key(number, secret));
      return {};
    }));
  }

  Result<std::map<std::uint64_t, Secret>> read(const CaseKeys& keys) {
    std::map<std::uint64_t, Secret> out;
    TRY(read_key_table(disk_.get(), keys, [&out](const NumberedKey& key) -> Result<void> {
      out[key.number] = key.key;
      return {};
    }));
    return out;
  }

  void expect_all() {
    const auto got = ok(read(keys_));
    ASSERT_EQ(got.size(), given_.size());
    for (const auto& [number, secret] : given_) EXPECT_TRUE(std::ranges::equal(got.at(number).bytes(), secret.bytes()));
  }

  void flip(const std::string& name, std::size_t at) {
    Buffer bytes = medium_.contents(name);
    bytes[at] ^= 1;
    medium_.replace(name, std::move(bytes));
  }
};

TEST_F(KeyTable, GivesBackWhatWasWritten) {
  expect_all();
  EXPECT_TRUE(check_key_table(disk_.get(), keys_).empty());
}

TEST_F(KeyTable, OneFlippedBitCostsNothing) {
  flip("keys.3", medium_.contents("keys.3").size() / 2);
  EXPECT_EQ(check_key_table(disk_.get(), keys_), std::vector<std::string>{"keys.3"});
  expect_all();
  flip("keys.3.copy", 100);
  EXPECT_EQ(read(keys_).error().fault, Fault::Malformed);
}

TEST_F(KeyTable, AnotherCaseOrEpochDoesNotOpenIt) {
  CaseKeys other = keys_;
  other.parts = Secret::random();
  EXPECT_FALSE(read(other));
  other = keys_;
  other.log_id[0] ^= 1;
  EXPECT_FALSE(read(other));
  other = keys_;
  other.epoch = 4;
  EXPECT_FALSE(read(other));
}

TEST_F(KeyTable, ACutCopyIsMendedAndOldTablesGo) {
  Buffer cut = medium_.contents("keys.3.copy");
  cut.resize(cut.size() / 3);
  medium_.replace("keys.3.copy", cut);
  ok(disk_->open("keys.2", Disk::Mode::Create));
  ok(mend_key_table(disk_.get(), keys_));
  EXPECT_EQ(medium_.names(), (std::vector<std::string>{"keys.3", "keys.3.copy"}));
  EXPECT_TRUE(check_key_table(disk_.get(), keys_).empty());
  expect_all();
}

}  // namespace
}  // namespace careo
