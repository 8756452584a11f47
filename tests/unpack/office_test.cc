// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/office.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unpack/collected.h"
#include "unpack/office/sheet.h"
#include "unpack/office/text.h"
#include "unpack/office_maker.h"

namespace careo {
namespace {

using ::testing::HasSubstr;

std::string text_of_docx(const std::string& body) {
  return collect(*office_opener(), docx(body).finish()).text_of_first();
}

TEST(Docx, BoxesAndTicksOfSymbolFonts) {
  const auto sign = [](const std::string& font, const std::string& code) {
    return "<w:r><w:sym w:font=\"" + font + "\" w:char=\"" + code + "\"/></w:r>";
  };
  const std::string said = "<w:r><w:t>married</w:t></w:r>";
  EXPECT_EQ(text_of_docx("<w:p>" + sign("Wingdings", "F0FE") + said + sign("Wingdings 2", "00A3") + "</w:p>"),
            "☑married☐\n");
  EXPECT_EQ(text_of_docx("<w:p>" + said + sign("Webdings", "F061") + sign("Symbol", "no") + "</w:p>"),
            "married[Webdings F061]\n");
}

TEST(Docx, ParagraphsTabsAndTables) {
  EXPECT_EQ(
      text_of_docx(paragraph("One") + "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"),
      "One\na\tb\nc\n");
  const std::string cell = "<w:tc>" + paragraph("x") + paragraph("y") + "</w:tc>";
  EXPECT_EQ(
      text_of_docx("<w:tbl><w:tr>" + cell + "<w:tc>" + paragraph("z") + "</w:tc></w:tr></w:tbl>" + paragraph("after")),
      "x\ny\tz\nafter\n");
}

TEST(Docx, TrackedDeletionsAndInsertionsAreMarked) {
  EXPECT_EQ(
      text_of_docx(
          "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"),
      "[deleted: old][inserted: new]\n");
}

TEST(Docx, TrackedChangesNameTheirAuthors) {
  const auto change = [](const std::string& kind, const std::string& text) {
    return "<w:" + kind + " w:author=\"Ana\" w:date=\"2020-01-02T03:04:05Z\"><w:r>" + text + "</w:r></w:" + kind + ">";
  };
  const auto run = [](const std::string& text) { return "<w:r><w:t>" + text + "</w:t></w:r>"; };
  EXPECT_EQ(text_of_docx("<w:p>" + run("due ") + change("del", "<w:delText>May</w:delText>") +
                         change("ins", "<w:t>June</w:t>") + run(".") + "</w:p>"),
            "due [deleted by Ana on 2020-01-02T03:04:05Z: May][inserted by Ana on 2020-01-02T03:04:05Z: June].\n");
  // No word is parted.
  EXPECT_EQ(text_of_docx("<w:p>" + run("pay") + change("ins", "<w:t>ment</w:t>") + run("s due") + "</w:p>" +
                         paragraph("next")),
            "payments due [inserted by Ana on 2020-01-02T03:04:05Z: ment]\nnext\n");
  EXPECT_EQ(text_of_docx("<w:p><w:ins w:author=\"Ana\"/>" + run("x") + "</w:p>"), "x\n");
}

TEST(Docx, AFallbackIsReadWhereNoChoiceGaveWords) {
  const auto both = [](const std::string& choice, const std::string& fallback) {
    return "<w:p><w:r><mc:AlternateContent>" + choice + "<mc:Fallback>" + fallback +
           "</mc:Fallback></mc:AlternateContent></w:r></w:p>";
  };
  EXPECT_EQ(text_of_docx(both("", "<w:t>alone</w:t>")), "alone\n");
  EXPECT_EQ(text_of_docx(both("<mc:Choice><w:drawing/></mc:Choice>", "<w:t>box</w:t>")), "box\n");
  // An inner one's words are the outer one's too.
  EXPECT_EQ(text_of_docx(both("<mc:Choice>" + both("", "<w:t>in</w:t>") + "</mc:Choice>", "<w:t>out</w:t>")), "in\n");
}

TEST(Docx, AddressesOfFieldsAreAmongTheExternalOnes) {
  const auto run = [](const std::string& text) { return "<w:r>" + text + "</w:r>"; };
  const auto mark = [&](const std::string& type) { return run("<w:fldChar w:fldCharType=\"" + type + "\"/>"); };
  const Collected got =
      collect(*office_opener(), docx("<w:p>" + mark("begin") + run("<w:instrText> HYPER</w:instrText>") +
                                     run("<w:instrText>LINK \"http://a.example/\" \\o \"tip\"</w:instrText>") +
                                     mark("separate") + run("<w:t>seen</w:t>") + mark("end") +
                                     "<w:fldSimple w:instr=\"INCLUDEPICTURE http://b.example/p.png \\d\"/>" +
                                     "<w:fldSimple w:instr='HYPERLINK \\l \"place\"'/></w:p>")
                                    .finish());
  EXPECT_EQ(got.text_of_first(), "seen\n");
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].value, R"({"external":["hyperlink http://a.example/","image http://b.example/p.png"]})");
}

TEST(Docx, DescriptionsOfPicturesStandOnce) {
  EXPECT_EQ(text_of_docx("<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr name=\"Picture 1\" "
                         "descr=\"a bridge\" title=\"Old\"/><pic:cNvPr name=\"Picture 1\" descr=\"a bridge\" "
                         "title=\"Old\"/></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape alt=\"Old: a bridge\"/>"
                         "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>" +
                         paragraph("x")),
            "[picture: Old: a bridge]\nx\n");
  EXPECT_EQ(text_of_docx("<w:p><w:r><wp:docPr name=\"Picture 1\"/><v:shape alt=\"a door\"/></w:r></w:p>"),
            "[picture: a door]\n");
}

TEST(Docx, XmlIsReadInTheCharsetItDeclares) {
  const auto read = [](const std::string& charset) {
    ZipMaker maker;
    maker.add("[Content_Types].xml", "<Types/>");
    maker.add("word/document.xml", "<?xml version=\"1.0\" encoding=\"" + charset + "\"?><w:document>" +
                                       paragraph("\xCC\xE8\xF0") + "</w:document>");
    return collect(*office_opener(), maker.finish());
  };
  const Collected known = read("windows-1251");
  EXPECT_EQ(known.text_of_first(), "Мир\n");
  EXPECT_TRUE(known.unreads.empty());
  const Collected unknown = read("x-nobody");
  ASSERT_EQ(unknown.unreads.size(), 1U);
  EXPECT_EQ(unknown.unreads[0].reason, "unknown charset: x-nobody: word/document.xml");
  const Collected false_one = read("UTF-8");
  EXPECT_EQ(false_one.text_of_first(), "\uFFFD\uFFFD\uFFFD\n");
  ASSERT_EQ(false_one.unreads.size(), 1U);
  EXPECT_EQ(false_one.unreads[0].reason, "not all is in its charset utf-8: 3 sequences: word/document.xml");
}

TEST(Docx, AChoiceIsReadOnceAndFieldCodesNot) {
  EXPECT_EQ(text_of_docx(
                "<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>box</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>box</"
                "w:t></w:r></mc:Fallback></mc:AlternateContent><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"),
            "box\n");
}

TEST(Docx, WhatStandsBesideThePageIsReadToo) {
  ZipMaker maker = docx(paragraph("body"));
  maker.add("word/header1.xml", "<w:hdr>" + paragraph("above") + "</w:hdr>");
  maker.add("word/footnotes.xml", "<w:footnotes>" + paragraph("below") + "</w:footnotes>");
  maker.add("word/comments.xml",
            "<w:comments><w:comment w:author=\"Eva\">" + paragraph("why") + "</w:comment></w:comments>");
  EXPECT_EQ(collect(*office_opener(), maker.finish()).text_of_first(),
            "body\n\nabove\n\nbelow\n\n[comment by Eva: why]\n");
}

// An organisation chart is drawn; its words stand in <dgm:t>, whose name is a text run's and which holds paragraphs.
TEST(Docx, DiagramsAndChartsAreReadToo) {
  ZipMaker maker = docx(paragraph("body"));
  maker.add("word/diagrams/data1.xml",
            "<dgm:dataModel><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>President</a:t></a:r></a:p></dgm:t></dgm:pt>"
            "</dgm:ptLst></dgm:dataModel>");
  maker.add("word/charts/chart1.xml",
            "<c:chart><c:title><a:p><a:r><a:t>Payments</a:t></a:r></a:p></c:title><c:cat><c:pt><c:v>March</c:v></c:pt>"
            "</c:cat><c:f>Sheet1!A1</c:f></c:chart>");
  EXPECT_EQ(collect(*office_opener(), maker.finish()).text_of_first(), "body\n\nPresident\n\nPayments\nMarch\n");
}

TEST(Docx, PropertiesAddressesAndEmbeddedFiles) {
  ZipMaker maker = docx(paragraph("x"));
  maker.add("docProps/core.xml",
            "<p><dc:creator>Ana &amp; Co</dc:creator><cp:lastModifiedBy>B</cp:lastModifiedBy></p>");
  maker.add("word/_rels/document.xml.rels",
            relations(relation("r1", "hyperlink", "http://a.example/", "TargetMode=\"External\"")));
  maker.add("word/media/image1.png", "\x89PNG\r\n\x1a\n");
  maker.add("word/embeddings/book.xlsx", "PK");
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].value,
            R"({"author":"Ana & Co","last_author":"B","external":["hyperlink http://a.example/"]})");
  ASSERT_EQ(got.children.size(), 2U);
  EXPECT_EQ(got.children[0].name, "word/media/image1.png");
  EXPECT_EQ(got.expected, 2U);
}

TEST(Docx, NoEntityIsEverExpanded) {
  const std::string laughs =
      "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
  ZipMaker maker;
  maker.add("[Content_Types].xml", "<Types/>").add("word/document.xml", laughs + document(paragraph("&b;&c;")));
  const Collected got = collect(*office_opener(), maker.finish());
  EXPECT_EQ(got.text_of_first(), "&b;&c;\n");
}

TEST(Docx, DeepNestingAndBrokenXmlEndInUnread) {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<w:x>";
  const Collected got = collect(*office_opener(), docx(paragraph("before") + deep).finish());
  EXPECT_EQ(got.text_of_first(), "before\n");
  ASSERT_FALSE(got.unreads.empty());
  EXPECT_THAT(got.unreads[0].reason, HasSubstr("broken XML"));
}

TEST(Docx, ACutPackageGivesWhatIsThere) {
  ZipMaker maker = docx(paragraph("still here"));
  const std::uint64_t members = maker.size();
  const Collected got = collect(*office_opener(), maker.finish().substr(0, members));
  EXPECT_EQ(got.text_of_first(), "still here\n");
  EXPECT_FALSE(got.unreads.empty());
}

TEST(Xlsx, SheetsStringsAndDates) {
  ZipMaker maker;
  maker.add("[Content_Types].xml", "<Types/>")
      .add("_rels/.rels", relations(relation("a", "officeDocument", "xl/workbook.xml")));
  maker.add("xl/workbook.xml",
            "<workbook><sheets>\n<sheet name=\"Open\" r:id=\"s1\"/>\n<sheet name=\"Kept back\" state=\"hidden\" "
            "r:id=\"s2\"/></sheets></workbook>");
  maker.add("xl/_rels/workbook.xml.rels",
            relations(relation("s1", "worksheet", "worksheets/one.xml") +
                      relation("s2", "worksheet", "/xl/worksheets/two.xml") +
                      relation("s3", "sharedStrings", "strings.xml") + relation("s4", "styles", "styles.xml")));
  maker.add("xl/strings.xml",
            "<sst><si><t>Name</t></si><si><r><t>Born </t></r><r><t>on</t></r><rPh><t>no</t></rPh></si></sst>");
  maker.add("xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts><cellXfs><xf "
            "numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>");
  maker.add("xl/worksheets/one.xml",
            "<worksheet><sheetData><row><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row><row><c "
            "r=\"A2\" "
            "t=\"inlineStr\"><is><t>Eva</t></is></c><c r=\"C2\" s=\"1\"><v>31107</v></c><c "
            "r=\"D2\"><v>12.50</v></c></row></sheetData>"
            "</worksheet>");
  maker.add("xl/worksheets/two.xml",
            "<worksheet><sheetData><row><c t=\"b\"><v>1</v></c></row></sheetData></worksheet>");
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.texts.size(), 3U);
  EXPECT_EQ(got.texts[0].utf8, "Open\nName\t\tBorn on\nEva\t\t1985-03-01\t12.50\n");
  EXPECT_EQ(got.texts[0].region.page, 1U);
  EXPECT_EQ(got.texts[1].utf8, "Kept back [hidden]\nTRUE\n");
  EXPECT_EQ(got.texts[2].utf8, "[xl/strings.xml]\n\nphonetic Born on: no\n");
  EXPECT_TRUE(got.unreads.empty());
}

TEST(Xlsx, SerialDaysAsTheStandardCountsThem) {
  constexpr NumberForm Day = NumberForm::Date;
  EXPECT_EQ(text_of_serial(1, Day, false), "1900-01-01");
  EXPECT_EQ(text_of_serial(59, Day, false), "1900-02-28");
  EXPECT_EQ(text_of_serial(60, Day, false), "1900-02-29") << "the day that never was";
  EXPECT_EQ(text_of_serial(60.5, Day, false), "1900-02-29 12:00");
  EXPECT_EQ(text_of_serial(61, Day, false), "1900-03-01");
  EXPECT_EQ(text_of_serial(44000.5, Day, false), "2020-06-18 12:00");
  EXPECT_EQ(text_of_serial(0, Day, true), "1904-01-01");
  EXPECT_EQ(text_of_serial(0.25, Day, false), "06:00");
  EXPECT_EQ(text_of_serial(-1, Day, false), "");
  EXPECT_EQ(text_of_serial(1e300, Day, false), "");
  EXPECT_EQ(text_of_serial(44000.5, NumberForm::Plain, false), "");
  EXPECT_EQ(form_of_number(14, ""), NumberForm::Date);
  EXPECT_EQ(form_of_number(170, "[$-409]d\\-mmm"), NumberForm::Date);
  EXPECT_EQ(form_of_number(170, "0.00 \"days\""), NumberForm::Plain);
  EXPECT_EQ(form_of_number(170, "[Red]0"), NumberForm::Plain);
}

TEST(Xlsx, SecondsTimesAndDurations) {
  EXPECT_EQ(text_of_serial(45000.123456, NumberForm::Date, false), "2023-03-15 02:57:47");
  EXPECT_EQ(text_of_serial(44000.999999, NumberForm::Date, false), "2020-06-19") << "rounded into the next day";
  EXPECT_EQ(text_of_serial(0.00123, NumberForm::Time, false), "00:01:46");
  EXPECT_EQ(text_of_serial(0.5, NumberForm::Time, true), "12:00");
  EXPECT_EQ(text_of_serial(0.5, NumberForm::Date, true), "12:00");
  EXPECT_EQ(text_of_serial(0, NumberForm::Time, true), "00:00");
  EXPECT_EQ(text_of_serial(1.5, NumberForm::Duration, false), "36:00");
  EXPECT_EQ(text_of_serial(100.00001, NumberForm::Duration, true), "2400:00:01");
  EXPECT_EQ(form_of_number(20, ""), NumberForm::Time);
  EXPECT_EQ(form_of_number(22, ""), NumberForm::Date);
  EXPECT_EQ(form_of_number(46, ""), NumberForm::Duration);
  EXPECT_EQ(form_of_number(170, "yyyy-mm-dd hh:mm:ss"), NumberForm::Date);
  EXPECT_EQ(form_of_number(170, "mm:ss.000"), NumberForm::Time);
  EXPECT_EQ(form_of_number(170, "mmmm"), NumberForm::Date);
  for (const char* code : {"[h]:mm", "[mm]:ss", "[SS]", "[Red][hh]:mm"})
    EXPECT_EQ(form_of_number(170, code), NumberForm::Duration) << code;
  EXPECT_EQ(form_of_number(170, "[Magenta]0"), NumberForm::Plain);
}

TEST(Pptx, SlidesInTheirOrderNotesAndHiddenOnes) {
  const auto slide = [](const std::string& text, const std::string& more = {}) {
    return "<p:sld " + more + "><a:p><a:r><a:t>" + text + "</a:t></a:r></a:p></p:sld>";
  };
  ZipMaker maker;
  maker.add("[Content_Types].xml", "<Types/>")
      .add("_rels/.rels", relations(relation("a", "officeDocument", "ppt/presentation.xml")));
  maker.add("ppt/presentation.xml",
            "<p:presentation><p:sldIdLst><p:sldId id=\"256\" r:id=\"r2\"/><p:sldId id=\"257\" "
            "r:id=\"r1\"/></p:sldIdLst></p:presentation>");
  maker.add("ppt/_rels/presentation.xml.rels",
            relations(relation("r1", "slide", "slides/slide1.xml") + relation("r2", "slide", "slides/slide2.xml")));
  maker.add("ppt/slides/slide1.xml", slide("last", "show=\"0\"")).add("ppt/slides/slide2.xml", slide("first"));
  maker.add("ppt/slides/_rels/slide2.xml.rels", relations(relation("n", "notesSlide", "../notesSlides/n.xml")));
  maker.add("ppt/notesSlides/n.xml", slide("to say"));
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.texts.size(), 2U);
  EXPECT_EQ(got.texts[0].utf8, "first\nto say\n");
  EXPECT_EQ(got.texts[1].utf8, "[hidden slide]\nlast\n");
}

TEST(Pptx, CommentsHaveTheirWordsAndAuthors) {
  ZipMaker maker;
  maker.add("_rels/.rels", relations(relation("a", "officeDocument", "ppt/presentation.xml")));
  maker.add("ppt/presentation.xml", "<p:presentation><p:sldIdLst><p:sldId r:id=\"s\"/></p:sldIdLst></p:presentation>");
  maker.add("ppt/_rels/presentation.xml.rels", relations(relation("s", "slide", "slides/slide1.xml") +
                                                         relation("c", "commentAuthors", "commentAuthors.xml")));
  maker.add("ppt/commentAuthors.xml",
            "<p:cmAuthorLst><p:cmAuthor id=\"0\" name=\"Eva\"/>"
            "<p:cmAuthor id=\"1\" name=\"Silent\"/></p:cmAuthorLst>");
  maker.add("ppt/slides/slide1.xml", "<p:sld/>");
  maker.add("ppt/slides/_rels/slide1.xml.rels", relations(relation("c", "comments", "../comments/comment1.xml")));
  maker.add("ppt/comments/comment1.xml",
            "<p:cmLst><p:cm authorId=\"0\"><p:pos x=\"1\" y=\"1\"/><p:text>too late</p:text></p:cm>"
            "<p:cm authorId=\"7\"><p:text>who</p:text></p:cm></p:cmLst>");
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.texts.size(), 2U);
  EXPECT_EQ(got.texts[0].utf8, "[comment by Eva: too late]\n[comment: who]\n");
  EXPECT_EQ(got.texts[1].utf8, "[ppt/commentAuthors.xml]\n\nEva\nSilent\n");  // those whose comments are gone too
}

TEST(Odf, TextsSheetsAndSlides) {
  const std::string text =
      "<office:text><text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>E</"
      "dc:creator>"
      "</office:change-info><text:p>old</text:p></text:deletion></text:changed-region></"
      "text:tracked-changes><text:h>Title</text:h>"
      "<text:p>a<text:s text:c=\"2\"/>b<text:tab/>c<text:line-break/>d</text:p></office:text>";
  EXPECT_EQ(collect(*office_opener(), odf("text", text).finish()).text_of_first(),
            "[deleted by E: old]\nTitle\na  b\tc\nd\n");
  const std::string sheet =
      "<office:spreadsheet><table:table table:name=\"S\"><table:table-row><table:table-cell "
      "table:number-columns-repeated=\"2\"><text:p>1"
      "</text:p></table:table-cell><table:table-cell "
      "table:number-columns-repeated=\"16000\"/></table:table-row></table:table>"
      "</office:spreadsheet>";
  const Collected got = collect(*office_opener(), odf("spreadsheet", sheet).finish());
  EXPECT_EQ(got.text_of_first(), "S\n1\t1\n");
  EXPECT_EQ(got.texts[0].region.page, 1U);
}

TEST(Odf, CellsWithoutTextGiveTheirValue) {
  ZipMaker maker = odf("spreadsheet",
                       "<office:spreadsheet><table:table table:name=\"S\"><table:table-row>"
                       "<table:table-cell office:value=\"1.5\"><text:p>1,50</text:p></table:table-cell>"
                       "<table:table-cell office:value=\"42\"/><table:table-cell office:string-value=\"word\"/>"
                       "<table:table-cell office:date-value=\"2023-05-06\"/><table:table-cell/>"
                       "<table:table-cell office:boolean-value=\"true\"/>"
                       "</table:table-row></table:table></office:spreadsheet>");
  EXPECT_EQ(collect(*office_opener(), maker.finish()).text_of_first(), "S\n1,50\t42\tword\t2023-05-06\t\ttrue\n");
}

TEST(Odf, OtherPrefixesOfTheSameNamespaces) {
  ZipMaker maker;
  maker.add({.name = "mimetype", .data = "application/vnd.oasis.opendocument.text", .method = 0});
  maker.add("META-INF/manifest.xml", "<m/>");
  const std::string family = "urn:oasis:names:tc:opendocument:xmlns:";
  maker.add("content.xml", "<document-content xmlns=\"" + family + "office:1.0\" xmlns:fo=\"" + family +
                               "xsl-fo-compatible:1.0\"><body xmlns:t=\"" + family +
                               "text:1.0\"><text><t:p>one<t:tab/>two</t:p></text></body></document-content>");
  EXPECT_EQ(collect(*office_opener(), maker.finish()).text_of_first(), "one\ttwo\n");
}

TEST(Odf, AnEncryptedOneIsLocked) {
  const std::string manifest =
      "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
  const Collected got = collect(*office_opener(), odf("text", "", manifest).finish());
  EXPECT_THAT(got.type, HasSubstr("error: "));
}

std::string chart(const std::string& title) {
  return "<c:chart><c:title><a:p><a:r><a:t>" + title + "</a:t></a:r></a:p></c:title></c:chart>";
}

TEST(Xlsx, NumbersOfItsBoxesThatAreNotReadAreSaid) {
  ZipMaker maker = xlsx();
  maker.add("xl/worksheets/_rels/one.xml.rels", relations(relation("d", "drawing", "../drawings/drawing1.xml")));
  maker.add("xl/drawings/drawing1.xml",
            "<xdr:wsDr><xdr:txBody><a:p><a:pPr><a:buAutoNum "
            "type=\"thaiNumPeriod\"/></a:pPr><a:r><a:t>box</a:t></a:r></a:p></xdr:txBody></xdr:wsDr>");
  const Collected got = collect(*office_opener(), maker.finish());
  EXPECT_EQ(got.text_of_first(), "One\ncell\nbox\n");
  EXPECT_EQ(got.unreads.size(), 1U);
}

TEST(Xlsx, ChartsAreFollowedThroughTheirDrawings) {
  ZipMaker maker = xlsx();
  maker.add("xl/worksheets/_rels/one.xml.rels", relations(relation("d", "drawing", "../drawings/drawing1.xml")));
  maker.add("xl/drawings/drawing1.xml", "<xdr:wsDr><a:p><a:r><a:t>box</a:t></a:r></a:p></xdr:wsDr>");
  maker.add("xl/drawings/_rels/drawing1.xml.rels", relations(relation("c", "chart", "../charts/chart1.xml")));
  maker.add("xl/charts/chart1.xml", chart("Payments"));
  // Two arrows that meet in a circle end nevertheless.
  maker.add("xl/charts/_rels/chart1.xml.rels", relations(relation("c", "chart", "../charts/chart1.xml")));
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.texts.size(), 1U);
  EXPECT_EQ(got.texts[0].utf8, "One\ncell\nbox\nPayments\n");
  EXPECT_TRUE(got.unreads.empty());
}

TEST(Xlsx, DamageInNotesAndDrawingsIsTold) {
  ZipMaker maker = xlsx();
  maker.add("xl/worksheets/_rels/one.xml.rels", relations(relation("n", "comments", "../comments1.xml") +
                                                          relation("d", "drawing", "../drawings/gone.xml")));
  maker.add("xl/comments1.xml",
            "<comments><commentList><comment><text><t>whole</t></text></comment><comment><text><t>cut o");
  const Collected got = collect(*office_opener(), maker.finish());
  EXPECT_THAT(got.text_of_first(), HasSubstr("[comment: whole]"));
  ASSERT_EQ(got.unreads.size(), 2U);
  EXPECT_THAT(got.unreads[0].reason, HasSubstr("gone.xml"));
  EXPECT_THAT(got.unreads[1].reason, HasSubstr("xl/comments1.xml"));
}

TEST(Xlsx, FormulasWithoutAValueAndStringsBeyondTheTable) {
  ZipMaker maker = xlsx(
      "<row><c r=\"A1\"><f>\"a\"&amp;\"b\"</f><v/></c><c r=\"B1\" t=\"s\"><v>7</v></c><c r=\"C1\" t=\"str\"><f>A9</f>"
      "<v></v></c><c r=\"D1\"><f t=\"shared\" si=\"0\"/></c><c r=\"E1\"><f>1+1</f><v>2</v></c></row>");
  const Collected got = collect(*office_opener(), maker.finish());
  EXPECT_EQ(got.text_of_first(), "One\n=\"a\"&\"b\"\t\t\t\t2\n");
  ASSERT_EQ(got.unreads.size(), 2U);
  EXPECT_EQ(got.unreads[0].reason, "cells whose shared string is not in the table: 1, first in B1: sheet 1");
  EXPECT_EQ(got.unreads[1].reason, "cells whose shared formula has no value: 1, first in D1: sheet 1");
}

TEST(Xlsx, NamesEntriesLinksAndConnectionsAreRead) {
  ZipMaker maker = xlsx(
      "<row/>",
      "<dataValidations><dataValidation type=\"list\" sqref=\"A1\" prompt=\"Pick\nit\"><formula1>\"x,y\"</formula1>"
      "</dataValidation></dataValidations><hyperlinks><hyperlink ref=\"A2\" location=\"Two!A1\" tooltip=\"tip\"/>"
      "<hyperlink ref=\"A3\" r:id=\"r\"/></hyperlinks><extLst><ext><x14:dataValidation type=\"list\"><x14:formula1>"
      "<xm:f>Far!$A$1</xm:f></x14:formula1><xm:sqref>B2</xm:sqref></x14:dataValidation></ext></extLst>",
      "<definedNames><definedName name=\"Rate\" comment=\"agreed\" hidden=\"1\">0.25</definedName></definedNames>");
  maker.add("xl/connections.xml",
            "<connections><connection name=\"Ledger\"><dbPr connection=\"DSN=bank;UID=eva\" command=\"SELECT 1\"/>"
            "</connection></connections>");
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.texts.size(), 2U);
  EXPECT_FALSE(got.texts[1].region.page.has_value());
  EXPECT_EQ(got.texts[1].utf8,
            "[xl/workbook.xml]\n\nname Rate: 0.25 | agreed\n[xl/worksheets/one.xml]\n\nentry A1: list | \"x,y\" | Pick "
            "it\nlink A2: Two!A1 | tip\nentry B2: list | Far!$A$1\n[xl/connections.xml]\n\nLedger\nDSN=bank;UID=eva\n"
            "SELECT 1\n");
  EXPECT_TRUE(got.unreads.empty());
}

TEST(Xlsx, ATableOfStringsThatIsMissingIsTold) {
  ZipMaker maker;
  maker.add("[Content_Types].xml", "<Types/>");
  maker.add("xl/workbook.xml", "<workbook><sheets><sheet name=\"One\" r:id=\"s1\"/></sheets></workbook>");
  maker.add("xl/_rels/workbook.xml.rels", relations(relation("s1", "worksheet", "worksheets/one.xml") +
                                                    relation("s2", "sharedStrings", "sharedStrings.xml")));
  maker.add("xl/worksheets/one.xml",
            "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>");
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_THAT(got.unreads[0].reason, HasSubstr("xl/sharedStrings.xml"));
}

TEST(Office, WhatNoPageShowsIsReadUnderItsName) {
  ZipMaker maker = docx(paragraph("body"));
  maker.add("_xmlsignatures/sig1.xml",
            "<Signature><DigestValue>AAAA</DigestValue><X509IssuerName>CN=Ana</X509IssuerName></Signature>");
  maker.add("word/glossary/document.xml", document(paragraph("a block")));
  maker.add("word/styles.xml", "<w:styles><w:style><w:name w:val=\"Normal\"/></w:style></w:styles>");
  maker.add("customXml/item1.xml", "<case><buyer>Kowalenko</buyer><sum>900 &amp; 1</sum></case>");
  maker.add("customXml/item2.xml", "<case><buyer>cut o");
  maker.add("xl/pivotCache/pivotCacheDefinition1.xml",
            "<p><cacheFields><cacheField name=\"Buyer\"><sharedItems><s v=\"Zanzibar\"/></sharedItems></cacheField></"
            "cacheFields></p>");
  maker.add("word/slideMasters/slideMaster1.xml",
            "<p:sldMaster><p:sp><p:nvPr><p:ph/></p:nvPr><a:p><a:r><a:t>Click here</a:t></a:r></a:p></p:sp>"
            "<p:sp><p:nvPr/><a:p><a:r><a:t>Company</a:t></a:r></a:p></p:sp></p:sldMaster>");
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.texts.size(), 2U);
  EXPECT_EQ(got.texts[0].utf8, "body\n");
  EXPECT_EQ(got.texts[1].utf8,
            "[_xmlsignatures/sig1.xml]\n\nCN=Ana\n[word/glossary/document.xml]\n\na "
            "block\n[customXml/item1.xml]\n\nKowalenko\n900 & 1\n[customXml/item2.xml]\n\ncut "
            "o\n[xl/pivotCache/pivotCacheDefinition1.xml]\n\nBuyer\nZanzibar\n[word/slideMasters/"
            "slideMaster1.xml]\n\nCompany\n");
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_THAT(got.unreads[0].reason, HasSubstr("customXml/item2.xml"));
}

TEST(Office, WordsInOldDrawingsAreRead) {
  ZipMaker maker = xlsx();
  maker.add("xl/drawings/vmlDrawing1.vml",
            "<xml><v:shape><v:textpath string=\"SECRET\"/><v:textbox><div>Press <b>here</b></div></v:textbox>"
            "<x:ClientData><x:Anchor>1, 15, 2</x:Anchor></x:ClientData></v:shape></xml>");
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.texts.size(), 2U);
  EXPECT_EQ(got.texts[1].utf8, "[xl/drawings/vmlDrawing1.vml]\n\nSECRET\nPress\nhere\n");
  EXPECT_TRUE(got.unreads.empty());
}

TEST(Office, AMemberThatAnotherHidesIsTold) {
  ZipMaker maker = docx(paragraph("body"));
  maker.add("word/Document.xml", document(paragraph("hidden")));
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_THAT(got.unreads[0].reason, HasSubstr("word/Document.xml"));
}

TEST(Office, PropertiesThatUsersAddedAreRead) {
  ZipMaker maker = docx(paragraph("x"));
  maker.add("docProps/custom.xml",
            "<Properties><property name=\"Client\"><vt:lpwstr>Kowalenko</vt:lpwstr></property>"
            "<property name=\"Sum\"><vt:i4>900</vt:i4></property></Properties>");
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].value, R"({"custom":{"Client":"Kowalenko","Sum":"900"}})");
  ZipMaker text = odf("text", "<office:text><text:p>x</text:p></office:text>");
  text.add("meta.xml",
           "<office:document-meta><office:meta><meta:user-defined meta:name=\"Client\">Kowalenko</meta:user-defined>"
           "</office:meta></office:document-meta>");
  const Collected open = collect(*office_opener(), text.finish());
  ASSERT_EQ(open.readings.size(), 1U);
  EXPECT_EQ(open.readings[0].value, R"({"custom":{"Client":"Kowalenko"}})");
}

TEST(Odf, ObjectsAndDamagedStylesAreNotPassedOver) {
  ZipMaker maker = odf("text", "<office:text><text:p>x</text:p></office:text>");
  maker.add("Object 1/content.xml", "<office:document-content><text:p>Payments</text:p></office:document-content>");
  maker.add("settings.xml", "<config:config-item config:name=\"PrinterName\">Laser</config:config-item>");
  maker.add("styles.xml", "<office:document-styles><office:master-styles><text:p>foot</text:p><text:p>cut");
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.texts.size(), 2U);
  EXPECT_EQ(got.texts[1].utf8, "[Object 1/content.xml]\n\nPayments\n");
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_THAT(got.unreads[0].reason, HasSubstr("styles.xml"));
}

TEST(Tidy, KeepsLinesAndDropsEmptiness) {
  EXPECT_EQ(tidy("\n\na  \n\n\n\nb\t\n\n"), "a\n\nb\n");
  EXPECT_EQ(tidy("\xff"), "\uFFFD\n");
  EXPECT_EQ(tidy(""), "");
}

}  // namespace
}  // namespace careo
