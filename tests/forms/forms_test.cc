// SPDX-License-Identifier: Apache-2.0
// Known forms on pages of bench/forms, and what is none. Ratchets: a minimum of what is found, a maximum of what is
// wrong; they only ever tighten.
#include <gtest/gtest.h>

#include "form_score.h"

namespace careo::bench {
namespace {

constexpr std::uint64_t kSeed = 7001;

template <class Find>
FormScore score_of(const std::vector<FormSheet>& sheets, const Find& find) {
  FormScore out;
  for (const FormSheet& sheet : sheets) out.add(sheet, find(sheet), true);
  return out;
}

std::vector<FormSheet> both(const SheetPlan& plan) {
  std::vector<FormSheet> out = form_sheets(plan);
  for (FormSheet& sheet : strange_sheets(plan)) out.push_back(std::move(sheet));
  return out;
}

TEST(Forms, InLines) {
  FormScore all;
  for (const Lines lines : {Lines::Aligned, Lines::Stacked, Lines::Tabs})
    for (const FormSheet& sheet : both({.seed = kSeed, .lines = lines})) all.add(sheet, found_in_lines(sheet), true);
  EXPECT_EQ(all.forms, 201);
  EXPECT_GE(all.named, 201);
  EXPECT_EQ(all.misnamed, 0);
  EXPECT_EQ(all.strangers, 1290);
  EXPECT_LE(all.called, 6);
  EXPECT_GE(all.exact * 1000, all.fields * 990);
  EXPECT_LE(all.wrong, 6);
}

TEST(Forms, InTheTextLayersOfPdfs) {
  const FormScore all = score_of(both({.seed = kSeed + 1}), found_in_layer);
  EXPECT_GE(all.named, 67);
  EXPECT_EQ(all.misnamed, 0);
  EXPECT_LE(all.called, 4);
  EXPECT_GE(all.exact * 1000, all.fields * 985);
  EXPECT_LE(all.wrong, 4);
}

TEST(Forms, WithLabelsLost) {
  const FormScore all = score_of(form_sheets({.seed = kSeed + 2, .lost = 0.15}), found_in_layer);
  EXPECT_GE(all.named, 65);
  EXPECT_EQ(all.misnamed, 0);
  EXPECT_EQ(all.called, 0);
  EXPECT_LE(all.wrong * 100, all.fields * 2);
}

TEST(Forms, WithLettersMisread) {
  const FormScore all = score_of(form_sheets({.seed = kSeed + 3, .smudged = 0.02}), found_in_lines);
  EXPECT_GE(all.named, 65);
  EXPECT_EQ(all.misnamed, 0);
  EXPECT_EQ(all.called, 0);
}

/// One picture of each form, its language changing from one to the next.
TEST(Forms, InPictures) {
  std::vector<FormSheet> sheets;
  const std::vector<FormSheet> all = form_sheets({.seed = kSeed + 4});
  for (std::size_t i = 0; i < all.size(); i += 5) sheets.push_back(all[i]);
  const FormScore score = score_of(sheets, [](const FormSheet& sheet) {
    return found_in_picture(sheet, {.dots_per_inch = 200, .degrees = 0.7, .noise = 14}, kSeed);
  });
  EXPECT_GE(score.named, score.forms);
  EXPECT_EQ(score.misnamed, 0);
  EXPECT_EQ(score.called, 0);
  EXPECT_GE(score.exact * 100, score.fields * 80);
  EXPECT_LE(score.wrong * 100, score.fields * 12);
}

}  // namespace
}  // namespace careo::bench
