// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/yenc.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdio>

#include "base/text.h"
#include "collected.h"
#include "unpack/mail/mail.h"

namespace careo {
namespace {

std::string data(std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(i * 7 + i / 256);
  return out;
}

std::string lines(std::string_view bytes, std::size_t line, std::string_view end) {
  std::string out;
  std::size_t used = 0;
  for (const char c : bytes) {
    auto e = static_cast<unsigned char>(c + 42);
    if (e == 0 || e == '\r' || e == '\n' || e == '=') {
      out += '=';
      e = static_cast<unsigned char>(e + 64);
      ++used;
    }
    out += static_cast<char>(e);
    if (++used < line) continue;
    out += end;
    used = 0;
  }
  return used > 0 ? out + std::string(end) : out;
}

std::string crc(std::string_view bytes) {
  char out[16];
  std::snprintf(out, sizeof out, "%08lx",
                ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
  return out;
}

std::string whole(std::string_view bytes, std::string_view end = "\n") {
  const std::string size = std::to_string(bytes.size());
  return "=ybegin line=128 size=" + size + " name=a scan.jpg" + std::string(end) + lines(bytes, 128, end) +
         "=yend size=" + size + " crc32=" + crc(bytes) + std::string(end);
}

TEST(Yenc, FindsAFileInAText) {
  const std::string bytes = data(1000);
  for (const std::string_view end : {"\n", "\r\n", "\r"}) {
    const std::string text = "before" + std::string(end) + whole(bytes, end) + "after";
    const std::vector<YencFile> files = find_yenc(bytes_of(text));
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files[0].name, "a scan.jpg");
    EXPECT_EQ(text_of(files[0].bytes), bytes);
    EXPECT_EQ(files[0].damage, "");
    EXPECT_EQ(text.substr(files[0].end), "after");
  }
}

TEST(Yenc, SaysThatAPieceIsOne) {
  const std::string bytes = data(500);
  const std::string begin = "=ybegin part=2 total=3 line=128 size=1400 name=a.zip\n=ypart begin=501 end=1000\n";
  const std::string text =
      begin + lines(bytes, 128, "\n") + "=yend size=500 part=2 pcrc32=" + crc(bytes) + " crc32=00000000\n";
  const std::vector<YencFile> files = find_yenc(bytes_of(text));
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(text_of(files[0].bytes), bytes);
  EXPECT_EQ(files[0].damage, "piece 2 of 3 of a file in yEnc: the others are not in this mail");
}

TEST(Yenc, SaysWhatIsDamaged) {
  const std::string bytes = data(1000);
  std::string text = whole(bytes);
  text.replace(text.find("crc32=") + 6, 8, "12345678");
  EXPECT_EQ(find_yenc(bytes_of(text)).at(0).damage, "a file in yEnc whose checksum does not match");
  text = whole(bytes);
  text.erase(text.find("=yend") - 10, 9);
  EXPECT_EQ(find_yenc(bytes_of(text)).at(0).damage, "a file in yEnc of another size than it says");
  text = whole(bytes);
  text.resize(text.find("=yend"));
  EXPECT_EQ(find_yenc(bytes_of(text)).at(0).damage, "a file in yEnc without its end");
  EXPECT_EQ(text_of(find_yenc(bytes_of(text)).at(0).bytes), bytes);
}

TEST(Yenc, TakesNoProse) {
  EXPECT_TRUE(
      find_yenc(bytes_of("=ybegin line=128 size=99 name=x\nis how it begins, and\n=yend size=99\nit ends\n")).empty());
  EXPECT_TRUE(find_yenc(bytes_of("=ybegin line=128 size=99 name=x\n")).empty());
  EXPECT_TRUE(find_yenc(bytes_of("=ybegin name=x\n=yend\n")).empty());
  EXPECT_TRUE(find_yenc(bytes_of("say =ybegin line=1 size=1 name=x\nk\n=yend size=1\n")).empty());
  EXPECT_TRUE(find_yenc(bytes_of("=ybegin line=18446744073709551615 size=5 name=x\n\n\nwords\n")).empty());
  EXPECT_TRUE(find_yenc({}).empty());
  std::string hostile;
  for (int i = 0; i < 100'000; ++i) hostile += "=ybegin line=128 size=9 name=x\n=yend size\n";
  EXPECT_TRUE(find_yenc(bytes_of(hostile)).empty());
}

// A mail of a hundred thousand files would hide its own header: its reading would be too large.
TEST(Yenc, TheFilesOfAMailAreCounted) {
  std::string mail = "From: a@x.example\nTo: b@x.example\nSubject: s\n\n";
  for (int i = 0; i < 10'002; ++i) mail += "=ybegin line=128 size=1 name=x\nk\n=yend size=1\n";
  const Collected got = collect(*mail_opener(), mail);
  EXPECT_EQ(got.children.size(), 10'000U);
  EXPECT_EQ(got.text_of_first().find("=ybegin"), 0U) << "what is no child stays in the text";
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "more files in its texts than are read");
  EXPECT_TRUE(got.adds_up(mail.size()));
}

TEST(Yenc, IsAChildOfAMail) {
  const std::string header = "From: a@x.example\nTo: b@x.example\nSubject: s\nDate: Tue, 3 Oct 2023 10:15:00 +0200\n";
  const std::string mail = header + "\nbefore\n" + whole(data(700)) + "after\n";
  const Collected got = collect(*mail_opener(), mail);
  EXPECT_EQ(got.text_of_first(), "before\nafter\n");
  ASSERT_EQ(got.derived_data.size(), 1U);
  EXPECT_EQ(text_of(got.derived_data[0]), data(700));
  EXPECT_EQ(got.children[0].name, "a scan.jpg");
  EXPECT_TRUE(got.unreads.empty());
  EXPECT_TRUE(got.adds_up(mail.size()));
  const std::string attached =
      header +
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/octet-stream; "
      "name=x.jpg\n\n" +
      whole(data(700)) + "--b--\n";
  const Collected more = collect(*mail_opener(), attached);
  ASSERT_EQ(more.derived_data.size(), 1U);
  EXPECT_EQ(text_of(more.derived_data[0]), data(700));
  EXPECT_EQ(more.children[0].name, "x.jpg");
  EXPECT_TRUE(more.adds_up(attached.size()));
}

}  // namespace
}  // namespace careo
