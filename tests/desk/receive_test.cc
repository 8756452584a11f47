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

TEST_F(ReceiveTest, WhatWasForgottenDoesNotComeBack) {
  Reception first(store(), guard_);
  ASSERT_TRUE(send(&first, "a.zip", "PKtwo"));
  ASSERT_TRUE(send(&first, "b.txt", "one"));
  const auto source = first.close("leak", {});
  ASSERT_TRUE(source);
  const Part archive{sha256("PKtwo"), 5, {}};
  Outcome read;
  read.part = archive.id();
  read.reader = "zip/1";
  Child child;
  child.step = Step::range(2, 3);
  child.part = Part{sha256("two"), 3, {}};
  read.children.push_back(child);
  ASSERT_TRUE(store().put(read));
  ASSERT_TRUE(store().forget({source->id, {Step::path("a.zip"), child.step}, {}}, 7, "Ana", "asked"));

  Reception again(store(), guard_);
  ASSERT_TRUE(send(&again, "two.txt", "two"));
  EXPECT_EQ(again.close("leak", {}).error().message, "all of it was forgotten in this case before");
  ASSERT_TRUE(send(&again, "a.zip", "PKtwo"));
  ASSERT_TRUE(send(&again, "c.txt", "three"));
  const auto second = again.close("leak", {});
  ASSERT_TRUE(second);
  ASSERT_EQ(again.left_out().size(), 1U);
  EXPECT_EQ(again.left_out()[0].path, "two.txt");
  EXPECT_EQ(again.left_out()[0].reason, "asked");
  ASSERT_EQ(second->files.size(), 2U) << "what held it stands";
  EXPECT_FALSE(store().keeps(archive.id())) << "and is not kept again";
  EXPECT_TRUE(store().keeps(Part{sha256("three"), 5, {}}.id()));
  EXPECT_TRUE(store().come_again()->empty());
}

}  // namespace
}  // namespace careo
