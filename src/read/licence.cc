// SPDX-License-Identifier: Apache-2.0
#include "read/licence.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "evidence/reading.h"

namespace careo {
namespace {

struct Element {
  std::string_view id;
  std::string_view field;
};

/// Annex D, tables D.3 and D.4; DAA, DAB and DCT are those of the versions of 2000 and 2003.
constexpr std::array<Element, 12> kElements = {{{"DAQ", "document_number"},
                                                {"DCS", "surname"},
                                                {"DAB", "surname"},
                                                {"DAC", "given_names"},
                                                {"DCT", "given_names"},
                                                {"DAD", "middle_name"},
                                                {"DAA", "name"},
                                                {"DBB", "birth_date"},
                                                {"DBA", "expiry_date"},
                                                {"DBC", "sex"},
                                                {"DCG", "issuer"},
                                                {"DAJ", "jurisdiction"}}};

bool says_nothing(std::string_view data) {
  return data.empty() || equal_ignoring_case(data, "none") || equal_ignoring_case(data, "unavl") ||
         equal_ignoring_case(data, "unavail");
}

std::string iso_of(std::string_view digits, std::size_t year, std::size_t month, std::size_t day) {
  const auto number = [&](std::size_t at, std::size_t count) {
    int out = 0;
    for (const char c : digits.substr(at, count)) out = out * 10 + (c - '0');
    return out;
  };
  const Date date{number(year, 4), number(month, 2), number(day, 2)};
  return is_valid(date) && date.year >= 1800 && date.year < 2200 ? iso(date) : std::string{};
}

/// MMDDCCYY in the United States, CCYYMMDD in Canada: at most one of the two is a date of our times.
std::string date_of(std::string_view data) {
  const bool digits = std::all_of(data.begin(), data.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (data.size() != 8 || !digits) return {};
  const std::string american = iso_of(data, 4, 0, 2);
  return american.empty() ? iso_of(data, 0, 4, 6) : american;
}

std::string understood(std::string_view field, std::string_view data) {
  if (field.ends_with("_date")) return date_of(data);
  if (field == "sex") {
    if (data == "1" || data == "M") return "M";
    return data == "2" || data == "F" ? "F" : "X";
  }
  std::string out(data);
  if (field == "given_names" || field == "name") std::replace(out.begin(), out.end(), ',', ' ');
  return std::string(trim(out));
}

void take(std::string_view line, Licence* out) {
  if (line.size() < 4) return;
  const auto* known = std::find_if(kElements.begin(), kElements.end(),
                                   [&](const Element& each) { return each.id == line.substr(0, 3); });
  const std::string_view data = trim(line.substr(3));
  if (known == kElements.end() || says_nothing(data)) return;
  const std::string field(known->field);
  if (out->raw.contains(field)) return;  // the first word stands: a second subfile repeats it
  out->value[field] = understood(field, data);
  out->raw[field] = std::string(data);
}

/// Where the elements begin: behind the directory of subfiles, whose offsets many issuers get wrong.
std::size_t elements_of(std::string_view text) {
  std::size_t header = text.find("ANSI ");
  if (header == std::string_view::npos) header = text.find("AAMVA");
  if (header == std::string_view::npos || header > 16) return std::string_view::npos;
  for (std::size_t at = header; at + 5 <= text.size(); ++at) {
    const std::string_view type = text.substr(at, 2);
    if ((type == "DL" || type == "ID") && text[at + 2] == 'D' && text[at + 3] >= 'A' && text[at + 3] <= 'D')
      return at + 2;
  }
  return std::string_view::npos;
}

}  // namespace

std::string Licence::json() const {
  JsonWriter out;
  out.object().member("format", "AAMVA").key("lines").array().end().key("fields").object();
  for (const auto& [name, written] : raw) {
    const std::string& meaning = value.at(name);
    const bool no_date = meaning.empty() && name.ends_with("_date");
    out.key(name).object().member("raw", written).member("value", meaning);
    out.member("grade", name_of(no_date ? Grade::Inconsistent : Grade::Checked)).end();
  }
  return out.end().end().take();
}

std::optional<Licence> parse_licence(std::string_view text) {
  const std::size_t begin = elements_of(text);
  if (begin == std::string_view::npos) return std::nullopt;
  Licence out;
  std::string_view rest = text.substr(begin);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of("\n\r"), rest.size());
    take(rest.substr(0, end), &out);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const bool named = out.raw.contains("surname") || out.raw.contains("name");
  if (!out.raw.contains("document_number") || !named) return std::nullopt;
  return out;
}

}  // namespace careo
