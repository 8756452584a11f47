// SPDX-License-Identifier: Apache-2.0
// Numbers of lists, which no paragraph holds, and words that styles hide.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unpack/collected.h"
#include "unpack/office/list_number.h"
#include "unpack/office/office.h"
#include "unpack/office_maker.h"

namespace careo {
namespace {

Collected docx_parts(const std::string& styles, const std::string& numbering, const std::string& body) {
  ZipMaker maker = docx(body);
  maker.add("word/_rels/document.xml.rels",
            relations(relation("s", "styles", "styles.xml") + relation("n", "numbering", "numbering.xml")));
  maker.add("word/styles.xml", "<w:styles>" + styles + "</w:styles>");
  maker.add("word/numbering.xml", "<w:numbering>" + numbering + "</w:numbering>");
  return collect(*office_opener(), maker.finish());
}

std::string docx_with(const std::string& styles, const std::string& numbering, const std::string& body) {
  return docx_parts(styles, numbering, body).text_of_first();
}

std::string level(unsigned number, const std::string& kind, const std::string& text, const std::string& more = {}) {
  return "<w:lvl w:ilvl=\"" + std::to_string(number) + "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" + kind +
         "\"/><w:lvlText w:val=\"" + text + "\"/>" + more + "</w:lvl>";
}

std::string list(const std::string& id, const std::string& levels) {
  return "<w:abstractNum w:abstractNumId=\"" + id + "\">" + levels + "</w:abstractNum>";
}

std::string number(const std::string& id, const std::string& abstract, const std::string& more = {}) {
  return "<w:num w:numId=\"" + id + "\"><w:abstractNumId w:val=\"" + abstract + "\"/>" + more + "</w:num>";
}

std::string entry(const std::string& id, unsigned level, const std::string& text) {
  return "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"" + id +
         "\"/></w:numPr></w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}

TEST(ListNumber, AsPeopleCount) {
  EXPECT_EQ(list_number(4, NumberKind::LowerRoman), "iv");
  EXPECT_EQ(list_number(1999, NumberKind::UpperRoman), "MCMXCIX");
  EXPECT_EQ(list_number(4000, NumberKind::UpperRoman), "4000");
  EXPECT_EQ(list_number(0, NumberKind::LowerLetter), "0");
  EXPECT_EQ(list_number(28, NumberKind::UpperLetter), "BB");
  EXPECT_EQ(list_number(28, NumberKind::UpperCounted), "AB");
  EXPECT_EQ(list_number(4'000'000'000, NumberKind::UpperLetter), "4000000000");
  EXPECT_EQ(list_number(10, NumberKind::LowerRussian), "к");
  EXPECT_EQ(list_number(7, NumberKind::PaddedDecimal), "07");
  EXPECT_EQ(list_number(7, NumberKind::None), "");
}

TEST(GivenNumbers, WhatIsNotGivenIsSaidOnce) {
  GivenNumbers numbers;
  EXPECT_EQ(numbers.give("4."), "4. ");
  EXPECT_EQ(numbers.give(""), "");
  EXPECT_TRUE(numbers.unread().empty());
  EXPECT_EQ(numbers.give(std::string(kLongestNumber - 1, 'x') + "\u0416!"),
            std::string(kLongestNumber - 1, 'x') + "\uFFFD ");
  EXPECT_EQ(numbers.unread().size(), 1U);
  const std::string longest(kLongestNumber, 'x');
  int given = 0;
  while (given < 100'000 && !numbers.give(longest).empty()) ++given;
  EXPECT_EQ(given, 16'776);  // of 16 MiB
  EXPECT_EQ(numbers.give(longest), "");
  EXPECT_EQ(numbers.unknown(), "");
  EXPECT_THAT(numbers.unread(), testing::ElementsAre("limit: more numbers of lists than are given",
                                                     "limit: numbers of lists with longer words than are given",
                                                     "numbers of lists in letters or words that are not read"));
}

TEST(DocxLists, WordsAroundANumberStandAndWhatIsNotReadIsSaid) {
  const std::string words = "Whereas the parties to this agreement, being of one mind, have held as follows, item %1:";
  const Collected read =
      docx_parts("", list("0", level(0, "decimal", words) + level(1, "hebrew1", "%2.")) + number("1", "0"),
                 entry("1", 0, "a") + entry("1", 1, "b") + entry("1", 1, "c"));
  EXPECT_EQ(read.text_of_first(), words.substr(0, words.size() - 3) + "1: a\nb\nc\n");
  ASSERT_EQ(read.unreads.size(), 1U);
  EXPECT_EQ(read.unreads[0].reason, "numbers of lists in letters or words that are not read");
}

TEST(DocxLists, LevelsCountAndBeginAnew) {
  const std::string lists = list("0", level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") +
                                          level(2, "lowerLetter", "(%3)") + level(3, "bullet", "\uF0B7")) +
                            number("1", "0");
  EXPECT_EQ(docx_with("", lists,
                      entry("1", 0, "Term") + entry("1", 1, "rent") + entry("1", 1, "deposit") + entry("1", 2, "due") +
                          entry("1", 3, "cash") + paragraph("between") + entry("1", 2, "paid") + entry("1", 0, "End") +
                          entry("1", 1, "notice") + entry("0", 0, "none") + entry("9", 0, "unknown")),
            "1. Term\n1.1 rent\n1.2 deposit\n(a) due\n\u2022 cash\nbetween\n(b) paid\n2. End\n2.1 notice\nnone\n"
            "unknown\n");
}

TEST(DocxLists, ListsThatShareTheirCountAndThoseThatBeginElsewhere) {
  const std::string lists =
      list("0", level(0, "upperRoman", "%1") + level(1, "decimal", "%1-%2", "<w:isLgl/>")) + number("1", "0") +
      number("2", "0") + number("3", "0", "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride>");
  EXPECT_EQ(
      docx_with("", lists,
                entry("1", 0, "a") + entry("2", 0, "b") + entry("3", 0, "c") + entry("3", 0, "d") + entry("3", 1, "e")),
      "I a\nII b\nVII c\nVIII d\n8-1 e\n");
}

TEST(DocxLists, AStyleBringsItsListAndAnotherLetters) {
  const std::string lists =
      list("0", level(0, "decimal", "Article %1:", "<w:pStyle w:val=\"Article\"/>") +
                    level(1, "arabicAlpha", "%2", "<w:pStyle w:val=\"Clause\"/>")) +
      "<w:abstractNum w:abstractNumId=\"1\"><w:styleLink w:val=\"L\"/>" + level(0, "lowerLetter", "%1)") +
      "</w:abstractNum><w:abstractNum w:abstractNumId=\"2\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>" +
      number("1", "0") + number("2", "2");
  const std::string styles =
      "<w:style w:type=\"paragraph\" w:styleId=\"Article\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>"
      "</w:style><w:style w:type=\"paragraph\" w:styleId=\"Sub\"><w:basedOn w:val=\"Article\"/></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"Clause\"><w:basedOn w:val=\"Article\"/><w:pPr><w:numPr><w:ilvl "
      "w:val=\"1\"/></w:numPr></w:pPr></w:style>";
  const auto styled = [](const std::string& style, const std::string& more = {}) {
    return "<w:p><w:pPr><w:pStyle w:val=\"" + style + "\"/>" + more + "</w:pPr><w:r><w:t>x</w:t></w:r></w:p>";
  };
  EXPECT_EQ(docx_with(styles, lists,
                      styled("Article") + styled("Sub") + styled("Clause") +
                          styled("Article", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>") + entry("2", 0, "y")),
            "Article 1: x\nArticle 2: x\nx\nx\na) y\n");
}

TEST(DocxLists, ANumberDoesNotGrowWithoutEnd) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "%1";
  const std::string lists =
      list("0", level(0, "upperLetter", text)) +
      number("1", "0", "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"780\"/></w:lvlOverride>");
  const Collected read = docx_parts("", lists, entry("1", 0, "x") + entry("1", 0, "y"));
  EXPECT_LE(read.text_of_first().size(), 2 * (kLongestNumber + 3));
  EXPECT_TRUE(read.text_of_first().starts_with("ZZZ") && read.text_of_first().ends_with(" y\n"));
  EXPECT_EQ(read.unreads.size(), 1U);
}

/// Two million letters of a level, which come to no letter at all, stand before each of 20,000 paragraphs.
TEST(DocxLists, WordsOfALevelAreBoundedAndItIsSaid) {
  std::string text, body;
  for (int i = 0; i < 1'000'000; ++i) text += "%2";
  for (int i = 0; i < 20'000; ++i) body += entry("1", 0, "x");
  const Collected read =
      docx_parts("", list("0", level(0, "decimal", text) + level(1, "none", "")) + number("1", "0"), body);
  EXPECT_TRUE(read.text_of_first().starts_with("x\nx\n"));
  ASSERT_EQ(read.unreads.size(), 1U);
  EXPECT_EQ(read.unreads[0].reason, "limit: numbers of lists with longer words than are given");
}

TEST(DocxLists, MembersThatNothingLeadsToHaveTheirOwnListsOrTheDocuments) {
  ZipMaker maker = docx(paragraph("page"));
  maker.add("word/_rels/document.xml.rels", relations(relation("n", "numbering", "numbering.xml")))
      .add("word/numbering.xml",
           "<w:numbering>" + list("0", level(0, "decimal", "%1.")) + number("1", "0") + "</w:numbering>")
      .add("word/lost.xml", document(entry("1", 0, "a") + entry("1", 0, "b")))
      .add("word/glossary/document.xml", document(entry("1", 0, "c")))
      .add("word/glossary/_rels/document.xml.rels", relations(relation("n", "numbering", "lists.xml")))
      .add("word/glossary/lists.xml", "<w:numbering>" +
                                          list("0", level(0, "hebrew1", "%1.") + level(1, "decimal", "%2)")) +
                                          number("1", "0") + "</w:numbering>");
  const Collected read = collect(*office_opener(), maker.finish());
  ASSERT_EQ(read.texts.size(), 2U);
  EXPECT_THAT(read.texts[1].utf8, testing::HasSubstr("[word/lost.xml]\n\n1. a\n2. b\n"));
  EXPECT_THAT(read.texts[1].utf8, testing::HasSubstr("[word/glossary/document.xml]\n\nc\n"));
  ASSERT_EQ(read.unreads.size(), 1U);
  EXPECT_EQ(read.unreads[0].reason, "numbers of lists in letters or words that are not read");
}

TEST(DocxLists, LevelsThatArePassedOverCount) {
  const std::string lists =
      list("0", level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3")) +
      number("1", "0");
  EXPECT_EQ(docx_with("", lists, entry("1", 2, "a") + entry("1", 1, "b") + entry("1", 0, "c")),
            "1.1.1 a\n1.2 b\n2. c\n");
}

TEST(DocxLists, AChainOfStylesThatBitesItsTailEnds) {
  const std::string styles =
      "<w:style w:styleId=\"A\"><w:basedOn w:val=\"B\"/></w:style><w:style w:styleId=\"B\"><w:basedOn w:val=\"A\"/>"
      "</w:style>";
  EXPECT_EQ(docx_with(styles, "", "<w:p><w:pPr><w:pStyle w:val=\"A\"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"), "x\n");
}

TEST(DocxStyles, WhatAStyleHidesIsMarked) {
  const std::string styles =
      "<w:style w:type=\"character\" w:styleId=\"Secret\"><w:rPr><w:vanish/></w:rPr></w:style>"
      "<w:style w:type=\"character\" w:styleId=\"Below\"><w:basedOn w:val=\"Secret\"/></w:style>"
      "<w:style w:type=\"character\" w:styleId=\"Shown\"><w:basedOn w:val=\"Secret\"/><w:rPr><w:vanish w:val=\"0\"/>"
      "</w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Note\"><w:rPr><w:vanish/></w:rPr></w:style>";
  const auto run = [](const std::string& style, const std::string& text, const std::string& more = {}) {
    return "<w:r><w:rPr>" + (style.empty() ? "" : "<w:rStyle w:val=\"" + style + "\"/>") + more + "</w:rPr><w:t>" +
           text + "</w:t></w:r>";
  };
  EXPECT_EQ(docx_with(styles, "",
                      "<w:p>" + run("", "a ") + run("Secret", "Kow") + run("Below", "alenko") + run("Shown", " b ") +
                          run("Secret", "c", "<w:vanish w:val=\"false\"/>") +
                          "</w:p><w:p><w:pPr><w:pStyle "
                          "w:val=\"Note\"/></w:pPr>" +
                          run("", "d") + run("Secret", "e") + "</w:p>"),
            "a [hidden: Kowalenko] b c\n[hidden: d]e\n")
      << "two styles that hide undo each other: 17.7.3";
}

Collected odt_parts(const std::string& styles, const std::string& automatic, const std::string& body) {
  ZipMaker maker;
  maker.add({.name = "mimetype", .data = "application/vnd.oasis.opendocument.text", .method = 0});
  maker.add("META-INF/manifest.xml", "<m/>");
  maker.add("content.xml", "<office:document-content><office:automatic-styles>" + automatic +
                               "</office:automatic-styles><office:body><office:text>" + body +
                               "</office:text></office:body></office:document-content>");
  maker.add("styles.xml",
            "<office:document-styles><office:styles>" + styles + "</office:styles></office:document-styles>");
  return collect(*office_opener(), maker.finish());
}

std::string odt_with(const std::string& styles, const std::string& automatic, const std::string& body) {
  return odt_parts(styles, automatic, body).text_of_first();
}

const std::string kList =
    "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" "
    "style:num-suffix=\".\"/><text:list-level-style-number text:level=\"2\" style:num-format=\"a\" "
    "text:display-levels=\"2\" style:num-prefix=\"(\" style:num-suffix=\")\"/><text:list-level-style-bullet "
    "text:level=\"3\" text:bullet-char=\"\uE000\"/></text:list-style>";

TEST(OdfLists, LevelsCountContinueAndBeginAnew) {
  const auto item = [](const std::string& inside, const std::string& more = {}) {
    return "<text:list-item" + more + ">" + inside + "</text:list-item>";
  };
  const auto listed = [](const std::string& inside, const std::string& more = {}) {
    return "<text:list text:style-name=\"L\"" + more + ">" + inside + "</text:list>";
  };
  const auto p = [](const std::string& text) { return "<text:p>" + text + "</text:p>"; };
  EXPECT_EQ(
      odt_with("", kList,
               listed(item(p("a") + p("more") + listed(item(p("b")) + item(p("c") + listed(item(p("d")))))) +
                          item(listed(item(p("e")))),
                      " xml:id=\"one\"") +
                   listed(item(p("f")), " text:continue-numbering=\"true\"") + listed(item(p("g"))) +
                   listed(item(p("h")), " text:continue-list=\"one\"") +
                   listed(item(p("i"), " text:start-value=\"9\"") + item("<text:number>X.</text:number>" + p("j"))) +
                   "<text:list-item>" + p("stray") + "</text:list-item>"),
      "1. a\nmore\n(1.a) b\n(1.b) c\n\u2022 d\n(1.c) e\n2. f\n1. g\n2. h\n9. i\nX. j\nstray\n");
}

TEST(OdfLists, LettersThatAreNotReadGiveNoNumber) {
  const std::string list =
      "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"א, ב, ג, "
      "...\"/><text:list-level-style-number text:level=\"2\" style:num-format=\"1\" text:display-levels=\"2\"/>"
      "</text:list-style>";
  const auto item = [](const std::string& inside) {
    return "<text:list text:style-name=\"L\"><text:list-item>" + inside + "</text:list-item></text:list>";
  };
  const Collected read = odt_parts("", list, item("<text:p>a</text:p>" + item("<text:p>b</text:p>")));
  EXPECT_EQ(read.text_of_first(), "a\nb\n");
  ASSERT_EQ(read.unreads.size(), 1U);
  EXPECT_EQ(read.unreads[0].reason, "numbers of lists in letters or words that are not read");
  const Collected written = odt_parts("", list, item("<text:number>א.</text:number><text:p>a</text:p>"));
  EXPECT_EQ(written.text_of_first(), "א. a\n");
  EXPECT_TRUE(written.unreads.empty());
}

TEST(OdfLists, WordsOfALevelAreBoundedAndItIsSaid) {
  std::string items;
  for (int i = 0; i < 1'000; ++i) items += "<text:list-item><text:p>x</text:p></text:list-item>";
  const Collected read = odt_parts("",
                                   "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" "
                                   "style:num-format=\"1\" style:num-list-format=\"%1%" +
                                       std::string(2'000'000, '%') + "\"/></text:list-style>",
                                   "<text:list text:style-name=\"L\">" + items + "</text:list>");
  EXPECT_TRUE(read.text_of_first().starts_with("1%%"));
  ASSERT_EQ(read.unreads.size(), 1U);
  EXPECT_EQ(read.unreads[0].reason, "limit: numbers of lists with longer words than are given");
}

TEST(OdfLists, HeadingsAreNumberedByTheOutline) {
  const auto heading = [](unsigned level, const std::string& text, const std::string& more = {}) {
    return "<text:h text:outline-level=\"" + std::to_string(level) + "\"" + more + ">" + text + "</text:h>";
  };
  EXPECT_EQ(
      odt_with("<text:outline-style><text:outline-level-style text:level=\"1\" style:num-format=\"I\" "
               "loext:num-list-format=\"%1%.\"/><text:outline-level-style text:level=\"2\" style:num-format=\"1\" "
               "loext:num-list-format=\"%1%-%2%\"/><text:outline-level-style text:level=\"3\" "
               "style:num-format=\"\"/></text:outline-style>",
               "",
               heading(1, "a") + heading(2, "b") + heading(2, "c") + heading(3, "d") +
                   heading(1, "e", " text:is-list-header=\"true\"") + heading(1, "f") + heading(2, "g")),
      "I. a\nI-1 b\nI-2 c\nd\ne\nII. f\nII-1 g\n");
}

TEST(OdfStyles, WhatStylesAndSectionsHideIsMarked) {
  const auto style = [](const std::string& family, const std::string& name, const std::string& display,
                        const std::string& parent = {}) {
    return "<style:style style:family=\"" + family + "\" style:name=\"" + name + "\" style:parent-style-name=\"" +
           parent + "\"><style:text-properties" + (display.empty() ? "" : " text:display=\"" + display + "\"") +
           "/></style:style>";
  };
  EXPECT_EQ(
      odt_with(
          style("text", "Secret", "none") + style("paragraph", "Note", "none"),
          style("text", "T1", "", "Secret") + style("text", "T2", "true", "Secret") + style("paragraph", "T1", "true"),
          "<text:p>a <text:span text:style-name=\"Secret\">b</text:span><text:span text:style-name=\"T1\">c"
          "</text:span><text:span text:style-name=\"T2\"> d</text:span></text:p><text:p "
          "text:style-name=\"Note\">e<text:span text:style-name=\"T2\">f</text:span></text:p><text:p>"
          "<text:hidden-paragraph text:is-hidden=\"true\"/>g</text:p><text:section text:display=\"condition\" "
          "text:is-hidden=\"true\" text:name=\"S\"><text:p>h</text:p></text:section><text:p "
          "text:style-name=\"T1\">i</text:p>"),
      "a [hidden: bc] d\n[hidden: e]f\n[hidden: g]\n[hidden: h]\ni\n");
}

}  // namespace
}  // namespace careo
