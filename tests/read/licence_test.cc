// SPDX-License-Identifier: Apache-2.0
#include "read/licence.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace careo {
namespace {

constexpr const char* kNorthmark =
    "@\n\x1e\rANSI 636099090002DL00410150ZN01910010DLDAQX7734120\nDCSNORDAHL\nDDEN\nDACERIK\nDDFN\nDADNONE\nDDGN\n"
    "DCAC\nDBD06012021\nDBB08121974\nDBA08122029\nDBC1\nDAJNM\nDCGUSA\rZNZNA1\r";

TEST(Licence, ReadsTheElementsThatHaveAField) {
  const auto licence = parse_licence(kNorthmark);
  ASSERT_TRUE(licence);
  EXPECT_EQ(licence->value.at("document_number"), "X7734120");
  EXPECT_EQ(licence->value.at("surname"), "NORDAHL");
  EXPECT_EQ(licence->value.at("given_names"), "ERIK");
  EXPECT_EQ(licence->value.at("birth_date"), "1974-08-12");
  EXPECT_EQ(licence->value.at("expiry_date"), "2029-08-12");
  EXPECT_EQ(licence->value.at("sex"), "M");
  EXPECT_EQ(licence->value.at("issuer"), "USA");
  EXPECT_FALSE(licence->value.contains("middle_name"));  // "NONE"
}

TEST(Licence, CanadaWritesTheYearFirst) {
  std::string text = kNorthmark;
  text.replace(text.find("08121974"), 8, "19740812");
  text.replace(text.find("USA"), 3, "CAN");
  EXPECT_EQ(parse_licence(text)->value.at("birth_date"), "1974-08-12");
}

TEST(Licence, ADateThatIsNoneIsKeptAsWrittenAndInconsistent) {
  std::string text = kNorthmark;
  text.replace(text.find("08121974"), 8, "99999999");
  const auto json = Json::parse(parse_licence(text)->json());
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["fields"]["birth_date"]["raw"].text(), "99999999");
  EXPECT_EQ((*json)["fields"]["birth_date"]["value"].text(), "");
  EXPECT_EQ((*json)["fields"]["birth_date"]["grade"].text(), "inconsistent");
  EXPECT_EQ((*json)["format"].text(), "AAMVA");
}

TEST(Licence, OtherTextIsNone) {
  EXPECT_FALSE(parse_licence("https://example.org/DLDAQ123"));
  EXPECT_FALSE(parse_licence("@\n\x1e\rANSI 636099090002DL0041"));
  EXPECT_FALSE(parse_licence("ANSI DLDAQ12345\nDBB08121974\n"));  // a number without a name
  EXPECT_FALSE(parse_licence(""));
}

}  // namespace
}  // namespace careo
