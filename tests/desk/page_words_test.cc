// SPDX-License-Identifier: Apache-2.0
#include "desk/page_words.h"

#include <gtest/gtest.h>

#include "store/folder.h"
#include "store/ok.h"
#include "store/sample_case.h"

namespace careo {
namespace {

class PageWords : public testing::Test {
 protected:
  PageWords() {
    Key key;
    key.key_file = folder_ / "key";
    ok(Case::create(folder_ / "case", key));
    store_ = ok(Case::open(folder_ / "case", key, Case::Access::Write));
    Source source;
    const Part part = sample::part_of("scan");
    source.files = {{"scan.pdf", part.length, part.sha256, ""}};
    source.id = source_id(source.files);
    trail_ = {source.id, {Step::path("scan.pdf")}, {}};
    ok(store_->put(source));
    ok(store_->put(sample::outcome_of(part, "pdf/1", "application/pdf")));
    read_ = sample::outcome_of(part, "ocr/4", "application/pdf");
    read_.stage = Stage::Ocr;
  }

  void page(std::uint32_t number, std::string text, std::string words) {
    Region region;
    region.page = number;
    read_.texts.push_back({region, std::move(text), "", Grade::Doubtful, "ocr/4"});
    read_.readings.push_back({"words", region, "", std::move(words), Grade::Doubtful, "ocr/4"});
  }
  Result<std::vector<WordsView>> words(std::uint32_t number) {
    Trail here = trail_;
    here.region.page = number;
    return words_on(*store_, here);
  }
  void put() {
    ok(store_->put(read_));
    ok(store_->commit());
  }

  TestFolder folder_;
  std::unique_ptr<Case> store_;
  Trail trail_;
  Outcome read_;
};

TEST_F(PageWords, StandInLinesWithTheirText) {
  page(1, "другая", "{}");
  page(
      2, "Паспорт № 5\nSURNAME\n",
      R"({"views":[{"placing":[2,0,0,2,0,0],"words":[[0,7,1,2,3,4],[8,9,5,2,6,4],[10,11,7,2,8,4],[12,19,1,6,3,9]]}]})");
  put();
  const auto views = ok(words(2));
  ASSERT_EQ(views.size(), 1U);
  EXPECT_EQ(views[0].placing[3], 2);
  ASSERT_EQ(views[0].lines.size(), 2U);
  ASSERT_EQ(views[0].lines[0].size(), 3U);
  EXPECT_EQ(views[0].lines[0][0].text, "Паспорт");
  EXPECT_EQ(views[0].lines[0][1].text, "№");
  EXPECT_EQ(views[0].lines[1][0].text, "SURNAME");
  EXPECT_EQ(views[0].lines[1][0].box, (std::array<std::int64_t, 4>{1, 6, 3, 9}));
  EXPECT_TRUE(ok(words(1)).empty());
  EXPECT_TRUE(ok(words(3)).empty());
}

// A parser that was taken over may write what it likes: no number of it is followed out of the text.
TEST_F(PageWords, LiesAreNotFollowed) {
  page(1, "ab cd\n",
       R"({"views":[{"placing":[1],"words":[[-5,2,0,0,0,0],[3,1,0,0,0,0],[4,900000000,0,0,0,0],[70,71,0,0,0,0],[0,2],3,
       [0,2,1,1,1,1]]},7]})");
  put();
  const auto views = ok(words(1));
  ASSERT_EQ(views.size(), 2U);
  std::string all;
  for (const auto& line : views[0].lines)
    for (const WordOnPage& word : line) all += word.text + "|";
  EXPECT_EQ(all, "d\n||ab|");
}

}  // namespace
}  // namespace careo
