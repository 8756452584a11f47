// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/decode.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

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
  std::size_t top = 0;                   // first line
  std::span<const std::uint8_t> widths;  // of the lines from there on
  std::vector<int> starts;               // slot of the first character, a line
  LogProb gain = -(1 << 28);

  int slots() const { return std::accumulate(widths.begin(), widths.end(), 0); }
};

// Where lines of these widths begin best, one below the other: a zone has one left edge. Seen at an angle the edge
// leans, by a slot at most from line to line. A shorter first line (Swiss licences) may stand at the right edge too.
void choose_starts(const Candidate& candidate, Hypothesis* h) {
  const std::size_t lines = h->widths.size();
  const int width = h->widths.back();
  std::vector<Presence> presence;
  for (std::size_t i = 0; i < lines; ++i) presence.emplace_back(candidate.lines[h->top + i]);
  const Line& bottom = candidate.lines[h->top + lines - 1];
  int from = 1 << 20;
  int upto = -(1 << 20);
  for (std::size_t i = 0; i < lines; ++i) {
    if (h->widths[i] < width) continue;
    const Line& line = candidate.lines[h->top + i];
    const Ends ends = ends_of(line);
    from = std::min(from, static_cast<int>(beside(line, ends.last - width - 2, bottom)));
    upto = std::max(upto, static_cast<int>(beside(line, ends.first + 4, bottom)));
  }
  upto = std::min(upto, from + 120);
  for (int s = from; s <= upto; ++s) {
    std::vector<int> starts(lines, s);
    LogProb gain = presence.back().run(s, width);
    for (std::size_t i = lines - 1; i-- > 0;) {
      const int narrower = width - h->widths[i];
      LogProb best = -(1 << 28);
      for (const int inset : {0, narrower}) {
        const int next = starts[i + 1] + inset;
        const double there = beside(candidate.lines[h->top + i + 1], next, candidate.lines[h->top + i]);
        const int low = static_cast<int>(std::floor(there - 0.25));
        for (const int start : {low, low + 1}) {
          const LogProb run = presence[i].run(start, h->widths[i]);
          if (run <= best) continue;
          best = run;
          starts[i] = start;
        }
        if (narrower == 0) break;
      }
      gain += best;
    }
    if (gain > h->gain) {
      h->gain = gain;
      h->starts = std::move(starts);
    }
  }
}

// Places that are nearly as likely, with one line begun a slot earlier or later: where an end is hidden, or a stain
// stands before it, only what the lines say tells.
std::vector<Hypothesis> beside_it(const Candidate& candidate, const Hypothesis& h) {
  constexpr LogProb Close = 3 * Nat;
  std::vector<Hypothesis> out;
  for (std::size_t i = 0; i < h.widths.size(); ++i) {
    const Presence presence(candidate.lines[h.top + i]);
    for (const int shift : {-1, 1}) {
      const LogProb loss = presence.run(h.starts[i], h.widths[i]) - presence.run(h.starts[i] + shift, h.widths[i]);
      if (loss > Close) continue;
      out.push_back(h);
      out.back().starts[i] += shift;
      out.back().gain -= loss;
    }
  }
  return out;
}

// Every place in the candidate where lines of a format's widths may stand, the likeliest first.
std::vector<Hypothesis> hypotheses_of(const Candidate& candidate, std::size_t least_lines, std::size_t most_lines) {
  std::vector<Hypothesis> out;
  for (const icao::Format format : icao::all_formats()) {
    const auto widths = icao::layout_of(format).widths;
    if (widths.size() < least_lines || widths.size() > most_lines) continue;
    const bool met =
        std::ranges::any_of(out, [&](const Hypothesis& h) { return std::ranges::equal(h.widths, widths); });
    if (met) continue;
    for (std::size_t top = 0; top + widths.size() <= candidate.lines.size(); ++top) {
      Hypothesis h{.top = top, .widths = widths, .starts = {}};
      choose_starts(candidate, &h);
      if (!h.starts.empty()) out.push_back(std::move(h));
    }
  }
  std::ranges::sort(out, [](const Hypothesis& a, const Hypothesis& b) { return a.gain > b.gain; });
  if (out.size() > 3) out.resize(3);
  return out;
}

// The lines of a hypothesis, each slot looked at.
std::vector<Line> lines_of(Eye& eye, const Candidate& candidate, const Hypothesis& h) {
  std::vector<Line> out;
  for (std::size_t i = 0; i < h.widths.size(); ++i) {
    out.push_back(candidate.lines[h.top + i]);
    cover(eye, &out.back(), h.starts[i], h.starts[i] + h.widths[i] - 1);
  }
  return out;
}

std::vector<Evidence> evidence_of(const std::vector<Line>& lines, const Hypothesis& h) {
  std::vector<Evidence> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Evidence evidence;
    for (int k = 0; k < h.widths[i]; ++k) {
      std::array<LogProb, Classes> log = lines[i].seen[static_cast<std::size_t>(h.starts[i] + k - lines[i].first)].log;
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

// What the slots say of a format's fixed characters.
LogProb fixed_seen(const icao::Layout& layout, const std::vector<Evidence>& evidence) {
  LogProb out = 0;
  for (const icao::FixedText& fixed : layout.fixed) {
    for (std::size_t i = 0; i < fixed.text.size(); ++i) {
      out += evidence[fixed.line][fixed.column + i][icao::Alphabet.find(fixed.text[i])];
    }
  }
  return out;
}

std::vector<icao::Format> formats_of(const Hypothesis& h, const std::vector<Evidence>& evidence) {
  std::vector<icao::Format> out;
  for (const icao::Format format : icao::all_formats()) {
    const icao::Layout& layout = icao::layout_of(format);
    if (!std::ranges::equal(layout.widths, h.widths)) continue;
    if (fixed_seen(layout, evidence) > -12 * Nat) out.push_back(format);
  }
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

// Characters that the format fixes and that the slots themselves show.
int fixed_read(const Decoding& decoding) {
  int out = 0;
  for (const icao::FixedText& fixed : icao::layout_of(decoding.format).fixed) {
    for (std::size_t i = 0; i < fixed.text.size(); ++i) {
      out += decoding.cells[fixed.line][fixed.column + i].lead >= 0 ? 1 : 0;
    }
  }
  return out;
}

bool convincing(const ReadZone& zone) {
  if (zone.mean < LeastMean) return false;
  const icao::Layout& layout = icao::layout_of(zone.decoding.format);
  int contradicted = 0;
  int count = 0;
  for (const auto& line : zone.decoding.cells) {
    for (const Cell& cell : line) {
      contradicted += cell.lead < -2 * Nat ? 1 : 0;
      ++count;
    }
  }
  if (contradicted * 6 > count) return false;
  const int checks = checks_seen(zone.decoding);
  // One line among lines of text, or a zone without check digits: what is fixed must speak for it, a character half as
  // loud as a check digit.
  const bool weak = layout.lines() == 1 || zone.decoding.format == icao::Format::SwissLicence;
  if (weak) return zone.mean >= GoodMean && checks + fixed_read(zone.decoding) / 2 >= 3;
  return checks >= (zone.mean < GoodMean ? 3 : 1);
}

std::array<Point, 4> corners_of(const Candidate& candidate, const Hypothesis& h) {
  const Line& top = candidate.lines[h.top];
  const Line& bottom = candidate.lines[h.top + h.widths.size() - 1];
  const auto corner = [&](const Line& line, double slot, double up) {
    const Slot at = line.model.slot(slot);
    return at.centre + at.down * up;
  };
  // The first line of a Swiss licence is short; the box is as wide as the longest line.
  const double bottom_left = h.starts.back();
  const double left = h.widths.front() == h.widths.back() ? h.starts.front() : beside(bottom, h.starts.back(), top);
  const double t0 = left - 0.6;
  const double t1 = left + h.widths.back() - 0.4;
  const double b0 = bottom_left - 0.6;
  const double b1 = bottom_left + h.widths.back() - 0.4;
  return {corner(top, t0, -0.7), corner(top, t1, -0.7), corner(bottom, b1, 0.7), corner(bottom, b0, 0.7)};
}

std::vector<SlotRow> rows_of(const Candidate& candidate, const Hypothesis& h) {
  std::vector<SlotRow> out;
  for (std::size_t i = 0; i < h.widths.size(); ++i) {
    const LineModel& model = candidate.lines[h.top + i].model;
    SlotRow row;
    const double last = h.widths[i] - 1;
    for (std::size_t k = 0; k < row.centres.size(); ++k) {
      row.centres[k] = model.at(h.starts[i] + last * static_cast<double>(k) / (LineTerms - 1));
    }
    row.down = model.slot(h.starts[i] + last / 2).down;
    out.push_back(row);
  }
  return out;
}

void decode(icao::Format format, std::vector<Evidence> evidence, ReadZone* zone) {
  zone->decoding = decode_format(format, evidence);
  std::size_t slots = 0;
  for (const Evidence& line : evidence) slots += line.size();
  zone->evidence = std::move(evidence);
  zone->mean = static_cast<double>(zone->decoding.score) / Nat / static_cast<double>(slots);
}

// What is in doubt in a zone is worth another look, and then all of it another thought.
void read_closer(Eye& eye, std::vector<Line> lines, const Hypothesis& h, ReadZone* zone) {
  bool doubt = false;
  for (Line& line : lines) doubt = look_closer(eye, &line) || doubt;
  if (doubt) decode(zone->decoding.format, evidence_of(lines, h), zone);
}

// What was read at the best of some places.
struct Attempt {
  std::optional<ReadZone> zone;
  Hypothesis place;
  double total = -1e18;
};

void attempt(Eye& eye, const Candidate& candidate, const Hypothesis& h, Attempt* best) {
  if (h.gain < h.slots() * Nat / 2) return;
  const std::vector<Evidence> evidence = evidence_of(lines_of(eye, candidate, h), h);
  for (const icao::Format format : formats_of(h, evidence)) {
    ReadZone zone{{}, {}, corners_of(candidate, h), 0, rows_of(candidate, h)};
    decode(format, evidence, &zone);
    const double total = static_cast<double>(zone.decoding.score + h.gain);
    // National formats come last and win a tie: their first letters say so.
    if (total >= best->total) *best = {std::move(zone), h, total};
  }
}

std::optional<ReadZone> best_of(Eye& eye, const Candidate& candidate, const std::vector<Hypothesis>& hypotheses) {
  Attempt best;
  for (const Hypothesis& h : hypotheses) attempt(eye, candidate, h, &best);
  if (!best.zone || !convincing(*best.zone)) return std::nullopt;
  for (const Hypothesis& h : beside_it(candidate, best.place)) attempt(eye, candidate, h, &best);
  read_closer(eye, lines_of(eye, candidate, best.place), best.place, &*best.zone);
  return std::move(best.zone);
}

}  // namespace

std::optional<ReadZone> read_candidate(Eye& eye, const Candidate& candidate) {
  if (auto zone = best_of(eye, candidate, hypotheses_of(candidate, 2, 3))) return zone;
  return best_of(eye, candidate, hypotheses_of(candidate, 1, 1));
}

}  // namespace careo::mrz
