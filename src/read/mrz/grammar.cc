// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/grammar.h"

#include <algorithm>
#include <iterator>

namespace careo::mrz {

namespace {

using icao::Format;

// Costs in tenths of a nat. They need only be of the right order: evidence of a clear print is worth 5 to 10 nats.
constexpr LogProb cost(int tenths) {
  return -tenths * Nat / 10;
}

bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr LogProb Forbidden = cost(90);

LogProb document_code(const Place& place, char c) {
  if (place.offset == 1) return is_letter(c) || c == '<' ? 0 : Forbidden;
  const bool visa = place.format == Format::MrvA || place.format == Format::MrvB;
  if (visa || c == 'V') return visa && c == 'V' ? 0 : cost(120);
  switch (place.format) {
    case Format::TD3: return c == 'P' ? 0 : is_letter(c) ? cost(45) : Forbidden;
    default: return c == 'I' || c == 'A' || c == 'C' ? 0 : c == 'P' ? cost(50) : is_letter(c) ? cost(45) : Forbidden;
  }
}

LogProb country_code(const Place& place, int* memory, char c) {
  if (c == '<') {
    *memory = 1;
    return place.offset == 0 ? cost(70) : cost(20);
  }
  const LogProb after = *memory != 0 ? cost(60) : 0;
  return after + (is_letter(c) ? 0 : cost(60));
}

// Memory: fillers just passed, three at most.
LogProb names(const Place& place, int* memory, char c) {
  const int fillers = *memory;
  if (c == '<') {
    *memory = std::min(3, fillers + 1);
    return place.offset == 0 ? cost(60) : 0;
  }
  *memory = 0;
  if (!is_letter(c) && place.role != Role::CodedNames) return Forbidden;
  // Three fillers or more are the end of the names: a letter behind them would be a stain.
  return fillers >= 3 ? cost(80) : cost(3);
}

LogProb number(const Place& place, int* memory, char c) {
  if (c == '<') {
    *memory = 1;
    return place.offset == 0 ? cost(60) : cost(10);
  }
  const LogProb after = *memory != 0 ? cost(40) : 0;
  *memory = 0;
  return after + (is_digit(c) ? 0 : cost(10));
}

LogProb free_text(int* memory, char c) {
  const int fillers = *memory;
  if (c == '<') {
    *memory = std::min(3, fillers + 1);
    return fillers == 0 ? cost(8) : 0;
  }
  *memory = 0;
  return cost(fillers == 0 ? 0 : fillers < 3 ? 15 : 25) + (is_digit(c) ? cost(2) : cost(10));
}

// Memory: 0 nothing known, 1 tens that leave few ones (month 1x, day 3x), 2 tens 0, 3 an unknown part.
LogProb date(const Place& place, int* memory, char c) {
  const int before = *memory;
  if (c == '<') {
    *memory = 3;
    return cost(place.offset % 2 == 1 && before == 3 ? 10 : 60);
  }
  *memory = 0;
  if (!is_digit(c)) return Forbidden;
  const int value = c - '0';
  const LogProb after = before == 3 ? cost(place.offset % 2 == 1 ? 70 : 40) : 0;
  if (place.offset == 2 || place.offset == 4) {
    const int most = place.offset == 2 ? 1 : 3;
    *memory = value == most ? 1 : value == 0 ? 2 : 0;
    return after + (value > most ? cost(45) : 0);
  }
  if (place.offset == 3 || place.offset == 5) {
    const int most = place.offset == 3 ? 2 : 1;
    if (before == 1 && value > most) return after + cost(45);
    if (before == 2 && value == 0) return after + cost(45);
  }
  return after;
}

Role role_of(icao::Kind kind, icao::FieldName name) {
  switch (kind) {
    case icao::Kind::Code: return name == icao::FieldName::DocumentCode ? Role::DocumentCode : Role::CountryCode;
    case icao::Kind::Number: return Role::Number;
    case icao::Kind::Date:
    case icao::Kind::Months: return Role::Date;
    case icao::Kind::Sex: return Role::Sex;
    case icao::Kind::Names:
    case icao::Kind::Given:
    case icao::Kind::Primary: return Role::Names;
    case icao::Kind::Cyrillic: return Role::CodedNames;
    case icao::Kind::Free: return Role::Free;
    case icao::Kind::Digits: return Role::Digits;
  }
  return Role::Free;
}

void add_check(Place* place, Role role) {
  place->role = role;
  place->checks_field = true;
  place->field_weight = 0;
}

// All places of a format, by line and column.
class Grid {
 public:
  explicit Grid(Format format) : layout_(icao::layout_of(format)) {
    for (std::size_t line = 0; line < layout_.lines(); ++line) {
      first_.push_back(places_.size());
      for (std::size_t column = 0; column < layout_.widths[line]; ++column) {
        places_.push_back({.line = static_cast<std::uint8_t>(line),
                           .column = static_cast<std::uint8_t>(column),
                           .role = Role::Filler,
                           .format = format,
                           .starts_field = true});
      }
    }
  }
  Place& at(std::size_t line, std::size_t column) { return places_[first_[line] + column]; }
  const icao::Layout& layout() const { return layout_; }

  void add_field(const icao::FieldLayout& field) {
    for (std::size_t i = 0; i < field.run.size(); ++i) {
      Place& place = at(field.run.line, field.run.begin + i);
      place.role = role_of(field.kind, field.name);
      place.offset = static_cast<std::uint8_t>(i);
      place.starts_field = i == 0;
    }
    if (field.check < 0) return;
    const std::size_t begin = field.checked_begin();
    for (std::size_t c = begin; c < field.run.end; ++c) {
      at(field.run.line, c).field_weight = static_cast<std::int8_t>(icao::weight_of(c - begin));
    }
    const bool optional = field.kind == icao::Kind::Free || field.kind == icao::Kind::Date;
    add_check(&at(field.run.line, static_cast<std::size_t>(field.check)),
              optional ? Role::OptionalCheckDigit : Role::CheckDigit);
    at(field.run.line, static_cast<std::size_t>(field.check)).starts_field = false;
  }

  void add_fixed(const icao::FixedText& fixed) {
    for (std::size_t i = 0; i < fixed.text.size(); ++i) at(fixed.line, fixed.column + i).fixed = fixed.text[i];
  }

  void add_composite(const icao::Composite& composite) {
    std::size_t index = 0;
    for (const icao::Run& run : composite.runs) {
      for (std::size_t column = run.begin; column < run.end; ++column) {
        at(run.line, column).composite_weight = static_cast<std::int8_t>(icao::weight_of(index++));
      }
    }
    Place& place = at(composite.line, composite.column);
    place.role = Role::CheckDigit;
    place.checks_composite = true;
  }

  // The rest of a long document number: its characters, its check digit, a filler where there is room for one. Returns
  // the columns that are walked behind the number.
  icao::Run add_rest(int rest) {
    const auto number = std::ranges::find(layout_.fields, icao::FieldName::DocumentNumber, &icao::FieldLayout::name);
    const auto optional = std::ranges::find(layout_.fields, icao::FieldName::Optional, &icao::FieldLayout::name);
    const auto line = optional->run.line;
    Place& filler = at(number->run.line, static_cast<std::size_t>(number->check));
    filler.role = Role::Filler;
    filler.checks_field = false;
    filler.field_weight = 10;  // keeps the running sum, and adds nothing to it
    const std::size_t begin = optional->run.begin;
    const auto count = static_cast<std::size_t>(rest);
    for (std::size_t i = 0; i < count; ++i) {
      Place& place = at(line, begin + i);
      place.role = Role::Number;
      place.starts_field = false;
      place.offset = static_cast<std::uint8_t>(number->run.size() + i);
      place.field_weight = static_cast<std::int8_t>(icao::weight_of(number->run.size() + i));
    }
    add_check(&at(line, begin + count), Role::CheckDigit);
    at(line, begin + count).starts_field = false;
    if (begin + count + 1 < optional->run.end) at(line, begin + count + 1).role = Role::Filler;
    if (begin + count + 2 < optional->run.end) at(line, begin + count + 2).starts_field = true;
    return optional->run;
  }

  // In the order of the lines, but `moved` behind the number, and the composite check last.
  std::vector<Place> walk(const icao::Run& moved) const {
    std::vector<Place> out;
    std::vector<Place> last;
    const auto number = std::ranges::find(layout_.fields, icao::FieldName::DocumentNumber, &icao::FieldLayout::name);
    const auto in_run = [&](const Place& p) {
      return p.line == moved.line && p.column >= moved.begin && p.column < moved.end;
    };
    for (const Place& place : places_) {
      if (place.checks_composite) last.push_back(place);
      if (place.checks_composite || in_run(place)) continue;
      out.push_back(place);
      if (moved.size() == 0 || place.line != number->run.line || place.column != number->check) continue;
      std::ranges::copy_if(places_, std::back_inserter(out), in_run);
    }
    out.insert(out.end(), last.begin(), last.end());
    return out;
  }

 private:
  const icao::Layout& layout_;
  std::vector<Place> places_;
  std::vector<std::size_t> first_;
};

}  // namespace

int longest_rest(Format format) {
  // The optional data less the check digit.
  return format == Format::TD1 ? 14 : format == Format::TD2 ? 6 : 0;
}

std::vector<Place> plan(Format format, int rest) {
  Grid grid(format);
  for (const icao::FieldLayout& field : grid.layout().fields) grid.add_field(field);
  for (const icao::FixedText& fixed : grid.layout().fixed) grid.add_fixed(fixed);
  if (grid.layout().composite) grid.add_composite(*grid.layout().composite);
  return grid.walk(rest > 0 ? grid.add_rest(rest) : icao::Run{});
}

LogProb prior(const Place& place, int* memory, char c) {
  if (place.fixed != 0) return c == place.fixed ? 0 : Forbidden;
  switch (place.role) {
    case Role::DocumentCode: return document_code(place, c);
    case Role::CountryCode: return country_code(place, memory, c);
    case Role::Names:
    case Role::CodedNames: return names(place, memory, c);
    case Role::Number: return number(place, memory, c);
    case Role::Date: return date(place, memory, c);
    case Role::Sex: return c == 'M' || c == 'F' ? 0 : c == '<' ? cost(15) : c == 'X' ? cost(50) : Forbidden;
    case Role::Free: return free_text(memory, c);
    case Role::Digits: return is_digit(c) ? 0 : Forbidden;
    case Role::CheckDigit: return is_digit(c) ? 0 : c == '<' ? cost(70) : Forbidden;
    case Role::OptionalCheckDigit: return is_digit(c) ? 0 : c == '<' ? cost(10) : Forbidden;
    case Role::Filler: return c == '<' ? 0 : cost(60);
  }
  return 0;
}

bool holds(const Place& place, int sum, char c) {
  if (is_digit(c)) return c - '0' == sum;
  return c == '<' && place.role == Role::OptionalCheckDigit && sum == 0;
}

}  // namespace careo::mrz
