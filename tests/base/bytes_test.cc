// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

TEST(Slice, NeverLeavesItsBytes) {
  const std::string text = "abcdef";
  const Bytes all = bytes_of(text);
  EXPECT_EQ(text_of(slice(all, 2, 3)), "cde");
  EXPECT_EQ(text_of(slice(all, 4)), "ef");
  EXPECT_EQ(text_of(slice(all, 6)), "");
  EXPECT_EQ(text_of(slice(all, 7, 1)), "");
  EXPECT_EQ(text_of(slice(all, UINT64_MAX, UINT64_MAX)), "");
  EXPECT_EQ(text_of(slice(all, 1, UINT64_MAX)), "bcdef");
}

TEST(Hex, ReadsBackAndRefusesOtherSpellings) {
  EXPECT_EQ(hex(bytes_of("\x01\xff")), "01ff");
  EXPECT_EQ(unhex("01ff").value(), (Buffer{1, 255}));
  EXPECT_TRUE(unhex("").value().empty());
  for (const char* bad : {"0", "0G", "FF", " 0", "0x"}) EXPECT_EQ(unhex(bad).error().fault, Fault::Malformed) << bad;
}

TEST(Cursor, ReadsWhatPackerWrote) {
  Packer out;
  out.u8(7).u16le(0x1234).u32le(0x89abcdef).u64le(0x0123456789abcdef).varint(0).varint(127).varint(128);
  out.varint(UINT64_MAX).text("word").raw(bytes_of("xy"));
  Cursor in(out.bytes());
  EXPECT_EQ(in.u8().value(), 7);
  EXPECT_EQ(in.u16le().value(), 0x1234);
  EXPECT_EQ(in.u32le().value(), 0x89abcdef);
  EXPECT_EQ(in.u64le().value(), 0x0123456789abcdefULL);
  EXPECT_EQ(in.varint().value(), 0U);
  EXPECT_EQ(in.varint().value(), 127U);
  EXPECT_EQ(in.varint().value(), 128U);
  EXPECT_EQ(in.varint().value(), UINT64_MAX);
  EXPECT_EQ(in.text().value(), "word");
  EXPECT_EQ(text_of(in.take(2).value()), "xy");
  EXPECT_TRUE(in.done());
  EXPECT_FALSE(in.u8());
}

TEST(Cursor, BigEndianToo) {
  const Buffer bytes = {0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc};
  Cursor in(bytes);
  EXPECT_EQ(in.u16be().value(), 0x1234);
  EXPECT_EQ(in.u32be().value(), 0x56789abcU);
}

TEST(Cursor, AFailedReadDoesNotMove) {
  const Buffer bytes = {5, 'a', 'b'};
  Cursor in(bytes);
  EXPECT_FALSE(in.u32le());
  EXPECT_FALSE(in.text());
  EXPECT_FALSE(in.take(4));
  EXPECT_FALSE(in.take(UINT64_MAX));
  EXPECT_FALSE(in.seek(4));
  EXPECT_EQ(in.position(), 0U);
  EXPECT_TRUE(in.seek(3));
  EXPECT_TRUE(in.done());
}

TEST(Cursor, NumbersHaveOneSpelling) {
  for (const Buffer& bad : {Buffer{0x80}, Buffer{0x80, 0x00}, Buffer{0xff, 0x80, 0x00}, Buffer(10, 0x80),
                            Buffer(11, 0xff), Buffer{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02}}) {
    Cursor in(bad);
    EXPECT_EQ(in.varint().error().fault, Fault::Malformed);
    EXPECT_EQ(in.position(), 0U);
  }
}

}  // namespace
}  // namespace careo
