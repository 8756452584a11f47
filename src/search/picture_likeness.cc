// SPDX-License-Identifier: Apache-2.0
#include "search/picture_likeness.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "base/json.h"

namespace careo {
namespace {

constexpr int kSide = kPictureFields;
constexpr std::size_t kFields = std::size_t{kSide} * kSide;
constexpr int kLevels = 64;
using Light = std::array<std::uint8_t, kFields>;
using Lights = std::array<double, kFields>;

constexpr double kAspect = 1.1;        // of the sides of both: a copy keeps them
constexpr double kLeastAlike = 0.7;    // below it they are not looked at closely
constexpr int kWindow = 4;             // fields a side: a word of a passport
constexpr double kNoise = 1;           // levels squared, of a window: rounding, and what JPEG leaves
constexpr double kSlack = 0.02;        // of a window's own variance: a grid that lies a tenth of a field beside
constexpr std::size_t kWorst = 3;      // one window may be a fault of a file; a word fills more
constexpr double kTexture = 4;         // variance, levels squared, of a window that shows something
constexpr double kLeastTexture = .05;  // of all windows: skies and shadows are all alike

// Bits and waves.

constexpr int kSlowest = 10;  // u + v

struct Wave {
  int u = 0, v = 0;
};

/// Which wave each bit of a hash is: a set that a quarter turn maps onto itself, 64 of them.
constexpr std::array<Wave, 64> kWaves = [] {
  std::array<Wave, 64> out;
  std::size_t at = 0;
  for (int u = 0; u <= kSlowest; ++u)
    for (int v = 0; u + v <= kSlowest; ++v)
      if ((u != 0 || v != 0) && (u != 5 || v != 5)) out[at++] = {u, v};
  return out;
}();

/// The other way round: for each bit, that of the same wave with its axes changed.
constexpr std::array<std::size_t, 64> kMirrored = [] {
  std::array<std::size_t, 64> out{};
  for (std::size_t a = 0; a < 64; ++a)
    for (std::size_t b = 0; b < 64; ++b)
      if (kWaves[a].u == kWaves[b].v && kWaves[a].v == kWaves[b].u) out[a] = b;
  return out;
}();

using Cosines = std::array<std::array<double, kSide>, kSlowest + 1>;

const Cosines& cosines() {
  static const Cosines all = [] {
    Cosines out{};
    for (std::size_t u = 0; u < out.size(); ++u)
      for (std::size_t x = 0; x < kSide; ++x)
        out[u][x] = std::cos(M_PI * (2 * static_cast<double>(x) + 1) * static_cast<double>(u) / (2.0 * kSide));
    return out;
  }();
  return all;
}

// Light.

Light turned(const Light& light) {
  Light out{};
  for (std::size_t y = 0; y < kSide; ++y)
    for (std::size_t x = 0; x < kSide; ++x) out[x * kSide + kSide - 1 - y] = light[y * kSide + x];
  return out;
}

double together(const Light& a, const Light& b) {
  double sa = 0, sb = 0, ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < kFields; ++i) {
    const double x = a[i];
    const double y = b[i];
    sa += x, sb += y, ab += x * y, aa += x * x, bb += y * y;
  }
  const double n = kFields;
  const double spread = (aa - sa * sa / n) * (bb - sb * sb / n);
  return spread <= 0 ? 0 : (ab - sa * sb / n) / std::sqrt(spread);
}

struct Knot {
  double x = 0, y = 0;
};

/// What each level of `a` became in `b`, never falling: twelve steps with as many fields in each, and straight lines
/// between. A curve of more steps would follow the print of one of two documents.
std::vector<Knot> curve_of(const Light& a, const Light& b) {
  std::array<double, kLevels> count{}, sum{};
  for (std::size_t i = 0; i < kFields; ++i) {
    count[a[i]] += 1;
    sum[a[i]] += b[i];
  }
  constexpr double kStep = kFields / 12.0;
  std::vector<Knot> out;
  Knot open;
  double held = 0;
  for (std::size_t level = 0; level < kLevels; ++level) {
    held += count[level];
    open.x += count[level] * static_cast<double>(level);
    open.y += sum[level];
    if (held < kStep && (level + 1 < kLevels || held == 0)) continue;
    const double y = open.y / held;
    out.push_back({open.x / held, out.empty() ? y : std::max(y, out.back().y)});
    open = {};
    held = 0;
  }
  return out;
}

/// `light` by the curve; beyond its ends as the line next to it goes on.
Lights carried(const Light& light, const std::vector<Knot>& curve) {
  std::array<double, kLevels> table{};
  for (std::size_t level = 0; level < kLevels; ++level) {
    if (curve.size() < 2) {
      table[level] = curve.empty() ? 0 : curve.front().y;
      continue;
    }
    std::size_t k = 1;
    while (k + 1 < curve.size() && curve[k].x < static_cast<double>(level)) ++k;
    const Knot& from = curve[k - 1];
    const Knot& to = curve[k];
    table[level] = from.y + (to.y - from.y) * (static_cast<double>(level) - from.x) / (to.x - from.x);
  }
  Lights out;
  for (std::size_t i = 0; i < kFields; ++i) out[i] = table[light[i]];
  return out;
}

/// Sums over rectangles in four steps.
class Sums {
 public:
  template <typename Of>
  explicit Sums(Of of) {
    for (std::size_t y = 0; y < kSide; ++y)
      for (std::size_t x = 0; x < kSide; ++x)
        at(y + 1, x + 1) = of(y * kSide + x) + at(y, x + 1) + at(y + 1, x) - at(y, x);
  }
  /// The mean of a window whose first field is that one.
  double operator()(std::size_t y, std::size_t x) const {
    return (at(y + kWindow, x + kWindow) - at(y, x + kWindow) - at(y + kWindow, x) + at(y, x)) / (kWindow * kWindow);
  }

 private:
  double& at(std::size_t y, std::size_t x) { return sums_[y * (kSide + 1) + x]; }
  double at(std::size_t y, std::size_t x) const { return sums_[y * (kSide + 1) + x]; }
  std::array<double, std::size_t{kSide + 1} * (kSide + 1)> sums_{};
};

/// PictureMatch::apart of `b` and what the curve makes of the other.
double apart(const Lights& a, const Light& b) {
  const Sums e([&](std::size_t i) { return (a[i] - b[i]) * (a[i] - b[i]); });
  const Sums sa([&](std::size_t i) { return a[i]; });
  const Sums sb([&](std::size_t i) { return double{1} * b[i]; });
  const Sums aa([&](std::size_t i) { return a[i] * a[i]; });
  const Sums bb([&](std::size_t i) { return double{1} * b[i] * b[i]; });
  constexpr std::size_t kPlaces = kSide - kWindow + 1;
  std::vector<double> all;
  std::size_t texture = 0;
  for (std::size_t y = 0; y < kPlaces; ++y) {
    for (std::size_t x = 0; x < kPlaces; ++x) {
      const double va = aa(y, x) - sa(y, x) * sa(y, x);
      const double vb = bb(y, x) - sb(y, x) * sb(y, x);
      texture += std::min(va, vb) >= kTexture ? 1 : 0;
      all.push_back(e(y, x) / (kNoise + kSlack * (va + vb)));
    }
  }
  if (static_cast<double>(texture) < kLeastTexture * static_cast<double>(all.size())) return PictureMatch{}.apart;
  const auto worst = all.begin() + (kWorst - 1);
  std::nth_element(all.begin(), worst, all.end(), std::greater<>());
  return *worst;
}

bool same_shape(const PictureSketch& a, const PictureSketch& b, bool across) {
  const double one = static_cast<double>(a.width) / a.height;
  const double other = across ? static_cast<double>(b.height) / b.width : static_cast<double>(b.width) / b.height;
  return std::max(one, other) <= kAspect * std::min(one, other);
}

int level_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

}  // namespace

std::optional<PictureSketch> picture_sketch(std::string_view value) {
  const Result<Json> json = Json::parse(value);
  if (!json) return std::nullopt;
  const std::string& light = (*json)["light"].text();
  const double width = (*json)["width"].real();
  const double height = (*json)["height"].real();
  constexpr double kMostPixels = 1e9;  // a side
  if (light.size() != kFields || !(width >= 1 && width <= kMostPixels && height >= 1 && height <= kMostPixels))
    return std::nullopt;
  PictureSketch out;
  out.width = static_cast<int>(width);
  out.height = static_cast<int>(height);
  for (std::size_t i = 0; i < kFields; ++i) {
    const int level = level_of(light[i]);
    if (level < 0) return std::nullopt;
    out.light[i] = static_cast<std::uint8_t>(level);
  }
  return out;
}

std::uint64_t picture_hash(const PictureSketch& sketch) {
  const Cosines& cosine = cosines();
  std::array<std::array<double, kSide>, kSlowest + 1> rows{};  // each row of fields by each wave across
  for (std::size_t y = 0; y < kSide; ++y)
    for (std::size_t v = 0; v <= kSlowest; ++v)
      for (std::size_t x = 0; x < kSide; ++x) rows[v][y] += sketch.light[y * kSide + x] * cosine[v][x];
  std::uint64_t out = 0;
  for (std::size_t bit = 0; bit < kWaves.size(); ++bit) {
    const auto u = static_cast<std::size_t>(kWaves[bit].u);
    const auto v = static_cast<std::size_t>(kWaves[bit].v);
    double sum = 0;
    for (std::size_t y = 0; y < kSide; ++y) sum += rows[v][y] * cosine[u][y];
    out |= (sum > 0 ? 1ULL : 0ULL) << bit;
  }
  return out;
}

// Turned clockwise, g(y, x) = f(last - x, y): the wave (u, v) of g is the wave (v, u) of f, the other way round where v
// is odd.
std::uint64_t turned(std::uint64_t hash) {
  std::uint64_t out = 0;
  for (std::size_t bit = 0; bit < kWaves.size(); ++bit) {
    const std::uint64_t sign = hash >> kMirrored[bit] & 1U;
    out |= (kWaves[bit].v % 2 == 0 ? sign : sign ^ 1U) << bit;
  }
  return out;
}

std::array<std::uint64_t, 4> all_turns(std::uint64_t hash) {
  std::array<std::uint64_t, 4> out{hash};
  for (std::size_t i = 1; i < out.size(); ++i) out[i] = turned(out[i - 1]);
  return out;
}

int bits_apart(const std::array<std::uint64_t, 4>& turns, std::uint64_t hash) {
  int least = 64;
  for (const std::uint64_t turn : turns) least = std::min(least, std::popcount(turn ^ hash));
  return least;
}

PictureMatch match(const PictureSketch& a, const PictureSketch& b) {
  PictureMatch best;
  Light other = b.light;
  for (int quarters = 0; quarters < 4; ++quarters, other = turned(other)) {
    if (!same_shape(a, b, quarters % 2 == 1)) continue;
    const double alike = together(a.light, other);
    if (alike < kLeastAlike) continue;
    // Either may be the one that lost light: what is white all over in one says nothing of the other's greys.
    const double now = std::min(apart(carried(a.light, curve_of(a.light, other)), other),
                                apart(carried(other, curve_of(other, a.light)), a.light));
    if (now < best.apart) best = {now, alike, quarters};
  }
  return best;
}

}  // namespace careo
