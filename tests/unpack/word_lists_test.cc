// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/word_lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "unpack/collected.h"
#include "unpack/compound/writer.h"
#include "unpack/openers.h"

namespace careo {
namespace {

std::string number(std::uint32_t value, unsigned bytes) {
  std::string out;
  for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

/// LVL with its LVLF ([MS-DOC] 2.9.148): letters below 9 are levels.
std::string level(std::uint32_t start, unsigned kind, const std::string& text, unsigned flags = 0) {
  std::string out = number(start, 4) + number(kind, 1) + number(flags, 1) + std::string(18, '\0') + number(2, 1) +
                    number(1, 1) + number(0, 2) + "cc" + "p" + number(static_cast<std::uint32_t>(text.size()), 2);
  for (const char unit : text) out += std::string{unit, '\0'};
  return out;
}

/// One list of nine levels, number 7.
std::string one_list() {
  std::string out = number(1, 2) + number(7, 4) + std::string(24, '\0') + level(1, 0, {0, '.'}) +
                    level(1, 0, {0, '.', 1}) + level(3, 4, {'(', 2, ')'}) + level(1, 0x17, "\x6F");
  for (int i = 0; i < 5; ++i) out += level(1, 0xFF, "");
  return out;
}

/// Used twice; the second use begins anew with 5.
std::string two_uses() {
  const std::string head = number(7, 4) + std::string(8, '\0');
  return number(2, 4) + head + number(0, 4) + head + number(1, 4) + number(0xFFFFFFFF, 4) + number(0xFFFFFFFF, 4) +
         number(5, 4) + number(0x10, 4);
}

TEST(WordLists, CountsLevelsAndUses) {
  const WordLists lists(bytes_of(one_list()), bytes_of(two_uses()), {});
  ListCount count;
  const auto label = [&](std::uint16_t list, std::uint8_t level) {
    return lists.label(lists.place_of({list, level}, 0), &count);
  };
  EXPECT_EQ(label(1, 0), "1. ");
  EXPECT_EQ(label(1, 1), "1.1 ");
  EXPECT_EQ(label(1, 2), "(c) ");
  EXPECT_EQ(label(1, 3), "\u2022 ");
  EXPECT_EQ(label(1, 4), "");
  EXPECT_EQ(label(1, 1), "1.2 ");
  EXPECT_EQ(label(2, 0), "5. ");
  EXPECT_EQ(label(2, 0), "6. ");
  EXPECT_EQ(label(1, 1), "6.1 ");
  EXPECT_EQ(label(0xFFFF, 0), "7. ") << "counted backwards: the paragraph's own indents stay";
  EXPECT_EQ(label(0xFFFE, 1), "7.1 ");
  EXPECT_TRUE(count.numbers().unread().empty());
  EXPECT_EQ(label(3, 0), "");
  EXPECT_TRUE(count.numbers().unread().empty()) << "the document has no third list";
  for (const std::uint16_t none : {std::uint16_t{0}, std::uint16_t{0xF801}})
    EXPECT_FALSE(lists.place_of({none, 0}, 0).list);
}

TEST(WordLists, WordsAroundANumberStandAndWhatIsNotReadIsSaid) {
  const std::string words(300, 'w');
  std::string definition = number(1, 2) + number(7, 4) + std::string(24, '\0') + level(1, 0, words + '\0') +
                           level(1, 0x2D, {1});  // Hebrew letters
  for (int i = 0; i < 7; ++i) definition += level(1, 0xFF, "");
  const WordLists lists(bytes_of(definition), bytes_of(two_uses()), {});
  ListCount count;
  EXPECT_EQ(lists.label(lists.place_of({std::uint16_t{1}, std::uint8_t{0}}, 0), &count), words + "1 ");
  EXPECT_TRUE(count.numbers().unread().empty());
  EXPECT_EQ(lists.label(lists.place_of({std::uint16_t{1}, std::uint8_t{1}}, 0), &count), "");
  EXPECT_EQ(count.numbers().unread().size(), 1U);
}

TEST(WordLists, AStyleBringsItsList) {
  // Style 0 is based on 1, 1 on 0; style 1 says: level 1 of list 1.
  const auto style = [](std::uint32_t base, const std::string& formats) {
    const std::string body = number(0, 2) + number(base << 4U | 1U, 2) + std::string(6, '\0') + number(1, 2) + "N" +
                             std::string(3, '\0') + number(static_cast<std::uint32_t>(formats.size() + 2), 2) +
                             number(0, 2) + formats;
    return number(static_cast<std::uint32_t>(body.size()), 2) + body + std::string(body.size() % 2, '\0');
  };
  const std::string sprms = number(0x260A, 2) + number(1, 1) + number(0x460B, 2) + number(1, 2);
  const std::string styles = number(18, 2) + number(3, 2) + number(10, 2) + std::string(14, '\0') + style(1, "") +
                             style(0, sprms) + style(2, "");
  const WordLists lists(bytes_of(one_list()), bytes_of(two_uses()), bytes_of(styles));
  ListCount count;
  EXPECT_EQ(lists.label(lists.place_of({}, 0), &count), "1.1 ");
  EXPECT_EQ(lists.label(lists.place_of({{}, 0}, 1), &count), "2. ") << "its own level counts";
  EXPECT_FALSE(lists.place_of({std::uint16_t{0}, {}}, 1).list) << "0 takes the paragraph out of its style's list";
  EXPECT_FALSE(lists.place_of({}, 2).list) << "a chain that bites its tail ends";
  EXPECT_FALSE(lists.place_of({}, 99).list);
}

struct Paragraph {
  std::string text;
  std::string format;
  unsigned style = 0;
};

/// A document of Word 97: one page of paragraphs' formatting, and styles that modify what is given, each based on none.
Collected word97(const std::vector<Paragraph>& paragraphs, const std::vector<std::string>& styles) {
  constexpr std::uint32_t kPage = 1024, kText = 2048;
  std::string text, begins, entries, page(512, '\0');
  std::size_t at = 510;
  const auto place = [&] { return number(static_cast<std::uint32_t>(kText + text.size()), 4); };
  for (const Paragraph& one : paragraphs) {
    begins += place();
    text += one.text + "\r";
    std::string format = number(one.style, 2) + one.format;
    format += std::string(1 - format.size() % 2, '\0');  // the length counts itself
    format = number(static_cast<std::uint32_t>(format.size() + 1) / 2, 1) + format;
    at = (at - format.size()) / 2 * 2;
    page.replace(at, format.size(), format);
    entries += number(static_cast<std::uint32_t>(at / 2), 1) + std::string(12, '\0');
  }
  begins += place();
  page.replace(0, begins.size() + entries.size(), begins + entries);
  page[511] = static_cast<char>(paragraphs.size());

  const auto length = static_cast<std::uint32_t>(text.size());
  std::string table, main(kText, '\0');
  const auto add = [&](unsigned which, const std::string& bytes) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    main.replace(154 + which * 8, 8, number(static_cast<std::uint32_t>(table.size()), 4) + number(size, 4));
    table += bytes;
  };
  add(33, number(2, 1) + number(16, 4) + number(0, 4) + number(length, 4) + number(0, 2) +
              number(kText * 2 | 0x40000000, 4) + number(0, 2));
  add(13, number(kText, 4) + number(kText + length, 4) + number(kPage / 512, 4));
  std::string sheet =
      number(18, 2) + number(static_cast<std::uint32_t>(styles.size()), 2) + number(10, 2) + std::string(14, '\0');
  for (const std::string& style : styles) {
    const std::string body = number(0, 2) + number(0xFFF1, 2) + std::string(6, '\0') + number(1, 2) + "N" +
                             std::string(3, '\0') + number(static_cast<std::uint32_t>(style.size() + 2), 2) +
                             number(0, 2) + style;
    sheet += number(static_cast<std::uint32_t>(body.size()), 2) + body + std::string(body.size() % 2, '\0');
  }
  add(1, sheet);
  main.replace(0, 8, number(0xA5EC, 2) + number(193, 2) + number(0, 2) + number(0x409, 2));
  main.replace(76, 4, number(length, 4));
  main.replace(152, 2, number(93, 2));
  main.replace(kPage, page.size(), page);
  main += text;

  const auto stream = [](const char* name, const std::string& bytes) {
    return compound_stream(0, name, Buffer(bytes.begin(), bytes.end()));
  };
  std::string file;
  static_cast<void>(write_compound({compound_root(), stream("WordDocument", main), stream("0Table", table)},
                                   [&](Bytes piece) -> Result<void> {
                                     file += text_of(piece);
                                     return {};
                                   }));
  for (const Opener* opener : light_openers()) {
    if (opener->may(bytes_of(file), {})) return collect(*opener, file);
  }
  return {};
}

/// sprmPIlvl, sprmPIlfo 0x7FF and sprmPAnld, which in Word 97 has letters of two bytes.
std::string from_word6(unsigned level, unsigned kind, unsigned start, const std::string& before,
                       const std::string& behind) {
  std::string form = number(kind, 1) + number(static_cast<std::uint32_t>(before.size()), 1) +
                     number(static_cast<std::uint32_t>(behind.size()), 1) + std::string(7, '\0') + number(start, 2) +
                     std::string(8, '\0');
  for (const char unit : before + behind) form += std::string{unit, '\0'};
  form.resize(84);
  return number(0x260A, 2) + number(level, 1) + number(0x460B, 2) + number(0x7FF, 2) + number(0xC63E, 2) +
         number(84, 1) + form;
}

TEST(WordLists, ListsAsWord6MadeThemAreCounted) {
  const std::string in_table = number(0x2416, 2) + number(1, 1);
  const std::vector<std::string> styles = {"",
                                           from_word6(11, 0, 3, "(", ")"),
                                           from_word6(10, 0xFF, 1, "o", ""),
                                           from_word6(11, 0xFF, 1, "Annex", ":"),
                                           from_word6(0, 0, 1, "", "."),
                                           number(0x460B, 2) + number(0x7FF, 2)};
  Collected read = word97({{"a", "", 1},
                           {"b", "", 1},
                           {"none", "", 0},
                           {"c", "", 1},
                           {"out", number(0x460B, 2) + number(0, 2), 1},
                           {"dot", in_table, 2},
                           {"words", "", 3},
                           {"own", from_word6(11, 4, 2, "", "."), 0}},
                          styles);
  EXPECT_EQ(read.text_of_first(), "(3) a\n(4) b\nnone\n(3) c\nout\n\u2022 dot\nAnnex: words\nb. own\n");
  EXPECT_TRUE(read.unreads.empty());
  for (const Paragraph& one : {Paragraph{"a", in_table, 1}, Paragraph{"a", "", 4}, Paragraph{"a", "", 5}}) {
    read = word97({one}, styles);
    EXPECT_EQ(read.text_of_first(), "a\n");
    ASSERT_EQ(read.unreads.size(), 1U);
    EXPECT_EQ(read.unreads[0].reason, "numbers of headings, or in tables, of Word 6 and 95 are not read");
  }
}

TEST(WordLists, AStyleWhoseFormattingBreaksOffIsSaid) {
  const std::string broken = number(0x260A, 2) + number(1, 1) + number(0xC60D, 2) + number(200, 1) + "abc";
  EXPECT_TRUE(word97({{"a", "", 0}}, {"", broken}).unreads.empty()) << "nothing is of that style";
  const Collected read = word97({{"a", "", 1}, {"b", "", 1}}, {"", broken});
  ASSERT_EQ(read.unreads.size(), 1U);
  EXPECT_EQ(read.unreads[0].reason, "marks of changes and numbers of lists where formatting is damaged");
}

TEST(WordLists, AddressesThatAreLeftOutAreSaid) {
  const auto field = [](const std::string& instruction) { return "\x13" + instruction + "\x14x\x15"; };
  std::string links;
  for (int i = 0; i < 200; ++i) links += field(" HYPERLINK \"http://a.example/" + std::to_string(i) + "\" ");
  EXPECT_TRUE(word97({{links + field(" HYPERLINK \"http://a.example/7\" "), ""}}, {""}).unreads.empty());
  Collected read = word97({{links + field(" HYPERLINK \"http://b.example\" "), ""}}, {""});
  ASSERT_EQ(read.unreads.size(), 1U);
  EXPECT_EQ(read.unreads[0].reason, "limit: more addresses than are given");

  const std::string words(5000, 'w');
  read = word97({{field(" HYPERLINK \"http://" + words + "\" "), ""}}, {""});
  ASSERT_EQ(read.unreads.size(), 1U);
  EXPECT_EQ(read.unreads[0].reason, "limit: longer fields than are read");
  EXPECT_TRUE(word97({{field(" ADDIN " + words), ""}}, {""}).unreads.empty()) << "nothing of it shows";
}

TEST(WordLists, DamageEnds) {
  const std::string list = one_list(), uses = two_uses();
  for (std::size_t cut = 0; cut < list.size(); ++cut) {
    const WordLists lists(bytes_of(list).first(cut), bytes_of(uses), bytes_of(list));
    ListCount count;
    lists.label({std::uint16_t{1}, std::uint8_t{255}}, &count);
  }
  const std::string many = number(0x7FFFFFFF, 4) + std::string(64, '\xFF');
  const WordLists broken(bytes_of(many), bytes_of(many), bytes_of(many));
  ListCount count;
  EXPECT_EQ(broken.label(broken.place_of({std::uint16_t{9}, {}}, 0), &count), "");
  EXPECT_THAT(count.numbers().unread(), testing::ElementsAre("numbers of lists whose formatting is damaged"));
}

TEST(WordLists, RealDocumentsSayTheSameAsTheirTexts) {
  const std::filesystem::path path = CAREO_SOURCE_DIR "/../shared/data/documents/testWORD_override_list_numbering.doc";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "skipped: " << path << " is not here";
  std::ifstream in(path, std::ios::binary);
  const std::string file(std::istreambuf_iterator<char>(in), {});
  std::string text;
  for (const Opener* opener : light_openers()) {
    if (text.empty() && opener->may(bytes_of(file), {})) text = collect(*opener, file).text_of_first();
  }
  // Each entry of this document repeats in words the number that Word shows.
  for (const char* line :
       {"\n1.1 1st.1\n", "\n1.2.1someText 1st.2.1someText\n", "\n2.a.I 2.a.I\n", "\n2.18.2.1 2.18.2.1\n"})
    EXPECT_THAT(text, testing::HasSubstr(line));
}

}  // namespace
}  // namespace careo
