// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/chains.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "read/mrz/curve.h"

namespace careo::mrz {

namespace {

// Blobs by the cell of a coarse grid they lie in, next to each other in memory.
class Grid {
 public:
  struct Entry {
    Point centre;
    double size;
    int blob;
  };

  Grid(const std::vector<Blob>& blobs, double cell) : inverse_(1 / cell) {
    double right = 0;
    double bottom = 0;
    for (const Blob& b : blobs) {
      right = std::max(right, b.centre.x);
      bottom = std::max(bottom, b.centre.y);
    }
    columns_ = static_cast<int>(right * inverse_) + 1;
    rows_ = static_cast<int>(bottom * inverse_) + 1;
    starts_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
    for (const Blob& b : blobs) ++starts_[cell_of(b.centre) + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    entries_.resize(blobs.size());
    std::vector<int> next(starts_.begin(), starts_.end() - 1);
    for (std::size_t i = 0; i < blobs.size(); ++i) {
      const Blob& b = blobs[i];
      entries_[static_cast<std::size_t>(next[cell_of(b.centre)]++)] = {b.centre, b.size, static_cast<int>(i)};
    }
  }

  template <typename F>
  void near(Point at, double reach, F&& f) const {
    const int left = std::max(0, static_cast<int>((at.x - reach) * inverse_));
    const int right = std::min(columns_ - 1, static_cast<int>((at.x + reach) * inverse_));
    const int top = std::max(0, static_cast<int>((at.y - reach) * inverse_));
    const int bottom = std::min(rows_ - 1, static_cast<int>((at.y + reach) * inverse_));
    if (right < left) return;
    for (int y = top; y <= bottom; ++y) {
      // Cells of one row follow each other, and so do their blobs.
      const std::size_t row = static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_);
      const int begin = starts_[row + static_cast<std::size_t>(left)];
      const int end = starts_[row + static_cast<std::size_t>(right) + 1];
      for (int i = begin; i < end; ++i) f(entries_[static_cast<std::size_t>(i)]);
    }
  }

 private:
  std::size_t cell_of(Point at) const {
    const int x = std::clamp(static_cast<int>(at.x * inverse_), 0, columns_ - 1);
    const int y = std::clamp(static_cast<int>(at.y * inverse_), 0, rows_ - 1);
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(x);
  }

  double inverse_;
  int columns_ = 1;
  int rows_ = 1;
  std::vector<int> starts_;
  std::vector<Entry> entries_;
};

struct Link {
  int blob;
  int slot;
};

// Grows one chain. The next place is foretold from the last few blobs, since a page may curl.
class Grower {
 public:
  Grower(const std::vector<Blob>& blobs, const Grid& grid) : blobs_(blobs), grid_(grid) {}

  std::vector<Link> grow(int a, int b) {
    links_.assign({{a, 0}, {b, 1}});
    step_ = centre(b) - centre(a);
    size_ = 0.5 * (size(a) + size(b));
    refit();
    extend();
    if (links_.size() < 4) return {};
    std::ranges::reverse(links_);
    for (Link& link : links_) link.slot = -link.slot;
    refit();
    extend();
    return links_;
  }

 private:
  static constexpr std::size_t Memory = 8;  // blobs that foretell the next
  static constexpr std::size_t Longest = 60;
  static constexpr int Gap = 3;  // slots without a blob, less one

  Point centre(int i) const { return blobs_[static_cast<std::size_t>(i)].centre; }
  double size(int i) const { return blobs_[static_cast<std::size_t>(i)].size; }

  void extend() {
    while (links_.size() < Longest) {
      bool found = false;
      // A beginning has no gaps: some other pair of a real line begins without.
      const int most = links_.size() < 4 ? 1 : Gap;
      for (int skip = 1; skip <= most && !found; ++skip) found = add(links_.back().slot + skip, skip);
      if (!found) return;
      refit();
    }
  }

  bool add(int slot, int skip) {
    const Point at = mean_ + step_ * (slot - mean_slot_);
    const double pitch = length(step_);
    const double along_limit = (links_.size() < 5 ? 0.33 : 0.27) * pitch + 0.7;
    const double across_limit = (skip == 1 ? 0.22 : 0.26) * pitch + 0.7;
    int best = -1;
    double best_off = 1e9;
    const Point unit = step_ * (1 / pitch);
    grid_.near(at, std::max(along_limit, across_limit) * 1.42, [&](const Grid::Entry& blob) {
      const Point off = blob.centre - at;
      const double along = std::abs(dot(off, unit));
      const double across = std::abs(cross(off, unit));
      if (along > along_limit || across > across_limit) return;
      if (blob.size < 0.45 * size_ || blob.size > 1.9 * size_) return;
      if (along + across < best_off) {
        best_off = along + across;
        best = blob.blob;
      }
    });
    if (best < 0 || best == links_.back().blob) return false;
    links_.push_back({best, slot});
    return true;
  }

  void refit() {
    const std::size_t first = links_.size() > Memory ? links_.size() - Memory : 0;
    Point sum{};
    double slots = 0;
    const auto n = static_cast<double>(links_.size() - first);
    for (std::size_t i = first; i < links_.size(); ++i) {
      sum = sum + centre(links_[i].blob);
      slots += links_[i].slot;
    }
    mean_ = sum * (1 / n);
    mean_slot_ = slots / n;
    Point up{};
    double down = 0;
    for (std::size_t i = first; i < links_.size(); ++i) {
      const double t = links_[i].slot - mean_slot_;
      up = up + (centre(links_[i].blob) - mean_) * t;
      down += t * t;
    }
    step_ = up * (1 / down);
    size_ = 0.8 * size_ + 0.2 * size(links_.back().blob);
  }

  const std::vector<Blob>& blobs_;
  const Grid& grid_;
  std::vector<Link> links_;
  Point step_;
  Point mean_;
  double mean_slot_ = 0;
  double size_ = 0;
};

// Coefficients of a chain's curve: a long chain may follow a curled page, a short one is straight or chance.
std::size_t terms_for(std::size_t blobs) {
  return blobs < 14 ? 3 : blobs < 20 ? 4 : 5;
}

Chain chain_of(const std::vector<Blob>& blobs, std::vector<Link> links) {
  std::ranges::sort(links, {}, &Link::slot);
  Chain out;
  std::vector<double> sizes;
  std::vector<Sighting> sightings;
  for (const Link& link : links) {
    const Blob& blob = blobs[static_cast<std::size_t>(link.blob)];
    sightings.push_back({static_cast<double>(link.slot - links.front().slot), blob.centre, 1});
    sizes.push_back(blob.size);
  }
  out.slots = links.back().slot - links.front().slot + 1;
  out.blobs = static_cast<int>(links.size());
  out.model.middle = 0.5 * (out.slots - 1);
  out.model.half = std::max(1.0, out.model.middle);
  fit_curve(sightings, terms_for(links.size()), &out.model);
  out.pitch = length(out.model.slot(out.model.middle).right);
  out.roughness = roughness_of(sightings, out.model) / std::max(1e-9, out.pitch);
  std::ranges::nth_element(sizes, sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2));
  out.size = sizes[sizes.size() / 2];
  return out;
}

// Blobs start chains in an order that is everywhere at once, so whatever ends early has then looked at all parts alike:
// one in sixteen, then the next of each sixteen, ...
constexpr std::size_t Stride = 16;

bool starts_before(std::size_t a, std::size_t b) {
  return a % Stride != b % Stride ? a % Stride < b % Stride : a < b;
}

// A zone's line has twenty characters and more, nearly all of them found, as wide apart as they are tall, and on its
// curve: letters that stand below each other in a page of text are farther apart, those of its lines rougher.
bool is_even(const Chain& chain) {
  return chain.blobs >= 20 && chain.blobs * 10 >= chain.slots * 8 && chain.roughness < 0.06 &&
         chain.pitch > 0.65 * chain.size && chain.pitch < 1.6 * chain.size;
}

std::vector<Chain> longest(std::vector<Chain> chains, const ChainRules& rules) {
  std::ranges::sort(chains, [](const Chain& a, const Chain& b) {
    return a.blobs * (1 - 2 * a.roughness) > b.blobs * (1 - 2 * b.roughness);
  });
  if (chains.size() > rules.most) chains.resize(rules.most);
  return chains;
}

std::uint64_t edge(int a, int b) {
  return static_cast<std::uint64_t>(std::min(a, b)) << 32 | static_cast<std::uint64_t>(std::max(a, b));
}

}  // namespace

std::vector<Chain> find_chains(const std::vector<Blob>& blobs, const ChainRules& rules) {
  std::vector<Chain> out;
  if (blobs.empty()) return out;
  const Grid grid(blobs, 12);
  Grower grower(blobs, grid);
  std::unordered_set<std::uint64_t> used;
  std::size_t links_tried = 0;
  std::vector<int> next;
  for (std::size_t first = 0; first < Stride; ++first) {
    // By now a zone's line, whose every character may start it, would have been found: the rest is a page of text.
    if (first == Stride / 8 && out.size() > rules.text && std::ranges::none_of(out, is_even)) break;
    for (std::size_t i = first; i < blobs.size(); i += Stride) {
      const Blob& a = blobs[i];
      next.clear();
      grid.near(a.centre, 2 * a.size, [&](const Grid::Entry& b) {
        // Every pair is met from both of its ends; the one that starts first takes it. A line has many pairs, so only
        // the alike and close ones need to start one.
        const auto other = static_cast<std::size_t>(b.blob);
        if (!starts_before(i, other) || b.size > 1.7 * a.size || a.size > 1.7 * b.size) return;
        const double size = 0.5 * (a.size + b.size);
        const Point off = b.centre - a.centre;
        const double apart = dot(off, off) / (size * size);
        if (apart < 0.62 * 0.62 || apart > 1.95 * 1.95) return;
        next.push_back(b.blob);
      });
      for (const int j : next) {
        if (used.contains(edge(static_cast<int>(i), j))) continue;
        if (links_tried > rules.links) return longest(std::move(out), rules);
        const std::vector<Link> links = grower.grow(static_cast<int>(i), j);
        links_tried += links.size() + 2;
        if (links.size() < static_cast<std::size_t>(rules.fewest)) continue;
        for (std::size_t k = 1; k < links.size(); ++k) used.insert(edge(links[k - 1].blob, links[k].blob));
        Chain chain = chain_of(blobs, links);
        if (chain.blobs * 10 >= chain.slots * 6) out.push_back(chain);
      }
    }
  }
  return longest(std::move(out), rules);
}

}  // namespace careo::mrz
