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

TEST(DocxBeside, NamesThatAPersonMayHaveGiven) {
  const auto picture = [](const std::string& drawing, const std::string& file) {
    return "<w:p><w:r><w:drawing><wp:docPr id=\"1\" name=\"" + drawing + "\"/><pic:cNvPr id=\"0\" name=\"" + file +
           "\"/></w:drawing></w:r></w:p>";
  };
  const Collected got = read_docx(
      "<w:bookmarkStart w:id=\"0\" w:name=\"ledger_2\"/><w:bookmarkStart w:id=\"1\" w:name=\"_GoBack\"/>"
      "<w:bookmarkStart w:id=\"2\" w:name=\"OLE_LINK1\"/><w:bookmarkStart w:id=\"3\" "
      "w:name=\"id.gjdgxs\"/>" +
      paragraph("see") + picture("Picture 1", "IMG_2043.JPG") + picture("Рисунок 2", "image2.png") +
      picture("Map of the mole", "Map of the mole") + picture("TextBox 3", "Google Shape;54;p13"));
  EXPECT_EQ(got.text_of_first(), "see\n");
  EXPECT_EQ(second_text(got),
            "[word/document.xml]\n\nbookmark: ledger_2\nshape: IMG_2043.JPG\nshape: Map of the mole\n");
}

// Excel hides the new drawing of each control, for the old one shows it.
TEST(DocxBeside, AControlThatAnOlderDrawingShowsIsNotHidden) {
  const auto drawn = [](const std::string& name, const std::string& inside) {
    return "<w:p><w:r><w:drawing><wp:docPr id=\"1\" name=\"" + name + "\" hidden=\"1\">" + inside +
           "</wp:docPr></w:drawing></w:r></w:p>";
  };
  const std::string older = "<a:extLst><a:ext uri=\"{6}\"><a14:compatExt spid=\"_x0000_s1025\"/></a:ext></a:extLst>";
  const Collected got = read_docx(paragraph("see") + drawn("Check Box 1", older) + drawn("approve", older) +
                                  drawn("Picture 4", "<a:extLst><a:ext/></a:extLst>"));
  EXPECT_EQ(second_text(got), "[word/document.xml]\n\nshape: approve\nhidden shape: Picture 4\n");
}

TEST(DocxBeside, WhatARunHidesIsMarked) {
  const auto run = [](const std::string& properties, const std::string& text) {
    return "<w:r><w:rPr>" + properties + "</w:rPr><w:t>" + text + "</w:t></w:r>";
  };
  EXPECT_EQ(read_docx("<w:p>" + run("", "a ") + run("<w:vanish/>", "Kow") + run("<w:b/><w:vanish/>", "alenko") +
                      run("<w:vanish w:val=\"0\"/>", " b") + "<w:ins w:author=\"E\">" + run("<w:vanish/>", "c") +
                      "</w:ins>" + run("<w:vanish/>", "d") + "</w:p>")
                .text_of_first(),
            "a [hidden: Kowalenko] b[inserted by E: [hidden: c]][hidden: d]\n");
}

TEST(DocxBeside, WhatInstructionsTagsAndPermissionsSay) {
  const auto field = [](const std::string& instruction) {
    return "<w:p><w:fldSimple w:instr='" + instruction + "'><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>";
  };
  const Collected got = read_docx(
      field(" XE \"Kowalenko:payments\" ") + field(" PAGE \\* MERGEFORMAT ") + field("INCLUDETEXT \"C:\\\\a.docx\"") +
      "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> MACROBUTTON None [Name] "
      "</w:instrText></w:r>"
      "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p><w:customXml w:element=\"person\"><w:customXmlPr><w:attr "
      "w:name=\"id\" w:val=\"Petrov\"/></w:customXmlPr><w:p><w:permStart w:ed=\"dom\\ana\"/></w:p></w:customXml>");
  EXPECT_EQ(second_text(got),
            "[word/document.xml]\n\ninstruction: XE \"Kowalenko:payments\"\ninstruction: INCLUDETEXT "
            "\"C:\\\\a.docx\"\ninstruction: MACROBUTTON None [Name]\ntag person: Petrov\neditor: dom\\ana\n");
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

TEST(XlsxBeside, WhereItWasSavedWhoReservedItAndWhatIsHidden) {
  ZipMaker maker = xlsx(
      "<row r=\"1\"><c><v>1</v></c></row><row r=\"2\" hidden=\"1\"><c><v>2</v></c></row><row r=\"3\" "
      "hidden=\"1\"/><row "
      "r=\"7\" hidden=\"true\"/>",
      "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/><col min=\"28\" max=\"16384\" "
      "hidden=\"1\"/></cols><protectedRanges>"
      "<protectedRange name=\"Boss\" sqref=\"A1\"/></protectedRanges><autoFilter ref=\"A1:B9\"><filterColumn><filters>"
      "<filter val=\"Kowalenko\"/><filter val=\"Ruiz\"/></filters></filterColumn></autoFilter>",
      "<fileSharing userName=\"Ana\"/><mc:AlternateContent><mc:Choice><x15ac:absPath "
      "url=\"C:\\Users\\ana\\\"/></mc:Choice>"
      "</mc:AlternateContent><customWorkbookViews><customWorkbookView name=\"Ana - Personal\"/></customWorkbookViews>");
  EXPECT_EQ(second_text(collect(*office_opener(), maker.finish())),
            "[xl/workbook.xml]\n\nreserved by: Ana\nsaved in: C:\\Users\\ana\\\nview: Ana - Personal\n"
            "[xl/worksheets/one.xml]\n\nrange A1: Boss\nfilter A1:B9: Kowalenko | Ruiz\nhidden columns: B, AB-XFD\n"
            "hidden rows: 2-3, 7\n");
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

TEST(OdfBeside, NotesAndCommentsFollowTheirParagraph) {
  const Collected got = collect(
      *office_opener(),
      odf("text",
          "<office:text><text:p>due 200<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>in "
          "full</text:p></text:note-body></text:note> "
          "to<office:annotation><dc:creator>Eva</dc:creator><dc:date>2020-01-02"
          "</dc:date><meta:creator-initials>E</meta:creator-initials><text:p>why</text:p></office:annotation>day"
          "<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box><svg:title>Old</svg:title><svg:desc>a bridge"
          "</svg:desc></draw:frame>.</text:p><text:p>next</text:p></office:text>")
          .finish());
  EXPECT_EQ(got.text_of_first(),
            "due 200 today.\n1 in full\n[comment by Eva on 2020-01-02: why]\n[picture: Old: a bridge]\nbox\nnext\n");
}

TEST(OdfBeside, NamesThatAPersonMayHaveGiven) {
  const Collected got = collect(
      *office_opener(), odf("text",
                            "<office:text><text:p><text:bookmark-start text:name=\"ledger\"/><text:bookmark "
                            "text:name=\"__Ref1\"/>x<draw:frame "
                            "draw:name=\"Image1\"/><draw:frame draw:name=\"Map of the mole\"/></text:p></office:text>")
                            .finish());
  EXPECT_EQ(second_text(got), "[content.xml]\n\nbookmark: ledger\nshape: Map of the mole\n");
}

TEST(OdfBeside, InsertionsHaveTheirAuthors) {
  const Collected got = collect(
      *office_opener(),
      odf("text",
          "<office:text><text:tracked-changes><text:changed-region text:id=\"c1\"><text:insertion><office:change-info>"
          "<dc:creator>Ana</dc:creator><dc:date>2020-01-02</dc:date></office:change-info></text:insertion>"
          "</text:changed-region></text:tracked-changes><text:p>due <text:change-start text:change-id=\"c1\"/>May"
          "<text:change-end text:change-id=\"c1\"/> 5<text:ruby><text:ruby-base>T</text:ruby-base><text:ruby-text>ta"
          "</text:ruby-text></text:ruby></text:p></office:text>")
          .finish());
  EXPECT_EQ(got.text_of_first(), "due [inserted by Ana on 2020-01-02: May] 5T(ta)\n");
}

TEST(OdfBeside, LinksControlsAndFields) {
  ZipMaker maker = odf(
      "text",
      "<office:text><office:forms><form:form><form:text form:name=\"iban\" form:label=\"Account\" form:value=\"A\" "
      "form:current-value=\"B\"/></form:form></office:forms><text:user-field-decls><text:user-field-decl "
      "text:name=\"client\" office:string-value=\"Kowalenko\"/></text:user-field-decls><text:p><text:a "
      "xlink:href=\"http://a.example/\" office:title=\"tip\">see</text:a><text:a xlink:href=\"#place\">here</text:a>"
      "<text:drop-down text:name=\"d\"><text:label text:value=\"x\"/><text:label text:value=\"y\"/>x"
      "</text:drop-down><draw:frame><draw:image xlink:href=\"Pictures/1.png\"/></draw:frame><draw:frame><draw:image "
      "xlink:href=\"http://b.example/p.png\"/></draw:frame></text:p></office:text>");
  maker.add("Pictures/1.png", "x");
  maker.add("meta.xml",
            "<office:document-meta><office:meta><meta:keyword>one</meta:keyword><meta:keyword>two</meta:keyword>"
            "<meta:template xlink:href=\"/home/ana/x.ott\"/></office:meta></office:document-meta>");
  const Collected got = collect(*office_opener(), maker.finish());
  EXPECT_EQ(got.text_of_first(), "seeherex\n");
  EXPECT_EQ(second_text(got),
            "[content.xml]\n\ncontrol iban: Account | A | B\nvariable client: Kowalenko\nlink: tip\nlist d: x | y\n");
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].value,
            R"({"keywords":"one, two","external":["hyperlink http://a.example/","image http://b.example/p.png",)"
            R"("template /home/ana/x.ott"]})");
}

TEST(OdfBeside, HiddenSheetsExactValuesAndCommentsBehindTheRows) {
  ZipMaker maker;
  maker.add({.name = "mimetype", .data = "application/vnd.oasis.opendocument.spreadsheet", .method = 0});
  maker.add("META-INF/manifest.xml", "<m/>");
  maker.add(
      "content.xml",
      "<office:document-content><office:automatic-styles><style:style style:name=\"ta2\"><style:table-properties "
      "table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>"
      "<table:table table:name=\"S\" table:style-name=\"ta2\"><table:shapes><draw:frame><draw:text-box><text:p>box"
      "</text:p></draw:text-box></draw:frame></table:shapes><table:table-row table:number-rows-repeated=\"3\">"
      "<table:table-cell office:value=\"5\"><text:p>5.00</text:p></table:table-cell></table:table-row><table:table-row>"
      "<table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell office:value=\"1234.56789\">"
      "<office:annotation><dc:creator>Eva</dc:creator><text:p>why</text:p></office:annotation><text:p>1,235</text:p>"
      "</table:table-cell><table:table-cell office:value=\"1250.5\"><text:p>1.250,50</text:p></table:table-cell>"
      "<table:table-cell office:date-value=\"2023-05-06\"><text:p>06.05.23</text:p></table:table-cell>"
      "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>");
  const Collected got = collect(*office_opener(), maker.finish());
  ASSERT_EQ(got.texts.size(), 2U);
  EXPECT_EQ(got.texts[0].utf8,
            "S [hidden]\n5.00\n5.00\n5.00\n\t\t1,235\t1.250,50\t06.05.23\nbox\n[comment by Eva: why]\n");
  EXPECT_EQ(got.texts[1].utf8, "[content.xml: S]\n\nvalue C4: 1234.56789\nvalue E4: 2023-05-06\n");
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_THAT(got.readings[0].value, HasSubstr(R"("hidden":true,"rows":4,)"));
}

TEST(OdfBeside, RowsAndColumnsThatAreHiddenOrFilteredAway) {
  const std::string row = "<table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>";
  const Collected got = collect(
      *office_opener(),
      odf("spreadsheet",
          "<office:spreadsheet><table:table table:name=\"S\"><table:table-column table:number-columns-repeated=\"2\"/>"
          "<table:table-column-group><table:table-column table:visibility=\"collapse\" "
          "table:number-columns-repeated=\"3\"/></table:table-column-group><table:table-row>" +
              row + "<table:table-row table:visibility=\"filter\" table:number-rows-repeated=\"2\">" + row +
              "<table:table-row table:visibility=\"collapse\">" + row + "<table:table-row>" + row +
              "</table:table></office:spreadsheet>")
          .finish());
  EXPECT_EQ(got.text_of_first(), "S\nx\nx\nx\nx\nx\n");
  EXPECT_EQ(second_text(got), "[content.xml: S]\n\nhidden columns: C-E\nhidden rows: 2-4\n");
}

TEST(OdfBeside, ARowOfAFewBytesThatClaimsAMillionIsTold) {
  const std::string cell = "<table:table-cell><text:p>" + std::string(1000, 'a') + "</text:p></table:table-cell>";
  const Collected got =
      collect(*office_opener(), odf("spreadsheet",
                                    "<office:spreadsheet><table:table table:name=\"S\"><table:table-row "
                                    "table:number-rows-repeated=\"1000000\">" +
                                        cell + "</table:table-row></table:table></office:spreadsheet>")
                                    .finish());
  EXPECT_LT(got.text_of_first().size(), 20U << 20U);
  EXPECT_THAT(got.text_of_first(), HasSubstr("[a row stands 1000000 times: aaa"));
}

TEST(OdfBeside, NamesEntriesChangesAndLinksOfSheets) {
  ZipMaker maker = odf(
      "spreadsheet",
      "<office:spreadsheet><table:tracked-changes><table:cell-content-change><table:cell-address table:column=\"2\" "
      "table:row=\"2\" table:table=\"0\"/><office:change-info><dc:creator>Ana</dc:creator><dc:date>2020-01-02"
      "</dc:date></office:change-info><table:previous><table:change-track-table-cell office:value=\"5\"><text:p>5 "
      "EUR</text:p></table:change-track-table-cell></table:previous></table:cell-content-change><table:deletion "
      "table:type=\"row\" table:position=\"4\"><office:change-info><dc:creator>Eva</dc:creator></office:change-info>"
      "</table:deletion></table:tracked-changes><table:content-validations><table:content-validation "
      "table:name=\"v1\" table:condition=\"of:x\"><table:help-message table:title=\"Bank\"><text:p>pick</text:p>"
      "</table:help-message></table:content-validation></table:content-validations><table:table table:name=\"S\"/>"
      "<table:named-expressions><table:named-range table:name=\"Rate\" table:cell-range-address=\"S.A1\"/>"
      "</table:named-expressions><table:dde-links><table:dde-link><office:dde-source "
      "office:dde-application=\"soffice\" office:dde-topic=\"/x.ods\" office:dde-item=\"A1\"/><table:table>"
      "<table:table-row><table:table-cell><text:p>77</text:p></table:table-cell></table:table-row></table:table>"
      "</table:dde-link></table:dde-links></office:spreadsheet>");
  EXPECT_EQ(
      second_text(collect(*office_opener(), maker.finish())),
      "[content.xml]\n\nchange 1!C3: Ana | 2020-01-02 | old 5 EUR\nchange row 4: deletion | Eva\nentry v1: of:x | "
      "Bank | pick\nname Rate: S.A1\ndde: soffice | /x.ods | A1\n77\n");
}

TEST(OdfBeside, SlidesHaveTheirNamesEdgesAndDescriptions) {
  const Collected got = collect(
      *office_opener(),
      odf("presentation",
          "<office:presentation><presentation:footer-decl>Secret</"
          "presentation:footer-decl><presentation:date-time-decl>"
          "May</presentation:date-time-decl><draw:page draw:name=\"Budget\"><draw:frame><draw:text-box><text:p>box"
          "</text:p></draw:text-box><svg:desc>a map</svg:desc></draw:frame></draw:page><draw:page draw:name=\"page2\"/>"
          "</office:presentation>")
          .finish());
  EXPECT_EQ(got.text_of_first(), "[picture: a map]\nbox\n");
  EXPECT_EQ(second_text(got), "[content.xml]\n\nfooter: Secret\ndate-time: May\nslide 1: Budget\n");
}

ZipMaker pptx(const std::string& more = {}, const std::string& more_relations = {}) {
  ZipMaker maker;
  maker.add("_rels/.rels", relations(relation("a", "officeDocument", "ppt/presentation.xml")));
  maker.add("ppt/presentation.xml",
            "<p:presentation><p:sldIdLst><p:sldId r:id=\"s\"/></p:sldIdLst>" + more + "</p:presentation>");
  maker.add("ppt/_rels/presentation.xml.rels", relations(relation("s", "slide", "slides/slide1.xml") + more_relations));
  return maker;
}

TEST(PptxBeside, SectionsTipsTagsAndWhatMastersShow) {
  ZipMaker maker = pptx("<p14:section name=\"Kept back\"/>");
  maker.add("ppt/slides/slide1.xml",
            "<p:sld><a:p><a:r><a:rPr><a:hlinkClick tooltip=\"tip\"/></a:rPr><a:t>x</a:t></a:r></a:p></p:sld>");
  maker.add("ppt/tags/tag1.xml", "<p:tagLst><p:tag name=\"CLIENT\" val=\"Kowalenko\"/></p:tagLst>");
  const auto shape = [](const std::string& place, const std::string& description, const std::string& text) {
    return "<p:sp><p:nvSpPr><p:cNvPr descr=\"" + description + "\"/><p:nvPr>" + place +
           "</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>" + text + "</a:t></a:r></a:p></p:txBody></p:sp>";
  };
  maker.add("ppt/handoutMasters/handoutMaster1.xml", "<p:handoutMaster>" + shape("<p:ph type=\"ftr\"/>", "", "Secret") +
                                                         shape("<p:ph type=\"title\"/>", "the arms", "Click here") +
                                                         "</p:handoutMaster>");
  const Collected got = collect(*office_opener(), maker.finish());
  EXPECT_EQ(got.text_of_first(), "x\n");
  EXPECT_EQ(
      second_text(got),
      "[ppt/presentation.xml]\n\nsection: Kept back\n[ppt/slides/slide1.xml]\n\nlink: tip\n[ppt/tags/tag1.xml]\n\n"
      "CLIENT\nKowalenko\n[ppt/handoutMasters/handoutMaster1.xml]\n\nSecret\n[picture: the arms]\n");
}

TEST(PptxBeside, RepliesHaveTheirAuthors) {
  ZipMaker maker = pptx({}, relation("c", "authors", "authors.xml"));
  maker.add("ppt/authors.xml",
            "<p188:authorLst><p188:author id=\"{1}\" name=\"Ana\"/><p188:author id=\"{2}\" name=\"Eva\"/>"
            "</p188:authorLst>");
  maker.add("ppt/slides/slide1.xml", "<p:sld/>");
  maker.add("ppt/slides/_rels/slide1.xml.rels", relations(relation("c", "comments", "../comments/modern.xml")));
  const auto body = [](const std::string& text) {
    return "<p188:txBody><a:p><a:r><a:t>" + text + "</a:t></a:r></a:p></p188:txBody>";
  };
  maker.add("ppt/comments/modern.xml",
            "<p188:cmLst><p188:cm authorId=\"{1}\" created=\"2020-01-02\"><p188:replyLst><p188:reply authorId=\"{2}\" "
            "created=\"2020-01-03\">" +
                body("no") + "</p188:reply></p188:replyLst>" + body("pay") + "</p188:cm></p188:cmLst>");
  EXPECT_EQ(collect(*office_opener(), maker.finish()).text_of_first(),
            "[comment by Ana on 2020-01-02: pay\n[reply by Eva on 2020-01-03: no]]\n");
}

}  // namespace
}  // namespace careo
