// SPDX-License-Identifier: Apache-2.0
#include "store/case.h"

#include <gtest/gtest.h>

#include <fstream>

#include "store/database.h"
#include "store/folder.h"
#include "store/ok.h"
#include "store/sample_case.h"

namespace careo {
namespace {

Key key_file(const TestFolder& folder) {
  Key out;
  out.key_file = folder / "key";
  return out;
}

struct Opened {
  TestFolder folder;
  std::string recovery;
  std::string path = folder / "case";
  std::unique_ptr<Case> store;
  CaseStore* own() { return static_cast<CaseStore*>(store.get()); }

  Opened() {
    recovery = ok(Case::create(path, key_file(folder)));
    reopen();
  }
  void reopen(Case::Access access = Case::Access::Write) {
    store.reset();
    store = ok(Case::open(path, key_file(folder), access));
  }
};

TEST(Case, EverythingReadsBack) {
  Opened opened;
  const sample::Leak leak = sample::make_leak(20);
  ok(sample::put_all(opened.own(), leak, 7));
  const std::string digest = ok(opened.store->check(Case::Depth::Digest)).digest;
  for (const auto access : {Case::Access::Write, Case::Access::Read}) {
    opened.reopen(access);
    Case& store = *opened.store;
    EXPECT_EQ(ok(store.check(Case::Depth::Digest)).digest, digest);
    for (const Outcome& outcome : leak.outcomes) EXPECT_EQ(ok(store.outcome(outcome.part, outcome.stage)), outcome);
    const PartId root = sample::part_of(leak.mailbox).id();
    EXPECT_EQ(text_of(ok(store.bytes(root, 0, UINT64_MAX))), leak.mailbox);
    for (const sample::Mail& mail : leak.mails) {
      EXPECT_EQ(text_of(ok(store.bytes(mail.part.id(), 0, UINT64_MAX))), mail.raw);
      EXPECT_EQ(text_of(ok(store.bytes(mail.part.id(), 6, 3))), "Ana");
    }
    EXPECT_EQ(text_of(ok(store.bytes(sample::part_of("hello").id(), 0, UINT64_MAX))), "hello");
    EXPECT_EQ(text_of(ok(store.bytes(sample::part_of("hello").id(), 1, 2))), "el");
    ASSERT_EQ(ok(store.sources()).size(), 1U);
    EXPECT_EQ(ok(store.sources())[0].from, "Canary-giver");
    ASSERT_EQ(ok(store.decisions()).size(), 1U);
    EXPECT_EQ(ok(store.decisions())[0].by, "Canary-editor");
  }
}

}  // namespace
}  // namespace careo
