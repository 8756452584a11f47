// SPDX-License-Identifier: Apache-2.0
// Statements against sentences labelled by hand (tests/golden/statements). The floor rises when it is beaten and never
// falls; that no denial is read as an assertion is no matter of degree.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "read/statement/statement.h"

namespace careo {
namespace {

struct Expected {
  std::string speaker, cue, stance, polarity, type, content;
};

struct Example {
  std::string sentence;
  std::vector<Expected> statements;
};

std::vector<Example> examples(const std::string& name) {
  std::ifstream file(std::string(CAREO_SOURCE_DIR) + "/tests/golden/statements/" + name);
  std::vector<Example> out;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] != ' ') {
      out.push_back({line, {}});
      continue;
    }
    std::vector<std::string> cells;
    for (const std::string_view cell : split(line, '|')) cells.emplace_back(trim(cell));
    if (cells.size() != 4 || out.empty()) continue;
    std::istringstream middle(cells[2]);
    Expected expected{
        .speaker = cells[0], .cue = cells[1], .stance = {}, .polarity = {}, .type = {}, .content = cells[3]};
    middle >> expected.stance >> expected.polarity >> expected.type;
    out.back().statements.push_back(expected);
  }
  return out;
}

std::string words(const Tokens& tokens, const std::optional<TokenSpan>& span) {
  return span ? std::string(tokens.written(span->from, span->to)) : "-";
}

struct Score {
  int statements = 0, content = 0, speaker = 0, stance = 0, type = 0, whole = 0, extra = 0;
  int inverted = 0;  ///< a denial read as an assertion, or an assertion as a denial
};

bool overlaps(const std::string& a, const std::string& b) {
  return a.find(b) != std::string::npos || b.find(a) != std::string::npos;
}

Score score(const std::string& name, std::string_view language) {
  Score out;
  for (const Example& example : examples(name)) {
    const Tokens tokens(example.sentence);
    const auto found = statements_in(tokens, language);
    std::size_t met = 0;
    for (const Expected& expected : example.statements) {
      ++out.statements;
      const StatementMention* best = nullptr;
      for (const StatementMention& one : found) {
        const std::string content = words(tokens, one.content);
        if (content == expected.content || (best == nullptr && overlaps(content, expected.content))) best = &one;
      }
      if (best == nullptr) {
        std::printf("missed: %s\n", example.sentence.c_str());
        continue;
      }
      ++met;
      const bool content = words(tokens, best->content) == expected.content;
      const bool speaker = words(tokens, best->speaker) == expected.speaker;
      const std::string polarity = best->positive ? "+" : "-";
      const bool stance = name_of(best->stance) == expected.stance && polarity == expected.polarity;
      const bool type = name_of(best->type) == expected.type;
      out.content += content;
      out.speaker += speaker;
      out.stance += stance;
      out.type += type;
      out.whole += content && speaker && stance && type;
      out.inverted += expected.stance == "deny" && best->positive;
      out.inverted += expected.stance == "assert" && expected.polarity == "+" && !best->positive;
      if (!(content && speaker && stance && type))
        std::printf("%s\n  got %s | %s | %s %s %s | %s   (%s)\n", example.sentence.c_str(),
                    words(tokens, best->speaker).c_str(), words(tokens, best->cue).c_str(),
                    std::string(name_of(best->stance)).c_str(), polarity.c_str(),
                    std::string(name_of(best->type)).c_str(), words(tokens, best->content).c_str(), best->rule.c_str());
    }
    out.extra += static_cast<int>(found.size()) - static_cast<int>(met);
  }
  std::printf("%s: %d statements: content %d, speaker %d, stance and polarity %d, type %d, whole %d, extra %d\n",
              name.c_str(), out.statements, out.content, out.speaker, out.stance, out.type, out.whole, out.extra);
  return out;
}

TEST(StatementRatchet, English) {
  const Score got = score("english.txt", "en");
  EXPECT_GE(got.whole, 77);
  EXPECT_EQ(got.inverted, 0);
}

TEST(StatementRatchet, Spanish) {
  const Score got = score("spanish.txt", "es");
  EXPECT_GE(got.whole, 71);
  EXPECT_EQ(got.inverted, 0);
}

}  // namespace
}  // namespace careo
