// SPDX-License-Identifier: Apache-2.0
#include "unpack/rtf/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unpack/collected.h"
#include "unpack/rtf/rtf.h"

namespace careo {
namespace {

using ::testing::ElementsAre;

std::string text_of_rtf(std::string_view rtf) {
  return parse_rtf(bytes_of(rtf)).text;
}

TEST(Rtf, TextParagraphsAndTables) {
  EXPECT_EQ(text_of_rtf(R"({\rtf1\ansi One\par Two\tab 2\line three})"), "One\nTwo\t2\nthree");
  EXPECT_EQ(text_of_rtf(R"({\rtf1\trowd a\cell b\cell\row c\cell\row})"), "a\tb\t\nc\t\n");
  EXPECT_EQ(text_of_rtf(R"({\rtf1 \{braces\} \\ and~\~\_})"), "{braces} \\ and~\u00a0-");
}

TEST(Rtf, CodePagesFollowTheFont) {
  EXPECT_EQ(text_of_rtf(R"({\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2})"), "Привет");
  EXPECT_EQ(text_of_rtf(R"({\rtf1\ansi\deff0{\fonttbl{\f0 A;}{\f1\fcharset204 B;}}\'e9 {\f1 \'e9} \'e9})"), "é й é");
  // A double-byte character whose second half is a letter.
  EXPECT_EQ(text_of_rtf(R"({\rtf1{\fonttbl{\f0\fcharset128 M;}}\f0 \'83A\'83\'49})"), "アオ");
}

TEST(Rtf, UnicodeReplacesItsFallback) {
  EXPECT_EQ(text_of_rtf(R"({\rtf1\uc1 \u1055?\u1088\'f0\u-4064?})"), "Пр ");
  EXPECT_EQ(text_of_rtf(R"({\rtf1\uc0 \u1055\u1088 x})"), "Прx");
  EXPECT_EQ(text_of_rtf(R"({\rtf1\uc2 \u1055ab c})"), "П c");
  EXPECT_EQ(text_of_rtf(R"({\rtf1\uc1 \u-10187?\u-8904?})"), "𝔸") << "a surrogate pair";
}

TEST(Rtf, HiddenDestinationsStayOutAndRemarksAreMarked) {
  EXPECT_EQ(text_of_rtf(R"({\rtf1{\colortbl;\red0;}{\stylesheet{\s1 Heading;}}{\*\unknown secret}shown})"), "shown");
  EXPECT_EQ(text_of_rtf(R"({\rtf1 a{\*\atnauthor Eva}{\*\annotation why}b})"), "a[comment by Eva: why]b");
  EXPECT_EQ(text_of_rtf(R"({\rtf1 stays {\deleted gone} on})"), "stays [deleted: gone] on");
  EXPECT_EQ(text_of_rtf(R"({\rtf1{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt in the box}}})"), "in the box");
}

// 114817773 is 2009-07-31T11:45 by the bits of [MS-DOC] 2.9.70; with the day of the week it is a negative number, as
// Word writes it.
TEST(Rtf, ChangesSayWhoseTheyAreAndWhen) {
  const auto changed = [](const std::string& words) {
    return text_of_rtf("{\\rtf1{\\*\\revtbl{Unknown;}{Eva R;}{Luis;}}" + words + "}");
  };
  EXPECT_EQ(changed(R"(a {\revised\revauth1\revdttm114817773 new} b)"),
            "a [inserted by Eva R on 2009-07-31T11:45: new] b");
  EXPECT_EQ(changed(R"(a {\revauthdel2\revdttmdel114817773\deleted old\par} b)"),
            "a [deleted by Luis on 2009-07-31T11:45: old]\n b");
  EXPECT_EQ(
      changed(
          R"({\revised\revauth1 x}{\revised\revauth1 y}{\revised\revauth2 z}{\revised\revauth0 u}{\revised\revauth9 v})"),
      "[inserted by Eva R: xy][inserted by Luis: z][inserted: u][inserted: v]");
  EXPECT_EQ(changed(R"({\revised\revauth1 put {\deleted\revauthdel2 and struck}})"),
            "[inserted by Eva R: put [deleted by Luis: and struck]]");
  EXPECT_EQ(changed(R"(\revised\revauth1 in \plain out \revised \par\revised0 still)"),
            "[inserted by Eva R: in] out \nstill")
      << "blanks that were put in are no words";
  EXPECT_EQ(changed(R"(a{\deleted b{\*\atnauthor Eva}{\*\annotation{\*\atndate -1495794963}why {\deleted not}}c}d)"),
            "a[deleted: b][comment by Eva on 2009-07-31T11:45: why [deleted: not]][deleted: c]d");
}

TEST(Rtf, WhatWasMovedStandsInBothPlaces) {
  EXPECT_EQ(text_of_rtf(R"({\rtf1{\*\revtbl{Unknown;}{Eva R;}}{\*\mvfmf one}{\mvf\mvauth1\mvdate114817773 pay} b )"
                        R"({\mvauth1\mvdate114817773\mvt pay}{\*\mvtof one}})"),
            "[deleted by Eva R on 2009-07-31T11:45: pay] b [inserted by Eva R on 2009-07-31T11:45: pay]");
}

// Word writes a note where its number stands, in the middle of a sentence.
TEST(Rtf, NotesBoxesAndHeadersDoNotPartALine) {
  EXPECT_EQ(
      text_of_rtf(
          R"({\rtf1{\header head}{\footerf foot}The pier{\footnote\pard{\super\chftn} see {\b below}}s are shut.\par Next})"),
      "head\nfoot\nThe piers are shut.\nsee below\nNext");
  EXPECT_EQ(
      text_of_rtf(R"({\rtf1 Dear {\shp{\*\shpinst{\shptxt \pard box\par two\par}}}Sir{\footnote n{\footnote m}}})"),
      "Dear Sir\nbox\ntwo\nnm");
  EXPECT_EQ(text_of_rtf(R"({\rtf1{\deleted a{\footnote n}b}\par c})"), "[deleted: a][deleted: b]\n[deleted: n]\nc");
  EXPECT_EQ(text_of_rtf(R"({\rtf1 a{\footnote cut)"), "a\ncut");
}

TEST(Rtf, WhatNoPageShowsIsMarked) {
  EXPECT_EQ(text_of_rtf(R"({\rtf1 a {\v Kow}{\v\b alenko} b\v c\v0 d})"), "a [hidden: Kowalenko] b[hidden: c]d");
  EXPECT_EQ(text_of_rtf(R"({\rtf1{\deleted x{\v y}z}})"), "[deleted: x[hidden: y]z]");
}

// Word 97 and later repeat each box as a drawing of Word 6, which has none but those.
TEST(Rtf, BoxesOfOldDrawingsAreReadOnce) {
  EXPECT_EQ(text_of_rtf(R"({\rtf1 a{\*\do\dobxcolumn\dptxbx{\dptxbxtext\pard box\par}\dpx0}b\par c})"), "ab\nbox\nc");
  EXPECT_EQ(
      text_of_rtf(R"({\rtf1 a{\shp{\*\shpinst{\shptxt new\par}}{\shprslt{\*\do\dptxbx{\dptxbxtext new\par}}}}b})"),
      "ab\nnew");
}

TEST(Rtf, AddressesOfFieldsWithAndWithoutQuotes) {
  const RtfDocument got = parse_rtf(bytes_of(
      R"({\rtf1{\field{\*\fldinst HYPERLINK http://a.example/x}{\fldrslt 1}}{\field{\*\fldinst HYPERLINK \\l "place"}{\fldrslt 2}})"
      R"({\field{\*\fldinst HYPERLINK \\o "a tip" "http://b.example/"}{\fldrslt 3}})"
      R"({\field{\*\fldinst INCLUDEPICTURE "http://c.example/p.png" \\d}{\fldrslt }}})"));
  EXPECT_THAT(got.links, ElementsAre("http://a.example/x", "http://b.example/"));
  EXPECT_THAT(got.images, ElementsAre("http://c.example/p.png"));
}

TEST(Rtf, WhereAMailMergeHasItsNamesFrom) {
  EXPECT_EQ(
      parse_rtf(
          bytes_of(
              R"({\rtf1{\*\mailmerge\mmmaintypeletters{\mmquery SELECT * FROM Staff}{\*\mmdatasource C:\\x.mdb}}a})"))
          .unseen.text(),
      "[mail merge query: SELECT * FROM Staff]\n\n[mail merge source: C:\\x.mdb]");
}

TEST(Rtf, PropertiesAndLinks) {
  const RtfDocument got = parse_rtf(bytes_of(
      R"({\rtf1{\info{\title T \'e9}{\author Ana}{\creatim\yr2009\mo7\dy3\hr9\min5}}{\field{\*\fldinst{HYPERLINK "mailto:a@b.example"}}{\fldrslt here}}})"));
  EXPECT_THAT(got.properties, ElementsAre(std::pair<std::string, std::string>("title", "T é"),
                                          std::pair<std::string, std::string>("author", "Ana"),
                                          std::pair<std::string, std::string>("created", "2009-07-03T09:05")));
  EXPECT_THAT(got.links, ElementsAre("mailto:a@b.example"));
  EXPECT_EQ(got.text, "here");
}

TEST(Rtf, AddressesBeyondThoseThatAreGivenAreSaid) {
  const auto document = [](int links) {
    std::string out = "{\\rtf1 ";
    for (int i = 0; i < links; ++i)
      out += "{\\field{\\*\\fldinst HYPERLINK http://a.example/" + std::to_string(i) + "}}";
    return out + "}";
  };
  EXPECT_EQ(parse_rtf(bytes_of(document(1000))).damage, "");
  const RtfDocument many = parse_rtf(bytes_of(document(1001)));
  EXPECT_EQ(many.links.size(), 1000U);
  EXPECT_EQ(many.damage, "limit: more addresses than are given");
  EXPECT_EQ(parse_rtf(bytes_of(document(11)), {.fields = 10}).damage, "limit: too many fields");
}

TEST(Rtf, WhatStandsBesideTheTextFollowsIt) {
  const auto beside = [](std::string_view rtf) {
    const RtfDocument got = parse_rtf(bytes_of(rtf));
    EXPECT_EQ(got.text, "a");
    EXPECT_EQ(got.damage, "");
    return got.unseen.text();
  };
  EXPECT_EQ(beside(R"({\rtf1{\*\revtbl{Unknown;}{Eva R;}}{\*\docvar {case}{17 b}}a})"),
            "[reviser: Eva R]\n\n[variable: case 17 b]");
  EXPECT_EQ(
      beside(
          R"({\rtf1{\field{\*\fldinst{ FORMTEXT }{\*\formfield{\fftype0{\*\ffname n}{\*\ffdeftext d}{\*\ffl x}{\*\ffl x}{\*\ffhelptext h}{\*\ffstattext s}}}}{\fldrslt a}}})"),
      "[field: n]\n\n[field text: d]\n\n[choice: x]\n\n[field help: h]\n\n[field status: s]");
  EXPECT_EQ(beside(R"({\rtf1{\object\objemb{\*\objclass Word.Document.8}{\*\objname o}{\*\objdata 0105}{\result a}}})"),
            "[object class: Word.Document.8]\n\n[object name: o]");
  EXPECT_EQ(
      beside(
          R"({\rtf1\ansicpg1251{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv \'cf map}}{\sp{\sn fLine}{\sv 1}}{\shptxt a}}}})"),
      "[picture: П map]");
  EXPECT_EQ(beside(R"({\rtf1 a{\xe\v Bank:loan}{\tc Chapter}{\*\bkmkstart _Toc1}{\*\bkmkstart sum}{\*\bkmkend sum}})"),
            "[index: Bank:loan]\n\n[contents: Chapter]\n\n[bookmark: sum]");
}

TEST(Rtf, PropertiesThatUsersAdded) {
  const Collected got = collect(
      *rtf_opener(),
      R"({\rtf1{\*\userprops{\propname Desk}\proptype30{\staticval Kyiv}}{\info{\title T}}{\*\template n.dot}{\xe x}a})");
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].value, R"({"template":"n.dot","title":"T","custom":{"Desk":"Kyiv"}})");
  EXPECT_EQ(got.text_of_first(), "a\n\n[index: x]");
}

TEST(Rtf, WhatThePageThatItWasMadeOfDoesNotShowFollows) {
  const Collected got = collect(
      *rtf_opener(),
      R"({\rtf1\ansi\fromhtml1 {\*\htmltag64 <!-- call the port --><a href="https://a.example/">}here{\*\htmltag64 </a>}})");
  EXPECT_EQ(got.text_of_first(), "here\n\n[comment: call the port]\n\n[link: https://a.example/]");
}

TEST(Rtf, PicturesAndObjectsAreChildren) {
  const std::string rtf =
      "{\\rtf1{\\pict{\\*\\picprop{\\sp{\\sn a}{\\sv 12}}}\\pngblip\\picw10 89504e47\n0d0a1a0a}{\\pict\\jpegblip\\bin3 "
      "\xff\xd8\xff}}";
  const RtfDocument got = parse_rtf(bytes_of(rtf));
  ASSERT_EQ(got.objects.size(), 2U);
  EXPECT_EQ(got.objects[0].kind, "pngblip");
  EXPECT_EQ(text_of(bytes_of_object(bytes_of(rtf), got.objects[0]).bytes), "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(text_of(bytes_of_object(bytes_of(rtf), got.objects[1]).bytes), "\xff\xd8\xff");
  MemoryBytes bytes(rtf);
  Collected sink;
  ASSERT_TRUE(rtf_opener()->open(bytes, {}, {}, sink));
  ASSERT_EQ(sink.children.size(), 2U);
  EXPECT_EQ(sink.children[0].step, Step::member(rtf.find("\\pict")));
}

TEST(Rtf, APackageGivesTheFileInsideAndItsName) {
  Packer inner;
  inner.u16le(2).raw(bytes_of(std::string_view("note.txt\0", 9))).raw(bytes_of(std::string_view("C:\\note.txt\0", 12)));
  inner.u32le(0x30000).u32le(4).raw(bytes_of(std::string_view("tmp\0", 4))).u32le(5).raw(bytes_of("hello"));
  Packer object;
  object.u32le(0x501).u32le(2).u32le(8).raw(bytes_of(std::string_view("Package\0", 8))).u32le(0).u32le(0);
  object.u32le(static_cast<std::uint32_t>(inner.size())).raw(inner.bytes());
  const std::string rtf =
      "{\\rtf1{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata " + hex(object.bytes()) + "}{\\result x}}}";
  const RtfDocument got = parse_rtf(bytes_of(rtf));
  ASSERT_EQ(got.objects.size(), 1U);
  const RtfObjectBytes inside = bytes_of_object(bytes_of(rtf), got.objects[0]);
  EXPECT_EQ(inside.name, "note.txt");
  EXPECT_EQ(text_of(inside.bytes), "hello");
  EXPECT_EQ(got.text, "x");
}

TEST(Rtf, DamageIsToldAndWhatCameBeforeStays) {
  EXPECT_EQ(parse_rtf(bytes_of("{\\rtf1 cut off")).damage, "ends early");
  EXPECT_EQ(parse_rtf(bytes_of("{\\rtf1 cut off")).text, "cut off");
  EXPECT_EQ(parse_rtf(bytes_of("{\\rtf1 a}  \r\n")).damage, "");
  EXPECT_EQ(parse_rtf(bytes_of("{\\rtf1 a}}more")).damage, "bytes behind the document's end");
  const std::string deep(200'000, '{');
  EXPECT_EQ(parse_rtf(bytes_of("{\\rtf1 a" + deep)).damage, "limit: groups too deep");
  const std::string long_text = "{\\rtf1 " + std::string(5000, 'x') + "}";
  EXPECT_EQ(parse_rtf(bytes_of(long_text), {.text_bytes = 100}).damage, "limit: more than 100 bytes of text");
}

}  // namespace
}  // namespace careo
