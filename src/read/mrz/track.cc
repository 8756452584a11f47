// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/track.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

#include "read/mrz/curve.h"

namespace careo::mrz {

namespace {

constexpr int MostSlots = 50;  // 44 and some room for error

double best_chance(const Judgement& j) {
  return probability(*std::max_element(j.log.begin(), j.log.begin() + None));
}

// 0..1: does a character stand here rather than nothing? Only the likeliest character counts: on empty paper the
// network spreads what it does not give to None over many.
double standing(const Judgement& j) {
  const double best = best_chance(j);
  return best / (best + probability(j.log[None]));
}

// How much the likeliest class is ahead of the next.
LogProb lead_of(const Judgement& j) {
  std::array<LogProb, Classes> log = j.log;
  std::ranges::nth_element(log, log.begin() + 1, std::greater{});
  return log[0] - log[1];
}

// Makes a probability of the sum of `looks` of them.
void share_out(std::size_t looks, std::array<LogProb, Classes>* log) {
  double sum = 0;
  for (LogProb& v : *log) sum += probability(v /= static_cast<LogProb>(looks));
  const auto rest = static_cast<LogProb>(log_of(std::min(1.0, sum)) * Nat);
  for (LogProb& v : *log) v = std::clamp(v - rest, Impossible, 0);
}

constexpr double HopelessChance = 0.3;

double mean_chance(const Line& line) {
  double sum = 0;
  for (const Judgement& j : line.seen) sum += best_chance(j);
  return sum / static_cast<double>(std::max<std::size_t>(1, line.seen.size()));
}

bool inside(const Pyramid& picture, Point p) {
  return p.x >= 0 && p.y >= 0 && p.x < picture.width() && p.y < picture.height();
}

std::vector<Judgement> look(Eye& eye, const LineModel& model, Ink ink, int first, int last) {
  std::vector<Slot> slots;
  for (int i = first; i <= last; ++i) slots.push_back(model.slot(i));
  return eye.look(slots, ink);
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

// Where the characters of `line` say that they are.
std::vector<Sighting> sightings_of(const Line& line) {
  std::vector<Sighting> out;
  for (std::size_t i = 0; i < line.seen.size(); ++i) {
    const Judgement& j = line.seen[i];
    const double weight = best_chance(j);
    if (weight < 0.15 || std::abs(j.dx) > 0.45 || std::abs(j.dy) > 0.45) continue;
    const int number = line.first + static_cast<int>(i);
    const Slot slot = line.model.slot(number);
    out.push_back({static_cast<double>(number), slot.centre + slot.right * j.dx + slot.down * j.dy, weight * weight});
  }
  return out;
}

// One fit, then two in which what stood far off counts less: a character that stands a fifth of a pitch off its line
// was misjudged.
bool fit_firmly(std::vector<Sighting> sightings, std::size_t terms, double pitch, LineModel* model, double* rough) {
  for (int round = 0; round < 3; ++round) {
    if (!fit_curve(sightings, terms, model)) return false;
    *rough = roughness_of(sightings, *model) / pitch;
    for (Sighting& s : sightings) {
      const double far = length(model->at(s.slot) - s.at) / (0.2 * pitch);
      if (far > 1) s.weight *= 0.3 / far;
    }
  }
  return true;
}

// Fits the line's model to what was seen. False when there is too little to fit.
bool adapt(Line* line) {
  LineModel next = line->model;
  next.middle = 0.5 * (line->first + line->last());
  next.half = std::max(1.0, 0.5 * (line->last() - line->first));
  const std::vector<Sighting> sightings = sightings_of(*line);
  const std::size_t count = sightings.size();
  std::size_t terms = count < 4 ? 0 : count < 10 ? 2 : count < 22 ? 3 : 4;
  if (terms == 0) return false;
  const double pitch = length(line->model.slot(next.middle).right);
  double rough = 0;
  if (!fit_firmly(sightings, terms, pitch, &next, &rough)) return false;
  // What a cubic leaves off by more than characters are printed off is a page that curls more.
  while (rough > 0.04 && terms >= 4 && terms < LineTerms && count >= 6 * terms) {
    if (!fit_firmly(sightings, ++terms, pitch, &next, &rough)) return false;
  }
  std::vector<double> taller;
  for (const Judgement& j : line->seen) {
    if (best_chance(j) > 0.5) taller.push_back(j.dh);
  }
  const double change = (next.middle - line->model.middle) / line->model.half;
  next.down = (line->model.down + line->model.down_change * change) * (1 + 0.9 * std::clamp(median(taller), -0.3, 0.4));
  next.down_change = line->model.down_change * (next.half / line->model.half);
  const double new_pitch = length(next.slot(next.middle).right);
  // A fit that runs away is no fit.
  if (!(new_pitch > 0.7 * pitch && new_pitch < 1.4 * pitch)) return false;
  line->model = next;
  return true;
}

// Are the characters where the model says, so that another fit would change nothing?
bool settled(const Line& line) {
  std::vector<double> off;
  double worst = 0;
  for (const Judgement& j : line.seen) {
    if (best_chance(j) < 0.5) continue;
    off.push_back(std::max(std::abs(j.dx), std::abs(j.dy)));
    worst = std::max(worst, off.back());
  }
  return off.size() >= 8 && median(off) < 0.035 && worst < 0.2;
}

// Slots beyond the ends join while they hold characters.
void extend(Eye& eye, Line* line) {
  constexpr int Stride = 6;
  for (const int direction : {1, -1}) {
    while (static_cast<int>(line->seen.size()) < MostSlots) {
      const int from = direction > 0 ? line->last() + 1 : line->first - Stride;
      if (!inside(eye.picture(), line->model.at(direction > 0 ? from : from + Stride - 1))) break;
      const std::vector<Judgement> more = look(eye, line->model, line->ink, from, from + Stride - 1);
      double characters = 0;
      for (const Judgement& j : more) characters += standing(j);
      if (direction > 0) {
        line->seen.insert(line->seen.end(), more.begin(), more.end());
      } else {
        line->seen.insert(line->seen.begin(), more.begin(), more.end());
        line->first = from;
      }
      if (characters < 0.4 * Stride) break;
      adapt(line);
    }
  }
}

}  // namespace

std::vector<Judgement> Eye::look(std::span<const Slot> slots, Ink ink) {
  looked_ += slots.size();
  return network_.judge(sample_windows(picture_, slots, ink));
}

std::vector<Judgement> Eye::look(std::span<const Slot> slots, std::size_t count, Ink ink) {
  looked_ += count;
  const std::vector<Window> windows = sample_windows(picture_, slots, ink);
  return network_.judge(std::span(windows).first(count));
}

double log_of(double p) {
  // The first k with exp(-k / 256) <= p.
  LogProb low = 0;
  LogProb high = -Impossible;
  while (low < high) {
    const LogProb middle = (low + high) / 2;
    if (probability(-middle) <= p) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return -static_cast<double>(low) / Nat;
}

double probability(LogProb log) {
  static const std::array<double, 4097> table = [] {
    std::array<double, 4097> out{};
    double value = 1;
    for (double& v : out) {
      v = value;
      value /= 1.0039138893383475734436096;  // exp(1 / 256)
    }
    return out;
  }();
  return table[static_cast<std::size_t>(std::clamp(-log, 0, 4096))];
}

Guess upright_guess(LineModel model, int slots, Ink ink) {
  const Point right = model.slot(model.middle).right;
  model.down = {-right.y, right.x};
  return {model, ink, 0, slots - 1};
}

Guess turned(const Guess& guess) {
  Guess out = guess;
  out.first = 0;
  out.last = guess.last - guess.first;
  // Slot s becomes last - s, so t changes its sign about the mirrored middle.
  out.model.middle = guess.last - guess.model.middle;
  for (std::size_t odd = 1; odd < LineTerms; odd += 2) {
    out.model.x[odd] = -out.model.x[odd];
    out.model.y[odd] = -out.model.y[odd];
  }
  out.model.down = guess.model.down * -1;
  out.model.down_change = guess.model.down_change;
  return out;
}

double likeness(Eye& eye, const Guess& guess, int samples) {
  const int slots = guess.last - guess.first + 1;
  samples = std::min(samples, slots);
  if (samples <= 0) return 0;
  std::vector<Slot> chosen;
  for (int i = 0; i < samples; ++i) {
    chosen.push_back(guess.model.slot(guess.first + (samples == 1 ? 0 : i * (slots - 1) / (samples - 1))));
  }
  double sum = 0;
  for (const Judgement& j : eye.look(chosen, guess.ink)) sum += best_chance(j);
  return sum / samples;
}

std::optional<Line> follow(Eye& eye, const Guess& guess) {
  Line line{guess.model, guess.ink, guess.first, {}};
  const auto look_again = [&] {
    const int last = line.seen.empty() ? guess.last : line.last();
    line.seen = look(eye, line.model, line.ink, line.first, last);
  };
  for (int round = 0; round < 3; ++round) {
    look_again();
    if (settled(line)) break;
    // Most chains are no zone: what does not look like one after a fit is left at once.
    if (round == 1 && mean_chance(line) < HopelessChance) return std::nullopt;
    if (round < 2 && !adapt(&line)) return std::nullopt;
  }
  extend(eye, &line);
  // Cut back to two slots beyond the outermost characters, then a last fit over the whole.
  const Ends ends = ends_of(line);
  if (ends.last < ends.first) return std::nullopt;
  line.first = ends.first - 2;
  line.seen.resize(static_cast<std::size_t>(std::min(ends.last - ends.first + 5, MostSlots + 4)));
  for (int round = 0; round < 3; ++round) {
    look_again();
    if (settled(line)) break;
    if (round < 2 && !adapt(&line)) return std::nullopt;
  }
  return line;
}

void refine(Eye& eye, Line* line) {
  line->seen = look(eye, line->model, line->ink, line->first, line->last());
  if (adapt(line)) line->seen = look(eye, line->model, line->ink, line->first, line->last());
}

void cover(Eye& eye, Line* line, int first, int last) {
  if (first < line->first) {
    const std::vector<Judgement> more = look(eye, line->model, line->ink, first, line->first - 1);
    line->seen.insert(line->seen.begin(), more.begin(), more.end());
    line->first = first;
  }
  if (last > line->last()) {
    const std::vector<Judgement> more = look(eye, line->model, line->ink, line->last() + 1, last);
    line->seen.insert(line->seen.end(), more.begin(), more.end());
  }
}

bool look_closer(Eye& eye, Line* line) {
  constexpr Point Around[] = {{0.05, 0.04}, {-0.05, 0.04}, {0.05, -0.04}, {-0.05, -0.04}};  // in pitches
  constexpr int Others = 4;  // one slot in so many stands for its line
  std::vector<Judgement*> doubtful;
  std::vector<Slot> slots;
  for (std::size_t i = 0; i < line->seen.size(); ++i) {
    if (lead_of(line->seen[i]) >= 4 * Nat) continue;
    doubtful.push_back(&line->seen[i]);
    slots.push_back(line->model.slot(line->first + static_cast<int>(i)));
  }
  if (doubtful.empty() || 2 * doubtful.size() > line->seen.size()) return false;
  for (int i = line->first; i <= line->last(); i += Others) slots.push_back(line->model.slot(i));
  for (const Point& off : Around) {
    std::vector<Slot> moved = slots;
    for (Slot& slot : moved) slot.centre = slot.centre + slot.right * off.x + slot.down * off.y;
    const std::vector<Judgement> more = eye.look(moved, doubtful.size(), line->ink);
    for (std::size_t k = 0; k < doubtful.size(); ++k) {
      for (std::size_t c = 0; c < Classes; ++c) doubtful[k]->log[c] += more[k].log[c];
    }
  }
  for (Judgement* j : doubtful) share_out(1 + std::size(Around), &j->log);
  return true;
}

double clarity(const Line& line) {
  const Ends ends = ends_of(line);
  if (ends.last < ends.first) return 0;
  double sum = 0;
  for (int i = ends.first; i <= ends.last; ++i) {
    sum += best_chance(line.seen[static_cast<std::size_t>(i - line.first)]);
  }
  return sum / (ends.last - ends.first + 1);
}

Ends ends_of(const Line& line) {
  // The run of slots that is worth most when a character counts for it and an empty slot against it.
  Ends best;
  double best_sum = 0;
  double sum = 0;
  int start = line.first;
  for (std::size_t i = 0; i < line.seen.size(); ++i) {
    const int number = line.first + static_cast<int>(i);
    sum += standing(line.seen[i]) - 0.5;
    if (sum < 0) {
      sum = 0;
      start = number + 1;
    }
    if (sum > best_sum) {
      best_sum = sum;
      best = {start, number};
    }
  }
  return best;
}

}  // namespace careo::mrz
