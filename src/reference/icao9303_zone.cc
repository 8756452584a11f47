// SPDX-License-Identifier: Apache-2.0
#include "reference/icao9303_zone.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reference/countries.h"

namespace careo::icao {

namespace {

std::string_view cut(const std::vector<std::string>& lines, const Run& run) {
  return std::string_view(lines[run.line]).substr(run.begin, run.size());
}

std::string without_fillers(std::string_view raw) {
  const std::size_t last = raw.find_last_not_of('<');
  return std::string(last == std::string_view::npos ? std::string_view() : raw.substr(0, last + 1));
}

bool digits_only(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "ANNA<MARIA<<" -> "ANNA MARIA": fillers at both ends drop, runs inside become one space.
std::string spaced(std::string_view raw) {
  std::string out;
  for (const char c : raw) {
    if (c != '<') {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

Check check_of(std::string_view characters, char digit, bool empty_may_be_filler) {
  const char wanted = check_digit(characters);
  if (digit == wanted) return Check::Holds;
  // Doc 9303-4 4.2.2, position 43: a filler when the personal number is empty.
  if (digit == '<' && empty_may_be_filler && without_fillers(characters).empty()) return Check::Holds;
  return Check::Fails;
}

void add_code(Field* field) {
  field->value = without_fillers(field->raw);
  if (field->name == FieldName::DocumentCode || field->value.empty()) return;
  const Country* country = country_of(field->value);
  if (country == nullptr) field->flags.push_back(Flag::UnknownCode);
  if (country != nullptr && country->kind == CountryKind::Legacy) field->flags.push_back(Flag::LegacyCode);
  if (country != nullptr && country->kind == CountryKind::Specimen) field->flags.push_back(Flag::SpecimenCode);
}

// Parts of a six-character date; -1 where the zone says unknown, -2 where it is no number.
int part_of(std::string_view two) {
  if (two == "<<") return -1;
  return digits_only(two) ? (two[0] - '0') * 10 + (two[1] - '0') : -2;
}

struct Parts {
  int year, month, day;
  bool broken() const { return year == -2 || month == -2 || day == -2; }
  bool unknown() const { return year == -1 || month == -1 || day == -1; }
};

Parts parts_of(std::string_view six) {
  return {part_of(six.substr(0, 2)), part_of(six.substr(2, 2)), part_of(six.substr(4, 2))};
}

int days_of(int year, int month) {
  constexpr int Days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : Days[month - 1];
}

bool possible(int year, const Parts& parts) {
  if (parts.month == -1) return true;
  if (parts.month < 1 || parts.month > 12) return false;
  return parts.day == -1 || (parts.day >= 1 && parts.day <= days_of(year, parts.month));
}

std::string printed(int year, const Parts& parts) {
  if (parts.month == -1) return fmt::format("{:04}", year);
  if (parts.day == -1) return fmt::format("{:04}-{:02}", year, parts.month);
  return fmt::format("{:04}-{:02}-{:02}", year, parts.month, parts.day);
}

void take(Field* field, DateReading reading) {
  field->value = std::move(reading.value);
  field->alternatives = std::move(reading.alternatives);
  if (reading.impossible) field->flags.push_back(Flag::ImpossibleDate);
  if (reading.unknown_parts) field->flags.push_back(Flag::UnknownParts);
}

bool fits(char c, Kind kind) {
  const bool letter = c >= 'A' && c <= 'Z';
  const bool digit = c >= '0' && c <= '9';
  switch (kind) {
    case Kind::Code:
    case Kind::Names:
    case Kind::Given:
    case Kind::Primary: return letter || c == '<';
    case Kind::Date:
    case Kind::Months: return digit || c == '<';
    case Kind::Digits: return digit;
    case Kind::Sex: return c == 'M' || c == 'F' || c == '<';
    case Kind::Number:
    case Kind::Cyrillic:
    case Kind::Free: return true;
  }
  return true;
}

// The letters of Russian internal passports: each sign is one Cyrillic letter, so that nothing is lost.
std::string cyrillic(std::string_view coded) {
  static constexpr std::string_view Signs = "ABVGDE2JZIQKLMNOPRSTUFHC34WXY9678";
  static constexpr std::array<std::string_view, 33> Letters = {"А", "Б", "В", "Г", "Д", "Е", "Ё", "Ж", "З", "И", "Й",
                                                               "К", "Л", "М", "Н", "О", "П", "Р", "С", "Т", "У", "Ф",
                                                               "Х", "Ц", "Ч", "Ш", "Щ", "Ъ", "Ы", "Ь", "Э", "Ю", "Я"};
  static_assert(Signs.size() == Letters.size());
  std::string out;
  for (const char c : coded) {
    const std::size_t at = Signs.find(c);
    if (at == std::string_view::npos) {
      out += c;
    } else {
      out += Letters[at];
    }
  }
  return out;
}

// Splits the names at the first "<<" into two fields, both on the run of the one.
void add_names(const Field& whole, Kind kind, std::vector<Field>* fields) {
  Field surname = whole;
  Field given = whole;
  given.name = FieldName::GivenNames;
  const std::size_t end = whole.raw.find("<<");
  surname.raw = whole.raw.substr(0, end);
  given.raw = end == std::string::npos ? "" : without_fillers(whole.raw.substr(end + 2));
  surname.value = spaced(surname.raw);
  given.value = spaced(given.raw);
  if (kind == Kind::Cyrillic) {
    surname.value = cyrillic(surname.value);
    given.value = cyrillic(given.value);
  }
  Run& first = surname.runs[0];
  Run& second = given.runs[0];
  first.end = static_cast<std::uint8_t>(first.begin + surname.raw.size());
  second.begin = static_cast<std::uint8_t>(std::min<std::size_t>(second.end, first.end + 2U));
  // Doc 9303-4 4.2.3: a letter in the last place says that the name may have been cut.
  if (whole.raw.back() != '<') {
    surname.flags.push_back(Flag::Truncated);
    given.flags.push_back(Flag::Truncated);
  }
  fields->push_back(std::move(surname));
  fields->push_back(std::move(given));
}

void understand(Field* field, Kind kind) {
  switch (kind) {
    case Kind::Code: add_code(field); break;
    case Kind::Sex: field->value = field->raw == "<" ? "X" : field->raw; break;
    case Kind::Number: field->value = spaced(field->raw); break;
    case Kind::Digits:
    case Kind::Free: field->value = spaced(field->raw); break;
    case Kind::Given:
    case Kind::Primary:
      field->value = spaced(field->raw);
      if (field->raw.back() != '<') field->flags.push_back(Flag::Truncated);
      break;
    case Kind::Names:
    case Kind::Cyrillic:
    case Kind::Date:
    case Kind::Months: break;  // need more than their own characters
  }
}

void apply_long_number(const std::vector<std::string>& lines, const LongNumber& found, std::vector<Field>* fields) {
  for (Field& field : *fields) {
    if (field.name == FieldName::DocumentNumber) {
      field.raw = without_fillers(field.raw) + std::string(cut(lines, found.rest));
      field.value = spaced(field.raw);
      field.check = Check::Holds;
      field.runs.push_back(found.rest);
      field.check_column = found.check;
      field.flags.push_back(Flag::LongNumber);
    } else if (field.name == FieldName::Optional) {
      field.runs[0].begin = static_cast<std::uint8_t>(std::min<int>(found.check + 2, field.runs[0].end));
      field.raw = cut(lines, field.runs[0]);
      field.value = spaced(field.raw);
    }
  }
}

void read_dates(std::vector<Field>* fields) {
  std::string expiry;
  for (Field& field : *fields) {
    if (field.name != FieldName::ExpiryDate) continue;
    take(&field, read_expiry(field.raw));
    if (!field.has(Flag::ImpossibleDate)) expiry = field.value;
  }
  for (Field& field : *fields) {
    if (field.name == FieldName::BirthDate) take(&field, read_birth(field.raw, expiry));
  }
}

Check check_composite(const std::vector<std::string>& lines, const Composite& composite) {
  std::string all;
  for (const Run& run : composite.runs) all += cut(lines, run);
  return check_of(all, lines[composite.line][composite.column], false);
}

Field field_of(const std::vector<std::string>& lines, const FieldLayout& layout) {
  Field field;
  field.name = layout.name;
  field.raw = cut(lines, layout.run);
  field.runs = {layout.run};
  field.check_column = layout.check;
  if (!std::ranges::all_of(field.raw, [&](char c) { return fits(c, layout.kind); })) {
    field.flags.push_back(Flag::Characters);
  }
  if (layout.check >= 0) {
    const bool may_be_empty = layout.kind == Kind::Free || layout.kind == Kind::Date;
    const std::string& line = lines[layout.run.line];
    const std::size_t begin = layout.checked_begin();
    field.check = check_of(std::string_view(line).substr(begin, layout.run.end - begin),
                           line[static_cast<std::size_t>(layout.check)], may_be_empty);
  }
  understand(&field, layout.kind);
  return field;
}

// A Russian internal passport has a series of four digits and a number of six; the fourth digit of the series found no
// room but in the optional data.
void join_series(std::vector<Field>* fields) {
  const auto number = std::ranges::find(*fields, FieldName::DocumentNumber, &Field::name);
  const auto optional = std::ranges::find(*fields, FieldName::Optional, &Field::name);
  const char fourth = optional->raw[0];
  if (number->raw.find('<') == std::string::npos && fourth >= '0' && fourth <= '9') {
    number->value = number->raw.substr(0, 3) + fourth + number->raw.substr(3);
  }
}

bool stands_fixed(const std::vector<std::string>& lines, const Layout& layout) {
  return std::ranges::all_of(layout.fixed, [&](const FixedText& fixed) {
    return std::string_view(lines[fixed.line]).substr(fixed.column).starts_with(fixed.text);
  });
}

bool nothing_fails(const std::vector<std::string>& lines, Format format) {
  const auto zone = parse_zone(lines, format);
  if (!zone) return false;
  return std::ranges::none_of(zone->fields, [](const Field& field) { return field.check == Check::Fails; });
}

}  // namespace

std::string_view name_of(Flag flag) {
  switch (flag) {
    case Flag::UnknownCode: return "unknown_code";
    case Flag::LegacyCode: return "legacy_code";
    case Flag::SpecimenCode: return "specimen_code";
    case Flag::ImpossibleDate: return "impossible_date";
    case Flag::UnknownParts: return "unknown_parts";
    case Flag::Truncated: return "truncated";
    case Flag::LongNumber: return "long_number";
    case Flag::Characters: return "characters";
  }
  return "";
}

bool Field::has(Flag flag) const {
  return std::ranges::find(flags, flag) != flags.end();
}

const Field* Zone::field(FieldName name) const {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

Result<Format> format_of(const std::vector<std::string>& lines) {
  const bool visa = !lines.empty() && lines[0].starts_with('V');
  std::optional<Format> national;
  std::optional<Format> common;
  for (const Format format : all_formats()) {
    const Layout& layout = layout_of(format);
    if (!layout.has_shape(lines)) continue;
    if (!layout.fixed.empty()) {
      if (!national && stands_fixed(lines, layout)) national = format;
    } else if (visa == (format == Format::MrvA || format == Format::MrvB)) {
      common = format;
    }
  }
  // A French card and a TD2 card of France begin alike; what they check and where tells them apart.
  if (national && (!common || nothing_fails(lines, *national))) return *national;
  if (common) return *common;
  if (lines.empty()) return fail(Fault::NotFound, "no lines");
  return fail(Fault::NotFound, fmt::format("{} lines of {} characters", lines.size(), lines[0].size()));
}

Result<Zone> parse_zone(const std::vector<std::string>& lines) {
  return parse_zone(lines, TRY(format_of(lines)));
}

Result<Zone> parse_zone(const std::vector<std::string>& lines, Format format) {
  const Layout& layout = layout_of(format);
  if (!layout.has_shape(lines)) {
    return fail(Fault::Malformed, fmt::format("{} lines that are not as {} has them", lines.size(), name_of(format)));
  }
  for (const std::string& line : lines) {
    if (!std::ranges::all_of(line, [](char c) { return value_of(c) >= 0; })) {
      return fail(Fault::Malformed, "a character that no zone can hold");
    }
  }
  Zone zone;
  zone.format = format;
  zone.lines = lines;
  for (const FieldLayout& part : layout.fields) {
    Field field = field_of(lines, part);
    if (part.kind == Kind::Names || part.kind == Kind::Cyrillic) {
      add_names(field, part.kind, &zone.fields);
    } else {
      zone.fields.push_back(std::move(field));
    }
  }
  if (const auto found = long_number(lines, format)) apply_long_number(lines, *found, &zone.fields);
  read_dates(&zone.fields);
  if (format == Format::RussianId) join_series(&zone.fields);
  if (layout.composite) zone.composite = check_composite(lines, *layout.composite);
  return zone;
}

std::optional<LongNumber> long_number(const std::vector<std::string>& lines, Format format) {
  if (format != Format::TD1 && format != Format::TD2) return std::nullopt;
  const Layout& layout = layout_of(format);
  const auto field = [&](FieldName name) { return std::ranges::find(layout.fields, name, &FieldLayout::name); };
  const FieldLayout& number = *field(FieldName::DocumentNumber);
  const Run optional = field(FieldName::Optional)->run;
  const std::string& line = lines[number.run.line];
  if (line[static_cast<std::size_t>(number.check)] != '<' || line[number.run.end - 1U] == '<') return std::nullopt;
  const std::size_t filler = std::min(line.find('<', optional.begin), static_cast<std::size_t>(optional.end));
  if (filler < optional.begin + 2U) return std::nullopt;
  const auto check = static_cast<std::uint8_t>(filler - 1);
  const Run rest{optional.line, optional.begin, check};
  const std::string whole = std::string(cut(lines, number.run)) + std::string(cut(lines, rest));
  if (check_digit(whole) != line[check]) return std::nullopt;
  return LongNumber{rest, check};
}

DateReading read_expiry(std::string_view six) {
  DateReading out;
  const Parts parts = parts_of(six);
  out.unknown_parts = parts.unknown();
  if (parts.year == -1 && !parts.broken()) return out;
  const int year = parts.year < 0 ? 0 : parts.year + (parts.year >= 80 ? 1900 : 2000);
  if (parts.broken() || !possible(year, parts)) {
    out.impossible = true;
    return out;
  }
  out.value = printed(year, parts);
  return out;
}

DateReading read_birth(std::string_view six, std::string_view expiry) {
  DateReading out;
  const Parts parts = parts_of(six);
  out.unknown_parts = parts.unknown();
  if (parts.year == -1 && !parts.broken()) return out;
  if (parts.broken()) {
    out.impossible = true;
    return out;
  }
  // Without an expiry, anything up to the end of the scheme's own window may be meant.
  const std::string_view latest = expiry.empty() ? "2079-12-31" : expiry;
  const int latest_year =
      (latest[0] - '0') * 1000 + (latest[1] - '0') * 100 + (latest[2] - '0') * 10 + (latest[3] - '0');
  constexpr int OldestAge = 110;
  // Without an expiry both centuries stay; the likelier comes first, and that is all that the year 30 decides.
  const bool younger_first = !expiry.empty() || parts.year < 30;
  for (const int century : {younger_first ? 2000 : 1900, younger_first ? 1900 : 2000}) {
    const int year = century + parts.year;
    if (!possible(year, parts)) continue;
    const std::string value = printed(year, parts);
    const bool before = value.substr(0, latest.size()) <= latest.substr(0, value.size());
    if (!before || (!expiry.empty() && latest_year - year > OldestAge)) continue;
    (out.value.empty() ? out.value : out.alternatives.emplace_back()) = value;
  }
  if (!out.value.empty()) return out;
  out.impossible = true;
  for (const int century : {1900, 2000}) {
    if (possible(century + parts.year, parts)) out.alternatives.push_back(printed(century + parts.year, parts));
  }
  return out;
}

}  // namespace careo::icao
