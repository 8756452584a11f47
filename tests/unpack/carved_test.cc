// SPDX-License-Identifier: Apache-2.0
// Compound files that broke off before their directory: the text in their sectors is found, and called recovered.
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <sstream>

#include "base/text.h"
#include "unpack/collected.h"
#include "unpack/compound/compound.h"
#include "unpack/lock_maker.h"

namespace careo {
namespace {

/// A header whose tables and directory stand far behind what is there ([MS-CFB] 2.2).
std::string header() {
  std::string out = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(16, '\0');
  out += std::string("\x3E\0\3\0\xFE\xFF\x09\0\6\0", 10) + std::string(10, '\0');
  out += le32(1) + le32(5000) + le32(0) + le32(4096) + le32(0xFFFFFFFE) + le32(0) + le32(0xFFFFFFFE) + le32(0);
  for (std::uint32_t i = 0; i < 109; ++i) out += le32(i == 0 ? 5001 : 0xFFFFFFFF);
  return out;
}

std::string sectors(std::string bytes) {
  bytes.resize((bytes.size() + 511) / 512 * 512);
  return bytes;
}

std::string utf16(std::string_view utf8) {
  std::string out;
  for (const char32_t c : utf32_of(utf8)) out += {static_cast<char>(c), static_cast<char>(c >> 8U)};
  return out;
}

std::string noise(std::size_t count) {
  std::mt19937 dice(7);
  std::string out;
  while (out.size() < count) out += static_cast<char>(dice());
  return out;
}

TEST(Carved, TextIsFoundInTheSectors) {
  std::string strings;  // of a workbook: a length and a flag before each
  for (int i = 0; i < 60; ++i) strings += std::string("\7\0\0", 3) + "cell" + std::to_string(100 + i);
  const std::string file = header() + sectors(utf16("Колонна выходит на рассвете.\rВторой абзац.")) + noise(8192) +
                           sectors("The convoy leaves at dawn, \x13 HYPERLINK \"x\" \x14here\x15.") + noise(8192) +
                           sectors(strings);
  const Collected got = collect(*compound_opener(), file);
  ASSERT_EQ(got.texts.size(), 1U) << got.type;
  const std::string& text = got.texts[0].utf8;
  for (const char* words :
       {"Колонна выходит на рассвете.\nВторой абзац.", "The convoy leaves at dawn,", "cell101", "cell159"})
    EXPECT_NE(text.find(words), std::string::npos) << words;
  EXPECT_LT(text.find("Колонна"), text.find("convoy"));
  EXPECT_EQ(got.texts[0].grade, Grade::Doubtful);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "no directory: text recovered from what is left of it, in no certain order");
  EXPECT_EQ(got.claimed(), file.size());
  EXPECT_LT(text.size(), 1200U) << "what chance makes of 16 KiB is no text";
}

TEST(Carved, WhatHoldsNoTextIsDamaged) {
  for (const std::string& rest : {std::string(), noise(1U << 16U), std::string(1U << 16U, '\0')}) {
    const Collected got = collect(*compound_opener(), header() + rest);
    EXPECT_TRUE(got.type == "error: no directory" || (!got.texts.empty() && got.texts[0].utf8.size() < 100))
        << got.type;
  }
}

TEST(Carved, ALimitIsSaid) {
  Budget budget;
  budget.text_bytes = 1000;
  std::string lines;
  for (int i = 0; i < 100; ++i) lines += "the line with number " + std::to_string(i) + '\0';
  const std::string file = header() + sectors(lines);
  const Collected got = collect(*compound_opener(), file, {}, budget);
  ASSERT_EQ(got.texts.size(), 1U);
  EXPECT_LE(got.texts[0].utf8.size(), 1000U);
  ASSERT_EQ(got.unreads.size(), 2U);
  EXPECT_EQ(got.unreads[1].reason, "limit: more than 1000 bytes of text");
  EXPECT_EQ(got.claimed(), file.size());
}

void add_words(const Collected& got, std::multiset<std::string>* out) {
  for (const Text& text : got.texts) {
    std::istringstream in(text.utf8);
    for (std::string word; in >> word;) out->insert(word);
  }
}

// Real documents of Word, cut at half of their length: of the words that the whole file has, those that are found.
TEST(Carved, HalvesOfRealDocumentsKeepTheirWords) {
  std::size_t words = 0;
  std::size_t found = 0;
  for (const char* name : {"testWORD.doc", "testWORD_numbered_list.doc", "testException2.doc", "test_TIKA-1251.doc",
                           "testWORD_boldHyperlink.doc", "testEXCEL_headers_footers.xls"}) {
    const std::string file = shared_document(name);
    if (file.empty()) GTEST_SKIP() << "no shared data: real documents to cut";
    std::multiset<std::string> whole;
    std::multiset<std::string> half;
    add_words(collect(*compound_opener(), file), &whole);
    const Collected cut = collect(*compound_opener(), file.substr(0, file.size() / 2));
    ASSERT_EQ(cut.texts.size(), 1U) << name << ": " << cut.type;
    EXPECT_EQ(cut.texts[0].reader, "carved/1");
    add_words(cut, &half);
    words += whole.size();
    for (const std::string& word : whole) found += half.contains(word) ? 1 : 0;
  }
  RecordProperty("found", std::to_string(found) + " of " + std::to_string(words));
  EXPECT_GE(found, 2768U) << "of " << words;
}

}  // namespace
}  // namespace careo
