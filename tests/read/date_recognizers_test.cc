// SPDX-License-Identifier: Apache-2.0
// Dates and times against the specifications of Microsoft's Recognizers (../shared/data/text/recognizers), with the
// reference day that each case gives. A case is right when every timex it names is found where it names it. Floors rise
// when beaten and never fall.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "base/json.h"
#include "base/text.h"
#include "read/date/date.h"

namespace careo {
namespace {

struct Spec {
  const char* file;
  const char* language;
  int least;
};

class DateSpecs : public ::testing::TestWithParam<Spec> {};

std::string whole_file(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  std::string out = text.str();
  return out.starts_with("\xEF\xBB\xBF") ? out.substr(3) : out;
}

DateContext context_of(const std::string& reference) {
  DateContext context;
  if (reference.size() < 10) return context;
  context.today = parse_iso_date(reference.substr(0, 10));
  if (reference.size() < 19) return context;
  context.hour = std::stoi(reference.substr(11, 2));
  context.minute = std::stoi(reference.substr(14, 2));
  context.second = std::stoi(reference.substr(17, 2));
  return context;
}

std::string timex_of(const Json& result) {
  const std::string& plain = result["Value"]["Timex"].text();
  if (!plain.empty()) return plain;
  const auto& values = result["Value"]["values"].items();
  if (!values.empty()) return values[0]["timex"].text();
  return result["TimexStr"].text();
}

bool right(const Json& one, std::string_view language) {
  const Tokens tokens(one["Input"].text());
  const auto found = dates_in(tokens, language, context_of(one["Context"]["ReferenceDateTime"].text()));
  if (one["Results"].items().empty()) return found.empty();
  for (const Json& result : one["Results"].items()) {
    const auto begin = static_cast<std::uint64_t>(result["Start"].integer());
    const auto end = begin + static_cast<std::uint64_t>(result["Length"].integer());
    bool met = false;
    for (const DateMention& mention : found) {
      const Region region = tokens.region(mention.from, mention.to);
      met = met || (region.text->begin < end && region.text->end > begin && mention.timex == timex_of(result));
    }
    if (!met) return false;
  }
  return true;
}

TEST_P(DateSpecs, Ratchet) {
  const Spec& spec = GetParam();
  const std::string text = whole_file(std::string(CAREO_SOURCE_DIR "/../shared/data/text/recognizers/") + spec.file);
  if (text.empty()) GTEST_SKIP() << "skipped: ../shared/data/text/recognizers is not here";
  const auto cases = Json::parse(text);
  ASSERT_TRUE(cases);
  int all = 0, met = 0;
  for (const Json& one : cases->items()) {
    ++all;
    met += right(one, spec.language);
  }
  std::printf("%s: %d of %d right (%.0f %%)\n", spec.file, met, all, 100.0 * met / all);
  EXPECT_GE(met, spec.least);
}

INSTANTIATE_TEST_SUITE_P(Recognizers, DateSpecs,
                         ::testing::Values(Spec{"DateTime__English__DateParser.json", "en", 104},
                                           Spec{"DateTime__English__DatePeriodParser.json", "en", 170},
                                           Spec{"DateTime__English__DateTimeParser.json", "en", 49},
                                           Spec{"DateTime__English__DateTimePeriodParser.json", "en", 81},
                                           Spec{"DateTime__English__DurationParser.json", "en", 54},
                                           Spec{"DateTime__English__HolidayParser.json", "en", 14},
                                           Spec{"DateTime__English__MergedParser.json", "en", 129},
                                           Spec{"DateTime__English__SetParser.json", "en", 30},
                                           Spec{"DateTime__English__TimeParser.json", "en", 76},
                                           Spec{"DateTime__English__TimePeriodParser.json", "en", 59},
                                           Spec{"DateTime__Spanish__DateParser.json", "es", 64},
                                           Spec{"DateTime__Spanish__DatePeriodParser.json", "es", 177},
                                           Spec{"DateTime__Spanish__DateTimeParser.json", "es", 50},
                                           Spec{"DateTime__Spanish__DateTimePeriodParser.json", "es", 76},
                                           Spec{"DateTime__Spanish__DurationParser.json", "es", 23},
                                           Spec{"DateTime__Spanish__HolidayParser.json", "es", 14},
                                           Spec{"DateTime__Spanish__SetParser.json", "es", 18},
                                           Spec{"DateTime__Spanish__TimeParser.json", "es", 34},
                                           Spec{"DateTime__Spanish__TimePeriodParser.json", "es", 48}));

}  // namespace
}  // namespace careo
