// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/network.h"

#include <gtest/gtest.h>

#include "read/mrz/dots.h"
#include "read/mrz/track.h"

namespace careo::mrz {
namespace {

std::uint32_t next(std::uint32_t* state) {
  return *state = *state * 1664525U + 1013904223U;
}

std::vector<Window> noise(std::size_t count) {
  std::uint32_t state = 7;
  std::vector<Window> out(count);
  for (Window& window : out) {
    for (std::int8_t& v : window) v = static_cast<std::int8_t>(next(&state) >> 24);
  }
  return out;
}

TEST(MrzNetwork, BuiltInWeightsAreWhole) {
  EXPECT_TRUE(Network::parse(built_in_weights()));
  EXPECT_FALSE(Network::parse(built_in_weights().first(built_in_weights().size() - 1)));
  EXPECT_FALSE(Network::parse({}));
}

TEST(MrzNetwork, SameBitsOnEveryPath) {
  const std::vector<Window> windows = noise(40);
  const std::vector<Judgement> plain = Network::built_in().judge(windows, Path::Plain);
  std::vector<Path> others = {Path::Sse2};
  if (best_path() == Path::Avx2) others.push_back(Path::Avx2);
  for (const Path path : others) {
    const std::vector<Judgement> other = Network::built_in().judge(windows, path);
    ASSERT_EQ(other.size(), plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
      EXPECT_EQ(other[i].log, plain[i].log);
      EXPECT_EQ(other[i].dx, plain[i].dx);
      EXPECT_EQ(other[i].dy, plain[i].dy);
      EXPECT_EQ(other[i].dh, plain[i].dh);
    }
  }
}

TEST(MrzNetwork, PosteriorsSumToOne) {
  for (const Judgement& j : Network::built_in().judge(noise(10))) {
    double sum = 0;
    for (const LogProb log : j.log) sum += probability(log);
    EXPECT_NEAR(sum, 1, 0.01);
  }
}

TEST(MrzNetwork, LogarithmAndExponentialAgree) {
  for (const double p : {1.0, 0.5, 0.1, 0.003})
    EXPECT_NEAR(probability(static_cast<LogProb>(log_of(p) * Nat)), p, p / 100);
}

TEST(MrzDots, PathsAgreeAtTheEdgesOfTheRange) {
  std::vector<std::int16_t> a(1792, 255);
  std::vector<std::int16_t> w(1792 * 5, -127);
  std::array<std::int32_t, 5> plain{};
  std::array<std::int32_t, 5> fast{};
  dots(Path::Plain, a.data(), w.data(), 1792, 5, plain.data());
  dots(best_path(), a.data(), w.data(), 1792, 5, fast.data());
  EXPECT_EQ(plain, fast);
  EXPECT_EQ(plain[0], -1792 * 255 * 127);
}

}  // namespace
}  // namespace careo::mrz
