// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/grade.h"

#include <algorithm>

namespace careo::mrz {

namespace {

using icao::FieldName;

struct Weakest {
  LogProb margin = 100 * Nat;
  LogProb lead = 100 * Nat;
  std::size_t line = 0;
  std::size_t column = 0;
  char second = '<';
};

void weigh(const Decoding& decoding, std::size_t line, std::size_t column, Weakest* weakest) {
  const Cell& cell = decoding.cells[line][column];
  weakest->lead = std::min(weakest->lead, cell.lead);
  if (cell.margin >= weakest->margin) return;
  *weakest = {cell.margin, weakest->lead, line, column, cell.second};
}

// The least certain character of a field: its own, its check digit, and for names the fillers that end them.
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

bool has_check(const icao::Field& field) {
  return field.check != icao::Check::None;
}

Grade grade_of(const icao::Field& field, const Weakest& weakest, icao::Check composite, double mean) {
  // Where the check digit fails, every other zone that mends it is a rival; what counts is what the pixels say.
  const bool contradicts = field.has(icao::Flag::ImpossibleDate) || field.check == icao::Check::Fails;
  if (contradicts) return weakest.lead >= ClearMargin ? Grade::Inconsistent : Grade::Doubtful;
  if (weakest.margin < ClearMargin) return Grade::Doubtful;
  if (!has_check(field) || field.has(icao::Flag::Characters)) return Grade::Unconfirmed;
  // A character that a check digit chose against the pixels has used that check digit up.
  if (weakest.margin < CheckedMargin || weakest.lead < -Nat / 2) return Grade::Unconfirmed;
  return composite == icao::Check::Fails || mean < ClearMean ? Grade::Unconfirmed : Grade::Checked;
}

void add_alternatives(const ReadZone& read, const Weakest& weakest, GradedField* out) {
  out->alternatives = out->field.alternatives;
  if (out->grade == Grade::Checked || weakest.margin > 2 * ClearMargin) return;
  const std::vector<std::string> lines =
      decode_with(read.decoding.format, read.evidence, weakest.line, weakest.column, weakest.second);
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

GradedZone grade(const ReadZone& read) {
  GradedZone out;
  const auto zone = icao::parse_zone(read.decoding.lines, read.decoding.format);
  if (!zone) return out;  // cannot be: the decoder writes only what its format holds
  out.zone = *zone;
  out.grade = Grade::Checked;
  for (const icao::Field& field : zone->fields) {
    const Weakest weakest = weakest_of(read.decoding, field);
    GradedField graded{field, grade_of(field, weakest, zone->composite, read.mean), weakest.margin, {}};
    add_alternatives(read, weakest, &graded);
    if (decides(field.name)) out.grade = std::min(out.grade, graded.grade);
    out.fields.push_back(std::move(graded));
  }
  return out;
}

}  // namespace careo::mrz
