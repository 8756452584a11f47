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

std::string unseen(std::string_view html) {
  return html_page(html, HtmlPlace::Page, 4).unseen;
}

TEST(HtmlUnseen, CommentsAreText) {
  EXPECT_EQ(unseen("a<!-- the  draft -->b<!----><!-->"), "[comment: the draft]");
  EXPECT_EQ(unseen("<!--<p>old <b>price</b> <a href='http://x.example/a'>here</a><p>5-->"),
            "[comment: old price here\n5]\n\n[link: http://x.example/a]");
  EXPECT_EQ(unseen("<!--[if mso]><p>only Outlook</p><![endif]-->"), "[comment: only Outlook]");
  EXPECT_EQ(unseen("<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Ana</o:Author><o:LastAuthor>Eva"
                   "</o:LastAuthor></o:DocumentProperties></xml><![endif]-->"),
            "[comment: author: Ana\nlastauthor: Eva]");
  EXPECT_EQ(unseen("<?php $to = 'ana@x.example'; ?><!DOCTYPE html><?xml version='1.0'?>"),
            "[declaration: ?php $to = 'ana@x.example'; ?]");
}

TEST(HtmlUnseen, AddressesOfLinksWhereTheWordsDoNotSayThem) {
  EXPECT_EQ(unseen("<a href='https://x.example/a?b=1&amp;c=2'>our <b>page</b></a>"),
            "[link: https://x.example/a?b=1&c=2]");
  EXPECT_EQ(
      unseen("<a href='https://x.example/'>see x.example</a><a href='#top'>up</a><a href='mailto:a@b.example'>w</a>"),
      "");
  EXPECT_EQ(unseen("<a href='http://evil.example/login'>www.bank.example</a>"),
            "[link www.bank.example: http://evil.example/login]");
  EXPECT_EQ(unseen("<a href='mailto:a@b.example?cc=c@d.example'>a@b.example</a>"),
            "[link a@b.example: mailto:a@b.example?cc=c@d.example]");
  EXPECT_EQ(unseen("<a href='/x'>1</a><a href='/x'>2</a>"), "[link: /x]") << "each once";
}

TEST(HtmlUnseen, DescriptionsAndHints) {
  const HtmlPage page = html_page(
      "<meta name=Description content='A &amp; B'><meta property='og:title' content=T>"
      "<meta name=viewport content=x><meta name=author content=Ana>",
      HtmlPlace::Page, 4);
  EXPECT_EQ(page.unseen, "[Description: A & B]\n\n[og:title: T]\n\n[author: Ana]");
  ASSERT_EQ(page.properties.size(), 2U);
  EXPECT_EQ(page.properties[0], (std::pair<std::string, std::string>("description", "A & B")));
  EXPECT_EQ(unseen("<p title='not\nshown' class=c id=i data-user='Eva' data-x='data:image/png;base64,AA'>x"),
            "[title: not shown]\n\n[data-user: Eva]");
  EXPECT_EQ(unseen("<input placeholder=hint aria-label=lab><table summary=s><img alt=shown src=http://x.example/1>"),
            "[placeholder: hint]\n\n[aria-label: lab]\n\n[summary: s]\n\n[picture: http://x.example/1]");
}

TEST(HtmlUnseen, FormsAndFrames) {
  EXPECT_EQ(
      unseen("<form action='http://x.example/f'><input type=hidden name=n value=v><select name=s><option value=12>"
             "<option value=de>"),
      "[form: http://x.example/f]\n\n[field: n: v]\n\n[field: s]\n\n[value: de]");
  EXPECT_EQ(unseen("<iframe src='http://x.example/i' srcdoc='&lt;p title=t>in&lt;br>side'>no <b>frames</b></iframe>"),
            "[frame: http://x.example/i]\n\n[srcdoc: in\nside]\n\n[title: t]\n\n[iframe: no frames]");
  EXPECT_EQ(unseen("<frameset><noframes><body>for old programs</noframes>"), "[noframes: for old programs]");
}

TEST(HtmlUnseen, WordsInPrograms) {
  EXPECT_EQ(unseen("<script>var a='btn', b=\"It\\'s the \\u0416\", c='ana@x.example', d = /'/;</script>"),
            "[script: It's the Ж]\n\n[script: ana@x.example]");
  EXPECT_EQ(unseen("<script type='application/ld+json'>{\"name\":\n \"Ana\"}</script>"),
            "[script: {\"name\": \"Ana\"}]");
  EXPECT_EQ(unseen("<script type='text/x-template'><p>row</p></script>"), "[script: row]");
  EXPECT_EQ(unseen("<style>p{font:'Times New Roman'} p:before{content: \"Draft\"} i:before{content:'\\f101'}</style>"),
            "[style: Draft]");
  EXPECT_EQ(unseen("<p onclick=\"go('see the page')\">"), "[script: see the page]");
}

TEST(HtmlUnseen, PagesInPagesAreReadToADepth) {
  std::string html = "deep";
  for (int i = 0; i < 12; ++i) {
    std::string escaped;
    for (const char c : html)
      escaped += c == '&' ? std::string("&amp;") : c == '"' ? std::string("&quot;") : std::string(1, c);
    html = "<iframe srcdoc=\"" + escaped + "\"></iframe>";
  }
  const std::string got = unseen(html);
  EXPECT_NE(got.find("deep"), std::string::npos);
  EXPECT_LT(got.size(), html.size());
}

TEST(HtmlUnseen, StaysLinearOnHostileInput) {
  for (const std::string_view unit :
       {"<!--<!--x-->", "<script>'\"`", "<script>\"\n'</script>", "<iframe>", "<iframe srcdoc='", "<a href=x>y",
        "<noframes><b>", "<style>content:\"content:'", "<p data-a='1'>", "<p title=\"&amp;\"",
        "<meta name=a content=b>", "<!--[if ]>--!>", "<script>\\", "<o:a>x", "</noframes>", "<!--&<"}) {
    std::string many;
    while (many.size() < (1U << 20)) many += unit;
    for (const std::string_view end : {"", "'\"></script></iframe></noframes></style>-->"})
      EXPECT_TRUE(is_utf8(html_page(many + std::string(end), HtmlPlace::Page, 4).unseen)) << unit;
  }
}

TEST(HtmlText, StaysLinearOnHostileInput) {
  for (const std::string_view unit : {"<a x=\"",    "<script>", "<!--",    "<![CDATA[", "</",
                                      "<div>",      "&",        "&#",      "<style",    "<a href='mailto:x'>",
                                      "<pre>",      "<!",       "<title>", "'\"<",      "<td>",
                                      "<a x='<a' ", "<a x=\" ", "<!--<a ", "</ ",       "<?",
                                      "<a x='\"",   "<!-- --",  "<!----!"}) {
    std::string many;
    while (many.size() < (1U << 20)) many += unit;
    EXPECT_TRUE(is_utf8(text(many))) << unit;
    EXPECT_TRUE(is_utf8(text(many + ">"))) << unit;
    EXPECT_TRUE(is_utf8(text(many + "'\" x"))) << unit;
  }
}

}  // namespace
}  // namespace careo
