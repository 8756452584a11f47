// SPDX-License-Identifier: Apache-2.0
#include "desk/receive.h"

#include <gtest/gtest.h>

#include "desk/session.h"

namespace careo {
namespace {

class ReceiveTest : public testing::Test {
 protected:
  void SetUp() override {
    auto made = Throwaway::make();
    ASSERT_TRUE(made) << made.error().text();
    throwaway_ = std::move(*made);
  }
  Case& store() { return *throwaway_->session().store; }
  Result<void> send(Reception* reception, const std::string& path, std::string_view bytes) {
    TRY(reception->begin(path));
    for (std::size_t at = 0; at < bytes.size(); at += 3) TRY(reception->take(bytes_of(bytes.substr(at, 3))));
    return reception->end();
  }

  std::unique_ptr<Throwaway> throwaway_;
  std::recursive_mutex guard_;
};

TEST_F(ReceiveTest, WhatComesInIsTheSameSourceAsOnDisk) {
  Reception reception(store(), guard_);
  ASSERT_TRUE(send(&reception, "b.txt", "two"));
  ASSERT_TRUE(send(&reception, "a/one.txt", "one of many"));
  const auto source = reception.close("leak", {"by hand", "", 7});
  ASSERT_TRUE(source) << source.error().text();
  EXPECT_EQ(source->id, source_id({{"a/one.txt", 11, sha256("one of many"), ""}, {"b.txt", 3, sha256("two"), ""}}));

  const auto sources = store().sources();
  ASSERT_TRUE(sources);
  ASSERT_EQ(sources->size(), 1U);
  EXPECT_EQ(sources->front().label, "leak");
  EXPECT_EQ(sources->front().how, "by hand");
  EXPECT_EQ(store().waiting(Stage::Open)->size(), 2U);
  const Part part{sha256("one of many"), 11, {}};
  EXPECT_EQ(text_of(*store().bytes(part.id(), 0, 11)), "one of many");
}

TEST_F(ReceiveTest, OneLevelOfTheInventory) {
  Reception reception(store(), guard_);
  ASSERT_TRUE(send(&reception, "a.txt", "same"));
  ASSERT_TRUE(send(&reception, "b.txt", "same"));
  ASSERT_TRUE(send(&reception, "c.txt", "other"));
  const auto source = reception.close("leak", {});
  ASSERT_TRUE(source);
  Outcome read;
  read.part = Part{sha256("other"), 5, {}}.id();
  read.reader = "test/1";
  read.media_type = "text/plain";
  claim(&read.claims, Claim::By::Structure, 5);
  ASSERT_TRUE(store().put(read));
  ASSERT_TRUE(store().commit());

  const auto level = store().contents({source->id, {}, {}}, 0, 10);
  ASSERT_TRUE(level) << level.error().text();
  EXPECT_EQ(level->total, 3U);
  EXPECT_EQ(level->below.read, 1U);
  EXPECT_EQ(level->below.waiting, 1U) << "two places of one part are one part";
  ASSERT_EQ(level->rows.size(), 3U);
  std::size_t further = 0;
  for (const ContentRow& row : level->rows) {
    further += row.first ? 0U : 1U;
    EXPECT_EQ(row.below.read + row.below.waiting, 1U) << row.name;
    EXPECT_EQ(store().find(row.trail)->hex(), row.part.id.hex());
  }
  EXPECT_EQ(further, 1U);
  const auto page = store().contents({source->id, {}, {}}, 2, 10);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->rows.size(), 1U);
  EXPECT_EQ(page->total, 3U);
  EXPECT_FALSE(store().contents({"0123456789abcdef", {}, {}}, 0, 10));
}

TEST_F(ReceiveTest, HalfAFileIsLeftOutAndNothingIsRefused) {
  Reception reception(store(), guard_);
  EXPECT_FALSE(reception.begin(""));
  EXPECT_FALSE(reception.take(bytes_of("x"))) << "no file was begun";
  EXPECT_FALSE(reception.end());
  EXPECT_FALSE(reception.close("empty", {})) << "nothing came in";
  ASSERT_TRUE(reception.begin("half"));
  ASSERT_TRUE(reception.take(bytes_of("ha")));
  reception.abandon();
  ASSERT_TRUE(send(&reception, "twice", "first"));
  ASSERT_TRUE(send(&reception, "twice", "second"));
  const auto source = reception.close("leak", {});
  ASSERT_TRUE(source);
  ASSERT_EQ(source->files.size(), 1U);
  EXPECT_EQ(source->files[0].length, 6U) << "the later of one name stands";
}

}  // namespace
}  // namespace careo
