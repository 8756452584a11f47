// SPDX-License-Identifier: Apache-2.0
// Web archives, put together record by record.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unpack/archive/archive.h"
#include "unpack/collected.h"
#include "unpack/openers.h"

namespace careo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string record(const std::string& type, const std::string& address, const std::string& media_type,
                   const std::string& block) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n" +
         (address.empty() ? "" : "WARC-Target-URI: " + address + "\r\n") + "Content-Type: " + media_type +
         "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

const std::string kHttp = "application/http; msgtype=response";

std::string archive() {
  return record("warcinfo", "", "application/warc-fields", "operator: Ana\r\n") +
         record("request", "http://example.org/a", kHttp, "GET /a HTTP/1.1\r\n\r\n") +
         record("response", "http://example.org/a", kHttp, "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n\xFF\xD8\xFFpixels") +
         record("response", "http://example.org/b", kHttp,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na") +
         record("resource", "file:///c.txt", "text/plain", "as it is");
}

std::vector<std::string> children(const std::string& file) {
  const Collected got = collect(*warc_opener(), file);
  EXPECT_TRUE(got.adds_up(file.size())) << got.type;
  std::vector<std::string> out;
  for (const Child& child : got.children) {
    const std::string range = child.step.print();
    const std::size_t plus = range.find('+');
    out.push_back(child.name + " | " + file.substr(std::stoul(range.substr(6)), std::stoul(range.substr(plus + 1))));
  }
  return out;
}

TEST(Warc, EachRecordIsAPart) {
  const std::string file = archive();
  ASSERT_TRUE(warc_opener()->may(bytes_of(file), {}));
  EXPECT_THAT(children(file),
              ElementsAre("warcinfo | operator: Ana\r\n", "request http://example.org/a | GET /a HTTP/1.1\r\n\r\n",
                          "http://example.org/a | \xFF\xD8\xFFpixels",
                          "http://example.org/b | HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na",
                          "file:///c.txt | as it is"));
  const Collected got = collect(*warc_opener(), file);
  EXPECT_TRUE(got.unreads.empty());
  EXPECT_THAT(got.text_of_first(), HasSubstr("[response 2020-01-02T03:04:05Z: http://example.org/a]\nHTTP/1.1 200 OK\n"
                                             "Server: x\n[response"));
}

TEST(Warc, WhatSaysSomethingOfAnAddressIsNotWhatStoodThere) {
  const std::string file = record("revisit", "http://example.org/a", kHttp, "HTTP/1.1 304 Not Modified\r\n\r\n") +
                           record("conversion", "http://example.org/a", "text/plain", "a");
  EXPECT_THAT(children(file), ElementsAre("revisit http://example.org/a | HTTP/1.1 304 Not Modified\r\n\r\n",
                                          "http://example.org/a | a"));
}

TEST(Warc, OneOfTextAloneIsNoText) {
  const std::string file = record("resource", "file:///c.txt", "text/plain", "Dear Ana, all of it is letters.");
  for (const Opener* opener : light_openers()) EXPECT_FALSE(opener->may(bytes_of(file), {})) << opener->name();
}

TEST(Warc, ALongHeadIsRead) {
  const std::string address = "http://example.org/" + std::string(50'000, 'a');
  EXPECT_THAT(children(record("resource", address, "text/plain", "b")), ElementsAre(address + " | b"));
}

TEST(Warc, MarksWithoutRecordsAreGivenUp) {
  std::string file = archive();
  for (int i = 0; i < 5000; ++i) file += "WARC/\n";
  const Collected got = collect(*warc_opener(), file);
  EXPECT_EQ(got.children.size(), 5U);
  ASSERT_EQ(got.unreads.size(), 1001U);
  EXPECT_EQ(got.unreads.back().reason, "limit: too many places without a record");
  EXPECT_TRUE(got.adds_up(file.size()));
}

TEST(Warc, NoCutAndNoRubbishIsSilent) {
  const std::string file = archive();
  for (std::size_t length = 0; length < file.size() - 4; ++length) {
    const std::string cut = file.substr(0, length);
    const Collected got = collect(*warc_opener(), cut);
    EXPECT_TRUE(got.type.starts_with("error") || got.adds_up(length)) << length;
  }
  const Collected cut = collect(*warc_opener(), file.substr(0, file.size() - 6));
  EXPECT_EQ(cut.children.size(), 5U);
  ASSERT_EQ(cut.unreads.size(), 1U);
  EXPECT_EQ(cut.unreads[0].reason, "the last record ends early");
  std::string bent = file;
  bent.replace(bent.find("Content-Length"), 7, "Kontent");
  const Collected got = collect(*warc_opener(), bent);
  EXPECT_EQ(got.children.size(), 4U);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "no record where one should stand");
  EXPECT_TRUE(got.adds_up(bent.size()));
}

}  // namespace
}  // namespace careo
