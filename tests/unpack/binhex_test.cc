// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/binhex.h"

#include <gtest/gtest.h>

#include "collected.h"
#include "unpack/mail/mail.h"

namespace careo {
namespace {

std::string number(std::size_t value, int bytes) {
  std::string out;
  for (int i = bytes; i-- > 0;) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

std::string with_crc(const std::string& bytes) {
  unsigned crc = 0;
  for (const char c : bytes + std::string(2, '\0'))  // as the standard says it: two zeros behind
    for (int bit = 7; bit >= 0; --bit) {
      const bool high = (crc & 0x8000) != 0;
      crc = (crc << 1 | (static_cast<unsigned char>(c) >> bit & 1)) & 0xFFFF;
      if (high) crc ^= 0x1021;
    }
  return bytes + number(crc, 2);
}

/// Packs runs of four and more.
std::string binhex(const std::string& name, const std::string& data, const std::string& resources, const char* end) {
  const std::string file = with_crc(number(name.size(), 1) + name + std::string(1, '\0') + "TEXTR*ch" + number(0, 2) +
                                    number(data.size(), 4) + number(resources.size(), 4)) +
                           with_crc(data) + with_crc(resources);
  std::string packed;
  for (std::size_t i = 0; i < file.size();) {
    std::size_t run = 1;
    while (i + run < file.size() && file[i + run] == file[i] && run < 255) ++run;
    packed += file[i];
    if (file[i] == '\x90') packed += '\0';
    if (run > 3) packed += "\x90" + number(run, 1);
    i += run > 3 ? run : 1;
  }
  constexpr std::string_view kLetters = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";
  std::string out = "(This file must be converted with BinHex 4.0)" + std::string(end) + end + ":";
  unsigned held = 0;
  int bits = 0;
  std::size_t column = 1;
  const auto put = [&](char c) {
    out += c;
    if (++column % 64 == 0) out += end;
  };
  for (const char c : packed) {
    held = held << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) put(kLetters[held >> (bits - 6) & 63]);
  }
  if (bits > 0) put(kLetters[held << (6 - bits) & 63]);
  return out + ":" + end;
}

const std::string kData = "The plot \x90 of land." + std::string(300, 'x') + "!";

TEST(Binhex, FindsAFileInAText) {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    const std::string text = std::string("before") + end + binhex("a letter", kData, "icon", end) + "after";
    const std::vector<BinhexFile> files = find_binhex(bytes_of(text));
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files[0].name, "a letter");
    EXPECT_EQ(text_of(files[0].data), kData);
    EXPECT_EQ(text_of(files[0].resources), "icon");
    EXPECT_EQ(files[0].damage, "");
    EXPECT_EQ(text.substr(files[0].end), "after");
  }
}

TEST(Binhex, SaysWhatIsDamaged) {
  std::string text =
      binhex("a letter", std::string(100, 'a') + "bcdefghijklm" + std::string(50, 'q') + "rstuvw", "", "\n");
  const std::string cut = text.substr(0, text.size() - 14);
  EXPECT_EQ(find_binhex(bytes_of(cut)).at(0).damage, "a file in BinHex that ends early");
  char& letter = text[text.size() - 14] == '\n' ? text[text.size() - 15] : text[text.size() - 14];
  letter = letter == '!' ? '"' : '!';
  EXPECT_EQ(find_binhex(bytes_of(text)).at(0).damage, "a file in BinHex whose checksum does not match");
}

TEST(Binhex, TakesNoProse) {
  EXPECT_TRUE(find_binhex(bytes_of("(This file must be converted with BinHex 4.0)\n\nsaid he\n")).empty());
  EXPECT_TRUE(find_binhex(bytes_of("(This file must be converted with BinHex 4.0)\n\n:$f*TEQKPH#jdH3!!!:\n")).empty());
  EXPECT_TRUE(find_binhex(bytes_of("(This file must be converted with BinHex")).empty());
  EXPECT_TRUE(find_binhex({}).empty());
}

TEST(Binhex, ABombOfMarksOrRunsIsBounded) {
  std::string marks;
  for (int i = 0; i < 50'000; ++i) marks += "(This file must be converted with BinHex";
  EXPECT_TRUE(find_binhex(bytes_of(marks + "\n:" + std::string(2'000'000, '!'))).empty());
  const std::string one = binhex("a", std::string(30 << 20, 'x'), "", "\n");
  const std::vector<BinhexFile> files = find_binhex(bytes_of(one + one + one));
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[1].damage, "");
  EXPECT_EQ(files[2].damage, "a file in BinHex that ends early");
  EXPECT_LT(files[2].data.size(), 5U << 20) << "64 MiB of all together";
}

TEST(Binhex, IsAChildOfAMail) {
  const std::string mail = "From: a@x.example\nTo: b@x.example\nSubject: s\n\nbefore\n" +
                           binhex("a letter", kData, "icon", "\n") + "after\n";
  const Collected got = collect(*mail_opener(), mail);
  EXPECT_EQ(got.text_of_first(), "before\nafter\n");
  ASSERT_EQ(got.derived_data.size(), 2U);
  EXPECT_EQ(text_of(got.derived_data[0]), kData);
  EXPECT_EQ(got.children[0].name, "a letter");
  EXPECT_EQ(got.children[1].name, "a letter (resource fork)");
  EXPECT_NE(got.children[0].step.print(), got.children[1].step.print());
  EXPECT_TRUE(got.adds_up(mail.size()));
}

}  // namespace
}  // namespace careo
