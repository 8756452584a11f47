// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/html_text.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace careo {
namespace {

std::string text(std::string_view html) {
  return html_text(html).utf8;
}

TEST(HtmlText, PutsBlocksOnLines) {
  EXPECT_EQ(text("<p>One</p><p>Two</p>"), "One\nTwo");
  EXPECT_EQ(text("<div>a<div>b</div>c</div>"), "a\nb\nc");
  EXPECT_EQ(text("a<br>b<br/><br>c"), "a\nb\n\nc");
  EXPECT_EQ(text("<ul><li>x<li>y</ul>z"), "x\ny\nz");
  EXPECT_EQ(text("<table><tr><td>a<td>b<tr><td>c<td>d</table>"), "a\tb\nc\td");
  EXPECT_EQ(text("<b>bo</b>ld <i> x</i>"), "bold x");
  EXPECT_EQ(text("  \n a \t\n b  "), "a b");
}

TEST(HtmlText, KeepsPreformattedSpace) {
  EXPECT_EQ(text("a<pre>x  y\n  z</pre>b"), "a\nx  y\n  z\nb");
}

TEST(HtmlText, DropsWhatIsNotShown) {
  EXPECT_EQ(text("<style>p{}</style>a<script>if (a<b) '</p>'</script>b<!-- c -->d"), "abd");
  EXPECT_EQ(text("<!DOCTYPE html><?xml x?><html>a</html>"), "a");
  EXPECT_EQ(text("a<SCRIPT>x</Script >b"), "ab");
}

TEST(HtmlText, KeepsWhatReadersSee) {
  EXPECT_EQ(text("<img alt='a passport' src=x>"), "a passport");
  EXPECT_EQ(text("<span style='display:none'>hidden</span>"), "hidden") << "evidence too";
  const HtmlText titled = html_text("<head><title>T &amp; U</title></head><body>b");
  EXPECT_EQ(titled.title, "T & U");
  EXPECT_EQ(titled.utf8, "T & U\nb");
}

TEST(HtmlText, AddsAddressesOfLinksOnlyWhereUnseen) {
  EXPECT_EQ(text("<a href='mailto:a@x.example?subject=s'>write</a>."), "write <a@x.example>.");
  EXPECT_EQ(text("<a href='mailto:a@x.example'>a@x.example</a>"), "a@x.example");
  EXPECT_EQ(text("<a href='https://x.example/'>page</a>"), "page");
  EXPECT_EQ(text("<a href='tel:+380441234567'>call"), "call <+380441234567>");
}

TEST(HtmlText, ResolvesReferences) {
  EXPECT_EQ(text("&lt;b&gt; &amp;amp; &eacute;&Ntilde; &#1046;&#x416; &euro;&nbsp;x"), "<b> &amp; éÑ ЖЖ € x");
  EXPECT_EQ(text("&copy x &unknown; &; & &#; &#x; &#0; &#99999999;"),
            "© x &unknown; &; & &#; &#x; \xEF\xBF\xBD \xEF\xBF\xBD");
  EXPECT_EQ(text("&#128;&#150;"), "€–") << "windows-1252 under another name";
}

TEST(HtmlText, ReadsDamage) {
  EXPECT_EQ(text("a < b"), "a < b");
  EXPECT_EQ(text("a<"), "a<");
  EXPECT_EQ(text("a<b"), "a<b");
  EXPECT_EQ(text("<p title='unclosed>text</p> more"), "text\nmore");
  EXPECT_EQ(text("<!-- never closed a>b"), "<!-- never closed a>b") << "what may be no comment is not lost";
  EXPECT_EQ(text("<script>no end tag"), "no end tag");
  EXPECT_EQ(text("</>a</ b>c"), "ac");
  EXPECT_EQ(text("<![CDATA[x<y]]>z"), "x<yz");
  EXPECT_EQ(text("<![CDATA[дата <1 мая>]]>"), "дата <1 мая>");
}

TEST(HtmlText, ATagThatNeverEndsSwallowsNothing) {
  EXPECT_EQ(text("x<b and all of this <i>passport</i> X1234567"), "x<b and all of this passport X1234567");
  EXPECT_EQ(text("x<b and passport X1234567"), "x<b and passport X1234567");
  EXPECT_EQ(text("<p>x</p and passport"), "x</p and passport");
  EXPECT_EQ(text("<! passport X1"), "<! passport X1");
  EXPECT_EQ(text("<? passport <b>X1</b>"), "<? passport X1");
  EXPECT_EQ(text("</ passport <b>X1</b>"), "</ passport X1");
  EXPECT_EQ(text("<a x=\"passport X1"), "<a x=\"passport X1");
  EXPECT_EQ(text("<p title='unclosed passport <b>X1</b>"), "<p title='unclosed passport X1");
  EXPECT_EQ(text("<a x=\"<b>y</b>\" <i>z</i>"), "<a x=\"<b>y</b>\" z") << "no tag inside what is none";
}

TEST(HtmlText, ATagThatLacksOnlyItsEndIsATag) {
  EXPECT_EQ(text("a<br<br>b<p <b>c</b>"), "a\n\nb\nc");
  EXPECT_EQ(text("<td title=\"a < b\">x"), "x") << "in quotes all may stand";
}

TEST(HtmlText, AnOpenQuoteThatMeetsTheNextOneIsOpen) {
  EXPECT_EQ(text("<p title=\"open>passport X1 <a href=\"y\">z</a>"), "passport X1 z");
  EXPECT_EQ(text("<p onclick=\"f('x=')\" data-x=\"<a href='y'>\">z"), "z");
}

TEST(HtmlText, AnAddressInAngleBracketsIsNoTag) {
  EXPECT_EQ(text("From: Ana <ana@x.example> to <b>B</b>"), "From: Ana <ana@x.example> to B");
}

TEST(HtmlText, ACommentEndsWhereBrowsersEndIt) {
  EXPECT_EQ(text("a<!-->b<!--->c<!-- d --!>e<!-- f -->g<!---->h"),
            "abceg"
            "h");
  EXPECT_EQ(text("<!-- a --> b <!-- passport X1"), "b <!-- passport X1");
}

TEST(HtmlText, FindsTheCharset) {
  EXPECT_EQ(meta_charset(bytes_of("<meta charset=\"KOI8-R\">")), "koi8-r");
  EXPECT_EQ(meta_charset(bytes_of("<META http-equiv=Content-Type content='text/html; charset=windows-1251'>")),
            "windows-1251");
  EXPECT_EQ(meta_charset(bytes_of("<?xml version='1.0' encoding='utf-8'?><html>")), "utf-8");
  EXPECT_EQ(meta_charset(bytes_of("<p>charset=x")), "");
  EXPECT_EQ(html_text(bytes_of("<meta charset=koi8-r>\xF0\xD2\xC9\xD7\xC5\xD4"), {}).utf8, "Привет");
  EXPECT_EQ(html_text(bytes_of("<meta charset=koi8-r>\xCF\xF0\xE8\xE2\xE5\xF2"), "windows-1251").utf8, "Привет")
      << "what the mail declares stands before the document's own word";
  EXPECT_EQ(html_text(bytes_of("<meta charset=utf-16>año"), {}).utf8, "año");
}

TEST(HtmlText, StaysLinearOnHostileInput) {
  for (const std::string_view unit : {"<a x=\"",    "<script>", "<!--",    "<![CDATA[", "</",
                                      "<div>",      "&",        "&#",      "<style",    "<a href='mailto:x'>",
                                      "<pre>",      "<!",       "<title>", "'\"<",      "<td>",
                                      "<a x='<a' ", "<a x=\" ", "<!--<a ", "</ ",       "<?",
                                      "<a x='\"",   "<!-- --",  "<!----!"}) {
    std::string many;
    while (many.size() < (4U << 20)) many += unit;
    EXPECT_TRUE(is_utf8(text(many))) << unit;
    EXPECT_TRUE(is_utf8(text(many + ">"))) << unit;
    EXPECT_TRUE(is_utf8(text(many + "'\" x"))) << unit;
  }
}

}  // namespace
}  // namespace careo
