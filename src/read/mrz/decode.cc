// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/decode.h"

#include <algorithm>
#include <cmath>

#include "reference/icao9303_zone.h"

namespace careo::mrz {

namespace {

// What a zone must reach to be called one, in nats a slot and in check digits that hold on slots that were seen.
constexpr double LeastMean = -0.9;
constexpr double GoodMean = -0.45;

// For and against there being a character at all, bounded so that no slot decides alone.
LogProb presence(const Judgement& j) {
  const double character = 1 - probability(j.log[None]);
  if (character <= 0.001) return -4 * Nat;
  LogProb best = *std::max_element(j.log.begin(), j.log.begin() + None);
  return std::clamp(best - j.log[None], -4 * Nat, 4 * Nat);
}

// Sums of presence() along a line, so that any run of slots is two look-ups.
class Presence {
 public:
  explicit Presence(const Line& line) : first_(line.first), sums_{0} {
    for (const Judgement& j : line.seen) sums_.push_back(sums_.back() + presence(j));
  }
  // Slots that were never looked at count as empty.
  LogProb run(int begin, int width) const {
    const int last = first_ + static_cast<int>(sums_.size()) - 1;
    const int missing = std::max(0, first_ - begin) + std::max(0, begin + width - last);
    return upto(begin + width) - upto(begin) - std::min(missing, width) * 3 * Nat;
  }

 private:
  LogProb upto(int slot) const {
    return sums_[static_cast<std::size_t>(std::clamp(slot - first_, 0, static_cast<int>(sums_.size()) - 1))];
  }
  int first_;
  std::vector<LogProb> sums_;
};

// The slot of `line` beside slot `number` of `other`, across the line.
double beside(const Line& other, int number, const Line& line) {
  const Point p = other.model.at(number);
  double t = number;
  for (int round = 0; round < 8; ++round) {
    const Slot slot = line.model.slot(t);
    t += std::clamp(dot(p - slot.centre, slot.right) / std::max(1e-9, dot(slot.right, slot.right)), -60.0, 60.0);
  }
  return std::clamp(t, -200.0, 200.0);
}

struct Hypothesis {
  std::size_t top = 0;  // first line
  std::size_t lines = 2;
  int width = 44;
  std::vector<int> starts;  // slot of the first character, a line
  LogProb gain = -(1 << 28);
};

// Where lines of `width` characters begin best, one below the other: a zone has one left edge. Seen at an angle the
// edge leans, by a slot at most from line to line.
void choose_starts(const Candidate& candidate, Hypothesis* h) {
  std::vector<Presence> presence;
  for (std::size_t i = 0; i < h->lines; ++i) presence.emplace_back(candidate.lines[h->top + i]);
  const Line& top = candidate.lines[h->top];
  int from = 1 << 20;
  int upto = -(1 << 20);
  for (std::size_t i = 0; i < h->lines; ++i) {
    const Line& line = candidate.lines[h->top + i];
    const Ends ends = ends_of(line);
    from = std::min(from, static_cast<int>(beside(line, ends.last - h->width - 2, top)));
    upto = std::max(upto, static_cast<int>(beside(line, ends.first + 4, top)));
  }
  upto = std::min(upto, from + 120);
  for (int s = from; s <= upto; ++s) {
    std::vector<int> starts{s};
    LogProb gain = presence[0].run(s, h->width);
    for (std::size_t i = 1; i < h->lines; ++i) {
      const double there = beside(candidate.lines[h->top + i - 1], starts.back(), candidate.lines[h->top + i]);
      const int low = static_cast<int>(std::floor(there - 0.25));
      const LogProb left = presence[i].run(low, h->width);
      const LogProb right = presence[i].run(low + 1, h->width);
      starts.push_back(right > left ? low + 1 : low);
      gain += std::max(left, right);
    }
    if (gain > h->gain) {
      h->gain = gain;
      h->starts = std::move(starts);
    }
  }
}

std::vector<Hypothesis> hypotheses_of(const Candidate& candidate) {
  std::vector<Hypothesis> out;
  for (const auto& [lines, width] : {std::pair{2, 44}, std::pair{2, 36}, std::pair{3, 30}}) {
    const auto count = static_cast<std::size_t>(lines);
    for (std::size_t top = 0; top + count <= candidate.lines.size(); ++top) {
      Hypothesis h{.top = top, .lines = count, .width = width, .starts = {}};
      choose_starts(candidate, &h);
      if (!h.starts.empty()) out.push_back(std::move(h));
    }
  }
  std::ranges::sort(out, [](const Hypothesis& a, const Hypothesis& b) { return a.gain > b.gain; });
  if (out.size() > 3) out.resize(3);
  return out;
}

std::vector<Evidence> evidence_of(Eye& eye, const Candidate& candidate, const Hypothesis& h) {
  std::vector<Evidence> out;
  for (std::size_t i = 0; i < h.lines; ++i) {
    Line line = candidate.lines[h.top + i];
    cover(eye, &line, h.starts[i], h.starts[i] + h.width - 1);
    Evidence evidence;
    for (int k = 0; k < h.width; ++k) {
      std::array<LogProb, Classes> log = line.seen[static_cast<std::size_t>(h.starts[i] + k - line.first)].log;
      // Within a zone every slot holds a character: what the network gave to None is shared out, as far as it is
      // not nearly all of it.
      const double character = std::max(0.02, 1 - probability(log[None]));
      for (LogProb& v : log) {
        if (character < 1) v = std::min(0, v - static_cast<LogProb>(Nat * log_of(character)));
      }
      evidence.push_back(log);
    }
    out.push_back(std::move(evidence));
  }
  return out;
}

std::vector<icao::Format> formats_of(const Hypothesis& h, const std::vector<Evidence>& evidence) {
  using icao::Format;
  if (h.lines == 3) return {Format::TD1};
  if (h.width == 44) return {Format::TD3, Format::MrvA};
  std::vector<Format> out{Format::TD2, Format::MrvB};
  LogProb french = 0;
  for (std::size_t i = 0; i < 5; ++i) french += evidence[0][i][icao::Alphabet.find("IDFRA"[i])];
  if (french > -12 * Nat) out.push_back(Format::FrenchId);
  return out;
}

// Check digits that hold where the slots themselves are clear, one a field and one for the composite.
int checks_seen(const Decoding& decoding) {
  const auto zone = icao::parse_zone(decoding.lines, decoding.format);
  if (!zone) return 0;
  int out = zone->composite == icao::Check::Holds ? 1 : 0;
  for (const icao::Field& field : zone->fields) {
    // An empty field agrees with a zero: that proves nothing.
    if (field.check == icao::Check::Holds && field.raw.find_first_not_of('<') != std::string::npos) ++out;
  }
  return out;
}

bool convincing(const ReadZone& zone) {
  if (zone.mean < LeastMean) return false;
  const int checks = checks_seen(zone.decoding);
  int contradicted = 0;
  int count = 0;
  for (const auto& line : zone.decoding.cells) {
    for (const Cell& cell : line) {
      contradicted += cell.lead < -2 * Nat ? 1 : 0;
      ++count;
    }
  }
  if (contradicted * 6 > count) return false;
  return checks >= (zone.mean < GoodMean ? 3 : 1);
}

std::array<Point, 4> corners_of(const Candidate& candidate, const Hypothesis& h) {
  const Line& top = candidate.lines[h.top];
  const Line& bottom = candidate.lines[h.top + h.lines - 1];
  const auto corner = [&](const Line& line, double slot, double up) {
    const Slot at = line.model.slot(slot);
    return at.centre + at.down * up;
  };
  const double t0 = h.starts.front() - 0.6;
  const double t1 = h.starts.front() + h.width - 0.4;
  const double b0 = h.starts.back() - 0.6;
  const double b1 = h.starts.back() + h.width - 0.4;
  return {corner(top, t0, -0.7), corner(top, t1, -0.7), corner(bottom, b1, 0.7), corner(bottom, b0, 0.7)};
}

}  // namespace

std::optional<ReadZone> read_candidate(Eye& eye, const Candidate& candidate) {
  std::optional<ReadZone> best;
  double best_total = -1e18;
  for (const Hypothesis& h : hypotheses_of(candidate)) {
    if (h.gain < static_cast<LogProb>(h.lines) * h.width * Nat / 2) continue;
    const std::vector<Evidence> evidence = evidence_of(eye, candidate, h);
    for (const icao::Format format : formats_of(h, evidence)) {
      ReadZone zone{decode_format(format, evidence), evidence, corners_of(candidate, h), 0};
      zone.mean = static_cast<double>(zone.decoding.score) / Nat / (h.width * static_cast<double>(h.lines));
      const double total = static_cast<double>(zone.decoding.score + h.gain);
      if (total > best_total) {
        best_total = total;
        best = std::move(zone);
      }
    }
  }
  if (best && !convincing(*best)) return std::nullopt;
  return best;
}

}  // namespace careo::mrz
