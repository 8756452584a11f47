// SPDX-License-Identifier: Apache-2.0
// Numbers and quantities against the specifications of Microsoft's Recognizers (../shared/data/text/recognizers).
// A case is right when every value it names is found where it names it. Floors rise when beaten and never fall.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "base/json.h"
#include "base/text.h"
#include "read/figure/figure.h"
#include "read/number.h"

namespace careo {
namespace {

struct Spec {
  const char* file;
  const char* language;
  int least;     ///< cases right
  int misreads;  ///< cases where something stands there with another value, at most
};

class FigureSpecs : public ::testing::TestWithParam<Spec> {};

std::string whole_file(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  std::string out = text.str();
  return out.starts_with("\xEF\xBB\xBF") ? out.substr(3) : out;
}

struct Found {
  std::uint64_t begin = 0, end = 0;
  double value = 0;
};

// A bare number is asked of the number grammar, a quantity of the figure reader.
std::vector<Found> found_in(const std::string& input, std::string_view language, bool bare) {
  std::vector<Found> out;
  const Tokens tokens(input);
  const auto put = [&](std::size_t from, std::size_t to, double value) {
    const Region region = tokens.region(from, to);
    out.push_back({region.text->begin, region.text->end, value});
  };
  if (!bare) {
    for (const FigureMention& figure : figures_in(tokens, language, {}))
      if (figure.value) put(figure.from, figure.to, *figure.value);
    return out;
  }
  for (std::size_t i = 0; i < tokens.size();) {
    const auto number = number_at(tokens, i, language);
    if (number) put(number->from, number->to, number->value);
    i = number ? number->to : i + 1;
  }
  return out;
}

double expected_value(std::string text, std::string_view language) {
  if (text.ends_with('%')) text.pop_back();
  if (language == "es")
    for (char& c : text) c = c == ',' ? '.' : c;
  return std::strtod(text.c_str(), nullptr);
}

TEST_P(FigureSpecs, Ratchet) {
  const Spec& spec = GetParam();
  const std::string text = whole_file(std::string(CAREO_SOURCE_DIR "/../shared/data/text/recognizers/") + spec.file);
  if (text.empty()) GTEST_SKIP() << "skipped: ../shared/data/text/recognizers is not here";
  const auto cases = Json::parse(text);
  ASSERT_TRUE(cases);
  const bool bare = std::string_view(spec.file).find("NumberModel") != std::string_view::npos;
  int all = 0, right = 0, misread = 0;
  for (const Json& one : cases->items()) {
    if (one["Results"].items().empty()) continue;  // what another model leaves out, a figure may still be
    ++all;
    const auto found = found_in(one["Input"].text(), spec.language, bare);
    bool whole = true, wrong = false;
    for (const Json& result : one["Results"].items()) {
      const std::string& value = result["Resolution"]["value"].text();
      if (value.empty()) continue;
      const double expected = expected_value(value, spec.language);
      const auto begin = static_cast<std::uint64_t>(result["Start"].integer());
      const auto end = result.has("End") ? static_cast<std::uint64_t>(result["End"].integer()) + 1
                                         : begin + code_points(result["Text"].text());
      bool met = false, other = false;
      for (const Found& one_found : found) {
        if (one_found.begin >= end || one_found.end <= begin) continue;
        const bool equal = std::abs(one_found.value - expected) <= 1e-9 + 1e-6 * std::abs(expected);
        met = met || equal;
        other = other || !equal;
      }
      whole = whole && met;
      wrong = wrong || (!met && other);
    }
    right += whole;
    misread += wrong;
  }
  std::printf("%s: %d of %d right (%.0f %%), %d misread\n", spec.file, right, all, 100.0 * right / all, misread);
  EXPECT_GE(right, spec.least);
  EXPECT_LE(misread, spec.misreads);
}

INSTANTIATE_TEST_SUITE_P(Recognizers, FigureSpecs,
                         ::testing::Values(Spec{"Number__English__NumberModel.json", "en", 182, 33},
                                           Spec{"Number__Spanish__NumberModel.json", "es", 188, 10},
                                           Spec{"Number__English__PercentModel.json", "en", 15, 0},
                                           Spec{"Number__Spanish__PercentModel.json", "es", 64, 0},
                                           Spec{"NumberWithUnit__English__AgeModel.json", "en", 17, 1},
                                           Spec{"NumberWithUnit__Spanish__AgeModel.json", "es", 16, 1},
                                           Spec{"NumberWithUnit__English__DimensionModel.json", "en", 70, 7},
                                           Spec{"NumberWithUnit__Spanish__DimensionModel.json", "es", 46, 2}));

}  // namespace
}  // namespace careo
