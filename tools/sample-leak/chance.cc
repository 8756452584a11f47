// SPDX-License-Identifier: Apache-2.0
#include "chance.h"

namespace careo::sample {
namespace {

std::uint64_t splitmix(std::uint64_t* state) {
  std::uint64_t z = (*state += 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

std::uint64_t rotate(std::uint64_t value, int by) {
  return (value << by) | (value >> (64 - by));
}

}  // namespace

Chance::Chance(std::uint64_t seed, std::string_view purpose, std::uint64_t index) {
  std::uint64_t mix = seed;
  for (const char c : purpose) mix = (splitmix(&mix) ^ static_cast<unsigned char>(c));
  mix ^= index * 0xd6e8feb86659fd93U;
  for (auto& word : state_) word = splitmix(&mix);
}

std::uint64_t Chance::next() {
  const std::uint64_t out = rotate(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = rotate(state_[3], 45);
  return out;
}

std::uint64_t Chance::below(std::uint64_t count) {
  return next() % count;  // the bias at our counts is below 1e-12
}

int Chance::between(int low, int high) {
  return low + static_cast<int>(below(static_cast<std::uint64_t>(high - low + 1)));
}

double Chance::unit() {
  return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

double Chance::bell() {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += unit();
  return sum;
}

double sine(double radians) {
  constexpr double pi = 3.14159265358979323846;
  const double turns = radians / (2 * pi);
  auto whole = static_cast<std::int64_t>(turns);
  if (turns < 0) --whole;
  double x = radians - static_cast<double>(whole) * 2 * pi;  // [0, 2 pi)
  double sign = 1;
  if (x > pi) {
    x -= pi;
    sign = -1;
  }
  if (x > pi / 2) x = pi - x;
  const double s = x * x;
  const double series =
      1 - s / 6 * (1 - s / 20 * (1 - s / 42 * (1 - s / 72 * (1 - s / 110 * (1 - s / 156 * (1 - s / 210))))));
  return sign * x * series;
}

}  // namespace careo::sample
