// SPDX-License-Identifier: Apache-2.0
// Lists of Word 6 and 95, in documents that are made here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "unpack/collected.h"
#include "unpack/compound/writer.h"
#include "unpack/openers.h"

namespace careo {
namespace {

std::string number(std::uint64_t value, unsigned bytes) {
  std::string out;
  for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

/// sprmPAnld: the kind of number, where it begins, letters before and behind it.
std::string form(unsigned kind, unsigned start, const std::string& before, const std::string& behind) {
  std::string out = number(kind, 1) + number(before.size(), 1) + number(behind.size(), 1) + std::string(7, '\0') +
                    number(start, 2) + std::string(8, '\0') + before + behind;
  out.resize(52);
  return number(12, 1) + number(52, 1) + out;
}
/// sprmPNLvlAnm.
std::string level(unsigned which) {
  return number(13, 1) + number(which, 1);
}

struct Paragraph {
  std::string text;
  std::string format;
  unsigned style = 0;
};

/// STSH: style 1 says how it is numbered, style 2 is based on it.
std::string styles() {
  const auto style = [](unsigned base, std::string formats) {
    formats = number(0, 2) + formats;
    const std::string body = number(0, 2) + number(base << 4U | 1U, 2) + std::string(4, '\0') + number(3, 1) + "abc" +
                             number(0, 1) + number(0, 1) + number(formats.size(), 2) + formats;
    return number(body.size(), 2) + body + std::string(body.size() % 2, '\0');
  };
  return number(4, 2) + number(3, 2) + number(8, 2) + style(0x0FFF, "") + style(2, level(10) + form(2, 4, "", ")")) +
         style(1, "");
}

/// A document of Word 6 that stands in one run, with one page of paragraphs' formatting.
Collected word6(const std::vector<Paragraph>& paragraphs) {
  constexpr std::uint64_t kText = 1024, kPage = 2048, kPlaces = 2560, kStyles = 2600;
  std::string text, begins, entries, formats;
  std::uint64_t at = 510;  // of what formats a paragraph, from the page's end
  std::string page(512, '\0');
  for (const Paragraph& one : paragraphs) {
    begins += number(kText + text.size(), 4);
    text += one.text + "\r";
    std::string format = number(one.style, 2) + one.format;
    format += std::string(format.size() % 2, '\0');
    format = number(format.size() / 2, 1) + format;
    at = (at - format.size()) / 2 * 2;
    page.replace(at, format.size(), format);
    entries += number(at / 2, 1) + std::string(6, '\0');
  }
  begins += number(kText + text.size(), 4);
  page.replace(0, begins.size() + entries.size(), begins + entries);
  page[511] = static_cast<char>(paragraphs.size());

  std::string out(3072, '\0');
  out.replace(0, 8, number(0xA5DC, 2) + number(101, 2) + number(0, 2) + number(0x409, 2));
  out.replace(24, 8, number(kText, 4) + number(kText + text.size(), 4));
  out.replace(52, 4, number(text.size(), 4));
  out.replace(88 + 8, 8, number(kStyles, 4) + number(styles().size(), 4));
  out.replace(88 + 13 * 8, 8, number(kPlaces, 4) + number(10, 4));
  out.replace(kText, text.size(), text);
  out.replace(kPage, page.size(), page);
  out.replace(kPlaces, 10, number(kText, 4) + number(kText + text.size(), 4) + number(kPage / 512, 2));
  out.replace(kStyles, styles().size(), styles());

  const Bytes bytes = bytes_of(out);
  const std::vector<CompoundNode> tree = {compound_root(),
                                          compound_stream(0, "WordDocument", Buffer(bytes.begin(), bytes.end()))};
  std::string file;
  static_cast<void>(write_compound(tree, [&](Bytes piece) -> Result<void> {
    file += text_of(piece);
    return {};
  }));
  for (const Opener* opener : light_openers()) {
    if (opener->may(bytes_of(file), {})) return collect(*opener, file);
  }
  return {};
}

TEST(WordOldLists, ParagraphsThatFollowEachOtherAreCounted) {
  const std::string one = level(10) + form(0, 3, "(", ")");
  const std::string tabs = number(15, 1) + number(2, 1) + "xy";  // as long as it says
  const Collected read = word6({{"a", tabs + one},
                                {"b", one},
                                {"passed over", level(12)},
                                {"c", one},
                                {"none", ""},
                                {"d", number(5, 1) + number(1, 1) + one},
                                {"e", level(10) + form(4, 2, "", ".")}});
  EXPECT_EQ(read.text_of_first(), "(3) a\n(4) b\npassed over\n(5) c\nnone\n(3) d\nd. e\n");
  EXPECT_TRUE(read.unreads.empty());
}

TEST(WordOldLists, StylesSayItAndBulletsStand) {
  const Collected read = word6({{"a", "", 1},
                                {"b", "", 2},
                                {"taken out", level(0), 2},
                                {"c", "", 1},
                                {"dot", level(11) + form(0xFF, 1, "\xB7", "")},
                                {"dash", level(11) + form(0xFF, 1, "-", "")},
                                {"plain", ""}});
  EXPECT_EQ(read.text_of_first(), "iv) a\nv) b\ntaken out\niv) c\n\u2022 dot\n- dash\nplain\n");
  EXPECT_TRUE(read.unreads.empty());
}

TEST(WordOldLists, WhatIsNotReadIsSaid) {
  const std::string in_table = number(24, 1) + number(1, 1);
  for (const std::string& format :
       {level(1), in_table + level(10) + form(0, 1, "", "."), level(10), level(10) + form(9, 1, "", ".")}) {
    const Collected read = word6({{"a", format}});
    EXPECT_EQ(read.text_of_first(), "a\n");
    ASSERT_EQ(read.unreads.size(), 1U);
    EXPECT_EQ(read.unreads[0].reason, "numbers of headings, or in tables, of Word 6 and 95 are not read");
  }
  EXPECT_TRUE(word6({{"a", in_table}, {"b", form(0, 1, "", ".")}}).unreads.empty());
}

/// sprmPChgTabs: so many tabs taken out and put in; its length where one byte holds it.
std::string tabs(unsigned out, unsigned in) {
  const std::string body = number(out, 1) + std::string(4ULL * out, 'd') + number(in, 1) + std::string(3ULL * in, 'a');
  return number(23, 1) + number(std::min<std::size_t>(body.size(), 255), 1) + body;
}

TEST(WordOldLists, WhatFollowsManyTabsIsRead) {
  const std::string one = level(10) + form(0, 1, "", ".");
  const Collected read = word6({{"a", tabs(20, 57) + one}, {"b", tabs(1, 2) + one}});
  EXPECT_EQ(read.text_of_first(), "1. a\n2. b\n");
  EXPECT_TRUE(read.unreads.empty());
}

TEST(WordOldLists, FormattingThatIsNotKnownOrEndsEarlyIsSaidOnce) {
  const std::string one = level(10) + form(0, 1, "", "."), unknown = number(60, 1);
  for (const std::string& broken : {unknown + one, tabs(20, 57).substr(0, 90), number(15, 1) + number(200, 1) + one}) {
    const Collected read = word6({{"a", one}, {"b", broken}, {"c", broken}});
    EXPECT_EQ(read.text_of_first(), "1. a\nb\nc\n");
    ASSERT_EQ(read.unreads.size(), 1U);
    EXPECT_EQ(read.unreads[0].reason, "numbers of lists whose formatting is damaged");
  }
  EXPECT_EQ(word6({{"a", one + unknown}}).unreads.size(), 1U) << "it may be taken out, or in a table";
}

}  // namespace
}  // namespace careo
