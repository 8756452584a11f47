// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/find.h"

#include <algorithm>
#include <cmath>

namespace careo::mrz {

namespace {

// The picture is searched at its first halving not above this; blobs of characters then have 5 to 60 pixels.
constexpr int LongestSide = 2000;
// Smaller pictures are doubled first, or the gaps between their characters close.
constexpr int SmallSide = 900;

Scale scale_for(const Pyramid& picture) {
  std::size_t k = 0;
  while (k + 1 < picture.levels() && std::max(picture.level(k).width, picture.level(k).height) > LongestSide) ++k;
  const Raster& level = picture.level(k);
  const auto factor = static_cast<double>(1U << k);
  if (std::max(level.width, level.height) < SmallSide) return {doubled(level), factor / 2};
  return {level, factor};
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

// The better of both ways to read a chain, or none when neither looks like a zone's characters: a few slots are looked
// at first, more only while hope remains.
std::optional<Guess> turned_right(Eye& eye, const Guess& guess, double least) {
  const Guess other = turned(guess);
  double here = 0;
  double there = 0;
  for (const auto& [samples, share] : {std::pair{3, 0.6}, std::pair{5, 0.8}, std::pair{10, 1.0}}) {
    here = likeness(eye, guess, samples);
    there = likeness(eye, other, samples);
    if (std::max(here, there) < share * least) return std::nullopt;
  }
  return here >= there ? guess : other;
}

// Half as tall: a fax of 204 x 98 dots an inch. Faxes do not lean, and their characters are wide for their height.
std::optional<Guess> squashed(const Chain& chain, const Guess& guess) {
  const Point right = chain.model.slot(chain.model.middle).right;
  if (chain.pitch < 1.1 * chain.size || std::abs(right.y) > 0.1 * std::abs(right.x)) return std::nullopt;
  Guess out = guess;
  out.model.down = out.model.down * 0.5;
  return out;
}

std::optional<Line> line_of(Eye& eye, const Guess& guess, double least) {
  std::optional<Line> line = follow(eye, guess);
  if (!line || clarity(*line) < least + 0.05) return std::nullopt;
  const Ends ends = ends_of(*line);
  if (ends.last - ends.first < 13) return std::nullopt;
  return line;
}

// What a chain promises. Chains of real zones stand off their curve by 0.03 pitches, one in fifty by more than 0.07;
// letters of other faces, and letters below each other in a page of text, by 0.1. No zone has more than 44 slots.
double promise(const Chain& chain) {
  const double characters = chain.slots > 48 ? 24 : chain.blobs;
  return characters * (1 - 5 * std::min(0.19, chain.roughness)) / (1 + std::abs(chain.pitch / chain.size - 1));
}

// How far `other` stands below `line`, in lengths of `down`, which is a pitch across; 0 when they are no neighbours in
// one zone.
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
  return cross(near.right, there.centre - near.centre) / cross(near.right, near.down);
}

// Looks for a line `distance` pitches below `line` (above when negative) where no chain was found.
std::optional<Line> probe(Eye& eye, const Line& line, double side) {
  const Ends ends = ends_of(line);
  double best = 0.30;
  Guess best_guess;
  for (const double distance : {1.6, 1.95, 2.3, 2.65}) {
    for (const double phase : {0.0, 0.33, -0.33}) {
      Guess guess{line.model, line.ink, ends.first, ends.last};
      const Slot slot = line.model.slot(0.5 * (ends.first + ends.last));
      const double pitch = length(slot.right);
      const Point shift = slot.down * (side * distance) + slot.right * phase;
      guess.model.x[0] += shift.x;
      guess.model.y[0] += shift.y;
      if (pitch < 1) continue;
      const double like = likeness(eye, guess, 9);
      if (like > best) {
        best = like;
        best_guess = guess;
      }
    }
  }
  if (best_guess.last <= best_guess.first) return std::nullopt;
  std::optional<Line> found = follow(eye, best_guess);
  if (!found || clarity(*found) < 0.4) return std::nullopt;
  const double distance = below(line, *found);
  if (distance * side < 1.2 || distance * side > 3.4) return std::nullopt;
  return found;
}

// The direction down a zone is that from a line's start to the next line's start, seen in perspective.
void lean(Eye& eye, std::vector<Line>* lines) {
  if (lines->size() < 2) return;
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
    refine(eye, &line);
  }
}

// Of three lines the middle one may have given no chain: then its neighbours stand twice as far apart as lines do.
void add_between(Eye& eye, std::vector<Line>* lines) {
  constexpr double Twice = 2.9;
  if (lines->size() != 2 || below(lines->front(), lines->back()) < Twice) return;
  std::optional<Line> line = probe(eye, lines->front(), 1);
  if (line && below(*line, lines->back()) > 1.2) lines->insert(lines->begin() + 1, std::move(*line));
}

// Looks for the lines of a zone that gave no chain, between, below and then above those that did: a second line, and a
// third where the lines are short enough for a card.
void add_missing(Eye& eye, double lonely, std::size_t most, std::vector<Line>* lines) {
  constexpr int LongestOfThree = 33;
  double best = 0;
  int longest = 0;
  for (const Line& line : *lines) {
    best = std::max(best, clarity(line));
    longest = std::max(longest, ends_of(line).last - ends_of(line).first + 1);
  }
  if (best < lonely || longest < 20) return;
  const std::size_t wanted = longest > LongestOfThree ? 2 : 3;
  if (wanted == 3) add_between(eye, lines);
  for (const int side : {1, -1}) {
    while (lines->size() < wanted && eye.looked() < most) {
      std::optional<Line> line = probe(eye, side > 0 ? lines->back() : lines->front(), side);
      if (!line) break;
      lines->insert(side > 0 ? lines->end() : lines->begin(), std::move(*line));
    }
  }
}

// A driving licence has one line of 30 characters: as even and as clear as hardly a line of text is.
bool may_stand_alone(const Line& line) {
  const Ends ends = ends_of(line);
  const int slots = ends.last - ends.first + 1;
  return slots >= 27 && slots <= 32 && clarity(line) > 0.7;
}

// Strings lines into groups: from each line the nearest one below, until none is.
std::vector<Candidate> group(std::vector<Line> lines, Eye& eye, double lonely, std::size_t most) {
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
    add_missing(eye, lonely, most, &candidate.lines);
    if (candidate.lines.size() < 2 && !may_stand_alone(candidate.lines.front())) continue;
    lean(eye, &candidate.lines);
    out.push_back(std::move(candidate));
  }
  return out;
}

// Half a deviation parts characters from plain paper and from faint patterns; strong lines that cross the characters
// fall away only at a whole one, where thin strokes suffer.
constexpr float Ordinary = 0.5F;
constexpr float OverPattern = 1.0F;

}  // namespace

Finder::Finder(Eye& eye) : eye_(eye), fine_(scale_for(eye.picture())), coarse_{halved(fine_.grey), fine_.factor * 2} {
  add_chains(Ink::Dark, Ordinary);
}

// The chains of both sizes of text, the longest first: small characters in the picture as it is, large ones in a halved
// one, each with a neighbourhood of about a character's height.
void Finder::add_chains(Ink ink, float deviations) {
  // Bright ink is rare, and small bright ink rarer than the time to look for it in a large picture is worth.
  if (ink == Ink::Dark || std::max(fine_.grey.width, fine_.grey.height) < SmallSide * 2) {
    add_chains(fine_, {.ink = ink, .radius = 2, .deviations = deviations, .largest = 28});
  }
  add_chains(coarse_, {.ink = ink, .radius = 3, .deviations = deviations, .smallest = 7, .largest = 50});
  std::ranges::stable_sort(found_, [](const Found& a, const Found& b) { return promise(a.chain) > promise(b.chain); });
}

void Finder::add_chains(const Scale& scale, const Separation& how) {
  // What is looked for in the gaps of dark text costs half of the time at most.
  ChainRules rules;
  if (how.ink == Ink::Bright) rules.links /= 2;
  for (Chain& chain : find_chains(find_blobs(scale.grey, how), rules)) {
    for (auto* axis : {&chain.model.x, &chain.model.y}) {
      for (double& v : *axis) v *= scale.factor;
      (*axis)[0] += 0.5 * scale.factor - 0.5;  // pixel centres lie at whole numbers
    }
    chain.pitch *= scale.factor;
    chain.size *= scale.factor;
    found_.push_back({.chain = chain, .ink = how.ink});
  }
}

bool Finder::promising(const Found& found, const FindRules& rules) {
  const Chain& chain = found.chain;
  if (found.hopeless || chain.blobs < rules.fewest || chain.roughness > rules.roughest) return false;
  // Characters are about as tall as their pitch: 0.83 to 1.40 on 170 lines, scans and photographs. Letters below each
  // other in a page of text stand twice as far apart as they are tall.
  return chain.pitch > 0.65 * chain.size && chain.pitch < rules.widest * chain.size;
}

std::vector<Line> Finder::lines_of(const FindRules& rules, std::size_t most) {
  std::vector<Line> out;
  std::size_t tried = 0;
  int strong = 0;
  for (Found& found : found_) {
    if (tried >= rules.chains_tried || out.size() >= rules.lines_kept || eye_.looked() >= most) break;
    // Once a zone stands out, only another zone is worth looking for: its lines are long and even.
    const bool even =
        found.chain.blobs >= 20 && found.chain.blobs * 10 >= found.chain.slots * 8 && found.chain.roughness < 0.11;
    if (!promising(found, rules) || (strong >= 2 && !even)) continue;
    const Guess guess = upright_guess(found.chain.model, found.chain.slots, found.ink);
    if (std::ranges::any_of(out, [&](const Line& line) { return covers(line, guess); })) continue;
    ++tried;
    std::optional<Guess> right = turned_right(eye_, guess, rules.least);
    std::optional<Line> line = right ? line_of(eye_, *right, rules.least) : std::nullopt;
    const std::optional<Guess> flat = !line && rules.fax ? squashed(found.chain, guess) : std::nullopt;
    if (flat) {
      right = turned_right(eye_, *flat, rules.least);
      if (right) line = line_of(eye_, *right, rules.least);
    }
    // A second search with lower demands looks again only at what nearly passed.
    found.hopeless = !right && (rules.fax || !squashed(found.chain, guess));
    if (!line) continue;
    const Ends ends = ends_of(*line);
    if (clarity(*line) > 0.8 && ends.last - ends.first > 27) ++strong;
    out.push_back(std::move(*line));
  }
  return out;
}

std::vector<Candidate> Finder::find(const FindRules& rules) {
  // Hundreds of chains are a page of text. A zone on it is among the best of them, or it is not worth the time.
  constexpr std::size_t ManyChains = 400;
  const bool text = found_.size() > ManyChains;
  if (rules.thorough && !searched_again_) {
    add_chains(Ink::Dark, OverPattern);
    add_chains(Ink::Bright, OverPattern);
    // The gaps of a page of text are a page of bright marks.
    if (!text) add_chains(Ink::Bright, Ordinary);
    searched_again_ = true;
  }
  FindRules bounds = rules;
  if (text) {
    bounds.windows /= 8;
    bounds.chains_tried /= 2;
    bounds.fewest = std::max(bounds.fewest, 10);
    bounds.roughest = std::min(bounds.roughest, 0.08);
    bounds.least = std::max(bounds.least, 0.5);
  }
  const std::size_t most = eye_.looked() + bounds.windows;
  return group(lines_of(bounds, most), eye_, rules.lonely, most);
}

}  // namespace careo::mrz
