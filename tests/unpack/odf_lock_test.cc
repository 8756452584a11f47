// SPDX-License-Identifier: Apache-2.0
// Locked OpenDocument packages: made here after ODF 1.2 part 3, section 4.8, and one that LibreOffice itself locked.
#include <gtest/gtest.h>

#include "base/transfer.h"
#include "unpack/cipher.h"
#include "unpack/collected.h"
#include "unpack/lock_maker.h"
#include "unpack/office/office.h"
#include "unpack/zip_maker.h"

namespace careo {
namespace {

enum class Lock { Aes, Blowfish };

std::string text64(const std::string& bytes) {
  return encode_base64(bytes_of(bytes));
}

/// What the manifest says of a member, and the member's bytes: deflated, filled, encrypted.
std::string lock_member(Lock lock, const std::string& password, const std::string& name, const std::string& text,
                        std::string* manifest) {
  const bool aes = lock == Lock::Aes;
  const std::string salt = "salt of " + name;
  const std::string iv = aes ? "sixteen of a vec" : "8 bytes!";
  const std::string start = hashed(aes ? "SHA256" : "SHA1", password);
  const Buffer made = pbkdf2("SHA1", bytes_of(start), bytes_of(salt), 11, aes ? 32 : 16);
  const std::string key(made.begin(), made.end());
  std::string packed = deflated(text);
  const std::string checksum = hashed(aes ? "SHA256" : "SHA1", packed.substr(0, 1024));
  if (aes) {
    const auto fill = static_cast<char>(16 - packed.size() % 16);
    packed.append(static_cast<std::size_t>(fill), fill);
  }
  const std::string urn = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#";
  *manifest += "<manifest:file-entry manifest:full-path=\"" + name +
               "\" manifest:media-type=\"text/xml\" manifest:size=\"" + std::to_string(text.size()) +
               "\"><manifest:encryption-data manifest:checksum-type=\"" + (aes ? urn + "sha256-1k" : "SHA1/1K") +
               "\" manifest:checksum=\"" + text64(checksum) + "\"><manifest:algorithm manifest:algorithm-name=\"" +
               (aes ? "http://www.w3.org/2001/04/xmlenc#aes256-cbc" : "Blowfish CFB") +
               "\" manifest:initialisation-vector=\"" + text64(iv) +
               "\"/><manifest:key-derivation manifest:key-derivation-name=\"PBKDF2\" manifest:iteration-count=\"11\" " +
               (aes ? "manifest:key-size=\"32\" " : "") + "manifest:salt=\"" + text64(salt) + "\"/>" +
               (aes ? "<manifest:start-key-generation manifest:start-key-generation-name=\"http://www.w3.org/2000/09/"
                      "xmldsig#sha256\" manifest:key-size=\"32\"/>"
                    : "") +
               "</manifest:encryption-data></manifest:file-entry>";
  return encrypted(aes ? "AES-256-CBC" : "BF-CFB", key, iv, packed);
}

std::string content_of(const std::string& words) {
  return R"(<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text><text:p>)" + words +
         "</text:p></office:text></office:body></office:document-content>";
}

std::string locked_odf(Lock lock, const std::string& password, const std::string& words) {
  std::string manifest = R"(<manifest:manifest xmlns:manifest="m">)";
  ZipMaker zip;
  zip.add({"mimetype", "application/vnd.oasis.opendocument.text", 0});
  zip.add({"content.xml", lock_member(lock, password, "content.xml", content_of(words), &manifest), 0});
  zip.add({"Pictures/plan.png", lock_member(lock, password, "Pictures/plan.png", "\x89PNG of a plan", &manifest), 0});
  zip.add("settings.xml", "<not-locked/>");
  zip.add("META-INF/manifest.xml", manifest + "</manifest:manifest>");
  return zip.finish();
}

Collected opened(const std::string& file, std::vector<std::string> words, Result<void>* how) {
  MemoryBytes part(file);
  part.words = std::move(words);
  Collected got;
  *how = office_opener()->open(part, {}, {}, got);
  return got;
}

/// Incompressible enough that members are longer than a checksum's first 1,024 bytes.
std::string long_words() {
  std::string out;
  for (std::uint32_t i = 0, x = 7; i < 4000; ++i, x = x * 1664525 + 1013904223) out += static_cast<char>('a' + x % 26);
  return out + "the convoy leaves at dawn";
}

TEST(OdfLock, TheUnlockedPackageIsRead) {
  for (const Lock lock : {Lock::Aes, Lock::Blowfish}) {
    for (const std::string& words : {std::string("short"), long_words()}) {
      const std::string file = locked_odf(lock, "ключ", words);
      Result<void> how;
      const Collected got = opened(file, {"wrong", "ключ"}, &how);
      ASSERT_TRUE(how) << how.error().text();
      ASSERT_EQ(got.children.size(), 1U);
      EXPECT_EQ(got.children[0].step.print(), "expand:cipher");
      EXPECT_TRUE(got.adds_up(file.size()));
      EXPECT_TRUE(got.unreads.empty());
      const Collected inside = collect(*office_opener(), text_of(got.derived_data[0]));
      EXPECT_EQ(inside.type, "application/vnd.oasis.opendocument.text");
      EXPECT_EQ(inside.text_of_first().substr(0, words.size()), words);
      EXPECT_TRUE(inside.unreads.empty());
      ASSERT_EQ(inside.children.size(), 1U);
      EXPECT_EQ(text_of(inside.derived_data[0]), "\x89PNG of a plan");
    }
  }
}

TEST(OdfLock, NoWordOpensItOrNoneIsRead) {
  const std::string file = locked_odf(Lock::Aes, "open sesame", "words");
  Result<void> how;
  EXPECT_TRUE(opened(file, {"wrong", "open sesame "}, &how).children.empty());
  EXPECT_EQ(how.error().fault, Fault::Denied);
  EXPECT_EQ(how.error().message, "a password is needed");
  // LibreOffice since 24.2: one encrypted member, and another way to its key.
  const std::string whole =
      ZipMaker()
          .add({"mimetype", "application/vnd.oasis.opendocument.text", 0})
          .add({"encrypted-package", "nobody reads this", 0})
          .add("META-INF/manifest.xml",
               R"(<m:manifest xmlns:m="m"><m:file-entry m:full-path="encrypted-package" m:size="9"><m:encryption-data>)"
               R"(<m:key-derivation m:key-derivation-name="urn:org:documentfoundation:names:experimental:office:)"
               R"(manifest:argon2id"/></m:encryption-data></m:file-entry></m:manifest>)")
          .finish();
  opened(whole, {"open sesame"}, &how);
  EXPECT_EQ(how.error().fault, Fault::Denied);
  EXPECT_EQ(how.error().message, "a password is needed (a lock that is not read here: Argon2id)");
}

TEST(OdfLock, DamageIsNamedAndTheRestIsRead) {
  std::string file = locked_odf(Lock::Aes, "w", "the words");
  const std::size_t picture = file.find("Pictures/plan.png") + 17;
  for (std::size_t i = 0; i < 16; ++i) file[picture + i] = static_cast<char>(file[picture + i] ^ 0x55);
  Result<void> how;
  const Collected got = opened(file, {"w"}, &how);
  ASSERT_TRUE(how) << how.error().text();  // although the smallest member, by which words are tried, is the damaged one
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "damaged: Pictures/plan.png");
}

TEST(OdfLock, WhatLibreOfficeLockedIsOpened) {
  const std::string file = shared_document("testODTEncrypted.odt");
  if (file.empty()) GTEST_SKIP() << "no shared data: a document that LibreOffice itself locked";
  Result<void> how;
  const Collected got = opened(file, {"tika"}, &how);
  if (!how) GTEST_FAIL() << how.error().text();
  const Collected inside = collect(*office_opener(), text_of(got.derived_data[0]));
  EXPECT_FALSE(inside.text_of_first().empty());
  EXPECT_TRUE(inside.unreads.empty());
}

}  // namespace
}  // namespace careo
