// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/tnef.h"
#include "unpack/rtf/packed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <set>

#include "base/transfer.h"
#include "unpack/collected.h"

namespace careo {
namespace {

namespace fs = std::filesystem;
const std::string kFolder = CAREO_SOURCE_DIR "/../shared/data/mail/tnef";

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The samples' texts lost their CR in a checkout.
std::string without_cr(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '\r') out += c;
  return out;
}

std::string attribute(std::uint8_t level, std::uint32_t id, std::string_view data) {
  Packer out;
  out.u8(level).u32le(id).u32le(static_cast<std::uint32_t>(data.size())).raw(bytes_of(data));
  const Bytes bytes = bytes_of(data);
  out.u16le(static_cast<std::uint16_t>(std::accumulate(bytes.begin(), bytes.end(), std::uint32_t{0})));
  return std::string(text_of(out.bytes()));
}

const std::string kHead("\x78\x9F\x3E\x22\x01\x00", 6);

std::string sample() {
  return kHead + attribute(1, 0x00069007, std::string_view("\xE3\x04\0\0\0\0\0\0", 8)) +
         attribute(1, 0x0002800C, std::string_view("\xCF\xF0\xE8\xE2\xE5\xF2\0", 7)) + attribute(2, 0x00069002, "x") +
         attribute(2, 0x00018010, std::string_view("LISTA.TXT\0", 10)) + attribute(2, 0x0006800F, "uno\ndos\n");
}

TEST(Tnef, ReadsBodyAndAttachments) {
  const std::string bytes = sample();
  const Collected got = collect(*tnef_opener(), bytes);
  EXPECT_EQ(got.text_of_first(), "Привет") << "in the code page it names";
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.children[0].name, "LISTA.TXT");
  EXPECT_EQ(bytes.substr(got.children[0].step.offset, got.children[0].step.length), "uno\ndos\n");
  EXPECT_TRUE(got.adds_up(bytes.size()));
  EXPECT_TRUE(got.unreads.empty());
}

std::string with_html(const std::string& html) {
  Packer properties;
  properties.u32le(1).u16le(0x0102).u16le(0x1013).u32le(1).u32le(static_cast<std::uint32_t>(html.size()));
  properties.raw(bytes_of(html)).raw(Buffer((4 - html.size() % 4) % 4));
  return kHead + attribute(1, 0x0002800C, std::string_view("uno\ndos\0", 8)) +
         attribute(1, 0x00069003, text_of(properties.bytes()));
}

TEST(Tnef, WhatOnlyTheHtmlSaysIsRead) {
  const std::string bytes = with_html("<p>uno <a href='https://a.example/'>dos</a></p><p>Kowalenko</p>");
  EXPECT_EQ(collect(*tnef_opener(), bytes).text_of_first(), "uno\ndos\nKowalenko\n\n[link: https://a.example/]");
}

TEST(Tnef, PicturesInAddressesOfTheHtmlAreParts) {
  const std::string picture = "\x89PNG" + std::string(1000, 'p');
  const std::string bytes = with_html("<img src='data:image/png;base64," + encode_base64(bytes_of(picture)) + "'>");
  const Collected got = collect(*tnef_opener(), bytes);
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(text_of(*take_step(bytes_of(bytes), got.children[0].step)), picture);
  EXPECT_TRUE(got.adds_up(bytes.size()));
}

TEST(Tnef, SaysWhatIsDamaged) {
  const std::string bytes = sample();
  for (std::size_t cut = 6; cut < bytes.size(); ++cut)
    EXPECT_EQ(collect(*tnef_opener(), bytes.substr(0, cut)).claimed(), cut) << cut;
  EXPECT_EQ(collect(*tnef_opener(), bytes + "garbage").unreads.size(), 1U);
  std::string wrong = bytes;
  wrong[wrong.size() - 1] = static_cast<char>(wrong.back() ^ 1);
  EXPECT_EQ(collect(*tnef_opener(), wrong).unreads.size(), 1U) << "a checksum";
  EXPECT_FALSE(tnef_opener()->may(bytes_of(std::string_view("x\x9F\x3E")), {}));
}

TEST(Tnef, UnpacksCompressedRtf) {
  // MS-OXRTFCP, section 3.1: the published examples.
  const std::string simple(
      "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\x31\x32\x35\x42"
      "\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0",
      49);
  const UnpackedRtf rtf = unpack_rtf(bytes_of(simple), 1000);
  EXPECT_EQ(text_of(rtf.bytes), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  EXPECT_TRUE(rtf.complete);
  const std::string crossing(
      "\x1a\x00\x00\x00\x1c\x00\x00\x00\x4c\x5a\x46\x75\xe2\xd4\x4b\x51\x41\x00\x04\x20\x57\x58\x59\x5a\x0d\x6e\x7d\x01"
      "\x0e\xb0",
      30);
  EXPECT_EQ(text_of(unpack_rtf(bytes_of(crossing), 1000).bytes), "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
  EXPECT_FALSE(unpack_rtf(bytes_of(std::string_view(simple).substr(0, 30)), 1000).complete);
}

TEST(Tnef, FindsEveryFileOfTheSamples) {
  if (!fs::exists(kFolder)) GTEST_SKIP() << "skipped: " << kFolder << " is not here";
  std::size_t files = 0;
  std::size_t found = 0;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".tnef") continue;
    const std::string bytes = read_file(entry.path());
    const Collected got = collect(*tnef_opener(), bytes);
    EXPECT_TRUE(got.adds_up(bytes.size())) << entry.path();
    std::set<std::string> contents;
    std::size_t derived = 0;
    for (const Child& child : got.children) {
      const Result<Buffer> taken = take_step(bytes_of(bytes), child.step);
      contents.insert(without_cr(text_of(taken ? *taken : got.derived_data.at(derived))));
      if (!taken) ++derived;
    }
    for (const Text& text : got.texts) contents.insert(text.utf8);
    fs::path folder = entry.path();
    folder.replace_extension();
    if (!fs::exists(folder)) continue;
    for (const auto& file : fs::directory_iterator(folder)) {
      ++files;
      const std::string want = read_file(file.path());
      // An object's interface id stands before it there; our part is the object.
      const std::string object = want.size() > 16 ? want.substr(16) : want;
      const bool here = contents.contains(without_cr(want)) || contents.contains(without_cr(object));
      found += here ? 1 : 0;
      if (!here && std::getenv("CAREO_SHOW") != nullptr)
        std::printf("not found: %s/%s\n", folder.filename().c_str(), file.path().filename().c_str());
    }
  }
  std::printf("tnef: %zu of %zu expected files found\n", found, files);
  EXPECT_GE(found, 16U);
}

}  // namespace
}  // namespace careo
