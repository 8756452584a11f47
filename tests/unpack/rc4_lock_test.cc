// SPDX-License-Identifier: Apache-2.0
// Workbooks and Word documents under RC4: golden ones locked here after [MS-OFFCRYPTO] 2.3.5 and 2.3.6, and two that
// Excel itself locked.
#include <gtest/gtest.h>

#include <random>

#include "unpack/collected.h"
#include "unpack/compound/compound.h"
#include "unpack/compound/parts.h"
#include "unpack/lock_maker.h"

namespace careo {
namespace {

constexpr std::size_t kOfWord = 512;
constexpr std::size_t kOfExcel = 1024;
const std::string kSalt = "0123456789abcdef";
const std::string kKey("\x3a\x04\x3b\x04\x4e\x04\x47\x04", 8);  // "ключ"

enum class Scheme { Md5, CryptoApi40, CryptoApi128 };

std::string block_key(Scheme scheme, const std::string& password, std::uint32_t block) {
  if (scheme == Scheme::Md5) {
    std::string all;
    for (int i = 0; i < 16; ++i) all += hashed("MD5", password).substr(0, 5) + kSalt;
    return hashed("MD5", hashed("MD5", all).substr(0, 5) + le32(block));
  }
  const std::string made = hashed("SHA1", hashed("SHA1", kSalt + password) + le32(block));
  return scheme == Scheme::CryptoApi40 ? made.substr(0, 5) + std::string(11, '\0') : made.substr(0, 16);
}

std::string locked(Scheme scheme, const std::string& password, const std::string& stream, std::size_t block) {
  std::string out;
  for (std::size_t at = 0; at < stream.size(); at += block)
    out += encrypted("RC4", block_key(scheme, password, static_cast<std::uint32_t>(at / block)), "",
                     stream.substr(at, block));
  return out;
}

/// The encryption header: 2.3.6.1, or 2.3.5.1 with what 2.3.2 and 2.3.3 say.
std::string header_of(Scheme scheme, const std::string& password) {
  const std::string verifier = "a verifier of 16";
  const bool md5 = scheme == Scheme::Md5;
  const std::string both = locked(scheme, password, verifier + hashed(md5 ? "MD5" : "SHA1", verifier), 1024);
  if (md5) return std::string("\1\0\1\0", 4) + kSalt + both;
  const std::uint32_t bits = scheme == Scheme::CryptoApi40 ? 40 : 128;
  const std::string how = le32(4) + le32(0) + le32(0x6801) + le32(0x8004) + le32(bits) + le32(1) + le32(0) + le32(0) +
                          std::string("R\0C\0\0\0", 6);
  return std::string("\2\0\2\0", 4) + le32(4) + le32(static_cast<std::uint32_t>(how.size())) + how + le32(16) + kSalt +
         both.substr(0, 16) + le32(20) + both.substr(16);
}

std::string golden(const std::string& name) {
  std::ifstream in(CAREO_SOURCE_DIR "/tests/golden/documents/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

using Change = std::function<std::string(const std::string& name, std::string stream)>;

/// A golden file, each stream of its root changed.
std::string changed(const std::string& name, const Change& change) {
  const std::string bytes = golden(name);
  MemoryBytes part(bytes);
  CompoundFile file = *CompoundFile::open(part);
  std::vector<CompoundNode> tree = subtree(file, file.root());
  for (CompoundNode& node : tree) {
    if (node.storage || node.parent != 0) continue;
    std::string stream;
    EXPECT_TRUE(node.pour([&](Bytes piece) -> Result<void> {
      stream += text_of(piece);
      return {};
    }));
    stream = change(std::string(node.name.begin(), node.name.end()), stream);
    node.bytes = Buffer(stream.begin(), stream.end());
    node.pour = nullptr;
  }
  std::string out;
  EXPECT_TRUE(write_compound(tree, [&](Bytes piece) -> Result<void> {
    out += text_of(piece);
    return {};
  }));
  return out;
}

std::uint16_t u16(const std::string& bytes, std::size_t at) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) | static_cast<unsigned char>(bytes[at + 1])
                                                                                << 8U);
}

std::string le16(std::size_t number) {
  return le32(static_cast<std::uint32_t>(number)).substr(0, 2);
}

/// [MS-XLS] 2.2.10: FilePass behind the first record; headers, and what tells where sheets begin, stay in clear.
std::string lock_workbook(Scheme scheme, const std::string& password, std::string stream) {
  const std::string header = header_of(scheme, password);
  const std::string pass = le16(0x2F) + le16(header.size() + 2) + le16(1) + header;
  stream.insert(4U + u16(stream, 2), pass);
  const std::string whole = locked(scheme, password, stream, kOfExcel);
  for (std::size_t at = 0; at + 4 <= stream.size();) {
    const std::uint16_t type = u16(stream, at);
    const std::size_t length = u16(stream, at + 2);
    const std::size_t clear = type == 0x0809 || type == 0x2F ? length : type == 0x85 ? 4 : 0;
    if (type == 0x85) stream.replace(at + 4, 2, le16(u16(stream, at + 4) + pass.size()));
    stream.replace(at + 4 + clear, length - clear, whole.substr(at + 4 + clear, length - clear));
    at += 4 + length;
  }
  return stream;
}

std::string locked_workbook(Scheme scheme, const std::string& password) {
  return changed("payments97.xls", [&](const std::string& name, std::string stream) {
    return name == "Workbook" ? lock_workbook(scheme, password, std::move(stream)) : stream;
  });
}

/// [MS-DOC] 2.2.6.2: 68 bytes of the main stream and the header before the tables stay in clear, and since all that is
/// said of the tables' places counts from their stream's begin, they move.
std::string locked_document(Scheme scheme, const std::string& password) {
  const std::string header = header_of(scheme, password);
  return changed("statement.doc", [&](const std::string& name, std::string stream) {
    if (name == "1Table" || name == "0Table") {
      const std::string open = header + stream;
      return header + locked(scheme, password, open, kOfWord).substr(header.size());
    }
    if (name != "WordDocument") return name == "Data" ? locked(scheme, password, stream, kOfWord) : stream;
    const std::size_t count = u16(stream, 152);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = 154 + i * 8;
      if (u16(stream, at + 4) != 0) stream.replace(at, 2, le16(u16(stream, at) + header.size()));
    }
    stream.replace(10, 2, le16(u16(stream, 10) | 0x0100U));
    stream.replace(14, 4, le32(static_cast<std::uint32_t>(header.size())));
    return stream.substr(0, 68) + locked(scheme, password, stream, kOfWord).substr(68);
  });
}

std::vector<std::string> texts_of(const Collected& got) {
  std::vector<std::string> out;
  for (const Text& text : got.texts) out.push_back(text.utf8);
  return out;
}

Collected opened(const std::string& file, std::vector<std::string> words) {
  return collect(*compound_opener(), file, {}, {}, std::move(words));
}

class Rc4 : public testing::TestWithParam<Scheme> {};

TEST_P(Rc4, AWorkbookIsWhatItWasBefore) {
  const std::string file = locked_workbook(GetParam(), kKey);
  const Collected got = opened(file, {"wrong", "", "ключ"});
  ASSERT_EQ(got.children.size(), 1U) << got.type;
  EXPECT_EQ(got.children[0].step.print(), "expand:cipher");
  EXPECT_TRUE(got.adds_up(file.size()));
  const Collected open = opened(std::string(text_of(got.derived_data[0])), {});
  const std::vector<std::string> wanted = texts_of(opened(golden("payments97.xls"), {}));
  EXPECT_FALSE(wanted.empty());
  EXPECT_EQ(texts_of(open), wanted);
  EXPECT_TRUE(open.adds_up(got.derived_data[0].size()));
}

TEST_P(Rc4, ADocumentIsWhatItWasBefore) {
  const std::string file = locked_document(GetParam(), kKey);
  const Collected got = opened(file, {"ключ"});
  ASSERT_EQ(got.children.size(), 1U) << got.type;
  EXPECT_TRUE(got.adds_up(file.size()));
  const Collected open = opened(std::string(text_of(got.derived_data[0])), {});
  const std::vector<std::string> wanted = texts_of(opened(golden("statement.doc"), {}));
  EXPECT_FALSE(wanted.empty());
  EXPECT_EQ(texts_of(open), wanted);
}

TEST_P(Rc4, WithoutTheWordItStaysLocked) {
  for (const std::string& file : {locked_workbook(GetParam(), kKey), locked_document(GetParam(), kKey)}) {
    const Collected got = opened(file, {"wrong", "ключ "});
    EXPECT_EQ(got.type.rfind("error: a password is needed", 0), 0U) << got.type;
    EXPECT_TRUE(got.children.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Schemes, Rc4, testing::Values(Scheme::Md5, Scheme::CryptoApi40, Scheme::CryptoApi128));

TEST(Rc4Lock, HoldsUnderDamage) {
  std::mt19937 dice(7);
  std::size_t unlocked = 0;
  for (const std::string& file : {locked_workbook(Scheme::Md5, kKey), locked_document(Scheme::CryptoApi128, kKey)}) {
    for (int round = 0; round < 300; ++round) {
      std::string broken = file;
      for (int i = 0; i < 3; ++i) broken[8 + dice() % (broken.size() - 8)] = static_cast<char>(dice());
      if (dice() % 4 == 0) broken.resize(dice() % broken.size());
      const Collected got = opened(broken, {"ключ"});
      EXPECT_TRUE(got.type.starts_with("error") || got.adds_up(broken.size()));
      unlocked += got.derived_data.size();
      for (const Buffer& inside : got.derived_data) (void)opened(std::string(text_of(inside)), {});
    }
  }
  EXPECT_GT(unlocked, 200U);
}

TEST(Rc4Lock, ExcelsOwnWordNeedsNobody) {
  std::string wide;
  for (const char c : std::string("VelvetSweatshop")) wide += {c, '\0'};
  EXPECT_EQ(opened(locked_workbook(Scheme::Md5, wide), {}).children.size(), 1U);
}

TEST(Rc4Lock, WhatExcelLockedIsOpened) {
  if (shared_document("password.xls").empty()) GTEST_SKIP() << "no shared data: workbooks that Excel itself locked";
  for (const char* name : {"password.xls", "testEXCEL_protected_passtika.xls"}) {
    const std::string file = shared_document(name);
    const Collected got = opened(file, {"wrong", "tika", "password"});
    ASSERT_EQ(got.children.size(), 1U) << name << got.type;
    EXPECT_TRUE(got.adds_up(file.size())) << name;
    const Collected open = opened(std::string(text_of(got.derived_data[0])), {});
    EXPECT_FALSE(open.texts.empty()) << name;
    EXPECT_TRUE(open.unreads.empty()) << name << open.unreads[0].reason;
  }
}

}  // namespace
}  // namespace careo
