// SPDX-License-Identifier: Apache-2.0
// Locked RAR archives of both kinds: what a word opens is an archive without a lock, which the reader of all archives
// reads.
#include "unpack/rar_maker.h"

#include <gtest/gtest.h>

#include "unpack/archive/archive.h"
#include "unpack/archive/rar_services.h"
#include "unpack/collected.h"

namespace careo {
namespace {

const std::vector<std::string> kWords = {"wrong", "", "wя"};

const std::vector<RarFile>& files() {
  static const std::vector<RarFile> out = {{"plan.txt", "the convoy leaves at dawn"},
                                           {"open.txt", "for everybody", false},
                                           {"long.txt", std::string(5000, 'x') + "end"}};
  return out;
}

std::string rar4(RarNames names) {
  return Rar4Maker::make(files(), std::string("w\0\x4f\x04", 4), names);
}

std::string rar5(RarNames names, Rar5Maker::Checksums checksums = Rar5Maker::Checksums::Tweaked) {
  return Rar5Maker::make(files(), "wя", names, checksums);
}

TEST(Rar, TheUnlockedArchiveIsRead) {
  for (const std::string& file : {rar4(RarNames::Open), rar4(RarNames::Hidden), rar5(RarNames::Open),
                                  rar5(RarNames::Hidden), rar5(RarNames::Open, Rar5Maker::Checksums::Plain)}) {
    const Collected got = collect(*archive_opener(), file, {}, {}, kWords);
    ASSERT_EQ(got.children.size(), 1U) << got.type;
    EXPECT_EQ(got.children[0].step.print(), "expand:cipher");
    EXPECT_TRUE(got.adds_up(file.size()));
    EXPECT_TRUE(got.unreads.empty()) << got.unreads[0].reason;
    const Collected inside = collect(*archive_opener(), text_of(got.derived_data[0]));
    ASSERT_EQ(inside.children.size(), 3U) << inside.type;
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(inside.children[i].name, files()[i].name);
      EXPECT_TRUE(text_of(inside.derived_data[i]) == files()[i].data) << files()[i].name;
    }
    EXPECT_TRUE(inside.unreads.empty());
  }
}

TEST(Rar, WithoutItsWordItIsLocked) {
  for (const std::string& file : {rar4(RarNames::Hidden), rar5(RarNames::Hidden)})
    for (const std::vector<std::string>& words : {std::vector<std::string>{}, {"wrong", "w"}})
      EXPECT_EQ(collect(*archive_opener(), file, {}, {}, words).type, "error: a password is needed");
  for (const std::string& file : {rar4(RarNames::Open), rar5(RarNames::Open)}) {
    for (const std::vector<std::string>& words : {std::vector<std::string>{}, {"wrong", "w"}}) {
      const Collected got = collect(*archive_opener(), file, {}, {}, words);
      ASSERT_EQ(got.children.size(), 1U) << "what is encrypted is no file";
      EXPECT_EQ(got.children[0].name, "open.txt");
      ASSERT_EQ(got.unreads.size(), 2U);
      EXPECT_EQ(got.unreads[0].reason, "locked: plan.txt");
    }
  }
}

TEST(Rar, DamageIsNamed) {
  // A bit of the long file: its tweaked checksum cannot be kept, so it is compared when the lock is taken off.
  std::string damaged = rar5(RarNames::Open);
  damaged[damaged.size() - 1000] = static_cast<char>(damaged[damaged.size() - 1000] ^ 1);
  const Collected whole = collect(*archive_opener(), damaged, {}, {}, kWords);
  ASSERT_EQ(whole.unreads.size(), 1U);
  EXPECT_EQ(whole.unreads[0].reason, "checksum does not match: file 3 of the archive");
  // The end is missing: what stands before it is unlocked.
  for (const RarNames names : {RarNames::Open, RarNames::Hidden}) {
    for (const std::string& file : {rar4(names), rar5(names)}) {
      const Collected got = collect(*archive_opener(), file.substr(0, file.size() - 1000), {}, {}, kWords);
      ASSERT_EQ(got.derived_data.size(), 1U) << got.type;
      ASSERT_EQ(got.unreads.size(), 1U);
      EXPECT_EQ(got.unreads[0].reason, "the last file ends early: the rest of the archive");
      const Collected inside = collect(*archive_opener(), text_of(got.derived_data[0]));
      ASSERT_EQ(inside.children.size(), 2U);
      EXPECT_EQ(text_of(inside.derived_data[0]), "the convoy leaves at dawn");
    }
  }
}

TEST(Rar, WhatWinRarLockedIsNamed) {
  const std::string file = shared_document("test-documents-enc.rar");
  if (file.empty()) GTEST_SKIP() << "no shared data: a RAR 4 whose names are hidden";
  EXPECT_EQ(collect(*archive_opener(), file, {}, {}, {"wrong"}).type, "error: a password is needed");
}

/// A header of RAR 5 with data, and one that ends the archive.
std::string service5(const std::string& name, const std::string& data, char method = 0, const std::string& extra = "") {
  const std::string fields = std::string("\0", 1) + static_cast<char>(data.size()) + std::string("\0", 1) +
                             (method == 0 ? std::string("\0", 1) : "\x80\x03") + '\1' + static_cast<char>(name.size()) +
                             name;
  const std::string body = (extra.empty() ? "\3\2" : "\3\3" + std::string(1, static_cast<char>(extra.size()))) +
                           std::string(1, static_cast<char>(data.size())) + fields + extra;
  const std::string sized = static_cast<char>(body.size()) + body;
  return le32(rar_crc(sized)) + sized + data;
}

TEST(Rar, CommentsAreTextAndOtherServicesAreTold) {
  const std::string whole = Rar5Maker::make({{"a.txt", "Dear Ana", false}}, "", RarNames::Open);
  const std::string comment = "leaked by N, Казань";
  // Behind the archive's own header.
  const std::size_t main = 8 + 4 + 1 + static_cast<std::uint8_t>(whole[12]);
  const auto with = [&](const std::string& service) {
    std::string file = whole;
    file.insert(main, service);
    const Collected got = collect(*archive_opener(), file);
    EXPECT_TRUE(got.adds_up(file.size()));
    EXPECT_EQ(got.children.size(), 1U);
    return got.unreads.empty() ? got.text_of_first() : got.unreads[0].reason;
  };
  EXPECT_EQ(with(service5("CMT", comment)), "[comment: " + comment + "]\n");
  EXPECT_EQ(with(service5("CMT", comment, 3)), "a comment that is packed");
  EXPECT_EQ(with(service5("STM", "zone")), "a stream beside a file (NTFS)");
  EXPECT_EQ(with(service5("QO", "table")), "");
}

TEST(Rar, ACommentOfRar4) {
  std::string file = Rar4Maker::make({{"a.txt", "Dear Ana", false}}, "x", RarNames::Open);
  const std::string comment = "leaked by N";
  const auto block = [&](char method) {
    const std::string size = le32(static_cast<std::uint32_t>(comment.size()));
    const std::string rest = size + size + '\2' + le32(0) + le32(0) + '\x1D' + method + le16(3) + le32(0) + "CMT";
    const std::string body = '\x7A' + le16(0x8000) + le16(7 + rest.size()) + rest;
    return le16(rar_crc(body)) + body + comment;
  };
  EXPECT_EQ(collect(*archive_opener(), std::string(file).insert(20, block('0'))).text_of_first(),
            "[comment: leaked by N]\n");
  const Collected packed = collect(*archive_opener(), std::string(file).insert(20, block('3')));
  ASSERT_EQ(packed.unreads.size(), 1U);
  EXPECT_EQ(packed.unreads[0].reason, "a comment that is packed");
  // What looks like a comment in a file of more than 4 GiB is none.
  const std::string upper = le32(1) + le32(1);
  const std::string rest = le32(8) + le32(8) + '\2' + le32(0) + le32(0) + "\x1D\x30" + le16(1) + le32(0) + upper + "a";
  const std::string large = "\x74" + le16(0x8100) + le16(7 + rest.size()) + rest;
  const std::string bytes = file.substr(0, 20) + le16(rar_crc(large)) + large + "Dear Ana" + block('0');
  MemoryBytes part(bytes);
  EXPECT_TRUE(rar_services(part)->comments.empty());
}

/// Comments as RAR 1.5 to 2.x kept them: within a header whose checksum ends before them.
std::string comment_within(const std::string& text, char method = '0') {
  const std::string fields = le16(text.size()) + '\x0F' + method + le16(rar_crc(text));
  const std::string body = '\x75' + le16(0) + le16(13 + text.size()) + fields;
  return le16(rar_crc(body)) + body + text;
}
std::string old_header(int type, int flags, const std::string& fields, const std::string& comment) {
  const std::string body = static_cast<char>(type) + le16(flags) + le16(7 + fields.size() + comment.size()) + fields;
  return le16(rar_crc(body)) + body + comment;
}
std::string old_rar(const std::string& on_all, const std::string& on_file, char host, char method) {
  const std::string data = "Dear Ana", name = "A.TXT", size = le32(8);
  const std::string fields = size + size + host + le32(rar_crc(data)) + le32(0x4D784137) + '\x14' + method +
                             le16(name.size()) + le32(0x20) + name;
  return std::string("Rar!\x1A\x07\0", 7) + old_header(0x73, 2, std::string(6, '\0'), on_all) +
         old_header(0x74, 0x8000 | (on_file.empty() ? 0 : 8), fields, on_file) + data;
}

TEST(Rar, CommentsWithinOldHeadersAreText) {
  for (const char host : {'\0', '\1', '\2'}) {  // DOS, OS/2, Windows
    const std::string file = old_rar(comment_within("leaked by N"), comment_within("to be burnt\r\n"), host, '0');
    const Collected got = collect(*archive_opener(), file);
    EXPECT_EQ(got.text_of_first(), "[comment: leaked by N]\n[comment on A.TXT: to be burnt]\n") << got.type;
    ASSERT_EQ(got.children.size(), 1U);
    EXPECT_EQ(got.children[0].name, "A.TXT");
    EXPECT_EQ(text_of(got.derived_data[0]), "Dear Ana");
    EXPECT_TRUE(got.unreads.empty()) << got.unreads[0].reason;
    EXPECT_TRUE(got.adds_up(file.size()));
  }
}

TEST(Rar, WhatOldHeadersHidePackedOrDamagedIsTold) {
  const std::string packed = old_rar(comment_within("x", '4'), comment_within("y", '3'), '\2', '3');
  const Collected got = collect(*archive_opener(), packed);
  ASSERT_EQ(got.unreads.size(), 3U);
  EXPECT_EQ(got.unreads[0].reason, "a comment that is packed");
  EXPECT_EQ(got.unreads[1].reason, "a comment on A.TXT that is packed");
  EXPECT_EQ(got.unreads[2].reason, "packed by RAR before 2.9: A.TXT");
  EXPECT_TRUE(got.children.empty());
  std::string changed = comment_within("leaked by N");
  changed.back() = 'M';
  const Collected wrong = collect(*archive_opener(), old_rar(changed, comment_within("z").substr(0, 10), '\2', '0'));
  EXPECT_EQ(wrong.text_of_first(), "[comment: leaked by M]\n");
  ASSERT_EQ(wrong.unreads.size(), 2U);
  EXPECT_EQ(wrong.unreads[0].reason, "checksum does not match: a comment");
  EXPECT_EQ(wrong.unreads[1].reason, "a comment on A.TXT that is damaged");
  EXPECT_EQ(wrong.children.size(), 1U);
  // A header that is damaged is not made good.
  std::string damaged = old_rar(comment_within("leaked by N"), "", '\2', '0');
  damaged[7] = static_cast<char>(damaged[7] ^ 1);
  EXPECT_EQ(collect(*archive_opener(), damaged).type, "error: Header CRC error");
}

TEST(Rar, ACommentThatStaysLockedWaitsForNoPassword) {
  const std::string lock = std::string("\x24\1\0\0\3", 5) + std::string(32, 's');
  std::string file = rar5(RarNames::Open);
  const std::size_t main = 8 + 4 + 1 + static_cast<std::uint8_t>(file[12]);
  file.insert(main, service5("CMT", std::string(16, 'c'), 0, lock));
  const Collected shut = collect(*archive_opener(), file, {}, {}, {"wrong"});
  ASSERT_FALSE(shut.unreads.empty());
  EXPECT_EQ(shut.unreads[0].reason, "locked: a comment");
  const Collected open = collect(*archive_opener(), file, {}, {}, {"wя"});
  ASSERT_EQ(open.children.size(), 1U) << open.type;
  ASSERT_EQ(open.unreads.size(), 1U);
  EXPECT_EQ(open.unreads[0].reason, "a comment that stays locked");
}

}  // namespace
}  // namespace careo
