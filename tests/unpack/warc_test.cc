// SPDX-License-Identifier: Apache-2.0
// Web archives, put together record by record.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

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
         record("response", "http://example.org/b", kHttp, "not of HTTP") +
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
                          "http://example.org/a | \xFF\xD8\xFFpixels", "http://example.org/b | not of HTTP",
                          "file:///c.txt | as it is"));
  const Collected got = collect(*warc_opener(), file);
  EXPECT_TRUE(got.unreads.empty());
  EXPECT_THAT(got.text_of_first(), HasSubstr("[response 2020-01-02T03:04:05Z: http://example.org/a]\nHTTP/1.1 200 OK\n"
                                             "Server: x\n[response"));
}

std::string response(const std::string& fields, const std::string& body) {
  return record("response", "http://example.org/a", kHttp, "HTTP/1.1 200 OK\r\n" + fields + "\r\n" + body);
}

// The one child and why it is not all; "" where there is no derived one.
std::string sent(const std::string& fields, const std::string& body) {
  const std::string file = response(fields, body);
  const Collected got = collect(*warc_opener(), file);
  EXPECT_TRUE(got.adds_up(file.size())) << fields;
  if (got.derived_data.size() != 1 || got.children[0].step != Step::member(0)) return {};
  EXPECT_EQ(got.children[0].name, "http://example.org/a");
  return std::string(text_of(got.derived_data[0])) + (got.unreads.empty() ? "" : " | " + got.unreads[0].reason);
}

std::string packed(const std::string& text, int window) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(text.size() + 100, '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<unsigned>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<unsigned>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string chunk(const std::string& text) {
  std::string size;
  for (std::size_t rest = text.size(); rest > 0; rest /= 16) size.insert(0, 1, "0123456789ABCDEF"[rest % 16]);
  return size + "\r\n" + text + "\r\n";
}

const std::string kChunked = "Transfer-Encoding: chunked\r\n";
const std::string kLast = "0\r\n\r\n";

TEST(Warc, ChunksAreUndone) {
  EXPECT_EQ(sent(kChunked, chunk("Kowa") + chunk("lenko pays ten times.") + kLast), "Kowalenko pays ten times.");
  EXPECT_EQ(sent("transfer-encoding: Chunked\r\n", "  4 ;a=b\nKowa\n5  \r\nlenko\r\n0\n\n"), "Kowalenko");
  EXPECT_EQ(sent(kChunked, chunk("Kowa") + kLast + "Trailer: x\r\n"), "Kowa | bytes behind the last chunk");
  EXPECT_EQ(sent(kChunked, chunk("Kowa") + "zz\r\nlenko"), "Kowa | chunks damaged");
  EXPECT_EQ(sent(kChunked, chunk("Kowa")), "Kowa | chunks end early");
  EXPECT_EQ(sent(kChunked, "ff\r\nKowa"), "Kowa | chunks end early");
  EXPECT_TRUE(collect(*warc_opener(), response(kChunked, kLast)).children.empty());
  // Another program took them away and left the head.
  EXPECT_THAT(children(response(kChunked, "<p>Kowalenko")), ElementsAre("http://example.org/a | <p>Kowalenko"));
}

TEST(Warc, PackingIsUndone) {
  const std::string text = "<p>Kowalenko pays, pays, pays, pays and pays.";
  const std::string gzip = packed(text, 31);
  const std::string zlib = packed(text, 15);
  EXPECT_EQ(sent("Content-Encoding: gzip\r\n", gzip), text);
  EXPECT_EQ(sent("Content-Encoding: deflate\r\n", zlib), text);
  std::string bytewise = chunk(gzip.substr(0, 2));
  for (const char c : gzip.substr(2) + gzip) bytewise += chunk(std::string(1, c));
  EXPECT_EQ(sent("Content-Encoding: x-gzip\r\n" + kChunked, bytewise + kLast), text + text);
  EXPECT_EQ(sent("Transfer-Encoding: deflate, chunked\r\n", chunk(zlib) + kLast), text);
  EXPECT_EQ(sent("Content-Encoding: gzip\r\n", gzip.substr(0, gzip.size() - 4)), text + " | packed stream ends early");
  EXPECT_EQ(sent("Content-Encoding: deflate\r\n", zlib + "more"), text + " | bytes behind the packed stream");
  EXPECT_THAT(children(response("Content-Encoding: gzip\r\n", text)), ElementsAre("http://example.org/a | " + text));
  EXPECT_THAT(children(response("Content-Encoding: br\r\n", text)), ElementsAre("http://example.org/a | " + text));
}

TEST(Warc, PackingThatIsNotUndoneIsTold) {
  const std::string brotli("\x0b\x02\x80Kowa\x03", 8);
  EXPECT_EQ(sent("Content-Encoding: br\r\n" + kChunked, chunk(brotli) + kLast),
            brotli + " | 1 answers packed as br, which is not undone");
  const std::string file = response("Content-Encoding: br\r\n", brotli) + response("Content-Encoding: br\r\n", brotli);
  const Collected got = collect(*warc_opener(), file);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "2 answers packed as br, which is not undone");
  EXPECT_TRUE(got.adds_up(file.size()));
}

TEST(Warc, AnAnswerIsUndoneAsFarAsIsGranted) {
  const std::string file = response(kChunked, chunk(std::string(1000, 'a')) + kLast) + archive();
  const Collected got = collect(*warc_opener(), file, {}, {.bytes_out = 500});
  EXPECT_TRUE(got.adds_up(file.size()));
  ASSERT_FALSE(got.unreads.empty());
  EXPECT_EQ(got.unreads.back().reason, "limit: more than 500 bytes unpacked");
}

TEST(Warc, HeadsMayEndTheirLinesWithLineFeedsAlone) {
  const std::string block = "HTTP/1.0 200 OK\nServer: x\n\n<p>a";
  const std::string file =
      "WARC/1.0\nWARC-Type: response\nWARC-Target-URI: http://example.org/a\nContent-Type: " + kHttp +
      "\nContent-Length: " + std::to_string(block.size()) + "\n\n" + block + "\n\n" +
      record("resource", "file:///c.txt", "text/plain", "as it is");
  EXPECT_THAT(children(file), ElementsAre("http://example.org/a | <p>a", "file:///c.txt | as it is"));
  for (const Opener* opener : light_openers()) EXPECT_FALSE(opener->may(bytes_of(file), {})) << opener->name();
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
