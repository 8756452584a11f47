// SPDX-License-Identifier: Apache-2.0
// Numbers of paragraphs on slides, of PPTX and of PPT.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "unpack/collected.h"
#include "unpack/little_endian.h"
#include "unpack/office/office.h"
#include "unpack/office/powerpoint_text.h"
#include "unpack/office_maker.h"

namespace careo {
namespace {

ZipMaker presentation(const std::string& boxes, const std::string& more = {}) {
  ZipMaker maker;
  maker.add("[Content_Types].xml", "<Types/>")
      .add("_rels/.rels", relations(relation("a", "officeDocument", "ppt/presentation.xml")))
      .add("ppt/presentation.xml",
           "<p:presentation><p:sldIdLst><p:sldId r:id=\"r\"/></p:sldIdLst>" + more + "</p:presentation>")
      .add("ppt/_rels/presentation.xml.rels", relations(relation("r", "slide", "slides/slide1.xml")))
      .add("ppt/slides/slide1.xml", "<p:sld>" + boxes + "</p:sld>");
  return maker;
}

Collected pptx_with(const std::string& boxes) {
  return collect(*office_opener(), presentation(boxes).finish());
}

TEST(SlideNumbers, LevelsCountAndBeginAnew) {
  const auto box = [](const std::string& inside) { return "<p:txBody><a:bodyPr/>" + inside + "</p:txBody>"; };
  const auto p = [](const std::string& text, const std::string& settings) {
    return "<a:p><a:pPr " + settings + "</a:pPr><a:r><a:t>" + text + "</a:t></a:r></a:p>";
  };
  const std::string first = "><a:buAutoNum type=\"arabicPeriod\"/>",
                    second = "lvl=\"1\"><a:buAutoNum type=\"alphaLcParenBoth\"/>";
  const Collected read =
      pptx_with(box(p("a", first) + p("b", second) + p("c", second) + p("", first) + p("d", first) + p("e", second) +
                    p("sign", "><a:buChar char=\"x\"/>") + p("f", first) +
                    p("g", "><a:buAutoNum type=\"romanUcParenR\" startAt=\"9\"/>")) +
                box(p("h", first)) +
                box("<a:lstStyle><a:lvl1pPr><a:buAutoNum type=\"arabicPlain\"/></a:lvl1pPr></a:lstStyle>" +
                    p("i", ">") + p("j", "><a:buNone/>")));
  EXPECT_EQ(read.text_of_first(), "1. a\n(a) b\n(b) c\n\n2. d\n(a) e\nsign\n1. f\nIX) g\n1. h\n1 i\nj\n");
  EXPECT_TRUE(read.unreads.empty());
}

TEST(SlideNumbers, TheSettingsOfABoxAreItsOwnAndAFormulaIsAnEntry) {
  const std::string style =
      "<a:lstStyle><a:lvl1pPr><a:buAutoNum type=\"arabicPeriod\" startAt=\"3\"/></a:lvl1pPr>"
      "<a:lvl2pPr><a:buChar char=\"x\"/></a:lvl2pPr></a:lstStyle>";
  const std::string x = "<a:p><a:r><a:t>x</a:t></a:r></a:p>",
                    formula =
                        "<a:p><a:r><a:t/></a:r><mc:AlternateContent><mc:Choice><a14:m><m:t>y=1</m:t></a14:m>"
                        "</mc:Choice></mc:AlternateContent></a:p>",
                    deeper = "<a:p><a:pPr lvl=\"1\"/><a:r><a:t>z</a:t></a:r></a:p>", broken = "<a:p><a:br/></a:p>";
  const Collected read = pptx_with("<p:txBody><a:bodyPr/>" + style + x + formula + broken + deeper + x +
                                   "</p:txBody><p:txBody><a:bodyPr/>" + x + "</p:txBody>");
  EXPECT_EQ(read.text_of_first(), "3. x\n4. y=1\n\nz\n5. x\nx\n");
}

TEST(SlideNumbers, LongSettingsAreNotGoneOverForEachParagraph) {
  constexpr std::size_t kLong = 2'000'000;
  std::string style = "<a:lstStyle>", paragraphs;
  for (std::size_t i = 0; i < kLong / 4; ++i) style += "<x/>";
  style += "<a:lvl1pPr><" + std::string(kLong, 'y') + "/><a:buAutoNum type=\"arabicPlain" + std::string(kLong, 'z') +
           "\"/></a:lvl1pPr></a:lstStyle>";
  for (std::size_t i = 0; i < kLong / 20; ++i) paragraphs += "<a:p><a:r><a:t>x</a:t></a:r></a:p>";
  const Collected read = pptx_with("<p:txBody>" + style + paragraphs + "</p:txBody>");
  EXPECT_TRUE(read.text_of_first().starts_with("1 x\n2 x\n"));
  EXPECT_TRUE(read.text_of_first().ends_with("100000 x\n"));
}

TEST(SlideNumbers, WhatIsNotReadIsSaid) {
  const Collected read = pptx_with(
      "<p:txBody><a:p><a:pPr><a:buAutoNum type=\"hebrew2Minus\"/></a:pPr><a:r><a:t>x</a:t></a:r></a:p></p:txBody>");
  EXPECT_EQ(read.text_of_first(), "x\n");
  EXPECT_EQ(read.unreads.size(), 1U);
}

std::string auto_number(unsigned level, const std::string& type) {
  const std::string name = "a:lvl" + std::to_string(level) + "pPr";
  return "<" + name + "><a:buAutoNum type=\"" + type + "\"/></" + name + ">";
}

/// A shape that stands for a place of its layout, or for none.
std::string shape(const std::string& place, const std::string& style, const std::string& paragraphs = "<a:p/>") {
  return "<p:sp><p:nvSpPr><p:nvPr>" + place + "</p:nvPr></p:nvSpPr><p:txBody><a:lstStyle>" + style + "</a:lstStyle>" +
         paragraphs + "</p:txBody></p:sp>";
}

/// A paragraph that does not say how it is numbered.
std::string silent(const std::string& text, unsigned level = 0) {
  return "<a:p><a:pPr lvl=\"" + std::to_string(level) + "\"/><a:r><a:t>" + text + "</a:t></a:r></a:p>";
}

TEST(SlideNumbers, WhatLayoutAndMasterSayIsInheritedByLevel) {
  const std::string second = "<p:ph type=\"body\" idx=\"2\"/>", third = "<p:ph idx=\"3\"/>";
  ZipMaker maker = presentation(
      shape("<p:ph type=\"ctrTitle\"/>", "", silent("title")) +
          shape(second, "", silent("a") + silent("b", 1) + silent("c", 1) + silent("d", 2) + silent("e", 3)) +
          shape(second, auto_number(1, "alphaUcPeriod"), silent("own") + silent("f", 1)) +
          shape(third, "", silent("g") + silent("h", 3)) + shape("<p:ph type=\"ftr\" idx=\"9\"/>", "", silent("foot")) +
          shape("", "", silent("box") + silent("deep", 8)),
      "<p:defaultTextStyle>" + auto_number(9, "arabicParenBoth") + "</p:defaultTextStyle>");
  maker.add("ppt/slides/_rels/slide1.xml.rels", relations(relation("l", "slideLayout", "../slideLayouts/one.xml")))
      .add("ppt/slideLayouts/one.xml", "<p:sldLayout><p:cSld>" + shape("<p:ph type=\"title\"/>", "", silent("T")) +
                                           shape(second, auto_number(1, "arabicPeriod")) +
                                           shape("", "", silent("on the layout")) + "</p:cSld></p:sldLayout>")
      .add("ppt/slideLayouts/_rels/one.xml.rels", relations(relation("m", "slideMaster", "../slideMasters/m.xml")))
      .add("ppt/slideMasters/m.xml",
           "<p:sldMaster>" + shape("<p:ph type=\"body\" idx=\"1\"/>", auto_number(2, "alphaLcParenR")) +
               "<p:txStyles><p:titleStyle>" + auto_number(1, "romanUcPeriod") + "</p:titleStyle><p:bodyStyle>" +
               auto_number(2, "arabicPlain") + "<a:lvl3pPr><a:buChar char=\"x\"/></a:lvl3pPr>" +
               auto_number(4, "romanLcPeriod") + "</p:bodyStyle><p:otherStyle>" + auto_number(1, "arabicParenR") +
               "</p:otherStyle></p:txStyles></p:sldMaster>");
  const Collected read = collect(*office_opener(), maker.finish());
  EXPECT_EQ(read.text_of_first(),
            "I. title\n1. a\na) b\nb) c\nd\ni. e\nA. own\na) f\ng\ni. h\n1) foot\n1) box\n(1) deep\n");
  EXPECT_TRUE(read.unreads.empty());
  ASSERT_EQ(read.texts.size(), 2U) << "what the layout itself shows stands among what belongs to no page";
  EXPECT_THAT(read.texts[1].utf8, testing::HasSubstr("[ppt/slideLayouts/one.xml]\n\non the layout\n"));
}

TEST(SlideNumbers, NotesStandOnTheirMaster) {
  ZipMaker maker = presentation(shape("", "", silent("x")));
  maker.add("ppt/slides/_rels/slide1.xml.rels", relations(relation("n", "notesSlide", "../notes/n.xml")))
      .add("ppt/notes/n.xml", "<p:notes>" + shape("<p:ph type=\"body\" idx=\"1\"/>", "", silent("note")) + "</p:notes>")
      .add("ppt/notes/_rels/n.xml.rels", relations(relation("m", "notesMaster", "../master.xml")))
      .add("ppt/master.xml",
           "<p:notesMaster><p:notesStyle>" + auto_number(1, "arabicPeriod") + "</p:notesStyle></p:notesMaster>");
  EXPECT_EQ(collect(*office_opener(), maker.finish()).text_of_first(), "x\n1. note\n");
}

TEST(SlideNumbers, LayoutsThatAreMissingOrStandOnThemselvesEnd) {
  for (const char* target : {"../slideLayouts/one.xml", "../nowhere.xml"}) {
    ZipMaker maker = presentation(shape("<p:ph/>", "", silent("x")));
    maker.add("ppt/slides/_rels/slide1.xml.rels", relations(relation("l", "slideLayout", target)))
        .add("ppt/slideLayouts/one.xml", "<p:sldLayout/>")
        .add("ppt/slideLayouts/_rels/one.xml.rels", relations(relation("m", "slideMaster", "one.xml")));
    const Collected read = collect(*office_opener(), maker.finish());
    EXPECT_EQ(read.text_of_first(), "x\n");
    ASSERT_EQ(read.unreads.size(), target == std::string("../nowhere.xml") ? 1U : 0U);
    if (read.unreads.empty()) continue;
    EXPECT_EQ(read.unreads[0].reason, "no member ppt/nowhere.xml");
  }
}

// Names of members are told apart by their letters, not by how large these are, and some writers use the wrong stroke.
// Read for each slide, this would take minutes.
TEST(SlideNumbers, ALayoutOfManyNamesIsReadOnce) {
  constexpr unsigned kSlides = 300;
  std::string slides, of_slides, layout = "<p:sldLayout>";
  for (unsigned i = 0; i < 200'000; ++i) layout += "<x/>";
  layout += shape("", "", silent("on the layout")) + "</p:sldLayout>";
  ZipMaker maker;
  for (unsigned i = 0; i < kSlides; ++i) {
    const std::string id = "s" + std::to_string(i);
    slides += "<p:sldId r:id=\"" + id + "\"/>";
    of_slides += relation(id, "slide", "slides/" + id + ".xml");
    std::string name = "abcdefghij.xml";
    for (unsigned bit = 0; bit < 10; ++bit)
      if ((i >> bit & 1U) != 0) name[bit] = static_cast<char>(name[bit] - 'a' + 'A');
    maker.add("ppt/slides/" + id + ".xml", "<p:sld>" + shape("<p:ph/>", "", silent("x")) + "</p:sld>")
        .add("ppt/slides/_rels/" + id + ".xml.rels", relations(relation("l", "slideLayout", "../" + name)));
  }
  maker.add("_rels/.rels", relations(relation("a", "officeDocument", "ppt/presentation.xml")))
      .add("ppt/presentation.xml", "<p:presentation><p:sldIdLst>" + slides + "</p:sldIdLst></p:presentation>")
      .add("ppt/_rels/presentation.xml.rels", relations(of_slides))
      .add("ppt\\abcdefghij.xml", layout);
  const Collected read = collect(*office_opener(), maker.finish());
  ASSERT_EQ(read.texts.size(), kSlides + 1U);
  EXPECT_THAT(read.texts.back().utf8, testing::HasSubstr("on the layout\n"));
}

// Gone over for each of them, this would take minutes.
TEST(SlideNumbers, AShapeIsNotGoneOverForEachOfItsTexts) {
  std::string texts;
  for (unsigned i = 0; i < 100'000; ++i) texts += silent("x") + "<y>" + silent("y") + "</y>";
  ZipMaker maker = presentation("<p:sp>" + texts + "</p:sp>");
  maker.add("ppt/slides/_rels/slide1.xml.rels", relations(relation("l", "slideLayout", "../one.xml")))
      .add("ppt/one.xml", "<p:sldLayout/>");
  EXPECT_TRUE(collect(*office_opener(), maker.finish()).text_of_first().starts_with("x\ny\nx\n"));
}

TEST(SlideNumbers, PlacesOfALayoutBeyondWhatIsKeptAreSaid) {
  std::string places;
  for (unsigned i = 0; i <= 1000; ++i)
    places += shape("<p:ph idx=\"" + std::to_string(i) + "\"/>", auto_number(1, "arabicPeriod"));
  ZipMaker maker =
      presentation(shape("<p:ph idx=\"999\"/>", "", silent("x")) + shape("<p:ph idx=\"1000\"/>", "", silent("y")));
  maker.add("ppt/slides/_rels/slide1.xml.rels", relations(relation("l", "slideLayout", "../one.xml")))
      .add("ppt/one.xml", "<p:sldLayout>" + places + "</p:sldLayout>");
  const Collected read = collect(*office_opener(), maker.finish());
  EXPECT_EQ(read.text_of_first(), "1. x\ny\n");
  ASSERT_EQ(read.unreads.size(), 1U);
  EXPECT_EQ(read.unreads[0].reason, "more numbers of lists than are given");
}

TEST(SlideNumbers, WhatIsNotReadOfAMemberThatNothingLeadsToIsSaid) {
  ZipMaker maker = presentation(shape("", "", silent("x")));
  maker.add("ppt/slides/lost.xml", "<p:sld>" + shape("", auto_number(1, "hebrew2Minus"), silent("y")) + "</p:sld>");
  const Collected read = collect(*office_opener(), maker.finish());
  ASSERT_EQ(read.unreads.size(), 1U);
  EXPECT_EQ(read.unreads[0].reason, "numbers of lists in letters or words that are not read");
}

std::string little(std::uint64_t value, unsigned bytes) {
  std::string out;
  for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

/// A record of a presentation ([MS-PPT] 2.3.1).
std::string record(unsigned type, const std::string& data, unsigned instance = 0) {
  return little(instance << 4U, 2) + little(type, 2) + little(data.size(), 4) + data;
}
std::string container(unsigned type, const std::string& data, unsigned instance = 0) {
  return little(instance << 4U | 15U, 2) + little(type, 2) + little(data.size(), 4) + data;
}

/// TextPFRun: with a bullet, a color of it, two tabs and a font alignment; or with none of it.
std::string paragraph_run(unsigned letters, unsigned level, bool bullet = true) {
  if (!bullet) return little(letters, 4) + little(level, 2) + little(1, 4) + little(0, 2);
  return little(letters, 4) + little(level, 2) + little(0x110021, 4) + little(1, 2) + little(0xFE0000FF, 4) +
         little(2, 2) + std::string(8, 't') + little(0, 2);
}
/// TextCFRun: its entry, a size and a color.
std::string letter_run(unsigned letters, unsigned entry) {
  return little(letters, 4) + little(0x60401, 4) + little(entry << 10U, 2) + little(18, 2) + little(0xFE0000FF, 4);
}
/// StyleTextProp9: numbered as `scheme` says from `start`; with what else may stand in it.
std::string numbered(unsigned scheme, unsigned start) {
  return little(0x3800000, 4) + little(0xFFFF, 2) + little(1, 2) + little(scheme, 2) + little(start, 2) +
         little(0x100000, 4) + little(0, 4) + little(0x261, 4) + std::string(8, '\0') + little(1, 4) + little(7, 4);
}
const std::string kNoNumber = std::string(12, '\0');

std::string text_record(const std::string& text, const std::string& runs) {
  return record(0x0F9F, little(1, 4), 1) + record(0x0FA8, text) + record(0x0FA1, runs);
}
/// A shape with its tags before its text.
std::string ppt_shape(const std::string& extra, const std::string& text) {
  return container(0xF004,
                   container(0xF011, container(0x1388, container(0x138A, record(0x138B, record(0x0FAC, extra))))) +
                       container(0xF00D, text));
}

/// A presentation of one slide, number 256.
PptText ppt_with(const std::string& shapes, const std::string& outline = {}, const std::string& more = {}) {
  const std::string slide = container(0x03EE, shapes);
  const std::string place = record(0x03F3, little(2, 4) + little(0, 8) + little(256, 4) + little(0, 4));
  const std::string document = container(0x03E8, more + container(0x0FF0, place + outline));
  const std::string places = record(0x1772, little(2U << 20U | 1U, 4) + little(0, 4) + little(document.size(), 4));
  std::string stream = document + slide;
  const std::uint64_t at = stream.size();
  stream += places;
  const std::uint64_t edit = stream.size();
  stream += record(0x0FF5, little(0, 8) + little(0, 4) + little(at, 4) + little(1, 4) + little(0, 8));
  const std::string user = std::string(12, '\0') + little(0xE391C05F, 4) + little(edit, 4);
  const Result<PptFile> file = PptFile::open(bytes_of(stream), bytes_of(user));
  return file ? ppt_text(*file, 1'000'000'000) : PptText();
}

TEST(PowerPointNumbers, AddressesThatAreLeftOutAreSaid) {
  std::string links;
  const auto link = [](char a, char b) { return container(0x0FD7, record(0x0FBA, std::string{a, 0, b, 0}, 1)); };
  for (int i = 0; i < 200; ++i) links += link(static_cast<char>('A' + i / 10), static_cast<char>('0' + i % 10));
  EXPECT_TRUE(ppt_with("", "", links + link('B', '1')).unread.empty());
  const PptText read = ppt_with("", "", links + link('x', 'x'));
  EXPECT_EQ(read.links.size(), 200U);
  EXPECT_THAT(read.unread, testing::ElementsAre("limit: more addresses than are given"));
}

TEST(PowerPointNumbers, AShapesTextIsCounted) {
  // Six paragraphs: two numbered, one below them, one with a sign, an empty one, one that goes on.
  const std::string text = "ab\rcd\rx\rs\r\ref";
  const std::string runs = paragraph_run(6, 0) + paragraph_run(2, 1) + paragraph_run(2, 0, false) +
                           paragraph_run(4, 0) + letter_run(6, 1) + letter_run(2, 2) + letter_run(3, 0) +
                           letter_run(3, 1);
  const std::string extra = kNoNumber + numbered(3, 4) + numbered(8, 1);
  const PptText read = ppt_with(ppt_shape(extra, text_record(text, runs)) + ppt_shape("", text_record("plain", "")));
  ASSERT_EQ(read.slides.size(), 1U);
  EXPECT_EQ(read.slides[0], "4. ab\n5. cd\n(a) x\ns\n\n4. ef\nplain\n");
  EXPECT_TRUE(read.unread.empty());
}

TEST(PowerPointNumbers, TextsOfTheOutlineHaveThemApart) {
  const std::string runs = paragraph_run(4, 0) + letter_run(4, 0);
  const std::string head = little(256, 4) + little(1, 4);
  const auto extras = [&](const std::string& of, unsigned instance) {
    return container(0x0FAE, container(0x0FB3, record(0x0FAF, of, instance) + record(0x0FAC, numbered(2, 1))));
  };
  EXPECT_EQ(ppt_with("", text_record("a\rb", runs), extras(head, 1)).slides[0], "1) a\n2) b\n");
  EXPECT_EQ(ppt_with("", text_record("a\rb", runs), extras(head, 2)).slides[0], "a\nb\n") << "of another text";
}

TEST(PowerPointNumbers, BeyondSixteenEntriesAreCountedAnew) {
  std::string text, runs, letters, extra;
  for (unsigned i = 0; i < 17; ++i) {
    text += "x\r";
    runs += paragraph_run(2, 0);
    letters += letter_run(2, i % 16);
    extra += i == 16 ? numbered(3, 7) : kNoNumber;
  }
  text.pop_back();
  const PptText read = ppt_with(ppt_shape(extra, text_record(text, runs + letters)));
  EXPECT_TRUE(read.slides[0].starts_with("x\nx\n"));
  EXPECT_TRUE(read.slides[0].ends_with("x\n7. x\n"));
}

TEST(PowerPointNumbers, WhatIsNotReadIsSaid) {
  const std::string runs = paragraph_run(2, 0) + letter_run(2, 0);
  EXPECT_THAT(ppt_with(ppt_shape(numbered(25, 1), text_record("x", runs))).unread,
              testing::ElementsAre("numbers of lists in letters or words that are not read"));
  for (const std::string& broken : {std::string(), runs.substr(0, 20), paragraph_run(1, 0)})
    EXPECT_THAT(ppt_with(ppt_shape(numbered(3, 1), text_record("x", broken))).unread,
                testing::ElementsAre("numbers of lists on slides whose formatting is damaged"));
  const std::string cut_off = numbered(3, 1).substr(0, 4);
  EXPECT_THAT(ppt_with(ppt_shape(cut_off, text_record("x", runs))).unread,
              testing::ElementsAre("numbers of lists on slides whose formatting is damaged"));
  for (const std::string& entries : {numbered(3, 1), kNoNumber})
    EXPECT_THAT(ppt_with(ppt_shape(entries, text_record("x", paragraph_run(2, 0) + letter_run(2, 1)))).unread,
                testing::ElementsAre("numbers of lists on slides whose formatting is damaged"))
        << "an entry that is missing";
  for (const std::string& plain : {paragraph_run(2, 0, false) + letter_run(2, 1), runs, std::string()})
    EXPECT_TRUE(ppt_with(ppt_shape(kNoNumber, text_record("x", plain))).unread.empty());
  EXPECT_TRUE(ppt_with(text_record("x", paragraph_run(2, 0) + letter_run(2, 1))).unread.empty())
      << "usual where no entry says anything";
  const auto master = [](unsigned has) {
    return record(0x0FAD,
                  little(1, 2) + little(0x3000000, 4) + little(has, 2) + little(3, 2) + little(1, 2) + little(0, 4), 1);
  };
  const std::string defaults = record(0x0FB0, little(0, 4) + little(0x2000000, 4) + little(1, 2));
  EXPECT_EQ(ppt_with("", "", defaults).unread, ppt_with("", "", master(1)).unread);
  EXPECT_TRUE(ppt_with("", "", master(0)).unread.empty());
  EXPECT_THAT(ppt_with("", "", master(1)).unread,
              testing::ElementsAre("numbers of lists that a master gives are not read"));
}

TEST(PowerPointText, WhatIsMissingIsSaid) {
  const auto head = [](unsigned notes) {
    return record(0x03EF, std::string(16, '\0') + little(notes, 4) + little(0, 4));
  };
  EXPECT_TRUE(ppt_with(head(0)).damage.empty());
  EXPECT_THAT(ppt_with(head(7)).damage, testing::ElementsAre("slide 1 has notes that are missing"));
  const std::string master = container(0x0FF0, record(0x03F3, little(9, 4) + std::string(16, '\0')), 1);
  EXPECT_THAT(ppt_with(head(0), "", master).damage, testing::ElementsAre("a master is missing"));
  std::string deep = text_record("x", "");
  for (int i = 0; i < 70; ++i) deep = container(0xF00D, deep);
  EXPECT_THAT(ppt_with(deep).unread, testing::ElementsAre("records nested too deep"));
}

TEST(PowerPointNumbers, OneEntryIsNotGoneOverForEachText) {
  std::string extra, texts;
  for (int i = 0; i < 100'000; ++i) extra += kNoNumber;
  for (int i = 0; i < 20'000; ++i) texts += record(0x0FA8, "x");
  EXPECT_EQ(ppt_with(ppt_shape(extra + numbered(3, 1), texts + text_record("", ""))).slides[0].size(), 40'000U);
}

}  // namespace
}  // namespace careo
