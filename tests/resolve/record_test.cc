// SPDX-License-Identifier: Apache-2.0
#include "resolve/record.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

Reading mrz(std::string value) {
  Reading out;
  out.kind = "mrz";
  out.region.box = Region::Box{0, 0, 10, 0, 10, 5, 0, 5};
  out.value = std::move(value);
  out.grade = Grade::Doubtful;
  return out;
}

TEST(Record, IsMadeOfAReading) {
  const auto record = record_of(sha256("picture"), mrz(R"({"format":"TD3","lines":["A","B"],"fields":{
      "document_number":{"raw":"X1<","value":"X1","grade":"doubtful","alternatives":["K1",""]},
      "surname":{"raw":"ROJAS<<","value":"ROJAS","grade":"unconfirmed"},
      "given_names":{"raw":"ANA","value":"ANA","grade":"unconfirmed","flags":["truncated"]},
      "sex":{"raw":"<","value":"X","grade":"unconfirmed"},
      "birth_date":{"raw":"900102","value":"1990-01-02","grade":"a grade of tomorrow"}}})"));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->format, "TD3");
  EXPECT_EQ(record->lines.size(), 2U);
  EXPECT_EQ(record->grade, Grade::Doubtful);
  EXPECT_EQ(record->id, record->anchor->print());
  EXPECT_EQ(record->field("document_number").alternatives, std::vector<std::string>{"K1"});
  EXPECT_EQ(record->field("birth_date").grade, Grade::Doubtful);  // unknown words promise nothing
  EXPECT_TRUE(record->field("sex").empty());                      // X says that it is not specified
  EXPECT_TRUE(record->field("no such field").empty());
  EXPECT_TRUE(record->names_truncated);
  EXPECT_EQ(record->name().print(), "ana rojas");
  EXPECT_TRUE(record->name().tokens.front().cut);
}

TEST(Record, RefusesWhatIsNoReadingOfAZone) {
  EXPECT_FALSE(record_of(sha256("x"), mrz("")));
  EXPECT_FALSE(record_of(sha256("x"), mrz("[]")));
  EXPECT_FALSE(record_of(sha256("x"), mrz(R"({"fields":3})")));
}

}  // namespace
}  // namespace careo
