// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/find.h"

#include <algorithm>
#include <cmath>

#include "read/mrz/chains.h"

namespace careo::mrz {

namespace {

struct Scale {
  Raster grey;
  double factor = 1;  // pixels of the picture per pixel of `grey`
};

Point to_picture(const Scale& scale, Point p) {
  return {(p.x + 0.5) * scale.factor - 0.5, (p.y + 0.5) * scale.factor - 0.5};
}

// Does `line` already hold the place where `guess` has its middle?
bool covers(const Line& line, const Guess& guess) {
  const Point middle = guess.model.at(0.5 * (guess.first + guess.last));
  const Ends ends = ends_of(line);
  const Slot slot = line.model.slot(0.5 * (ends.first + ends.last));
  const double pitch2 = dot(slot.right, slot.right);
  const double along = dot(middle - slot.centre, slot.right) / pitch2;
  if (std::abs(along) > 0.5 * (ends.last - ends.first) + 2) return false;
  const Slot near = line.model.slot(0.5 * (ends.first + ends.last) + along);
  return length(middle - near.centre) < 0.6 * length(near.right);
}

// The better of both ways to read a chain, if either looks like a zone's characters.
std::optional<Line> line_of(const Pyramid& picture, const Network& network, const Guess& guess, double least) {
  constexpr int Samples = 7;
  const Guess other = turned(guess);
  const double here = likeness(picture, network, guess, Samples);
  const double there = likeness(picture, network, other, Samples);
  if (std::max(here, there) < least) return std::nullopt;
  std::optional<Line> line = follow(picture, network, here >= there ? guess : other);
  if (!line || clarity(*line) < least + 0.05) return std::nullopt;
  const Ends ends = ends_of(*line);
  if (ends.last - ends.first < 13) return std::nullopt;
  return line;
}

struct Found {
  Chain chain;
  Ink ink;
};

// The chains of both sizes of text, the longest first: a mean over a small neighbourhood finds small characters, over
// a large one large ones.
std::vector<Found> chains_of(const Scale& scale, Ink ink) {
  std::vector<Found> out;
  Separation small{.ink = ink, .radius = 10, .largest = 28};
  Separation large{.ink = ink, .radius = 24, .smallest = 14};
  for (const Separation& how : {small, large}) {
    for (const Chain& chain : find_chains(find_blobs(scale.grey, how))) out.push_back({chain, ink});
  }
  std::ranges::stable_sort(out, [](const Found& a, const Found& b) {
    return a.chain.blobs * (1 - 2 * a.chain.roughness) > b.chain.blobs * (1 - 2 * b.chain.roughness);
  });
  return out;
}

void find_lines(const Pyramid& picture, const Network& network, const Scale& scale, Ink ink, const FindRules& rules,
                std::vector<Line>* lines) {
  std::size_t tried = 0;
  for (const Found& found : chains_of(scale, ink)) {
    if (tried >= rules.chains_tried || lines->size() >= rules.lines_kept) break;
    const Chain& chain = found.chain;
    const Guess guess = straight_guess(to_picture(scale, chain.origin), chain.step * scale.factor, chain.slots, ink);
    if (std::ranges::any_of(*lines, [&](const Line& line) { return covers(line, guess); })) continue;
    ++tried;
    if (std::optional<Line> line = line_of(picture, network, guess, rules.least)) lines->push_back(std::move(*line));
  }
}

// How far `other` stands below `line`, in pitches across; 0 when they are no neighbours in one zone.
double below(const Line& line, const Line& other) {
  const Ends a = ends_of(line);
  const Ends b = ends_of(other);
  const Slot here = line.model.slot(0.5 * (a.first + a.last));
  const Slot there = other.model.slot(0.5 * (b.first + b.last));
  const double pitch = length(here.right);
  const double ratio = length(there.right) / pitch;
  if (ratio < 0.8 || ratio > 1.25) return 0;
  const double turn = cross(here.right, there.right) / (pitch * pitch * ratio);
  if (dot(here.right, there.right) < 0 || std::abs(turn) > 0.12) return 0;
  const Point off = there.centre - here.centre;
  const double along = dot(off, here.right) / (pitch * pitch);
  if (std::abs(along) > 0.5 * (a.last - a.first + b.last - b.first) * 0.75) return 0;
  // The slot of `line` nearest to the other's middle: lines may fan out a little.
  const Slot near = line.model.slot(0.5 * (a.first + a.last) + along);
  return cross(near.right, there.centre - near.centre) / (pitch * pitch);
}

// Looks for a line `distance` pitches below `line` (above when negative) where no chain was found.
std::optional<Line> probe(const Pyramid& picture, const Network& network, const Line& line, double side) {
  const Ends ends = ends_of(line);
  double best = 0.30;
  Guess best_guess;
  for (const double distance : {1.6, 1.95, 2.3, 2.65}) {
    for (const double phase : {0.0, 0.33, -0.33}) {
      Guess guess{line.model, line.ink, ends.first, ends.last};
      const Slot slot = line.model.slot(0.5 * (ends.first + ends.last));
      const double pitch = length(slot.right);
      const Point across{-slot.right.y, slot.right.x};
      const Point shift = across * (side * distance) + slot.right * phase;
      guess.model.x[0] += shift.x;
      guess.model.y[0] += shift.y;
      if (pitch < 1) continue;
      const double like = likeness(picture, network, guess, 9);
      if (like > best) {
        best = like;
        best_guess = guess;
      }
    }
  }
  if (best_guess.last <= best_guess.first) return std::nullopt;
  std::optional<Line> found = follow(picture, network, best_guess);
  if (!found || clarity(*found) < 0.4) return std::nullopt;
  const double distance = below(line, *found);
  if (distance * side < 1.2 || distance * side > 3.4) return std::nullopt;
  return found;
}

// The direction down a zone is that from a line's start to the next line's start, seen in perspective.
void lean(const Pyramid& picture, const Network& network, std::vector<Line>* lines) {
  Line& top = lines->front();
  Line& bottom = lines->back();
  const Ends a = ends_of(top);
  const Ends b = ends_of(bottom);
  if (std::abs((a.last - a.first) - (b.last - b.first)) > 1) return;
  Point down = bottom.model.at(0.5 * (b.first + b.last)) - top.model.at(0.5 * (a.first + a.last));
  down = down * (1 / length(down));
  for (Line& line : *lines) {
    const double size = length(line.model.down);
    const Point old = line.model.down * (1 / size);
    if (std::abs(cross(old, down)) < 0.03) continue;
    line.model.down = down * size;
    refine(picture, network, &line);
  }
}

// Strings lines into groups: from each line the nearest one below, until none is.
std::vector<Candidate> group(std::vector<Line> lines, const Pyramid& picture, const Network& network) {
  constexpr double Nearest = 1.2;
  constexpr double Farthest = 3.4;
  const std::size_t n = lines.size();
  std::vector<int> next(n, -1);
  std::vector<bool> has_above(n, false);
  for (std::size_t i = 0; i < n; ++i) {
    double best = Farthest;
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) continue;
      const double d = below(lines[i], lines[j]);
      if (d > Nearest && d < best) {
        best = d;
        next[i] = static_cast<int>(j);
      }
    }
    if (next[i] >= 0) has_above[static_cast<std::size_t>(next[i])] = true;
  }
  std::vector<Candidate> out;
  for (std::size_t i = 0; i < n; ++i) {
    if (has_above[i]) continue;
    Candidate candidate;
    for (int k = static_cast<int>(i); k >= 0 && candidate.lines.size() <= n; k = next[static_cast<std::size_t>(k)]) {
      candidate.lines.push_back(lines[static_cast<std::size_t>(k)]);
    }
    // A zone of three lines whose outer line gave no chain, or of two whose second gave none.
    if (candidate.lines.size() <= 2) {
      if (auto line = probe(picture, network, candidate.lines.back(), 1)) candidate.lines.push_back(std::move(*line));
    }
    if (candidate.lines.size() <= 2) {
      if (auto line = probe(picture, network, candidate.lines.front(), -1)) {
        candidate.lines.insert(candidate.lines.begin(), std::move(*line));
      }
    }
    if (candidate.lines.size() < 2) continue;
    lean(picture, network, &candidate.lines);
    out.push_back(std::move(candidate));
  }
  return out;
}

}  // namespace

std::vector<Candidate> find_candidates(const Pyramid& picture, const Network& network, const FindRules& rules) {
  std::size_t k = 0;
  while (k + 1 < picture.levels() && std::max(picture.level(k).width, picture.level(k).height) > rules.longest_side) {
    ++k;
  }
  Scale scale{picture.level(k), static_cast<double>(1U << k)};
  const int side = std::max(scale.grey.width, scale.grey.height);
  if (side < 900) scale = {doubled(scale.grey), scale.factor / 2};
  std::vector<Line> lines;
  find_lines(picture, network, scale, Ink::Dark, rules, &lines);
  if (lines.empty()) find_lines(picture, network, scale, Ink::Bright, rules, &lines);
  return group(std::move(lines), picture, network);
}

}  // namespace careo::mrz
