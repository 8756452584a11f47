// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/network.h"

#include <gtest/gtest.h>

#include "read/mrz/layer.h"
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

std::vector<Path> fast_paths() {
  std::vector<Path> out;
  for (const Path path : {Path::Sse2, Path::Avx2, Path::Vnni}) {
    if (path <= best_path()) out.push_back(path);
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
  for (const Path path : fast_paths()) {
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
  const auto judgements = Network::built_in().judge(noise(10));
  ASSERT_EQ(judgements.size(), 10U);
  for (const Judgement& j : judgements) {
    double sum = 0;
    for (const LogProb log : j.log) sum += probability(log);
    EXPECT_NEAR(sum, 1, 0.01);
  }
}

TEST(MrzNetwork, LogarithmAndExponentialAgree) {
  for (const double p : {1.0, 0.5, 0.1, 0.003})
    EXPECT_NEAR(probability(static_cast<LogProb>(log_of(p) * Nat)), p, p / 100);
}

// A layer whose sums lie far outside, far inside and around the range of the outputs.
Layer extreme_layer() {
  Layer layer = Layer::sized(32, 3, 12);
  std::uint32_t state = 3;
  for (std::int8_t& w : layer.weights) w = static_cast<std::int8_t>(static_cast<int>(next(&state) % 255) - 127);
  for (std::size_t row = 0; row < layer.runs; ++row) {
    for (std::size_t k = 0; k < layer.run; ++k) {
      layer.weights[layer.place_of(0, row, k)] = 127;
      layer.weights[layer.place_of(1, row, k)] = -127;
    }
  }
  for (std::size_t o = 0; o < layer.outputs; ++o) {
    layer.bias[o] = static_cast<std::int32_t>(next(&state) % 200'000) - 100'000;
    layer.multiplier[o] = static_cast<std::int32_t>(o % 4 == 0 ? 0x7FFFFFFF : o % 4 == 1 ? 0 : next(&state) % 80'000);
  }
  layer.finish();
  return layer;
}

TEST(MrzLayer, PathsAgreeAtTheEdgesOfTheRange) {
  const Layer layer = extreme_layer();
  std::vector<std::uint8_t> in(400, 255);
  std::uint32_t state = 5;
  for (std::size_t i = 100; i < in.size(); ++i) in[i] = static_cast<std::uint8_t>(next(&state) >> 24);
  // 9 patches: some of every width that the paths take together, and a rest.
  const Patches patches{in.data(), 9, 8, 100};
  std::vector<std::uint8_t> plain(9 * layer.outputs);
  std::vector<std::int32_t> plain_sums(plain.size());
  activate(Path::Plain, layer, patches, plain.data());
  sum_up(Path::Plain, layer, patches, plain_sums.data());
  // The first patch by hand: output 0 has only weights of 127.
  std::int32_t sum = layer.bias[0];
  for (std::size_t row = 0; row < layer.runs; ++row) {
    for (std::size_t k = 0; k < layer.run; ++k) sum += 127 * in[row * patches.row + k];
  }
  EXPECT_EQ(plain_sums[0], sum);
  EXPECT_EQ(plain[0], 255);
  for (const Path path : fast_paths()) {
    std::vector<std::uint8_t> fast(plain.size());
    std::vector<std::int32_t> fast_sums(plain.size());
    activate(path, layer, patches, fast.data());
    sum_up(path, layer, patches, fast_sums.data());
    EXPECT_EQ(fast, plain);
    EXPECT_EQ(fast_sums, plain_sums);
  }
}

}  // namespace
}  // namespace careo::mrz
