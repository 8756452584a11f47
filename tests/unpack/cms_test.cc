// SPDX-License-Identifier: Apache-2.0
// Signed and encrypted messages, made here value by value: RFC 5652 and RFC 5280 in their shortest forms.
#include "unpack/cms/cms.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/cms/der.h"
#include "unpack/collected.h"
#include "unpack/mail/mail.h"

namespace careo {
namespace {

using std::string_literals::operator""s;

std::string value(int tag, const std::string& content) {
  std::string out(1, static_cast<char>(tag));
  if (content.size() < 128) return out + static_cast<char>(content.size()) + content;
  out += '\x82';
  out += static_cast<char>(content.size() >> 8U);
  return out + static_cast<char>(content.size() & 0xFFU) + content;
}
/// A value whose end is marked.
std::string marked(int tag, const std::string& content) {
  return std::string(1, static_cast<char>(tag)) + "\x80" + content + "\0\0"s;
}
std::string sequence(const std::string& content) {
  return value(0x30, content);
}

const std::string kPkcs7 = "\x2A\x86\x48\x86\xF7\x0D\x01\x07"s;
const std::string kAlgorithm = sequence(value(0x06, "\x2A\x03"));

std::string part_of_name(const std::string& object, int tag, const std::string& text) {
  return value(0x31, sequence(value(0x06, object) + value(tag, text)));
}
std::string name(const std::string& common, const std::string& more = {}) {
  return sequence(part_of_name("\x55\x04\x03", 0x0C, common) + more);
}
const std::string kIssuer = name("Test CA");
const std::string kSerial = value(0x02, "\x00\xCA\x01"s);

std::string certificate() {
  const std::string mail = part_of_name("\x2A\x86\x48\x86\xF7\x0D\x01\x09\x01", 0x16, "ana@correo.example");
  const std::string inn = part_of_name("\x2A\x85\x03\x03\x81\x03\x01\x01", 0x12, "007700000000");
  const std::string wide = part_of_name("\x55\x04\x0A", 0x1E, "\x04\x1E\x04\x1E\x04\x1E"s);
  const std::string days = sequence(value(0x17, "200101000000Z") + value(0x18, "20991231235959Z"));
  const std::string others =
      sequence(value(0x06, "\x55\x1D\x11") + value(0x04, sequence(value(0x81, "alt@correo.example"))));
  const std::string key = sequence(value(0x06, "\x55\x1D\x0E") + value(0x04, value(0x04, "\xAB\xCD")));
  const std::string body =
      sequence(value(0xA0, value(0x02, "\x02")) + kSerial + kAlgorithm + kIssuer + days +
               name("Ana Torres", mail + inn + wide) + kAlgorithm + value(0xA3, sequence(others + key)));
  return sequence(body + kAlgorithm + value(0x03, "\0s"s));
}
const std::string kIssuerAndSerial = sequence(kIssuer + kSerial);

std::string signer(const std::string& by) {
  const std::string time =
      sequence(value(0x06, "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x05") + value(0x31, value(0x17, "231003101500+0200")));
  return sequence(value(0x02, "\x01") + by + kAlgorithm + value(0xA0, time) + kAlgorithm + value(0x04, "signature"));
}
std::string content_info(char type, const std::string& body) {
  return sequence(value(0x06, kPkcs7 + type) + value(0xA0, body));
}
std::string signed_data(const std::string& content, const std::string& signers = signer(kIssuerAndSerial)) {
  return content_info('\x02', sequence(value(0x02, "\x01") + value(0x31, kAlgorithm) +
                                       sequence(value(0x06, kPkcs7 + '\x01') + content) + value(0xA0, certificate()) +
                                       value(0x31, signers)));
}
const std::string kSigned = signed_data(value(0xA0, value(0x04, "%PDF-1.4 contract")));

const std::string kHolder =
    "CN=Ana Torres, emailAddress=ana@correo.example, INN=007700000000, O=\xD0\x9E\xD0\x9E\xD0\x9E";
const std::string kText = "signer: " + kHolder +
                          "\nemail: alt@correo.example\nissuer: CN=Test CA\nserial number: ca01\n"
                          "signing time: 2023-10-03T08:15:00Z\n";

Collected open(const std::string& bytes) {
  EXPECT_TRUE(cms_opener()->may(slice(bytes_of(bytes), 0, 64U << 10U), {}));
  Collected got = collect(*cms_opener(), bytes);
  EXPECT_TRUE(got.adds_up(bytes.size()) || got.type.starts_with("error")) << got.type;
  return got;
}

TEST(Cms, WhatWasSignedIsAPartAndWhoSignedItAText) {
  const Collected got = open(kSigned);
  EXPECT_EQ(got.type, "application/pkcs7-mime");
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(text_of(take_step(bytes_of(kSigned), got.children[0].step).value_or(Buffer())), "%PDF-1.4 contract");
  EXPECT_EQ(got.text_of_first(), kText);
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].kind, "cms");
  EXPECT_EQ(got.readings[0].grade, Grade::Unconfirmed) << "nothing was verified";
  const std::string who = "{\"subject\":\"" + kHolder +
                          "\",\"emails\":[\"ana@correo.example\",\"alt@correo.example\"],\"issuer\":\"CN=Test CA\","
                          "\"serial\":\"ca01\",\"key\":\"abcd\",";
  EXPECT_EQ(got.readings[0].value, "{\"type\":\"signed\",\"detached\":false,\"signers\":[" + who +
                                       "\"signed_at\":\"2023-10-03T08:15:00Z\"}]," + "\"certificates\":[" + who +
                                       "\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2099-12-31T23:59:59Z\"}]}");
  EXPECT_TRUE(got.unreads.empty());
}

TEST(Cms, StreamsInPiecesAreJoined) {
  const std::string pieces =
      marked(0xA0, marked(0x24, value(0x04, "Signed ") + marked(0x24, value(0x04, "wor")) + value(0x04, "ds")));
  const std::string body =
      marked(0x30, value(0x02, "\x01") + value(0x31, kAlgorithm) + marked(0x30, value(0x06, kPkcs7 + '\x01') + pieces));
  const Collected got = open(marked(0x30, value(0x06, kPkcs7 + '\x02') + marked(0xA0, body)));
  ASSERT_EQ(got.derived_data.size(), 1U);
  EXPECT_EQ(text_of(got.derived_data[0]), "Signed words");
  EXPECT_EQ(got.children[0].step.kind, Step::Kind::Node);
}

TEST(Cms, DetachedSignaturesAndCertificatesAlone) {
  const Collected apart = open(signed_data(""));
  EXPECT_EQ(apart.type, "application/pkcs7-signature");
  EXPECT_EQ(apart.text_of_first(), kText);
  EXPECT_TRUE(apart.children.empty());
  const Collected alone = open(signed_data("", ""));
  EXPECT_TRUE(alone.readings[0].value.starts_with("{\"type\":\"certificates\",\"signers\":[],"));
  EXPECT_TRUE(alone.text_of_first().starts_with("certificate: CN=Ana Torres"));
  EXPECT_EQ(open(signed_data("", signer(value(0x80, "\xAB\xCD")))).text_of_first(), kText) << "named by its key";
  EXPECT_EQ(open(signed_data("", signer(value(0x80, "\x01")))).text_of_first().substr(0, 15), "signer: key 01\n");
}

TEST(Cms, ArmouredOnesAreRead) {
  const std::string base64 = encode_base64(bytes_of(kSigned));
  const Collected lines = open("-----BEGIN PKCS7-----\n" + base64 + "\n-----END PKCS7-----\n");
  ASSERT_EQ(lines.derived_data.size(), 1U);
  EXPECT_EQ(text_of(lines.derived_data[0]), "%PDF-1.4 contract");
  EXPECT_EQ(open(base64.substr(0, 76) + "\r\n" + base64.substr(76)).text_of_first(), kText);
  for (const std::string& other :
       {"-----BEGIN CERTIFICATE-----\n" + base64, base64.substr(0, 76) + "\n, he wrote.", "MII"s, ""s})
    EXPECT_FALSE(cms_opener()->may(bytes_of(other), {})) << other;
}

TEST(Cms, WhatIsEncryptedSaysForWhom) {
  const std::string recipient = sequence(value(0x02, "\0"s) + kIssuerAndSerial + kAlgorithm + value(0x04, "key"));
  const Collected got = open(content_info('\x03', sequence(value(0x02, "\0"s) + value(0x31, recipient) + kAlgorithm)));
  EXPECT_EQ(got.type, "error: encrypted for the keys of its recipients");
  EXPECT_EQ(got.text_of_first(), "recipient: certificate ca01 of CN=Test CA\n");
  EXPECT_NE(got.readings[0].value.find(R"("recipients":[{"issuer":"CN=Test CA","serial":"ca01"}])"), std::string::npos);
}

TEST(Cms, DamageIsTold) {
  const Collected behind = open(kSigned + "more");
  ASSERT_EQ(behind.unreads.size(), 1U);
  EXPECT_EQ(behind.unreads[0].length, 4U);
  for (std::size_t cut = 20; cut < kSigned.size(); ++cut) {
    const Collected got = open(kSigned.substr(0, cut));
    EXPECT_EQ(got.unreads.size(), 1U) << cut;
  }
  EXPECT_EQ(open(kSigned.substr(0, 60)).children.size(), 1U) << "what came of it is kept";
  std::string bent = kSigned;
  bent[bent.find("%PDF") - 2] = '\x1F';  // the tag of what was signed
  const Collected other = open(bent);
  ASSERT_EQ(other.unreads.size(), 1U);
  EXPECT_EQ(other.unreads[0].reason, "damaged: what was signed may be lost");
  EXPECT_EQ(other.readings[0].value.find("detached"), std::string::npos);
}

TEST(Cms, ASignedMailIsRead) {
  const std::string entity = "Content-Type: text/plain; charset=utf-8\r\n\r\nKowalenko signs.\r\n";
  const Collected got = open(signed_data(value(0xA0, value(0x04, entity))));
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.children[0].hints.media_type, "message/rfc822");
  EXPECT_EQ(collect(*mail_opener(), entity, got.children[0].hints).text_of_first(), "Kowalenko signs.\n");
}

TEST(Der, NestingCostsNoStack) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "\x24\x80";
  const std::string head = "\x30\x80"s + value(0x06, kPkcs7 + '\x02') +
                           "\xA0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80"s + value(0x06, kPkcs7 + '\x01') + "\xA0\x80";
  EXPECT_EQ(open(head + deep).unreads.size(), 1U);
}

TEST(Der, ReadsIdentifiersAndTimes) {
  EXPECT_EQ(object_identifier(bytes_of(kPkcs7 + '\x02')), "1.2.840.113549.1.7.2");
  EXPECT_EQ(object_identifier(bytes_of("\x88\x37")), "2.999");
  EXPECT_EQ(object_identifier(bytes_of("\x2A\x86")), "");
  EXPECT_EQ(der_time(0x17, bytes_of("500101000000Z")), "1950-01-01T00:00:00Z");
  EXPECT_EQ(der_time(0x18, bytes_of("20231003081500.5Z")), "2023-10-03T08:15:00Z");
  EXPECT_EQ(der_time(0x17, bytes_of("2310031015Z")), "2023-10-03T10:15:00Z");
  EXPECT_EQ(der_time(0x17, bytes_of("soon")), "soon");
}

}  // namespace
}  // namespace careo
