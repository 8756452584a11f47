// SPDX-License-Identifier: Apache-2.0
#include "margins.h"

#include <fmt/format.h>

#include <algorithm>

namespace careo::bench {

void Margins::count(const mrz::ReadZone& read, const Specimen& printed) {
  const mrz::GradedZone graded = mrz::grade(read);
  if (read.decoding.format == printed.format) count_characters(read, graded, printed);
  count_rows(graded, printed);
}

void Margins::count_characters(const mrz::ReadZone& read, const mrz::GradedZone& graded, const Specimen& printed) {
  for (const mrz::GradedField& field : graded.fields) {
    auto& table = field.field.check == icao::Check::Holds ? checked_ : other_;
    for (const icao::Run& run : field.field.runs) {
      for (std::size_t c = run.begin; c < run.end; ++c) {
        const int nats = read.decoding.cells[run.line][c].margin / mrz::Nat;
        auto& bucket = table[static_cast<std::size_t>(std::clamp(nats, 0, static_cast<int>(Most) - 1))];
        ++bucket[0];
        if (printed.lines[run.line][c] != read.decoding.lines[run.line][c]) ++bucket[1];
      }
    }
  }
}

void Margins::count_rows(const mrz::GradedZone& graded, const Specimen& printed) {
  const auto truth = icao::parse_zone(printed.lines, printed.format);
  if (!truth) return;
  ++zones_;
  for (std::size_t t = 0; t < Most; ++t) {
    bool row = true;
    for (const mrz::GradedField& field : graded.fields) {
      const bool decides = field.field.name == icao::FieldName::DocumentNumber ||
                           field.field.name == icao::FieldName::BirthDate ||
                           field.field.name == icao::FieldName::ExpiryDate;
      const bool shown = field.field.check == icao::Check::Holds && graded.zone.composite != icao::Check::Fails &&
                         field.margin >= static_cast<mrz::LogProb>(t) * mrz::Nat;
      if (decides && !shown) row = false;
      const icao::Field* other = truth->field(field.field.name);
      if (shown && (other == nullptr || other->raw != field.field.raw)) ++wrong_[t];
    }
    if (row) ++rows_[t];
  }
}

void Margins::print() const {
  fmt::print("margin asked in nats: rows that would be checked, fields wrong among them\n");
  for (std::size_t i = 0; i < Most; ++i) {
    const double share = zones_ == 0 ? 0 : 100.0 * static_cast<double>(rows_[i]) / static_cast<double>(zones_);
    fmt::print("  {:2}: {:5.1f} % {:4}\n", i, share, wrong_[i]);
  }
  fmt::print("margin in nats: characters under a holding check digit, wrong; other characters, wrong\n");
  for (std::size_t i = 0; i < Most; ++i)
    fmt::print("  {:2}: {:7} {:4}   {:7} {:4}\n", i, checked_[i][0], checked_[i][1], other_[i][0], other_[i][1]);
}

}  // namespace careo::bench
