// SPDX-License-Identifier: Apache-2.0
#include "resolve/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace careo {
namespace {

// No zone has more lines or longer ones (Doc 9303).
constexpr std::size_t kMostLines = 3;
constexpr std::size_t kMostColumns = 44;
constexpr std::size_t kMostFields = 32;
// Of a line's curve, and one vector: a curve of more points than eight swings between them.
constexpr std::size_t kLeastPoints = 3;
constexpr std::size_t kMostPoints = 9;

// Margins that the grades ask for, in nats (docs/formats/mrz.md).
constexpr int kClear = 3;
constexpr int kChecked = 6;

constexpr int kLeadZero = 10;  // "a" among the leads is none

bool in_zone(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '<';
}

int nats_of(char sign) {
  if (sign >= '0' && sign <= '9') return sign - '0';
  return sign >= 'a' && sign <= 'z' ? sign - 'a' + 10 : -1;
}

/// "1 in 400": how likely it is that another character stands there, from whole nats.
std::string odds(int nats) {
  constexpr std::array kOdds = {"1 in 2",      "1 in 4",      "1 in 8",      "1 in 20",    "1 in 55",
                                "1 in 150",    "1 in 400",    "1 in 1,000",  "1 in 3,000", "1 in 8,000",
                                "1 in 22,000", "1 in 60,000", "1 in 160,000"};
  const auto index = static_cast<std::size_t>(std::max(0, nats));
  return index < kOdds.size() ? kOdds[index] : "less than 1 in 160,000";
}

// The curve through points that stand evenly from 0 to 1 (Lagrange): as they were taken from one of that degree, it is
// it.
double through(const std::vector<double>& p, double t) {
  const auto last = static_cast<double>(p.size() - 1);
  double out = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    double term = p[i];
    for (std::size_t k = 0; k < p.size(); ++k) {
      const auto from = static_cast<double>(i) - static_cast<double>(k);
      if (k != i) term *= (last * t - static_cast<double>(k)) / from;
    }
    out += term;
  }
  return out;
}

double tenths(double value) {
  return std::round(value * 10) / 10;
}

Result<std::vector<SeenCharacter>> characters_of(const Json& json, const std::string& line) {
  const std::string& margins = json["margins"].text();
  const std::string& leads = json["leads"].text();
  const std::string& others = json["others"].text();
  const std::vector<Json>& slots = json["slots"].items();
  if (margins.size() != line.size() || leads.size() != line.size() || others.size() != line.size())
    return fail(Fault::Malformed, "as many marks as characters are wanted");
  const std::size_t points = slots.size() / 2;
  if (slots.size() % 2 != 0 || points < kLeastPoints || points > kMostPoints)
    return fail(Fault::Malformed, "slots are a few points and a vector");
  std::vector<double> x;
  std::vector<double> y;
  for (std::size_t i = 0; i + 1 < points; ++i) {
    x.push_back(static_cast<double>(slots[2 * i].integer()) / 10);
    y.push_back(static_cast<double>(slots[2 * i + 1].integer()) / 10);
  }
  std::vector<SeenCharacter> out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const double t = line.size() < 2 ? 0 : static_cast<double>(i) / static_cast<double>(line.size() - 1);
    const int margin = nats_of(margins[i]);
    const int lead = nats_of(leads[i]);
    if (margin < 0 || lead < 0 || !in_zone(others[i])) return fail(Fault::Malformed, "no mark of a character");
    out.push_back({line[i], others[i], margin, lead - kLeadZero, tenths(through(x, t)), tenths(through(y, t))});
  }
  return out;
}

std::string place(std::size_t line, std::size_t column) {
  return fmt::format("line {}, character {}", line + 1, column + 1);
}

// The least certain character that decided, or none.
const SeenCharacter* decisive(const ExplainedZone& zone, std::size_t line, std::size_t column) {
  if (line >= zone.characters.size() || column >= zone.characters[line].size()) return nullptr;
  return &zone.characters[line][column];
}

std::string shown_as(char c) {
  return c == '<' ? "the filler" : std::string(1, c);
}

std::string because(const ExplainedZone& zone, const Json& field) {
  const std::string& why = field["why"].text();
  const std::vector<Json>& at = field["at"].items();
  const std::size_t line = at.size() == 2 ? static_cast<std::size_t>(std::max<std::int64_t>(0, at[0].integer())) : 0;
  const std::size_t column = at.size() == 2 ? static_cast<std::size_t>(std::max<std::int64_t>(0, at[1].integer())) : 0;
  const SeenCharacter* seen = at.size() == 2 ? decisive(zone, line, column) : nullptr;
  const std::string where = seen == nullptr ? "a character" : place(line, column);
  const std::string best = seen == nullptr ? "it" : shown_as(seen->best);
  const std::string other = seen == nullptr ? "another" : shown_as(seen->other);
  const std::string chance = seen == nullptr ? "" : fmt::format(" ({})", odds(seen->margin));
  if (why.empty()) return "its check digit holds, and no other reading is nearly as likely";
  if (why == "unlike") return "the print is unlike OCR-B or damaged all over, so no character of the zone is sure";
  if (why == "check_fails") return "its check digit says otherwise: misread, misprinted or altered";
  if (why == "impossible_date") return "no calendar has this day, or it lies behind the expiry";
  if (why == "doubt") return fmt::format("{} may be {} instead of {}{}", where, other, best, chance);
  if (why == "no_check_digit") return "read clearly, but no check digit covers it";
  if (why == "characters") return "holds a character that this field cannot hold";
  if (why == "margin")
    return fmt::format("its check digit holds, but {} may be {} instead of {}{}", where, other, best, chance);
  if (why == "repaired")
    return fmt::format("the check digit chose {} at {}, where the picture shows another: so used it proves nothing",
                       best, where);
  if (why == "composite_fails") return "its own check digit holds, the one over the whole zone does not";
  if (why == "faint") return "its check digit holds, but the zone is so faint that a line may be misplaced";
  return "withheld: " + why;
}

Result<std::vector<std::string>> lines_of(const Json& json) {
  std::vector<std::string> out;
  for (const Json& line : json.items()) {
    const std::string& text = line.text();
    if (text.empty() || text.size() > kMostColumns || !std::ranges::all_of(text, in_zone))
      return fail(Fault::Malformed, "no line of a zone");
    out.push_back(text);
  }
  if (out.empty() || out.size() > kMostLines) return fail(Fault::Malformed, "no zone has so many lines");
  return out;
}

// One sign a character; only spaces where nothing is in doubt.
std::string marks_under(const std::vector<SeenCharacter>& line) {
  std::string out;
  for (const SeenCharacter& seen : line) {
    out += seen.lead < 0 ? '!' : seen.margin < kClear ? '^' : seen.margin < kChecked ? '.' : ' ';
  }
  const std::size_t end = out.find_last_not_of(' ');
  return end == std::string::npos ? "" : out.substr(0, end + 1);
}

}  // namespace

Result<ExplainedZone> explain_zone(std::string_view value) {
  const Json json = TRY(Json::parse(value));
  ExplainedZone out;
  out.format = json["format"].text();
  out.lines = TRY(lines_of(json["lines"]));
  const std::vector<Json>& characters = json["characters"].items();
  if (!characters.empty() && characters.size() != out.lines.size())
    return fail(Fault::Malformed, "marks for another number of lines");
  for (std::size_t i = 0; i < characters.size(); ++i)
    out.characters.push_back(TRY(characters_of(characters[i], out.lines[i])));
  if (json["fields"].members().size() > kMostFields) return fail(Fault::Malformed, "no zone has so many fields");
  for (const auto& [name, field] : json["fields"].members()) {
    ExplainedField each{name, field["value"].text(), field["grade"].text(), "", {}};
    for (const Json& other : field["alternatives"].items()) each.alternatives.push_back(other.text());
    each.sentence = field["grade"].text() == "checked" || field.has("why") ? because(out, field) : "";
    out.fields.push_back(std::move(each));
  }
  return out;
}

std::vector<std::string> explanation_text(const ExplainedZone& zone) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < zone.lines.size(); ++i) {
    out.push_back(zone.lines[i]);
    const std::string marks = i < zone.characters.size() ? marks_under(zone.characters[i]) : "";
    if (!marks.empty()) out.push_back(marks);
  }
  std::size_t widest = 0;
  for (const ExplainedField& field : zone.fields) widest = std::max(widest, field.name.size());
  for (const ExplainedField& field : zone.fields) {
    if (field.value.empty() && field.alternatives.empty() && field.grade != "inconsistent") continue;
    std::string line =
        fmt::format("{:<{}}  {}  ({}", field.name, widest, field.value.empty() ? "-" : field.value, field.grade);
    if (!field.sentence.empty()) line += ": " + field.sentence;
    line += ")";
    for (std::size_t i = 0; i < field.alternatives.size(); ++i)
      line += (i == 0 ? "  or " : ", ") + field.alternatives[i];
    out.push_back(std::move(line));
  }
  return out;
}

void write_explanation(JsonWriter* json, const ExplainedZone& zone) {
  json->object().key("characters").array();
  for (const auto& line : zone.characters) {
    json->array();
    for (const SeenCharacter& seen : line) {
      json->object().member("c", std::string(1, seen.best)).member("other", std::string(1, seen.other));
      json->member("margin", std::int64_t{seen.margin}).member("lead", std::int64_t{seen.lead});
      json->key("x").number(seen.x).key("y").number(seen.y).end();
    }
    json->end();
  }
  json->end().key("fields").object();
  for (const ExplainedField& field : zone.fields) {
    if (!field.sentence.empty()) json->member(field.name, field.sentence);
  }
  json->end().end();
}

}  // namespace careo
