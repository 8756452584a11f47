// SPDX-License-Identifier: Apache-2.0
#include "evidence/locked.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "evidence/decision.h"
#include "evidence/digest.h"
#include "evidence/locked.h"

namespace careo {
namespace {

Outcome full() {
  Outcome out;
  out.part = sha256("part");
  out.stage = Stage::Ocr;
  out.reader = "pdf/3";
  out.state = State::Cut;
  out.reason = "page limit";
  out.media_type = "application/pdf";
  out.expected = 0;
  claim(&out.claims, Claim::By::Structure, 10);
  claim(&out.claims, Claim::By::Child, 5);
  Child child;
  child.step = Step::range(10, 5, {Transform::Base64});
  child.hints = {"text/plain", "koi8-r", ""};
  child.name = "a/../b";
  child.part = Part{sha256("child"), 3, child.hints};
  out.children = {child, {Step::node(7), {}, "", "", std::nullopt}};
  out.texts.push_back({Region::parse("page:2").value(), "texto", "es", Grade::Doubtful, "ocr/1"});
  out.readings.push_back(
      {"date", Region::parse("page:2;text:0-4").value(), "texto", R"("2020")", Grade::Checked, "d/1"});
  out.unread.push_back({Region::parse("page:3").value(), 0, "page limit"});
  return out;
}

TEST(Outcome, UnpacksToWhatWasPacked) {
  EXPECT_EQ(unpack_outcome(pack(full())).value(), full());
  EXPECT_EQ(unpack_outcome(pack(Outcome{})).value(), Outcome{});
  EXPECT_EQ(unpack_outcome(pack(full())).value().expected, 0U);
}

TEST(Outcome, EveryCutIsRefused) {
  const Buffer packed = pack(full());
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_FALSE(unpack_outcome(Bytes(packed).first(size))) << size;
}

// Whatever is still an outcome after a change packs to the very bytes it came from: there is one form only.
TEST(Outcome, IsNotMalleable) {
  const Buffer packed = pack(full());
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    Buffer changed = packed;
    changed[random() % changed.size()] = static_cast<std::uint8_t>(random());
    if (const auto outcome = unpack_outcome(changed)) {
      ASSERT_EQ(pack(*outcome), changed);
    }
  }
}

TEST(Outcome, CountsThatLieCostNothing) {
  Packer out;
  out.u8(1).raw(sha256("x").bytes).u8(0).text("r").u8(0).text("").text("").varint(0).varint(UINT64_MAX);
  EXPECT_EQ(unpack_outcome(out.bytes()).error().fault, Fault::Malformed);
}

TEST(Outcome, NeverGivesWayToOneThatSaysLess) {
  const Outcome cut = full();
  EXPECT_FALSE(supersedes(cut, cut));
  Outcome read = cut;
  read.state = State::Read;
  EXPECT_TRUE(supersedes(read, cut));
  EXPECT_FALSE(supersedes(cut, read));
  Outcome failed = cut;
  failed.state = State::Failed;
  EXPECT_FALSE(supersedes(failed, cut));
  Outcome kept = failed;
  kept.state = State::Kept;
  EXPECT_TRUE(supersedes(kept, failed)) << "neither has read anything: the newer word stands";
  EXPECT_TRUE(supersedes(failed, kept));
  Outcome longer = cut;
  longer.texts[0].utf8 += " entero";
  EXPECT_TRUE(supersedes(longer, cut));
  EXPECT_FALSE(supersedes(cut, longer));
  Outcome fewer = longer;
  fewer.children = {*longer.children.begin()};
  EXPECT_FALSE(supersedes(fewer, cut));
  Outcome shorter = longer;
  std::vector<Child> children = longer.children.list();
  children[0].part->length -= 1;
  shorter.children = Children(children);
  EXPECT_FALSE(supersedes(shorter, cut));
  Outcome locked = cut;
  Child one = *cut.children.begin();
  one.hints.media_type = kLockedType;
  one.part->length += 12;  // what a cipher adds
  locked.children.push_back(one);
  Outcome opened = cut;
  one = *cut.children.begin();
  one.part->length = 0;
  opened.children.push_back(one);
  EXPECT_TRUE(supersedes(opened, locked)) << "bytes that nobody could open tell nothing";
  EXPECT_FALSE(supersedes(locked, opened));
  Outcome silent = longer;
  silent.readings.clear();
  EXPECT_FALSE(supersedes(silent, cut));
}

TEST(Claims, MergeButForChildren) {
  std::vector<Claim> claims;
  claim(&claims, Claim::By::Structure, 1);
  claim(&claims, Claim::By::Structure, 2);
  claim(&claims, Claim::By::Structure, 0);
  claim(&claims, Claim::By::Child, 0);
  claim(&claims, Claim::By::Child, 4);
  claim(&claims, Claim::By::Unread, 5);
  EXPECT_EQ(claims,
            (std::vector<Claim>{
                {Claim::By::Structure, 3}, {Claim::By::Child, 0}, {Claim::By::Child, 4}, {Claim::By::Unread, 5}}));
}

TEST(Claims, EndWhereNoFileIsLonger) {
  Outcome outcome;
  outcome.claims = {{Claim::By::Child, UINT64_MAX}};
  EXPECT_EQ(outcome.claims[0].length, Claim::kMost);
  EXPECT_EQ(outcome.claims[0].by, Claim::By::Child);
  Buffer packed = pack(outcome);
  EXPECT_EQ(unpack_outcome(Bytes(packed)).value(), outcome);
  const std::array<std::uint8_t, 8> most = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f};
  const auto found = std::search(packed.begin(), packed.end(), most.begin(), most.end());
  ASSERT_NE(found, packed.end());
  found[7] = 0xff;  // one more, and 2 to the 56th
  packed.insert(found + 8, 0x01);
  EXPECT_EQ(unpack_outcome(Bytes(packed)).error().fault, Fault::Malformed);
}

TEST(Outcome, HasDrawingsWhereItsOpenerCountedSome) {
  const auto drawings = [](const std::string& value, const std::string& type = "application/pdf") {
    Outcome outcome;
    outcome.media_type = type;
    outcome.readings = {{"language", {}, "", R"("en")", Grade::Checked, "l/1"},
                        {"document", {}, "", value, Grade::Unconfirmed, "pdf/4"}};
    return has_drawings(outcome);
  };
  EXPECT_TRUE(drawings(R"({"pages":2,"pictured":1})"));
  EXPECT_FALSE(drawings(R"({"pages":2,"pictured":0})"));
  EXPECT_FALSE(drawings(R"({"pages":2})")) << "of pdf/3, which drew them itself, or nothing but text";
  EXPECT_FALSE(drawings("no object"));
  EXPECT_FALSE(drawings(R"({"pictured":1})", "text/html"));
}

TEST(Digest, ForgetsVersionsAndOrder) {
  Outcome newer = full();
  newer.reader = "pdf/4";
  newer.texts[0].reader = "ocr/2";
  newer.readings[0].reader = "d/2.1";
  EXPECT_EQ(outcome_line(newer), outcome_line(full()));
  newer.readings[0].value = R"("2021")";
  EXPECT_NE(outcome_line(newer), outcome_line(full()));
  EXPECT_EQ(digest_of({sha256("a"), sha256("b")}), digest_of({sha256("b"), sha256("a"), sha256("b")}));
  EXPECT_NE(digest_of({sha256("a")}), digest_of({sha256("b")}));
}

TEST(Outcome, SomeLocksNoPasswordOpens) {
  const auto waits = [](const std::string& reason, const std::string& unread = {}) {
    Outcome outcome;
    outcome.reason = reason;
    if (!unread.empty()) outcome.unread.push_back({{}, 0, unread});
    return waits_for_password(outcome);
  };
  EXPECT_TRUE(waits("locked: a password is needed"));
  EXPECT_TRUE(waits("locked: a password is needed (a lock that is not read here: XOR)"));
  EXPECT_TRUE(waits("", "locked: 2 members"));
  EXPECT_FALSE(waits("locked: encrypted for the keys of its recipients"));
  EXPECT_FALSE(waits("", "locked: rights management hides the document"));
  EXPECT_FALSE(waits("damaged: ends early", "ends early"));
}

TEST(Decision, MeetsWhatOverlapsByHalf) {
  const PartId part = sha256("p");
  const auto at = [&](const char* region, const char* kind = "mrz") {
    return Anchor{part, Region::parse(region).value(), kind};
  };
  EXPECT_TRUE(meet(at("text:0-10"), at("text:0-20")));
  EXPECT_FALSE(meet(at("text:0-10"), at("text:0-21")));
  EXPECT_FALSE(meet(at("text:0-0"), at("text:0-1")));
  EXPECT_TRUE(meet(at(""), at("")));
  EXPECT_FALSE(meet(at(""), at("text:0-10")));
  EXPECT_FALSE(meet(at("page:1;bytes:0+10"), at("page:2;bytes:0+10")));
  EXPECT_TRUE(meet(at("bytes:0+10"), at("bytes:2+10")));
}

TEST(Decision, TimeIsNotInItsLine) {
  Decision one;
  one.verdict = Decision::Verdict::Reviewed;
  one.first = one.second = {sha256("p"), {}, "mrz"};
  one.by = "Ana P";
  Decision other = one;
  other.at = 99;
  EXPECT_EQ(one.canonical(), other.canonical());
  EXPECT_NE(one.canonical().find("decision reviewed"), std::string::npos);
}

}  // namespace
}  // namespace careo
