// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <gtest/gtest.h>

#include <cmath>

namespace careo {
namespace {

TEST(JsonWriter, WritesInOrder) {
  JsonWriter out;
  out.object()
      .member("a", std::int64_t{1})
      .key("b")
      .array()
      .text("x")
      .null()
      .boolean(true)
      .end()
      .member("c", "d")
      .end();
  EXPECT_EQ(out.str(), R"({"a":1,"b":["x",null,true],"c":"d"})");
}

TEST(JsonWriter, EscapesWhatJsonMust) {
  JsonWriter out;
  out.text("\"\\\n\r\t\x01\x7f/\xff");
  EXPECT_EQ(out.str(), "\"\\\"\\\\\\n\\r\\t\\u0001\\u007f/\xef\xbf\xbd\"");
}

TEST(JsonWriter, NumbersReadBackEqual) {
  for (const double value : {0.1, 1e300, -2.5, 3.0, 1e-7}) {
    JsonWriter out;
    out.number(value);
    EXPECT_EQ(Json::parse(out.str()).value().real(), value) << out.str();
  }
  JsonWriter out;
  out.array().number(std::nan("")).number(HUGE_VAL).number(INT64_MIN).end();
  EXPECT_EQ(out.str(), "[null,null,-9223372036854775808]");
}

TEST(Json, ChainsWithoutChecks) {
  const Json json = Json::parse(R"({"a":{"b":[1,2.5,"t",false]},"e":{}})").value();
  EXPECT_EQ(json["a"]["b"].items().size(), 4U);
  EXPECT_EQ(json["a"]["b"].items()[0].integer(), 1);
  EXPECT_EQ(json["a"]["b"].items()[1].real(), 2.5);
  EXPECT_EQ(json["a"]["b"].items()[2].text(), "t");
  EXPECT_FALSE(json["a"]["b"].items()[3].boolean(true));
  EXPECT_EQ(json["x"]["y"]["z"].text(), "");
  EXPECT_EQ(json["x"].integer(-1), -1);
  EXPECT_TRUE(json.has("e"));
  EXPECT_FALSE(json.has("x"));
}

TEST(Json, RefusesWhatIsNotOneValue) {
  for (const char* bad : {"", "{", "{} {}", "[1,]", "nul", "\"\xff\"", "'a'", "01"})
    EXPECT_EQ(Json::parse(bad).error().fault, Fault::Malformed) << bad;
  EXPECT_FALSE(Json::parse(std::string(10'000, '[')));
}

}  // namespace
}  // namespace careo
