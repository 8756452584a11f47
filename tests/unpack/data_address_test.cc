// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/data_address.h"

#include <gtest/gtest.h>

#include "base/transfer.h"
#include "collected.h"
#include "unpack/mail/mail.h"

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

}  // namespace
}  // namespace careo
