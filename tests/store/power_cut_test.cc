// SPDX-License-Identifier: Apache-2.0
// Power cuts, full and broken disks, replayed from a recorded run: whatever was acknowledged is there afterwards, what
// was not is gone as a whole, and going on gives the case of a run that nothing interrupted.
#include <gtest/gtest.h>

#include "base/replay_disk.h"
#include "store/folder.h"
#include "store/ok.h"
#include "store/sample_case.h"

namespace careo {
namespace {

constexpr const char* kNowhere = "/nowhere/case";  // where a case on a replayed disk is said to lie
constexpr std::size_t kGroup = 3;
constexpr std::uint64_t kSmallSegment = 150'000;  // so that a run of half a megabyte crosses borders

struct Acknowledged {
  std::size_t events = 0;
  std::string digest;
};

class PowerCut : public testing::Test {
 protected:
  TestFolder folder_;
  Key key_ = key_file_at(folder_ / "key");
  // Mails long enough that a group needs several chunks and the mailbox several pieces.
  sample::Leak leak_ = sample::make_leak(9, 30'000);

  std::unique_ptr<CaseStore> open(ReplayMedium* medium) {
    return ok(CaseStore::open_on(medium->disk(), kNowhere, key_, Case::Access::Write, kSmallSegment));
  }
  static std::string digest_of(CaseStore* store) {
    const CheckReport report = ok(store->check(Case::Depth::Digest));
    EXPECT_FALSE(report.digest.empty()) << report.damaged[0].what;
    return report.digest;
  }

  /// A whole run, and what was acknowledged when.
  std::vector<Acknowledged> record(ReplayMedium* medium) {
    ok(CaseStore::create_on(medium->disk().get(), kNowhere, key_));
    std::vector<Acknowledged> out;
    const auto store = open(medium);
    out.push_back({medium->events(), digest_of(store.get())});
    ok(sample::put_all(store.get(), leak_, kGroup, [&] { out.push_back({medium->events(), digest_of(store.get())}); }));
    return out;
  }

  /// Index of the last group that was acknowledged within so many events.
  static std::size_t last_within(const std::vector<Acknowledged>& all, std::size_t events) {
    std::size_t out = 0;
    while (out + 1 < all.size() && all[out + 1].events <= events) ++out;
    return out;
  }

  static void expect_group(const std::vector<Acknowledged>& all, std::size_t last, const std::string& digest) {
    // The group in flight may have reached the disk whole, without the word that it did.
    const bool next = last + 1 < all.size() && all[last + 1].digest == digest;
    EXPECT_TRUE(all[last].digest == digest || next) << "acknowledged group " << last << " is not what is there";
  }

  void expect_resumes(ReplayMedium* medium, const std::string& final_digest) {
    const auto store = open(medium);
    ok(sample::put_all(store.get(), leak_, kGroup));
    EXPECT_EQ(digest_of(store.get()), final_digest);
    const CheckReport report = ok(store->check(Case::Depth::EveryByte));
    EXPECT_TRUE(report.damaged.empty()) << report.damaged[0].segment << " " << report.damaged[0].what;
    EXPECT_EQ(text_of(ok(store->bytes(sample::part_of(leak_.mailbox).id(), 0, UINT64_MAX))), leak_.mailbox);
  }
};

TEST_F(PowerCut, AtEveryEventNothingAcknowledgedIsLost) {
  ReplayMedium medium;
  const auto all = record(&medium);
  ASSERT_GT(all.size(), 4U);
  int cuts = 0;
  for (std::size_t events = all[0].events; events <= medium.events(); ++events) {
    // 0 loses all that was not synced, 1 nothing, the others tear sectors, lengths and names at random.
    for (std::uint64_t seed = 0; seed < 24; ++seed, ++cuts) {
      SCOPED_TRACE("after " + std::to_string(events) + " events, seed " + std::to_string(seed));
      ReplayMedium left = medium.after_cut(events, seed < 2 ? seed : seed + 1000 * events);
      expect_group(all, last_within(all, events), digest_of(open(&left).get()));
      if (seed == 2) expect_resumes(&left, all.back().digest);
      if (HasFailure()) return;
    }
  }
  std::printf("%d power cuts over %zu events\n", cuts, medium.events());
}

// A cut while the case recovers from a cut.
TEST_F(PowerCut, TwiceInARow) {
  ReplayMedium medium;
  const auto all = record(&medium);
  for (std::size_t first = all[1].events; first < medium.events(); first += 3) {
    ReplayMedium once = medium.after_cut(first, 77 + first);
    const std::size_t recorded = once.events();
    std::vector<Acknowledged> again;
    {
      const auto store = open(&once);
      again.push_back({recorded, digest_of(store.get())});
      ok(sample::put_all(store.get(), leak_, kGroup, [&] {
        again.push_back({once.events(), digest_of(store.get())});
      }));
    }
    for (std::size_t second = recorded; second <= once.events(); second += 2) {
      SCOPED_TRACE("cuts after " + std::to_string(first) + " and " + std::to_string(second));
      ReplayMedium left = once.after_cut(second, 99 + second);
      expect_group(again, last_within(again, second), digest_of(open(&left).get()));
      if (!HasFailure()) continue;
      for (std::size_t i = 0; i < once.events(); ++i) std::printf("%zu %s\n", i, once.describe(i).c_str());
      return;
    }
  }
}

// Making a case may be cut too: then it is either there and opens, or says that it is none.
TEST_F(PowerCut, WhileTheCaseIsMade) {
  ReplayMedium medium;
  ok(CaseStore::create_on(medium.disk().get(), kNowhere, key_));
  for (std::size_t events = 0; events <= medium.events(); ++events)
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      ReplayMedium left = medium.after_cut(events, seed);
      const auto opened = CaseStore::open_on(left.disk(), kNowhere, key_, Case::Access::Write);
      if (opened) continue;
      EXPECT_NE(events, medium.events()) << opened.error().text();
      EXPECT_NE(opened.error().fault, Fault::Bug) << opened.error().text();
    }
}

class BrokenDisk : public PowerCut {
 protected:
  void run(ReplayMedium::Failing failing, const std::string& words) {
    ReplayMedium whole;
    const auto all = record(&whole);
    int failures = 0;
    for (std::size_t nth = 0;; ++nth) {
      SCOPED_TRACE("call " + std::to_string(nth) + " fails");
      ReplayMedium medium;
      ok(CaseStore::create_on(medium.disk().get(), kNowhere, key_));
      std::size_t acknowledged = 0;
      bool failed = false;
      {
        const auto store = open(&medium);
        medium.fail_at(nth, failing, words);
        const auto put = sample::put_all(store.get(), leak_, kGroup, [&] { ++acknowledged; });
        failed = !put;
        if (failed) {
          EXPECT_EQ(put.error().fault, Fault::Io);
          EXPECT_NE(put.error().text().find(words), std::string::npos) << put.error().text();
          // It stops: nothing more is written, and it says so.
          EXPECT_EQ(store->put(leak_.source).error().fault, Fault::Io);
          EXPECT_EQ(store->commit().error().fault, Fault::Io);
        }
      }
      medium.heal();
      if (!failed) break;
      ++failures;
      expect_group(all, acknowledged, digest_of(open(&medium).get()));
      // And the power may go right after: what was acknowledged stays.
      ReplayMedium left = medium.after_cut(medium.events(), 5 + nth);
      expect_group(all, acknowledged, digest_of(open(&left).get()));
      expect_resumes(&medium, all.back().digest);
      if (HasFailure()) return;
    }
    std::printf("%d failing calls\n", failures);
    EXPECT_GT(failures, 10);
  }
};

TEST_F(BrokenDisk, FullFromThenOn) {
  run(ReplayMedium::Failing::FromThen, "No space left on device");
}

TEST_F(BrokenDisk, OneCallFails) {
  run(ReplayMedium::Failing::Once, "Input/output error");
}

}  // namespace
}  // namespace careo
