// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/data_address.h"

#include <gtest/gtest.h>

#include "base/transfer.h"
#include "collected.h"
#include "unpack/mail/mail.h"
#include "unpack/text/plain_text.h"

namespace careo {
namespace {

const std::string kHeader = "From: a@x.example\nTo: b@x.example\nSubject: s\n";
const std::string kPicture = "\x89PNG" + std::string(1000, 'p');

std::string page() {
  return "<p>the bridge</p><img src=\"data:image/png;base64," + encode_base64(bytes_of(kPicture)) +
         "\"><img src='data:image/gif;base64,R0lGODlhAQ=='>";
}

TEST(DataAddress, FindsWhatIsNoOrnament) {
  const std::string text = page();
  const std::vector<DataAddress> found = find_data_addresses(bytes_of(text));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].type, "image/png");
  EXPECT_EQ(text_of(decode_base64(bytes_of(text.substr(found[0].begin, found[0].end - found[0].begin))).bytes),
            kPicture);
  EXPECT_TRUE(find_data_addresses(bytes_of("data:data:;base64,data:text/plain;base64,")).empty());
  EXPECT_TRUE(find_data_addresses({}).empty());
}

TEST(DataAddress, FoldsAreOfItOnlyInQuotes) {
  std::string folded = encode_base64(bytes_of(kPicture));
  folded.insert(500, "\r\n");
  EXPECT_EQ(find_data_addresses(bytes_of("<img src=\"data:image/png;base64," + folded + "\">")).size(), 1U);
  EXPECT_TRUE(find_data_addresses(bytes_of("<img src=data:image/png;base64," + folded + ">")).empty());
}

TEST(DataAddress, WordsBeforeItAreNoTypeOfIt) {
  const std::string letters = std::string(76, 'A') + "\r\n" + std::string(1000, 'A');
  const std::vector<DataAddress> found =
      find_data_addresses(bytes_of("<p>metadata: none</p><img src=\"data:image/png;base64," + letters + "\">"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].type, "image/png");
  EXPECT_EQ(found[0].end - found[0].begin, letters.size());
}

TEST(DataAddress, IsAChildOfAMail) {
  const std::string plain = kHeader + "Content-Type: text/html\n\n" + page() + "\n";
  const Collected got = collect(*mail_opener(), plain);
  EXPECT_EQ(got.text_of_first().substr(0, 10), "the bridge");
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(text_of(*take_step(bytes_of(plain), got.children[0].step)), kPicture);
  EXPECT_TRUE(got.adds_up(plain.size()));
  const std::string coded = kHeader + "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n" +
                            encode_base64(bytes_of(page())) + "\n";
  const Collected more = collect(*mail_opener(), coded);
  ASSERT_EQ(more.derived_data.size(), 1U);
  EXPECT_EQ(text_of(more.derived_data[0]), kPicture);
  EXPECT_EQ(more.children[0].media_type, "image/png");
  EXPECT_TRUE(more.adds_up(coded.size()));
}

/// `text` with each letter of `from` written as `to`.
std::string written(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

TEST(DataAddress, EscapedLettersAreOfIt) {
  std::string bytes = "\x89PNG";
  for (int i = 0; i < 2001; ++i) bytes += static_cast<char>(i * 7919 >> 3);
  const std::string plain = encode_base64(bytes_of(bytes));
  ASSERT_NE(plain.find('+'), plain.npos);
  ASSERT_NE(plain.find('/'), plain.npos);
  ASSERT_NE(plain.find('='), plain.npos);
  const std::string folded = std::string(plain).insert(500, "\n");
  for (const auto& [from, to] : {std::pair("+", "%2B"),
                                 {"+", "&#43;"},
                                 {"+", "&#x2b;"},
                                 {"+", "&plus;"},
                                 {"/", "%2f"},
                                 {"/", "&sol;"},
                                 {"=", "%3D"},
                                 {"=", "&#61;"},
                                 {"=", "&equals;"},
                                 {"\n", "%0A"},
                                 {"\n", "%20"},
                                 {"\n", "&#10;"},
                                 {"\n", "\r\n   "},
                                 {"+", "&#37;2B"}}) {
    const std::string text = "<img src=\"data:image/png;base64," + written(folded, from, to) + "\">";
    const std::vector<DataAddress> found = find_data_addresses(bytes_of(text));
    ASSERT_EQ(found.size(), 1U) << to;
    EXPECT_TRUE(text_of(data_of(bytes_of(text), found[0])) == bytes) << to;
    EXPECT_EQ(text.substr(found[0].end), "\">") << to;
  }
  // What closes an address is none of it, whatever it is written as.
  for (const std::string close : {"&quot;)", "%22/%3E", " 2x, data:", "&amp;", "&", "%", "%2"}) {
    const std::string text = "url(&quot;data:image/png;base64," + plain + close;
    const std::vector<DataAddress> found = find_data_addresses(bytes_of(text));
    ASSERT_EQ(found.size(), 1U) << close;
    EXPECT_EQ(text.substr(found[0].end), close);
    EXPECT_FALSE(found[0].escaped);
  }
}

TEST(DataAddress, MayHaveNoBase64) {
  const std::string rows = "name;sum\n" + std::string(1000, 'x') + ";5 %\n";
  const std::string letters = written(written(written(rows, "%", "%25"), "\n", "%0A"), " ", "%20");
  const std::string header = "data:text/csv;charset=UTF-8,";
  for (const auto& [open, close] : {std::pair("href=\"", "\">"),
                                    {"href='", "'>"},
                                    {"href=", ">"},
                                    {"url(", ")"},
                                    {"style=\"x:url(&quot;", "&quot;)\""}}) {
    const std::string text = open + header + letters + close;
    const std::vector<DataAddress> found = find_data_addresses(bytes_of(text));
    ASSERT_EQ(found.size(), 1U) << open;
    EXPECT_EQ(text_of(data_of(bytes_of(text), found[0])), rows) << open;
    EXPECT_EQ(found[0].charset, "utf-8");
    EXPECT_EQ(child_of(found[0]).hints.media_type, "text/csv");
  }
  // Words are no address, nor is what nothing closes.
  for (const std::string& text : {"the data: image/png, " + letters, "metadata:a/b," + letters, "\"" + header + letters,
                                  "\"data:," + letters + "\"", "\"data:a b/c," + letters + "\""})
    EXPECT_TRUE(find_data_addresses(bytes_of(text)).empty()) << text.substr(0, 30);
  // A picture within a picture.
  const std::string both = "<img src=\"data:image/svg+xml,%3Csvg title='" + std::string(200, 'x') +
                           "' href='data:image/png;base64," + encode_base64(bytes_of(kPicture)) + "'/%3E\">";
  const std::vector<DataAddress> found = find_data_addresses(bytes_of(both));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].type, "image/svg+xml");
  EXPECT_TRUE(text_of(data_of(bytes_of(both), found[0])).ends_with("'/>"));
  EXPECT_EQ(text_of(data_of(bytes_of(both), found[1])), kPicture);
}

TEST(DataAddress, ManyThatNothingClosesCostNoTime) {
  for (const std::string one : {"(data:a/b,", "(data:,", "=data:a/b,", "'data:a/b;base64,&", "\"data:a/b,'data:a/b,"}) {
    std::string text;
    while (text.size() < 2'000'000) text += one;
    find_data_addresses(bytes_of(text));
    EXPECT_LE(find_data_addresses(bytes_of(text + ")")).size(), 1U) << one;
  }
}

TEST(DataAddress, EscapedOnesOfAMailAreDerived) {
  const std::string text = "<p>x</p><img src='data:image/png;base64," +
                           written(encode_base64(bytes_of(kPicture)), "=", "%3D") + "'>" + "<a href='data:text/plain," +
                           std::string(1000, 'y') + "'>z</a>";
  const std::string mail = kHeader + "Content-Type: text/html\n\n" + text + "\n";
  const Collected got = collect(*mail_opener(), mail);
  ASSERT_EQ(got.derived_data.size(), 2U);
  EXPECT_EQ(text_of(got.derived_data[0]), kPicture);
  EXPECT_EQ(text_of(got.derived_data[1]), std::string(1000, 'y'));
  EXPECT_NE(got.children[0].step, got.children[1].step);
  EXPECT_TRUE(got.adds_up(mail.size()));
}

TEST(DataAddress, IsAChildOfAPage) {
  const std::string file = "<!doctype html>" + page() + "<img src='data:image/png;base64," +
                           written(encode_base64(bytes_of(kPicture)), "=", "%3D") + "'>";
  const Collected got = collect(*html_opener(), file);
  EXPECT_EQ(got.text_of_first().substr(0, 10), "the bridge");
  ASSERT_EQ(got.children.size(), 2U);
  EXPECT_EQ(text_of(*take_step(bytes_of(file), got.children[0].step)), kPicture);
  EXPECT_EQ(got.children[1].media_type, "image/png");
  EXPECT_EQ(text_of(got.derived_data[0]), kPicture);
  EXPECT_TRUE(got.adds_up(file.size()));
  Budget none;
  none.depth_left = 0;
  const Collected deep = collect(*html_opener(), file, {}, none);
  EXPECT_TRUE(deep.children.empty());
  ASSERT_EQ(deep.unreads.size(), 2U);
  EXPECT_EQ(deep.unreads[0].reason, "nested too deep");
  EXPECT_TRUE(deep.adds_up(file.size()));
}

std::string wide(std::string_view ascii, bool big) {
  std::string out;
  for (const char c : ascii) out += big ? std::string{'\0', c} : std::string{c, '\0'};
  return out;
}

TEST(DataAddress, IsAChildOfAPageInUtf16) {
  const std::string text =
      "<!doctype html>" + page() + "<p>more</p><a href='data:text/plain," + std::string(1000, 'y') + "%2B'>z</a>";
  for (const bool big : {false, true}) {
    for (const bool marked : {false, true}) {
      const std::string file = (marked ? wide("", big) + (big ? "\xFE\xFF" : "\xFF\xFE") : "") + wide(text, big);
      const Collected got = collect(*html_opener(), file);
      EXPECT_EQ(got.text_of_first().substr(0, 10), "the bridge");
      ASSERT_EQ(got.derived_data.size(), 2U) << big << marked;
      EXPECT_EQ(text_of(got.derived_data[0]), kPicture);
      EXPECT_EQ(text_of(got.derived_data[1]), std::string(1000, 'y') + "+");
      EXPECT_EQ(got.children[0].step, Step::node((marked ? 2 : 0) + 2 * (text.find(";base64,") + 8)));
      EXPECT_TRUE(got.adds_up(file.size()));
    }
  }
}

}  // namespace
}  // namespace careo
