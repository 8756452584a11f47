// SPDX-License-Identifier: Apache-2.0
// Sketches against the truth: every pair of a generated set of mails, compared by brute force.
#include "search/likeness.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <random>
#include <string>

#include "search/own_words.h"

namespace careo {
namespace {

// Families of texts: one is written anew, the others of its family are edited copies of it, a little to beyond
// recognition.
class Letters {
 public:
  explicit Letters(std::uint32_t seed) : chance_(seed) {}

  std::vector<std::string> all(std::size_t families, std::size_t each) {
    std::vector<std::string> out;
    for (std::size_t f = 0; f < families; ++f) {
      const std::vector<std::string> first = words(40 + chance_() % 300);
      for (std::size_t i = 0; i < each; ++i) out.push_back(text_of(edited(first, i * i)));
    }
    return out;
  }

 private:
  // Zipf-like: few words are most of a text, so that strangers share phrases too.
  std::string word() {
    const double x = std::uniform_real_distribution<>(0, 1)(chance_);
    return "w" + std::to_string(static_cast<int>(std::pow(3000.0, x)));
  }
  std::vector<std::string> words(std::size_t count) {
    std::vector<std::string> out(count);
    for (std::string& one : out) one = word();
    return out;
  }
  std::vector<std::string> edited(std::vector<std::string> text, std::size_t edits) {
    for (std::size_t i = 0; i < edits; ++i) {
      const std::size_t at = chance_() % text.size();
      const auto place = text.begin() + static_cast<std::ptrdiff_t>(at);
      const auto what = chance_() % 3;
      if (what == 0) *place = word();
      if (what == 1) text.insert(place, word());
      if (what == 2 && text.size() > kFewestWords + 1) text.erase(place);
    }
    return text;
  }
  static std::string text_of(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += word + (out.size() % 7 == 0 ? "\n" : " ");
    return out;
  }
  std::mt19937 chance_;
};

struct Told {
  std::size_t alike = 0, found = 0;       // pairs at least that much alike, and those of them that share a band
  std::size_t strangers = 0, false_ = 0;  // pairs less alike than 0.3, and those of them that pass as 0.5 and share one
  double worst = 0;                       // of the estimates
};

Told compare_all(double at_least) {
  const std::vector<std::string> texts = Letters(7).all(150, 8);
  std::vector<std::vector<std::uint32_t>> shingles;
  std::vector<Sketch> sketches;
  for (const std::string& text : texts) {
    shingles.push_back(shingles_of(text));
    EXPECT_FALSE(shingles.back().empty());
    sketches.push_back(sketch_of(shingles.back()));
  }
  Told out;
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::size_t j = i + 1; j < texts.size(); ++j) {
      const double truth = alike(shingles[i], shingles[j]);
      const double guess = estimate(sketches[i], sketches[j]);
      const bool candidate = share_a_band(sketches[i], sketches[j]);
      out.worst = std::max(out.worst, std::abs(truth - guess));
      if (truth >= at_least) ++out.alike;
      if (truth >= at_least && candidate) ++out.found;
      if (truth < 0.3) ++out.strangers;
      if (truth < 0.3 && candidate && guess >= 0.5) ++out.false_;
    }
  return out;
}

// Ratchets: minimum found, maximum passed; only ever tightened.
TEST(Likeness, FindsWhatBruteForceFinds) {
  const Told most = compare_all(0.8);
  std::printf("alike by 0.8: %zu of %zu found\n", most.found, most.alike);
  ASSERT_GE(most.alike, 300U);
  EXPECT_GE(static_cast<double>(most.found), 0.999 * static_cast<double>(most.alike));
  const Told half = compare_all(0.6);
  std::printf("alike by 0.6: %zu of %zu found; strangers: %zu of %zu passed; worst estimate off by %.3f\n", half.found,
              half.alike, half.false_, half.strangers, half.worst);
  EXPECT_GE(static_cast<double>(half.found), 0.97 * static_cast<double>(half.alike));
  ASSERT_GE(half.strangers, 500'000U);
  EXPECT_LE(half.false_, 5U);
  EXPECT_LE(half.worst, 0.30);
}

TEST(Likeness, ShortTextsAreLikeNothing) {
  EXPECT_TRUE(shingles_of("Thanks, see you on Monday.").empty());
  EXPECT_TRUE(shingles_of("").empty());
  EXPECT_EQ(alike({}, {}), 0);
}

TEST(Likeness, CaseAndWhiteSpaceMakeNoDifference) {
  std::string one, other;
  for (int i = 0; i < 30; ++i) {
    one += "Слово" + std::to_string(i) + " AND ";
    other += "Слово" + std::to_string(i) + "\r\n and, ";
  }
  EXPECT_EQ(shingles_of(one), shingles_of(other));
  EXPECT_EQ(sketch_of(shingles_of(one)), sketch_of(shingles_of(other)));
}

// A sketch lies in indexes on disks: the numbers it is made with never change in silence.
TEST(Likeness, ASketchIsTheSameForever) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "word" + std::to_string(i * 7) + " ";
  const Sketch sketch = sketch_of(shingles_of(text));
  EXPECT_EQ(hex(Bytes(sketch.data(), 8)), "9403cec08beeee5b");
}

TEST(OwnWords, QuotedLinesAndTheirIntroductionGo) {
  EXPECT_EQ(own_words("Yes.\n\nOn Monday Ana wrote:\n> shall we?\n>> perhaps\nBoris"), "Yes.\n\nBoris\n");
  EXPECT_EQ(own_words("Sí.\nEl lunes Ana escribió:\n\n> ¿vamos?"), "Sí.\n\n");
  EXPECT_EQ(own_words("Да.\n28 сентября Анна написал(а):\n> идём?"), "Да.\n");
  EXPECT_EQ(own_words("Yes.\n\n[link: https://x.example/?u=1]\n\n[comment: a\nb]"), "Yes.\n\n\n")
      << "what its page does not show";
  EXPECT_EQ(own_words("[link: https://x.example/]"), "\n");
  EXPECT_EQ(own_words("Yes.\n\n[link x.example: https://y.example/]\n\n[og:title: a]"), "Yes.\n\n\n");
  EXPECT_EQ(own_words("Yes.\n\n[Note: the money is in the safe]"), "Yes.\n\n[Note: the money is in the safe]\n");
  EXPECT_EQ(own_words("Yes.\n\n[he said: never]"), "Yes.\n\n[he said: never]\n");
  EXPECT_EQ(own_words("She wrote:\nthis is no quotation"), "She wrote:\nthis is no quotation\n");
}

TEST(OwnWords, WhatStandsBelowARuleIsAnotherMail) {
  EXPECT_EQ(own_words("Yes.\n-----Original Message-----\nFrom: Ana\nshall we?"), "Yes.\n");
  EXPECT_EQ(own_words("Yes.\n\nFrom: Ana\nSent: Monday\nTo: Boris\n\nshall we?"), "Yes.\n\n");
  EXPECT_EQ(own_words("Да.\nОт: Анна\nОтправлено: понедельник\nидём?"), "Да.\n");
  // A mail that only forwards says what it forwards.
  EXPECT_EQ(own_words("\nFrom: Ana\nSent: Monday\nshall we?"), "\nFrom: Ana\nSent: Monday\nshall we?\n");
  EXPECT_EQ(own_words("See below.\n---------- Forwarded message ----------\nshall we?"),
            "See below.\n---------- Forwarded message ----------\nshall we?\n");
}

}  // namespace
}  // namespace careo
