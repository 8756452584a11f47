// SPDX-License-Identifier: Apache-2.0
#include "resolve/corrections.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/json.h"
#include "base/text.h"

namespace careo {
namespace {

constexpr std::array<std::string_view, 11> kFields = {"document_code", "issuer",   "document_number", "nationality",
                                                      "birth_date",    "sex",      "expiry_date",     "surname",
                                                      "given_names",   "optional", "optional_2"};
constexpr std::array<std::string_view, 3> kDeciding = {"document_number", "birth_date", "expiry_date"};
constexpr std::size_t kLongest = 200;  // bytes: no name on any paper is longer

bool is_date(std::string_view value) {
  if (value.empty() || parse_iso_date(value)) return true;
  const bool digits = std::ranges::all_of(value, [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
  if (!digits) return false;
  if (value.size() == 4) return value.find('-') == std::string_view::npos;
  return value.size() == 7 && parse_iso_date(std::string(value) + "-01");
}

Result<void> expect_fits(std::string_view field, std::string_view value) {
  if (std::ranges::find(kFields, field) == kFields.end())
    return fail(Fault::Refused,
                fmt::format("no document has a field {}: fields are {}", printable(field), fmt::join(kFields, ", ")));
  const bool clean = is_utf8(value) && value.size() <= kLongest &&
                     std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < ' '; });
  if (!clean) return fail(Fault::Refused, fmt::format("{} cannot hold that", field));
  if (field.ends_with("_date") && !is_date(value))
    return fail(Fault::Refused, fmt::format("{} is written 1974-08-12, 1974-08 or 1974", field));
  if (field == "sex" && value != "M" && value != "F" && value != "X" && !value.empty())
    return fail(Fault::Refused, "sex is M, F or X");
  return {};
}

void restore(FieldValue* field) {
  if (!field->corrected) return;
  field->value = field->corrected->read;
  field->grade = field->corrected->grade;
  field->corrected.reset();
}

void set(FieldValue* field, const std::string& value, const Decision& decision) {
  Word word{decision.by, decision.at, field->value, field->grade};
  if (field->corrected) {  // the reading stays beside the newest word
    word.read = field->corrected->read;
    word.grade = field->corrected->grade;
  }
  field->value = value;
  field->grade = Grade::Checked;
  field->corrected = std::move(word);
}

void correct(const Decision& decision, IdentityRecord* record) {
  const auto json = Json::parse(decision.value);
  if (!json || json->type() != Json::Type::Object) return;
  for (const auto& [name, value] : json->members()) {
    if (value.is_null()) {
      const auto found = record->fields.find(name);
      if (found != record->fields.end()) restore(&found->second);
    } else if (value.type() == Json::Type::Text && expect_fits(name, value.text())) {
      set(&record->fields[name], value.text(), decision);
    }
  }
}

void grade_anew(IdentityRecord* record) {
  record->grade = Grade::Checked;
  for (const std::string_view name : kDeciding) {
    const auto found = record->fields.find(name);
    if (found != record->fields.end()) record->grade = std::min(record->grade, found->second.grade);
  }
  const bool named = record->field("surname").corrected || record->field("given_names").corrected;
  record->names_truncated = record->names_truncated && !named;
}

}  // namespace

Result<std::string> correction_json(const std::vector<Correction>& corrections) {
  if (corrections.empty()) return fail(Fault::Refused, "which field is to be corrected? FIELD=VALUE");
  JsonWriter out;
  out.object();
  for (const auto& [field, value] : corrections) {
    TRY(expect_fits(field, value.value_or("")));
    out.key(field);
    if (value) {
      out.text(*value);
    } else {
      out.null();
    }
  }
  return out.end().take();
}

void apply_corrections(const std::vector<Decision>& decisions, std::vector<IdentityRecord>* records) {
  for (IdentityRecord& record : *records) {
    bool touched = false;
    for (const Decision& decision : decisions) {
      if (!record.anchor || !meet(*record.anchor, decision.first)) continue;
      if (decision.verdict == Decision::Verdict::Corrected) {
        correct(decision, &record);
        touched = true;
      } else if (decision.verdict == Decision::Verdict::Reviewed) {
        record.reviewed = Word{decision.by, decision.at, "", Grade::Unconfirmed};
      } else if (decision.verdict == Decision::Verdict::Unsure && decision.first == decision.second) {
        record.reviewed.reset();
      }
    }
    if (touched) grade_anew(&record);
  }
}

std::string_view grade_word(const FieldValue& field) {
  return field.corrected ? "corrected" : name_of(field.grade);
}

std::string_view grade_word(const IdentityRecord& record) {
  const bool corrected =
      std::ranges::any_of(kDeciding, [&](std::string_view name) { return record.field(name).corrected.has_value(); });
  return corrected && record.grade == Grade::Checked ? "corrected" : name_of(record.grade);
}

}  // namespace careo
