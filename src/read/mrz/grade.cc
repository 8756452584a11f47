// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/grade.h"

#include <algorithm>

namespace careo::mrz {

namespace {

using icao::FieldName;

// The least certain character of a field, and the one that the pixels speak against most.
struct Weakest {
  LogProb margin = 100 * Nat;
  Spot spot;
  char second = '<';
  LogProb lead = 100 * Nat;
  Spot against;
  int faint = 0;  ///< characters that the pixels hardly tell from another
};

void weigh(const Decoding& decoding, std::size_t line, std::size_t column, Weakest* weakest) {
  const Cell& cell = decoding.cells[line][column];
  if (cell.lead < FaintLead) ++weakest->faint;
  if (cell.lead < weakest->lead) {
    weakest->lead = cell.lead;
    weakest->against = {line, column};
  }
  if (cell.margin >= weakest->margin) return;
  weakest->margin = cell.margin;
  weakest->spot = {line, column};
  weakest->second = cell.second;
}

// Of a field's own characters, its check digit, and for names the fillers that end them.
Weakest weakest_of(const Decoding& decoding, const icao::Field& field) {
  Weakest out;
  for (const icao::Run& run : field.runs) {
    for (std::size_t c = run.begin; c < run.end; ++c) weigh(decoding, run.line, c, &out);
  }
  const std::size_t line = field.runs.back().line;
  if (field.check_column >= 0) weigh(decoding, line, static_cast<std::size_t>(field.check_column), &out);
  if (field.name == FieldName::Surname) {
    const std::size_t end = std::min<std::size_t>(field.runs[0].end + 2U, decoding.cells[line].size());
    for (std::size_t c = field.runs[0].end; c < end; ++c) weigh(decoding, line, c, &out);
  }
  return out;
}

bool is_unlisted(const icao::Field* code) {
  return code != nullptr && code->has(icao::Flag::UnknownCode);
}

// In print that the network knows hardly any character is chosen against its slot; in another, many are.
bool is_unlike(const Decoding& decoding) {
  int against = 0;
  for (const std::vector<Cell>& line : decoding.cells)
    against += static_cast<int>(std::ranges::count_if(line, [](const Cell& cell) { return cell.lead < 0; }));
  return against > MostAgainst;
}

// May a line be misplaced, so that characters stand in other columns than they were read in? Then its check digits hold
// by chance, once in a hundred, and an issuer that no list has is what shows it; but not beside a nationality that no
// list has either: that is a state we do not know.
bool may_be_misplaced(const icao::Zone& zone, double mean) {
  return mean < ClearMean ||
         (is_unlisted(zone.field(FieldName::Issuer)) && !is_unlisted(zone.field(FieldName::Nationality)));
}

Withheld withheld_from(const icao::Field& field, const Weakest& weakest, icao::Check composite, bool misplaced) {
  if (field.check == icao::Check::Fails) return Withheld::CheckFails;
  if (field.has(icao::Flag::ImpossibleDate)) return Withheld::ImpossibleDate;
  if (weakest.margin < ClearMargin) return Withheld::Doubt;
  if (field.check == icao::Check::None) return Withheld::NoCheckDigit;
  if (field.has(icao::Flag::Characters)) return Withheld::Characters;
  // What the grammar thinks likely adds to the margin, a nat here and there: it must not stand in for the pixels.
  if (weakest.margin < CheckedMargin || weakest.faint > MostFaint) return Withheld::Margin;
  // A character that a check digit chose against the pixels has used that check digit up.
  if (weakest.lead < -Nat / 2) return Withheld::Repaired;
  if (composite == icao::Check::Fails) return Withheld::Composite;
  return misplaced ? Withheld::Faint : Withheld::Nothing;
}

Grade grade_of(Withheld why, const Weakest& weakest) {
  switch (why) {
    case Withheld::Nothing: return Grade::Checked;
    // Where the check digit fails, every other zone that mends it is a rival; what counts is what the pixels say.
    case Withheld::CheckFails:
    case Withheld::ImpossibleDate: return weakest.lead >= ClearMargin ? Grade::Inconsistent : Grade::Doubtful;
    case Withheld::Unlike:
    case Withheld::Doubt: return Grade::Doubtful;
    default: return Grade::Unconfirmed;
  }
}

void add_alternatives(const ReadZone& read, const Weakest& weakest, GradedField* out) {
  out->alternatives = out->field.alternatives;
  if (out->grade == Grade::Checked || weakest.margin > 2 * ClearMargin) return;
  const std::vector<std::string> lines =
      decode_with(read.decoding.format, read.evidence, weakest.spot.line, weakest.spot.column, weakest.second);
  const auto zone = icao::parse_zone(lines, read.decoding.format);
  if (!zone) return;
  const icao::Field* other = zone->field(out->field.name);
  if (other == nullptr || other->value == out->field.value || other->value.empty()) return;
  if (std::ranges::find(out->alternatives, other->value) != out->alternatives.end()) return;
  out->alternatives.insert(out->alternatives.begin(), other->value);
}

bool decides(FieldName name) {
  return name == FieldName::DocumentNumber || name == FieldName::BirthDate || name == FieldName::ExpiryDate;
}

}  // namespace

std::string_view name_of(Withheld why) {
  switch (why) {
    case Withheld::Nothing: return "";
    case Withheld::Unlike: return "unlike";
    case Withheld::CheckFails: return "check_fails";
    case Withheld::ImpossibleDate: return "impossible_date";
    case Withheld::Doubt: return "doubt";
    case Withheld::NoCheckDigit: return "no_check_digit";
    case Withheld::Characters: return "characters";
    case Withheld::Margin: return "margin";
    case Withheld::Repaired: return "repaired";
    case Withheld::Composite: return "composite_fails";
    case Withheld::Faint: return "faint";
  }
  return "";
}

GradedZone grade(const ReadZone& read) {
  GradedZone out;
  const auto zone = icao::parse_zone(read.decoding.lines, read.decoding.format);
  if (!zone) return out;  // cannot be: the decoder writes only what its format holds
  out.zone = *zone;
  out.grade = Grade::Checked;
  const bool unlike = is_unlike(read.decoding);
  const bool misplaced = may_be_misplaced(*zone, read.mean);
  for (const icao::Field& field : zone->fields) {
    const Weakest weakest = weakest_of(read.decoding, field);
    GradedField graded;
    graded.field = field;
    graded.margin = weakest.margin;
    graded.why = unlike ? Withheld::Unlike : withheld_from(field, weakest, zone->composite, misplaced);
    graded.grade = grade_of(graded.why, weakest);
    // What contradicts is inconsistent only where the pixels are clear, so there the least clear one is of interest.
    const bool by_pixels = graded.why == Withheld::Repaired || graded.why == Withheld::CheckFails;
    graded.where = by_pixels ? weakest.against : weakest.spot;
    add_alternatives(read, weakest, &graded);
    if (decides(field.name)) out.grade = std::min(out.grade, graded.grade);
    out.fields.push_back(std::move(graded));
  }
  return out;
}

}  // namespace careo::mrz
