// SPDX-License-Identifier: Apache-2.0
#include "resolve/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/json.h"
#include "base/text.h"

namespace careo {
namespace {

const FieldValue& no_field() {
  static const FieldValue none;
  return none;
}

/// What a field that says "not specified" is worth: nothing.
bool says_nothing(std::string_view name, std::string_view value) {
  return name == "sex" && value != "M" && value != "F";
}

struct ColumnName {
  std::string_view column;  ///< lower case, letters only
  std::string_view field;
};

constexpr std::array<ColumnName, 35> kColumns = {{
    {"name", "name"},
    {"fullname", "name"},
    {"firstname", "given_names"},
    {"givenname", "given_names"},
    {"givennames", "given_names"},
    {"forename", "given_names"},
    {"middlename", "middle_name"},
    {"secondname", "middle_name"},
    {"fathername", "middle_name"},
    {"lastname", "surname"},
    {"surname", "surname"},
    {"familyname", "surname"},
    {"birthdate", "birth_date"},
    {"dateofbirth", "birth_date"},
    {"dob", "birth_date"},
    {"birthplace", "birth_place"},
    {"placeofbirth", "birth_place"},
    {"gender", "sex"},
    {"sex", "sex"},
    {"nationality", "nationality"},
    {"country", "country"},
    {"passportnumber", "document_number"},
    {"passport", "document_number"},
    {"documentnumber", "document_number"},
    {"idnumber", "id_number"},
    {"nationalid", "id_number"},
    {"socsecid", "id_number"},
    {"taxnumber", "id_number"},
    {"email", "email"},
    {"phone", "phone"},
    {"address", "address"},
    {"city", "city"},
    {"town", "city"},
    {"suburb", "city"},
    {"issuer", "issuer"},
}};

std::string letters_of(std::string_view header) {
  std::string out;
  for (const char c : header) {
    const char lower = lower_ascii(c);
    if (lower >= 'a' && lower <= 'z') out.push_back(lower);
  }
  return out;
}

std::string understood(std::string_view field, std::string_view cell) {
  const std::string_view text = trim(cell);
  if (field == "birth_date") return plain_date(text);
  if (field == "document_number" || field == "id_number") return plain_number(text);
  if (field == "email") return lower_ascii(text);
  if (field == "sex") {
    const std::string lower = lower_ascii(text);
    return lower.starts_with("m") ? "M" : lower.starts_with("f") || lower.starts_with("w") ? "F" : "";
  }
  return std::string(text);
}

int number_at(std::string_view text, std::size_t at, std::size_t count) {
  int out = 0;
  for (std::size_t i = at; i < at + count; ++i) out = out * 10 + (text[i] - '0');
  return out;
}

std::string iso_if_valid(int year, int month, int day) {
  const Date date{year, month, day};
  return is_valid(date) ? iso(date) : std::string{};
}

/// "12/08/1974", "8.2.74" is refused: two digits are no year.
std::string day_first(std::string_view text) {
  std::array<int, 3> numbers{};
  std::size_t count = 0, digits = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (count == 3 || ++digits > 4) return {};
      numbers[count] = numbers[count] * 10 + (c - '0');
    } else if (digits > 0 && (c == '/' || c == '.' || c == '-' || c == ' ')) {
      ++count;
      digits = 0;
    } else {
      return {};
    }
  }
  if (count != 2) return {};
  if (numbers[0] > 999) return iso_if_valid(numbers[0], numbers[1], numbers[2]);
  if (digits != 4) return {};
  const std::string out = iso_if_valid(numbers[2], numbers[1], numbers[0]);
  return out.empty() ? iso_if_valid(numbers[2], numbers[0], numbers[1]) : out;
}

}  // namespace

const FieldValue& IdentityRecord::field(std::string_view name) const {
  const auto found = fields.find(name);
  return found == fields.end() ? no_field() : found->second;
}

PersonName IdentityRecord::name() const {
  const FieldValue& given = field("given_names");
  const FieldValue& surname = field("surname");
  if (given.empty() && surname.empty()) return make_name(field("name").value);
  std::string givens = given.value;
  if (!field("middle_name").empty()) givens += " " + field("middle_name").value;
  return make_name(givens, surname.value, names_truncated);
}

Result<IdentityRecord> record_of(const PartId& part, const Reading& reading) {
  const Result<Json> parsed = Json::parse(reading.value);
  if (!parsed) return wrap(parsed.error(), "a reading of kind " + reading.kind);
  const Json& json = reading.kind == "barcode" ? (*parsed)["document"] : *parsed;
  if (json["fields"].type() != Json::Type::Object)
    return fail(Fault::Malformed, "a reading of kind " + reading.kind + " without fields");
  IdentityRecord out;
  out.anchor = Anchor{part, reading.region, reading.kind};
  out.id = out.anchor->print();
  out.grade = reading.grade;
  out.format = json["format"].text();
  for (const Json& line : json["lines"].items()) out.lines.push_back(line.text());
  for (const auto& [name, field] : json["fields"].members()) {
    FieldValue value;
    value.value = field["value"].text();
    value.raw = field["raw"].text();
    if (says_nothing(name, value.value)) value.value.clear();
    const Result<Grade> grade = parse_grade(field["grade"].text());
    value.grade = grade ? *grade : Grade::Doubtful;
    value.check_holds = field["check"].text() == "holds";
    // Doc 9303-3, 4.6: a letter in the last position means that the names may go on.
    for (const Json& flag : field["flags"].items())
      out.names_truncated = out.names_truncated || flag.text() == "truncated";
    for (const Json& other : field["alternatives"].items()) {
      if (!other.text().empty()) value.alternatives.push_back(other.text());
    }
    out.fields[name] = std::move(value);
  }
  return out;
}

IdentityRecord record_of_row(const std::vector<std::string>& header, const std::vector<std::string>& cells,
                             std::size_t row) {
  IdentityRecord out;
  for (std::size_t i = 0; i < header.size() && i < cells.size(); ++i) {
    const std::string column = letters_of(header[i]);
    if (out.id.empty() && (column == "id" || column == "recid" || column == "uniqueid")) {
      out.id = std::string(trim(cells[i]));
      continue;
    }
    const auto* known =
        std::find_if(kColumns.begin(), kColumns.end(), [&](const ColumnName& each) { return each.column == column; });
    if (known == kColumns.end()) continue;
    std::string value = understood(known->field, cells[i]);
    if (!value.empty()) {
      FieldValue field;
      field.value = std::move(value);
      field.raw = cells[i];
      out.fields[std::string(known->field)] = std::move(field);
    }
  }
  if (out.id.empty()) out.id = fmt::format("row {}", row);
  return out;
}

std::string plain_number(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) out.push_back(c);
    if (c >= 'a' && c <= 'z') out.push_back(static_cast<char>(c - 'a' + 'A'));
  }
  return out;
}

std::string plain_date(std::string_view text) {
  text = trim(text);
  if (text.size() > 10 && text[10] == 'T') text = text.substr(0, 10);
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits && text.size() == 8)
    return iso_if_valid(number_at(text, 0, 4), number_at(text, 4, 2), number_at(text, 6, 2));
  if (digits && text.size() == 4) return std::string(text);
  if (text.size() == 7 && text[4] == '-') return std::string(text);
  return day_first(text);
}

}  // namespace careo
