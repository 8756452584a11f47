// SPDX-License-Identifier: Apache-2.0
// Locks of Office documents: one made here after [MS-OFFCRYPTO] 2.3.4.11 to 2.3.4.15, and what Office itself locked.
#include "unpack/office/lock.h"

#include <gtest/gtest.h>
#include "base/transfer.h"
#include "unpack/collected.h"
#include "unpack/compound/compound.h"
#include "unpack/lock_maker.h"

namespace careo {
namespace {

constexpr int kSpins = 7;

std::string sha512(const std::string& bytes) {
  return hashed("SHA512", bytes);
}

std::string locked(const std::string& key, std::string iv, const std::string& bytes) {
  iv.resize(16, 0x36);
  return encrypted("AES-256-CBC", key, iv, bytes);
}

struct Made {
  std::string info, package;
};

// A lock for the password "ключ", in AES-256 and SHA-512, of `document`.
Made make_lock(std::string document) {
  const std::string salt = "0123456789abcdef";
  const std::string password("\x3a\x04\x3b\x04\x4e\x04\x47\x04", 8);
  std::string spun = sha512(salt + password);
  for (std::uint32_t i = 0; i < kSpins; ++i) spun = sha512(le32(i) + spun);
  const auto key_for = [&](std::string_view block) { return sha512(spun + std::string(block)).substr(0, 32); };
  const std::string verifier = "a verifier of 16";
  const std::string package_key = "the key of the package, 32 bytes";
  const auto text = [](const std::string& bytes) { return encode_base64(bytes_of(bytes)); };
  const std::string common = R"(saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" )"
                             R"(cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue=")" +
                             text(salt) + "\"";
  Made out;
  out.info = std::string("\4\0\4\0\x40\0\0\0", 8) + "<encryption><keyData " + common +
             R"(/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount=")" + std::to_string(kSpins) + "\" " + common +
             " encryptedVerifierHashInput=\"" +
             text(locked(key_for("\xfe\xa7\xd2\x76\x3b\x4b\x9e\x79"), salt, verifier)) +
             "\" encryptedVerifierHashValue=\"" +
             text(locked(key_for("\xd7\xaa\x0f\x6d\x30\x61\x34\x4e"), salt, sha512(verifier))) +
             "\" encryptedKeyValue=\"" + text(locked(key_for("\x14\x6e\x0b\xe7\xab\xac\xd0\xd6"), salt, package_key)) +
             "\"/></keyEncryptor></keyEncryptors></encryption>";
  out.package = le32(static_cast<std::uint32_t>(document.size())) + le32(0);
  document = filled(document);
  for (std::uint32_t i = 0; i * 4096 < document.size(); ++i)
    out.package += locked(package_key, sha512(salt + le32(i)), document.substr(i * 4096, 4096));
  return out;
}

std::string long_document() {
  std::string out;
  for (int i = 0; i < 2000; ++i) out += "line " + std::to_string(i) + "\n";
  return out;
}

TEST(OfficeLock, TheRightWordOpensIt) {
  const Made made = make_lock(long_document());
  const Result<OfficeLock> lock = OfficeLock::read(bytes_of(made.info));
  ASSERT_TRUE(lock) << lock.error().text();
  const Result<Buffer> key = lock->key(std::vector<std::string>{"wrong", "", "ключ"});
  ASSERT_TRUE(key) << key.error().text();
  const Result<Buffer> document = lock->open(bytes_of(made.package), *key);
  ASSERT_TRUE(document);
  EXPECT_EQ(text_of(*document), long_document());
  EXPECT_EQ(lock->key({}).error().fault, Fault::Denied);
  EXPECT_EQ(lock->key(std::vector<std::string>{"ключ "}).error().fault, Fault::Denied);
  EXPECT_EQ(lock->open(slice(bytes_of(made.package), 0, 5000), *key).error().message, "ends early");
}

TEST(OfficeLock, WhatIsNoLockIsRefused) {
  const std::string info = make_lock("x").info;
  for (std::size_t length = 0; length + 40 < info.size(); length += 31)
    EXPECT_FALSE(OfficeLock::read(slice(bytes_of(info), 0, length))) << length;
  std::string slow = info;
  slow.replace(slow.find("spinCount=\"7\""), 13, "spinCount=\"99999999\"");
  EXPECT_EQ(OfficeLock::read(bytes_of(slow)).error().message, "a lock that takes too long");
}

TEST(OfficeLock, WhatOfficeLockedIsOpened) {
  if (shared_document("protect.xlsx").empty()) GTEST_SKIP() << "no shared data: documents that Office itself locked";
  for (const char* name : {"protect.xlsx", "testEXCEL_protected_passtika_2.xlsx", "testPPT_protected_passtika.pptx"}) {
    const std::string file = shared_document(name);
    MemoryBytes part(file);
    part.words = {"wrong", "tika", "foobaa"};
    Collected got;
    EXPECT_TRUE(compound_opener()->open(part, {}, {}, got)) << name;
    ASSERT_EQ(got.children.size(), 1U) << name;
    EXPECT_EQ(got.children[0].step.print(), "expand:cipher");
    EXPECT_EQ(text_of(got.derived_data[0]).substr(0, 2), "PK") << name;
    EXPECT_TRUE(got.adds_up(file.size()));
  }
}

}  // namespace
}  // namespace careo
