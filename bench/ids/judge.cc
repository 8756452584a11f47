// SPDX-License-Identifier: Apache-2.0
#include "judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "reference/icao9303_zone.h"

namespace careo::bench {

namespace {

constexpr double Found = 0.6;
constexpr double Related = 0.3;

std::string joined(const std::vector<std::string>& lines) {
  return fmt::format("{}", fmt::join(lines, ""));
}

std::vector<icao::FieldName> checked_by_digits(const icao::Zone& zone) {
  std::vector<icao::FieldName> out;
  for (const icao::Field& field : zone.fields) {
    if (field.check == icao::Check::Holds) out.push_back(field.name);
  }
  return out;
}

bool all_digits_hold(const icao::Zone& zone) {
  bool any = zone.composite == icao::Check::Holds;
  if (zone.composite == icao::Check::Fails) return false;
  for (const icao::Field& field : zone.fields) {
    if (field.check == icao::Check::Fails) return false;
    any = any || field.check == icao::Check::Holds;
  }
  return any;
}

const std::string& raw_of(const icao::Zone* zone, icao::FieldName name) {
  static const std::string None;
  const icao::Field* field = zone != nullptr ? zone->field(name) : nullptr;
  return field != nullptr ? field->raw : None;
}

bool row_checked(const icao::Zone& read, const std::vector<icao::FieldName>& checked) {
  for (const icao::FieldName name :
       {icao::FieldName::DocumentNumber, icao::FieldName::BirthDate, icao::FieldName::ExpiryDate}) {
    if (read.field(name) != nullptr && std::ranges::find(checked, name) == checked.end()) return false;
  }
  return true;
}

void judge_fields(const Answer& answer, const icao::Zone& read, const icao::Zone* wanted, Tally* tally,
                  std::vector<std::string>* notes) {
  const std::vector<icao::FieldName> checked = answer.checked.value_or(checked_by_digits(read));
  if (row_checked(read, checked)) ++tally->checked;
  for (const icao::FieldName name : checked) {
    ++tally->fields_checked;
    // A field is right that says what is printed, in a zone taken for another format too.
    if (wanted != nullptr && wanted->field(name) != nullptr && raw_of(&read, name) == raw_of(wanted, name)) continue;
    ++tally->fields_wrong;
    notes->push_back(fmt::format("WRONG AND CHECKED: {} read {} is {}", icao::name_of(name), raw_of(&read, name),
                                 raw_of(wanted, name)));
  }
  if (!answer.names_shown) return;
  ++tally->names_shown;
  for (const icao::FieldName name : {icao::FieldName::Surname, icao::FieldName::GivenNames}) {
    if (raw_of(&read, name) == raw_of(wanted, name)) continue;
    ++tally->names_wrong;
    break;
  }
}

void judge_zone(const Answer& answer, const Specimen& printed, Tally* tally, std::vector<std::string>* notes) {
  ++tally->found;
  const bool exact = answer.lines == printed.lines;
  if (exact) ++tally->exact;
  if (!exact) {
    notes->push_back(fmt::format("read {}\n  is   {}", fmt::join(answer.lines, " "), fmt::join(printed.lines, " ")));
  }
  const auto read = answer.format ? icao::parse_zone(answer.lines, *answer.format) : icao::parse_zone(answer.lines);
  if (!read) return;
  const auto wanted = icao::parse_zone(printed.lines, printed.format);
  if (!exact && all_digits_hold(*read)) ++tally->silent;
  judge_fields(answer, *read, wanted ? &*wanted : nullptr, tally, notes);
}

struct Pair {
  std::size_t answer, zone;
  double likeness;
};

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
  pictures += other.pictures;
  zones += other.zones;
  found += other.found;
  exact += other.exact;
  checked += other.checked;
  fields_checked += other.fields_checked;
  fields_wrong += other.fields_wrong;
  silent += other.silent;
  names_shown += other.names_shown;
  names_wrong += other.names_wrong;
  false_zones += other.false_zones;
  seconds += other.seconds;
  return *this;
}

double likeness(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const std::string one = joined(a), two = joined(b);
  if (one.empty() || two.empty()) return 0;
  std::vector<std::size_t> row(two.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= one.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= two.size(); ++j) {
      const std::size_t swap = corner + (one[i - 1] == two[j - 1] ? 0 : 1);
      corner = row[j];
      row[j] = std::min({swap, row[j] + 1, row[j - 1] + 1});
    }
  }
  return 1 - static_cast<double>(row.back()) / static_cast<double>(std::max(one.size(), two.size()));
}

std::vector<std::string> judge(const Answers& answers, std::span<const Specimen> printed, Tally* tally) {
  std::vector<std::string> notes;
  ++tally->pictures;
  tally->zones += static_cast<int>(printed.size());
  tally->seconds += answers.seconds;
  std::vector<Pair> pairs;
  for (std::size_t a = 0; a < answers.zones.size(); ++a) {
    double best = 0;
    for (std::size_t z = 0; z < printed.size(); ++z) {
      pairs.push_back({a, z, likeness(answers.zones[a].lines, printed[z].lines)});
      best = std::max(best, pairs.back().likeness);
    }
    if (best >= Related) continue;
    ++tally->false_zones;
    notes.push_back(fmt::format("FALSE: {}", fmt::join(answers.zones[a].lines, " ")));
  }
  std::ranges::stable_sort(pairs, std::greater{}, &Pair::likeness);
  std::vector<bool> answered(printed.size()), used(answers.zones.size());
  for (const Pair& pair : pairs) {
    if (pair.likeness < Found || answered[pair.zone] || used[pair.answer]) continue;
    answered[pair.zone] = used[pair.answer] = true;
    judge_zone(answers.zones[pair.answer], printed[pair.zone], tally, &notes);
  }
  for (std::size_t z = 0; z < printed.size(); ++z) {
    if (!answered[z]) notes.push_back(fmt::format("missed {}", fmt::join(printed[z].lines, " ")));
  }
  return notes;
}

Interval wilson(int hits, int count) {
  if (count == 0) return {};
  constexpr double Z = 1.959964;  // of the normal distribution, 97.5 %
  const double n = count, share = hits / n;
  const double middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
  const double half = Z / (1 + Z * Z / n) * std::sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

}  // namespace careo::bench
