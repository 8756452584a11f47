// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/trellis.h"

#include <algorithm>

#include "read/mrz/grammar.h"

namespace careo::mrz {

namespace {

constexpr std::size_t States = 10 * 10 * Memories;
constexpr LogProb Never = -(1 << 28);
constexpr LogProb Excluded = Never / 4;  // a character that decode_with() takes out

struct State {
  int field = 0;      // running sum of the field's check
  int composite = 0;  // of the composite check
  int memory = 0;
};

State unpacked(std::size_t s) {
  return {static_cast<int>(s / Memories / 10), static_cast<int>(s / Memories % 10), static_cast<int>(s % Memories)};
}
std::size_t packed(const State& s) {
  return static_cast<std::size_t>((s.field * 10 + s.composite) * static_cast<int>(Memories) + s.memory);
}

struct Choice {
  std::uint8_t c;
  LogProb seen;
};

// The characters worth trying in a slot: the best eight, and every one within six nats of the best.
std::vector<Choice> choices_of(const std::array<LogProb, Classes>& log) {
  std::vector<Choice> all;
  for (std::uint8_t c = 0; c < None; ++c) {
    if (log[c] > Excluded) all.push_back({c, std::max(log[c], Floor)});
  }
  std::ranges::stable_sort(all, [](const Choice& a, const Choice& b) { return a.seen > b.seen; });
  std::size_t keep = std::min<std::size_t>(8, all.size());
  while (keep < all.size() && all[keep].seen > all[0].seen - 6 * Nat) ++keep;
  all.resize(keep);
  return all;
}

struct Step {
  State next;
  LogProb cost;
};

// What taking `c` at `place` does to a state.
Step step(const Place& place, const State& from, char c) {
  Step out{from, 0};
  const int value = icao::value_of(c);
  if (place.starts_field) out.next.memory = 0;
  out.cost = prior(place, &out.next.memory, c);
  if (place.checks_field && !holds(place, from.field, c)) out.cost += FailedCheck;
  if (place.checks_composite && !holds(place, from.composite, c)) out.cost += FailedComposite;
  if (place.field_weight > 0) out.next.field = (out.next.field + place.field_weight * value) % 10;
  if (place.composite_weight > 0) out.next.composite = (out.next.composite + place.composite_weight * value) % 10;
  if (place.field_weight == 0) out.next.field = 0;
  return out;
}

class Trellis {
 public:
  Trellis(const std::vector<Place>& places, const std::vector<Evidence>& evidence) : places_(places) {
    for (const Place& place : places) choices_.push_back(choices_of(evidence[place.line][place.column]));
    forward();
  }

  LogProb score() const { return *std::ranges::max_element(alpha_.back()); }

  std::string best() const {
    std::string out(places_.size(), '<');
    auto s = static_cast<std::size_t>(std::ranges::max_element(alpha_.back()) - alpha_.back().begin());
    for (std::size_t i = places_.size(); i-- > 0;) {
      const From& from = from_[i][s];
      out[i] = icao::Alphabet[from.c];
      s = from.state;
    }
    return out;
  }

  // For each place and character, the score of the best zone that has it there.
  std::vector<std::array<LogProb, None>> scores_of_characters() const {
    std::vector<std::array<LogProb, None>> out(places_.size());
    std::vector<LogProb> beta(States, 0);
    for (std::size_t i = places_.size(); i-- > 0;) {
      out[i].fill(Never);
      std::vector<LogProb> before(States, Never);
      for (std::size_t s = 0; s < States; ++s) {
        if (alpha_[i][s] == Never) continue;
        const State state = unpacked(s);
        for (const Choice& choice : choices_[i]) {
          const Step to = step(places_[i], state, icao::Alphabet[choice.c]);
          const LogProb rest = choice.seen + to.cost + beta[packed(to.next)];
          before[s] = std::max(before[s], rest);
          out[i][choice.c] = std::max(out[i][choice.c], alpha_[i][s] + rest);
        }
      }
      beta = std::move(before);
    }
    return out;
  }

 private:
  struct From {
    std::uint16_t state = 0;
    std::uint8_t c = 0;
  };

  void forward() {
    alpha_.assign(places_.size() + 1, std::vector<LogProb>(States, Never));
    from_.assign(places_.size(), std::vector<From>(States));
    alpha_[0][0] = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      for (std::size_t s = 0; s < States; ++s) {
        if (alpha_[i][s] == Never) continue;
        const State state = unpacked(s);
        for (const Choice& choice : choices_[i]) {
          const Step to = step(places_[i], state, icao::Alphabet[choice.c]);
          const LogProb score = alpha_[i][s] + choice.seen + to.cost;
          const std::size_t next = packed(to.next);
          if (score > alpha_[i + 1][next]) {
            alpha_[i + 1][next] = score;
            from_[i][next] = {static_cast<std::uint16_t>(s), choice.c};
          }
        }
      }
    }
  }

  const std::vector<Place>& places_;
  std::vector<std::vector<Choice>> choices_;
  std::vector<std::vector<LogProb>> alpha_;
  std::vector<std::vector<From>> from_;
};

std::vector<std::string> lines_of(icao::Format format, const std::vector<Place>& places, const std::string& text) {
  std::vector<std::string> out;
  for (const std::uint8_t width : icao::layout_of(format).widths) out.emplace_back(width, '<');
  for (std::size_t i = 0; i < places.size(); ++i) out[places[i].line][places[i].column] = text[i];
  return out;
}

// The plans worth trying: the plain one, and a long document number of every length when the slot of its check digit
// may be a filler, and the slot behind the rest's check digit too.
std::vector<std::vector<Place>> plans_for(icao::Format format, const std::vector<Evidence>& evidence) {
  constexpr LogProb Hopeless = -4 * Nat;
  const auto filler = [&](std::size_t line, std::size_t column) {
    return column >= evidence[line].size() || evidence[line][column][icao::Alphabet.find('<')] >= Hopeless;
  };
  std::vector<std::vector<Place>> out{plan(format, 0)};
  const int longest = longest_rest(format);
  if (longest == 0) return out;
  const auto& fields = icao::layout_of(format).fields;
  const auto number = std::ranges::find(fields, icao::FieldName::DocumentNumber, &icao::FieldLayout::name);
  const auto optional = std::ranges::find(fields, icao::FieldName::Optional, &icao::FieldLayout::name);
  if (!filler(number->run.line, static_cast<std::size_t>(number->check))) return out;
  for (int rest = 1; rest <= longest; ++rest) {
    const std::size_t behind = optional->run.begin + static_cast<std::size_t>(rest) + 1;
    if (behind >= optional->run.end || filler(optional->run.line, behind)) out.push_back(plan(format, rest));
  }
  return out;
}

Cell cell_of(const std::array<LogProb, None>& scores, const std::array<LogProb, Classes>& log, char best) {
  Cell cell;
  cell.best = best;
  const auto b = static_cast<std::size_t>(icao::Alphabet.find(best));
  LogProb second = Never;
  LogProb rival = Impossible;
  for (std::size_t c = 0; c < None; ++c) {
    if (c != b && scores[c] > second) {
      second = scores[c];
      cell.second = icao::Alphabet[c];
    }
    if (c != b) rival = std::max(rival, log[c]);
  }
  cell.margin = std::min(scores[b] - second, 100 * Nat);
  cell.seen = log[b];
  cell.lead = log[b] - rival;
  return cell;
}

}  // namespace

Decoding decode_format(icao::Format format, const std::vector<Evidence>& evidence) {
  Decoding out;
  out.format = format;
  out.score = Never;
  for (const std::vector<Place>& places : plans_for(format, evidence)) {
    const Trellis trellis(places, evidence);
    if (trellis.score() <= out.score) continue;
    out.score = trellis.score();
    out.lines = lines_of(format, places, trellis.best());
    out.cells.clear();
    for (const std::string& line : out.lines) out.cells.emplace_back(line.size());
    const auto scores = trellis.scores_of_characters();
    for (std::size_t i = 0; i < places.size(); ++i) {
      const Place& place = places[i];
      out.cells[place.line][place.column] =
          cell_of(scores[i], evidence[place.line][place.column], out.lines[place.line][place.column]);
    }
  }
  return out;
}

std::vector<std::string> decode_with(icao::Format format, std::vector<Evidence> evidence, std::size_t line,
                                     std::size_t column, char c) {
  std::array<LogProb, Classes>& slot = evidence[line][column];
  const std::size_t wanted = icao::Alphabet.find(c);
  for (std::size_t i = 0; i < None; ++i) {
    if (i != wanted) slot[i] = Excluded;
  }
  LogProb best = Never;
  std::vector<std::string> out;
  for (const std::vector<Place>& places : plans_for(format, evidence)) {
    const Trellis trellis(places, evidence);
    if (trellis.score() <= best) continue;
    best = trellis.score();
    out = lines_of(format, places, trellis.best());
  }
  return out;
}

}  // namespace careo::mrz
