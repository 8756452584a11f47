// SPDX-License-Identifier: Apache-2.0
// What office packages hold beside their visible words: it is given, and apart from them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unpack/collected.h"
#include "unpack/office/office.h"
#include "unpack/office_maker.h"

namespace careo {
namespace {

using ::testing::HasSubstr;

Collected read_docx(const std::string& body) {
  return collect(*office_opener(), docx(body).finish());
}

std::string second_text(const Collected& got) {
  return got.texts.size() < 2 ? std::string() : got.texts.back().utf8;
}

TEST(DocxBeside, FormFieldsShowWhatIsChosenAndSayTheRestBesideIt) {
  const auto field = [](const std::string& data) {
    return "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>" + data +
           "</w:ffData></w:fldChar></w:r><w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar "
           "w:fldCharType=\"end\"/></w:r></w:p>";
  };
  const Collected got = read_docx(
      field("<w:name w:val=\"Bank\"/><w:helpText w:val=\"where\"/><w:statusText w:val=\"F1\"/><w:ddList><w:result "
            "w:val=\"1\"/><w:listEntry w:val=\"Alpha\"/><w:listEntry w:val=\"Beta\"/></w:ddList>") +
      field("<w:checkBox><w:checked/></w:checkBox>") + field("<w:checkBox><w:default w:val=\"0\"/></w:checkBox>") +
      field("<w:name w:val=\"Sum\"/><w:textInput><w:default w:val=\"900\"/></w:textInput>"));
  EXPECT_EQ(got.text_of_first(), "Beta\n\u2612\n\u2610\n");
  EXPECT_EQ(second_text(got), "[word/document.xml]\n\nfield Bank: where | F1 | Alpha | Beta\nfield Sum: 900\n");
}

TEST(DocxBeside, AResultOfAFormFieldStandsOnce) {
  const auto mark = [](const std::string& type, const std::string& data = {}) {
    return "<w:r><w:fldChar w:fldCharType=\"" + type + "\">" + data + "</w:fldChar></w:r>";
  };
  EXPECT_EQ(read_docx("<w:p>" + mark("begin", "<w:ffData><w:ddList><w:listEntry w:val=\"A\"/></w:ddList></w:ffData>") +
                      mark("separate") + "<w:r><w:t>A</w:t></w:r>" + mark("end") + "</w:p>")
                .text_of_first(),
            "A\n");
}

TEST(DocxBeside, ControlsTipsOfLinksAndTables) {
  const Collected got = read_docx(
      "<w:sdt><w:sdtPr><w:rPr><w:t>no</w:t></w:rPr><w:alias w:val=\"Buyer\"/><w:tag w:val=\"b\"/><w:dropDownList>"
      "<w:listItem w:displayText=\"Ana\" w:value=\"1\"/><w:listItem w:displayText=\"Eva\" w:value=\"Eva\"/>"
      "</w:dropDownList></w:sdtPr><w:sdtContent>" +
      paragraph("Ana") + "</w:sdtContent></w:sdt><w:p><w:hyperlink w:tooltip=\"the ledger\"><w:r><w:t>see</w:t></w:r>" +
      "</w:hyperlink></w:p><w:tbl><w:tblPr><w:tblCaption w:val=\"Sums\"/></w:tblPr></w:tbl>");
  EXPECT_EQ(got.text_of_first(), "Ana\nsee\n");
  EXPECT_EQ(second_text(got),
            "[word/document.xml]\n\ncontrol: Buyer | b | Ana | 1 | Eva\nlink: the ledger\ntable: Sums\n");
}

TEST(DocxBeside, DrawnWordsAndBoxesDoNotPartALine) {
  EXPECT_EQ(read_docx("<w:p><w:r><w:t>Dear Sir</w:t></w:r><w:r><w:pict><v:shape alt=\"a stamp\"><v:textpath "
                      "string=\"SECRET\"/></v:shape></w:pict></w:r><w:r><w:t>s,</w:t></w:r></w:p>")
                .text_of_first(),
            "Dear Sir[picture: a stamp]s,\nSECRET\n");
  EXPECT_EQ(read_docx("<w:p><w:r><w:t>Dear Sir</w:t></w:r><w:r><w:txbxContent>" + paragraph("box") +
                      "<w:p><w:ins w:author=\"E\"><w:r><w:t>new</w:t></w:r></w:ins></w:p></w:txbxContent></w:r>"
                      "<w:r><w:t>s,</w:t></w:r></w:p>" +
                      paragraph("next"))
                .text_of_first(),
            "Dear Sirs,\nbox\n[inserted by E: new]\nnext\n");
}

TEST(DocxBeside, RowsAndCellsThatWerePutInOrTakenOut) {
  const auto row = [](const std::string& change, const std::string& cell_change, const std::string& text) {
    return "<w:tr><w:trPr>" + change + "</w:trPr><w:tc><w:tcPr>" + cell_change + "</w:tcPr>" + paragraph(text) +
           "</w:tc><w:tc>" + paragraph("2") + "</w:tc></w:tr>";
  };
  EXPECT_EQ(read_docx("<w:tbl>" + row("<w:del w:author=\"Ana\" w:date=\"2020-01-02T00:00:00Z\"/>", "", "a") +
                      row("<w:ins/>", "", "b") + row("", "<w:cellDel w:author=\"Eva\"/>", "c") + row("", "", "d") +
                      "</w:tbl>")
                .text_of_first(),
            "a\t2 [row deleted by Ana on 2020-01-02T00:00:00Z]\nb\t2 [row inserted]\nc\t2 [cell deleted by Eva]\n"
            "d\t2\n");
}

TEST(DocxBeside, CommentsHaveTheirDates) {
  ZipMaker maker = docx(paragraph("body"));
  maker.add("word/comments.xml", "<w:comments><w:comment w:author=\"Eva\" w:date=\"2021-02-02T00:00:00Z\">" +
                                     paragraph("why") + "</w:comment></w:comments>");
  EXPECT_EQ(collect(*office_opener(), maker.finish()).text_of_first(),
            "body\n\n[comment by Eva on 2021-02-02T00:00:00Z: why]\n");
}

TEST(DocxBeside, HowAWordIsReadAloudStandsBehindIt) {
  EXPECT_EQ(read_docx("<w:p><w:r><w:ruby><w:rt><w:r><w:t>tanaka</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>T</w:t></w:r>"
                      "</w:rubyBase></w:ruby></w:r></w:p>")
                .text_of_first(),
            "T(tanaka)\n");
}

TEST(DocxBeside, VariablesAndTheMailMerge) {
  ZipMaker maker = docx(paragraph("body"));
  maker.add("word/settings.xml",
            "<w:settings><w:docVars><w:docVar w:name=\"client\" w:val=\"Kowalenko\"/></w:docVars><w:mailMerge>"
            "<w:connectString w:val=\"DSN=x\"/><w:query w:val=\"SELECT 1\"/><w:odso><w:fieldMapData><w:name "
            "w:val=\"Debtor\"/></w:fieldMapData></w:odso></w:mailMerge><w:zoom w:val=\"full\"/></w:settings>");
  EXPECT_EQ(second_text(collect(*office_opener(), maker.finish())),
            "[word/settings.xml]\n\nvariable client: Kowalenko\nmail merge connectString: DSN=x\nmail merge query: "
            "SELECT 1\nmail merge field: Debtor\n");
}

TEST(DocxBeside, AttributesOfCustomDataAndFieldsOfBlocks) {
  ZipMaker maker = docx(paragraph("body"));
  maker.add(
      "customXml/item1.xml",
      "<case xmlns:a=\"urn:x\" a:buyer=\"Kowalenko\"><xsd:element name=\"f1\" ma:displayName=\"Source\"/></case>");
  maker.add("customXml/itemProps1.xml", "<ds:datastoreItem ds:itemID=\"{1}\"/>");
  maker.add("word/glossary/document.xml",
            "<w:p><w:fldSimple w:instr='HYPERLINK \"http://a.example/\"'><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>");
  const Collected got = collect(*office_opener(), maker.finish());
  EXPECT_EQ(second_text(got),
            "[customXml/item1.xml]\n\na:buyer: Kowalenko\nma:displayName: Source\n[word/glossary/document.xml]\n\nx\n");
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].value, R"({"external":["hyperlink http://a.example/"]})");
}

TEST(OfficeBeside, PropertiesOfStateAndLanguage) {
  ZipMaker maker = docx(paragraph("x"));
  maker.add(
      "docProps/core.xml",
      "<p><cp:contentStatus>Draft</cp:contentStatus><dc:identifier>A1</dc:identifier><dc:language>uk</dc:language>"
      "<cp:version>3</cp:version><cp:keywords>one<cp:value xml:lang=\"uk\">two</cp:value></cp:keywords></p>");
  maker.add("docProps/app.xml", "<Properties><HyperlinkBase>http://base/</HyperlinkBase></Properties>");
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].value,
            R"({"status":"Draft","identifier":"A1","language":"uk","version":"3","keywords":"one two",)"
            R"("hyperlink_base":"http://base/"})");
}

TEST(DocxBeside, InsertionsInEachOtherDoNotGrowWithoutEnd) {
  std::string open;
  std::string close;
  for (int i = 0; i < 3000; ++i) {
    open += "<w:ins><w:r><w:t>abcdefgh</w:t></w:r>";
    close += "</w:ins>";
  }
  const Collected got = read_docx("<w:p><w:r><w:t>x</w:t></w:r>" + open + close + "<w:r><w:t>x</w:t></w:r></w:p>");
  EXPECT_LT(got.text_of_first().size(), 300'000U);  // all copies would have 36 MB
  EXPECT_THAT(got.text_of_first(), HasSubstr("[inserted: "));
}

TEST(XlsxBeside, FormulasOfFormatsAndScenarios) {
  ZipMaker maker = xlsx(
      std::string(kOneCell),
      "<conditionalFormatting sqref=\"A1:A9\"><cfRule type=\"expression\"><formula>A1=\"owed\"</formula></cfRule>"
      "</conditionalFormatting><scenarios><scenario name=\"Worst\" comment=\"if sold\" user=\"Eva\"><inputCells "
      "r=\"B1\" "
      "val=\"7\"/><inputCells r=\"B2\" val=\"8\"/></scenario></scenarios><extLst><ext><x14:conditionalFormatting>"
      "<x14:cfRule><xm:f>Far!A1</xm:f></x14:cfRule><xm:sqref>C1</xm:sqref></x14:conditionalFormatting></ext></extLst>");
  EXPECT_EQ(second_text(collect(*office_opener(), maker.finish())),
            "[xl/worksheets/one.xml]\n\nformat A1:A9: A1=\"owed\"\nscenario Worst: if sold | Eva | B1=7, B2=8\nformat "
            "C1: Far!A1\n");
}

TEST(XlsxBeside, ASheetThatTheWorkbookDoesNotListIsReadWhole) {
  ZipMaker maker = xlsx();
  maker.add("xl/worksheets/sheet9.xml",
            "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>Eva</t></is></c><c><v>77123456</v></c><c t=\"s\">"
            "<v>3</v></c></row></sheetData></worksheet>");
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.texts.size(), 2U);
  EXPECT_EQ(got.texts[1].utf8, "[xl/worksheets/sheet9.xml]\n\nEva\t77123456\n");
  EXPECT_FALSE(got.texts[1].region.page.has_value());
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_THAT(got.unreads[0].reason, HasSubstr("sheet xl/worksheets/sheet9.xml"));
}

TEST(XlsxBeside, PhoneticGuidesStandApart) {
  ZipMaker maker;
  maker.add("[Content_Types].xml", "<Types/>");
  maker.add("xl/workbook.xml", "<workbook><sheets><sheet name=\"One\" r:id=\"s1\"/></sheets></workbook>");
  maker.add("xl/_rels/workbook.xml.rels", relations(relation("s1", "worksheet", "worksheets/one.xml") +
                                                    relation("s2", "sharedStrings", "sharedStrings.xml")));
  maker.add("xl/sharedStrings.xml", "<sst><si><t>T</t><rPh><t>ta</t></rPh><rPh><t>naka</t></rPh></si></sst>");
  maker.add("xl/worksheets/one.xml",
            "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>");
  const Collected got = collect(*office_opener(), maker.finish());
  EXPECT_EQ(got.text_of_first(), "One\nT\n");
  EXPECT_EQ(second_text(got), "[xl/sharedStrings.xml]\n\nphonetic T: tanaka\n");
}

TEST(XlsxBeside, WhatCellsHeldBeforeAndWhoChangedThem) {
  ZipMaker maker = xlsx();
  maker.add("xl/revisions/revisionLog1.xml",
            "<revisions><rcc sId=\"1\"><oc r=\"A1\"><v>5</v></oc><nc r=\"A1\" t=\"inlineStr\"><is><t>six</t></is></nc>"
            "</rcc><rrc><rcc sId=\"1\"><oc r=\"B2\"><f>A1</f><v>9</v></oc></rcc></rrc>"
            "<rsnm oldName=\"Black\" newName=\"White\"/></revisions>");
  maker.add("xl/revisions/revisionHeaders.xml",
            "<headers><header userName=\"Ana\" dateTime=\"2020-01-02T00:00:00\"/></headers>");
  maker.add("xl/revisions/userNames.xml", "<users><userInfo name=\"Eva\"/></users>");
  EXPECT_EQ(second_text(collect(*office_opener(), maker.finish())),
            "[xl/revisions/revisionLog1.xml]\n\nchange 1!A1: old 5 | new six\nchange 1!B2: old =A1 9\nsheet: Black | "
            "White\n[xl/revisions/revisionHeaders.xml]\n\nAna\n2020-01-02T00:00:00\n[xl/revisions/userNames.xml]\n\n"
            "Eva\n");
}

TEST(XlsxBeside, CachedTablesSayWhereTheyAreFrom) {
  ZipMaker maker = xlsx();
  maker.add("xl/pivotCache/pivotCacheDefinition1.xml",
            "<pivotCacheDefinition refreshedBy=\"Ana\"><cacheSource><worksheetSource ref=\"A1\" sheet=\"Gone\"/>"
            "</cacheSource></pivotCacheDefinition>");
  maker.add("xl/pivotTables/pivotTable1.xml",
            "<pivotTableDefinition name=\"P1\"><dataFields><dataField name=\"Sum of bribes\"/></dataFields>"
            "</pivotTableDefinition>");
  maker.add("xl/externalLinks/externalLink1.xml",
            "<externalLink><externalBook><sheetNames><sheetName val=\"Secret\"/></sheetNames><sheetDataSet><sheetData>"
            "<row><cell><v>42</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>");
  EXPECT_EQ(
      second_text(collect(*office_opener(), maker.finish())),
      "[xl/pivotCache/pivotCacheDefinition1.xml]\n\nAna\nGone\nA1\n[xl/pivotTables/pivotTable1.xml]\n\nP1\nSum of "
      "bribes\n[xl/externalLinks/externalLink1.xml]\n\nSecret\n42\n");
}

TEST(XlsxBeside, CommentsOfTodayHaveTheirAuthors) {
  ZipMaker maker;
  maker.add("[Content_Types].xml", "<Types/>");
  maker.add("xl/workbook.xml", "<workbook><sheets><sheet name=\"One\" r:id=\"s1\"/></sheets></workbook>");
  maker.add("xl/_rels/workbook.xml.rels", relations(relation("s1", "worksheet", "worksheets/one.xml") +
                                                    relation("s2", "person", "persons/person.xml")));
  maker.add("xl/persons/person.xml",
            "<personList><person id=\"{1}\" displayName=\"Ana\" userId=\"ana@x.example\"/></personList>");
  maker.add("xl/worksheets/one.xml", "<worksheet><sheetData/></worksheet>");
  maker.add("xl/worksheets/_rels/one.xml.rels",
            relations(relation("t", "threadedComment", "../threadedComments/threadedComment1.xml")));
  maker.add("xl/threadedComments/threadedComment1.xml",
            "<ThreadedComments><threadedComment personId=\"{1}\" dT=\"2020-01-02\" id=\"{2}\"><text>why</text>"
            "</threadedComment><threadedComment parentId=\"{2}\"><text>so</text></threadedComment></ThreadedComments>");
  const Collected got = collect(*office_opener(), maker.finish());
  EXPECT_EQ(got.text_of_first(), "One\n[comment by Ana on 2020-01-02: why]\n[reply: so]\n");
  EXPECT_EQ(second_text(got), "[xl/persons/person.xml]\n\nAna\nana@x.example\n");
}

}  // namespace
}  // namespace careo
