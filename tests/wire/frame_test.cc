// SPDX-License-Identifier: Apache-2.0
#include "wire/frame.h"

#include <gtest/gtest.h>

#include "wire/crew.h"
#include "wire/message.h"

namespace careo {
namespace {

Buffer frame_of(FrameType type, Bytes payload) {
  Buffer out;
  append_frame(&out, type, payload);
  return out;
}

// The vectors of docs/formats/wire.md.
TEST(Frame, Vectors) {
  EXPECT_EQ(hex(frame_of(FrameType::Begin, pack_number(300))), "0200000021ac02");
  EXPECT_EQ(hex(frame_of(FrameType::Elsewhere, {})), "000000002c");
  EXPECT_EQ(hex(frame_of(FrameType::Pull, pack(PullMessage{1048576, 5}))), "040000002e80804005");
  EXPECT_EQ(hex(frame_of(FrameType::Done, pack(DoneMessage{State::Cut, "time limit", "mail/1"}))),
            "130000002d010a74696d65206c696d6974066d61696c2f31");
  EXPECT_EQ(hex(frame_of(FrameType::Ready, pack(ReadyMessage{true, true, 7}))), "0300000020010107");
  EXPECT_EQ(hex(frame_of(FrameType::Claim, pack_claim({Claim::By::Child, 5}))), "02000000290105");
}

TEST(Frame, ComesBackFromAnyCutOfTheStream) {
  Buffer stream = frame_of(FrameType::Begin, pack_number(0));
  append_frame(&stream, FrameType::MediaType, bytes_of("text/plain"));
  append_frame(&stream, FrameType::Elsewhere, {});
  for (std::size_t step = 1; step <= stream.size(); ++step) {
    FrameReader reader;
    std::vector<FrameType> seen;
    for (std::size_t at = 0; at < stream.size(); at += step) {
      reader.feed(slice(stream, at, step));
      for (;;) {
        const auto frame = reader.next();
        ASSERT_TRUE(frame);
        if (!*frame) break;
        seen.push_back((*frame)->type);
        if ((*frame)->type == FrameType::MediaType) {
          EXPECT_EQ(text_of((*frame)->payload), "text/plain");
        }
      }
    }
    EXPECT_TRUE(reader.at_boundary());
    EXPECT_EQ(seen, (std::vector{FrameType::Begin, FrameType::MediaType, FrameType::Elsewhere}));
  }
}

TEST(Frame, RefusesUnknownTypesAndSizesBeforeThePayload) {
  for (const char* header : {"00000000ee", "0000000000", "ffffffff26", "0200000029", "1100000029", "010000002c"}) {
    FrameReader reader;
    reader.feed(*unhex(header));
    const bool fine = std::string_view(header) == "0200000029";
    EXPECT_EQ(reader.next().has_value(), fine) << header;
    if (!fine) {
      EXPECT_FALSE(reader.next()) << "stays broken";
    }
  }
}

TEST(Frame, EveryKindHasItsRow) {
  for (const FrameKind& kind : kFrameKinds) {
    EXPECT_EQ(kind_of(static_cast<std::uint8_t>(kind.type)), &kind);
    EXPECT_FALSE(kind.name.empty());
  }
}

TEST(Frame, APacketIsExactlyOneFrame) {
  Buffer packet = frame_of(FrameType::Begin, pack_number(1));
  EXPECT_TRUE(parse_packet(packet));
  EXPECT_FALSE(parse_packet(slice(packet, 0, packet.size() - 1)));
  packet.push_back(0);
  EXPECT_FALSE(parse_packet(packet));
}

TEST(Message, JobsComeBack) {
  JobMessage job;
  job.index = 1023;
  job.stage = Stage::Mine;
  job.article = true;
  job.hints.charset = "koi8-r";
  job.budget.pages = 7;
  job.length = 3;
  job.inside = true;
  job.bytes = bytes_of("abc");
  const Buffer packed = pack(job);
  const auto back = job_in(packed);
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(back->index, 1023U);
  EXPECT_EQ(back->stage, Stage::Mine);
  EXPECT_TRUE(back->article);
  EXPECT_EQ(back->hints.charset, "koi8-r");
  EXPECT_EQ(back->budget.pages, 7U);
  EXPECT_EQ(text_of(back->bytes), "abc");
  for (std::size_t end = 0; end < packed.size(); ++end) EXPECT_FALSE(job_in(slice(packed, 0, end))) << end;
}

TEST(Message, TextsComeBack) {
  const std::vector<Text> texts = {
      {.region = {}, .utf8 = "uno", .language = "es", .grade = Grade::Checked, .reader = "mail/1"},
      {.region = {}, .utf8 = "два", .language = "", .grade = Grade::Doubtful, .reader = "ocr/1"}};
  const auto back = unpack_texts(pack_texts(texts));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, texts);
  EXPECT_FALSE(unpack_texts(*unhex("ff01")));
}

TEST(Message, AReadingIsUtf8AndOneJsonValue) {
  Reading reading{
      .kind = "mail", .region = {}, .raw = "x", .value = "{\"a\":1}", .grade = Grade::Checked, .reader = "m/1"};
  EXPECT_EQ(*reading_in(pack_reading(reading)), reading);
  reading.value = "1},{";
  EXPECT_FALSE(reading_in(pack_reading(reading)));
  reading.value = "1";
  reading.raw = "\xff";
  EXPECT_FALSE(reading_in(pack_reading(reading)));
  reading.raw = "";
  reading.reader = "two words";
  EXPECT_FALSE(reading_in(pack_reading(reading)));
}

TEST(Message, AChildBringsNoPartOfItsOwn) {
  Child child{.step = Step::range(1, 2), .hints = {}, .name = "a", .media_type = "text/plain; x=y", .part = {}};
  EXPECT_EQ(*child_in(pack_child(child)), child);
  child.part = Part{};
  EXPECT_FALSE(child_in(pack_child(child))->part) << "the desk hashes the bytes itself";
}

}  // namespace
}  // namespace careo
