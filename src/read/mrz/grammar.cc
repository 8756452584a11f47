// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/grammar.h"

#include <algorithm>

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
    case Format::FrenchId: return c == 'I' ? 0 : Forbidden;
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
  if (!is_letter(c)) return Forbidden;
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
    case icao::Kind::Free: return Role::Free;
  }
  return Role::Free;
}

void add_check(Place* place, Role role) {
  place->role = role;
  place->checks_field = true;
  place->field_weight = 0;
}

// The rest of a long document number: its characters, its check digit, a filler.
void add_rest(std::vector<Place>* places, std::size_t width, const icao::Layout& layout, int rest) {
  const auto number = std::ranges::find(layout.fields, icao::FieldName::DocumentNumber, &icao::FieldLayout::name);
  const auto optional = std::ranges::find(layout.fields, icao::FieldName::Optional, &icao::FieldLayout::name);
  const auto at = [&](int column) -> Place& {
    return (*places)[number->run.line * width + static_cast<std::size_t>(column)];
  };
  Place& filler = at(number->check);
  filler.role = Role::Filler;
  filler.checks_field = false;
  // The walk forgets a field's sum where no weight stands, so the stretch up to the rest keeps it with weight 10.
  filler.field_weight = 10;
  for (int column = number->check + 1; column < optional->run.begin; ++column) at(column).field_weight = 10;
  for (int i = 0; i < rest; ++i) {
    Place& place = at(optional->run.begin + i);
    place.role = Role::Number;
    place.starts_field = false;
    place.offset = static_cast<std::uint8_t>(number->run.size() + static_cast<std::size_t>(i));
    place.field_weight = static_cast<std::int8_t>(icao::weight_of(number->run.size() + static_cast<std::size_t>(i)));
  }
  add_check(&at(optional->run.begin + rest), Role::CheckDigit);
  at(optional->run.begin + rest).starts_field = false;
  at(optional->run.begin + rest + 1).role = Role::Filler;
  if (optional->run.begin + rest + 2 < optional->run.end) at(optional->run.begin + rest + 2).starts_field = true;
}

}  // namespace

int longest_rest(Format format) {
  // TD1: the optional data less a check digit and a filler. TD2 numbers may go on too, but the dates stand between, and
  // two sums would have to run at once; the parser of text still understands them.
  return format == Format::TD1 ? 13 : 0;
}

std::vector<Place> plan(Format format, int rest) {
  const icao::Layout& layout = icao::layout_of(format);
  std::vector<Place> out(layout.lines * layout.width);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].line = static_cast<std::uint8_t>(i / layout.width);
    out[i].column = static_cast<std::uint8_t>(i % layout.width);
    out[i].format = format;
    out[i].starts_field = true;
  }
  const auto at = [&](std::size_t line, std::size_t column) -> Place& { return out[line * layout.width + column]; };
  for (const icao::FieldLayout& field : layout.fields) {
    for (std::size_t i = 0; i < field.run.size(); ++i) {
      Place& place = at(field.run.line, field.run.begin + i);
      place.role = role_of(field.kind, field.name);
      place.offset = static_cast<std::uint8_t>(i);
      place.starts_field = i == 0;
      if (field.check >= 0) place.field_weight = static_cast<std::int8_t>(icao::weight_of(i));
    }
    if (field.check < 0) continue;
    const bool optional = field.kind == icao::Kind::Free || field.kind == icao::Kind::Date;
    Place& check = at(field.run.line, static_cast<std::size_t>(field.check));
    add_check(&check, optional ? Role::OptionalCheckDigit : Role::CheckDigit);
    check.starts_field = false;
  }
  if (rest > 0) add_rest(&out, layout.width, layout, rest);
  if (!layout.composite) return out;
  std::size_t index = 0;
  for (const icao::Run& run : layout.composite->runs) {
    for (std::size_t column = run.begin; column < run.end; ++column) {
      at(run.line, column).composite_weight = static_cast<std::int8_t>(icao::weight_of(index++));
    }
  }
  Place& composite = at(layout.composite->line, layout.composite->column);
  composite.role = Role::CheckDigit;
  composite.checks_composite = true;
  return out;
}

LogProb prior(const Place& place, int* memory, char c) {
  switch (place.role) {
    case Role::DocumentCode: return document_code(place, c);
    case Role::CountryCode: return country_code(place, memory, c);
    case Role::Names: return names(place, memory, c);
    case Role::Number: return number(place, memory, c);
    case Role::Date: return date(place, memory, c);
    case Role::Sex: return c == 'M' || c == 'F' ? 0 : c == '<' ? cost(15) : c == 'X' ? cost(50) : Forbidden;
    case Role::Free: return free_text(memory, c);
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
