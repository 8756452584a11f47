// SPDX-License-Identifier: Apache-2.0
#include "reference/icao9303.h"

#include <array>

namespace careo::icao {

namespace {

using enum FieldName;

// Names are one field here, surname and given names are told apart by "<<" (Kind::Names stands under Surname).
constexpr std::array Td1Fields = {
    FieldLayout{DocumentCode, {0, 0, 2}, Kind::Code},          FieldLayout{Issuer, {0, 2, 5}, Kind::Code},
    FieldLayout{DocumentNumber, {0, 5, 14}, Kind::Number, 14}, FieldLayout{Optional, {0, 15, 30}, Kind::Free},
    FieldLayout{BirthDate, {1, 0, 6}, Kind::Date, 6},          FieldLayout{Sex, {1, 7, 8}, Kind::Sex},
    FieldLayout{ExpiryDate, {1, 8, 14}, Kind::Date, 14},       FieldLayout{Nationality, {1, 15, 18}, Kind::Code},
    FieldLayout{Optional2, {1, 18, 29}, Kind::Free},           FieldLayout{Surname, {2, 0, 30}, Kind::Names},
};
constexpr std::array Td1Composite = {Run{0, 5, 30}, Run{1, 0, 7}, Run{1, 8, 15}, Run{1, 18, 29}};

constexpr std::array Td2Fields = {
    FieldLayout{DocumentCode, {0, 0, 2}, Kind::Code},  FieldLayout{Issuer, {0, 2, 5}, Kind::Code},
    FieldLayout{Surname, {0, 5, 36}, Kind::Names},     FieldLayout{DocumentNumber, {1, 0, 9}, Kind::Number, 9},
    FieldLayout{Nationality, {1, 10, 13}, Kind::Code}, FieldLayout{BirthDate, {1, 13, 19}, Kind::Date, 19},
    FieldLayout{Sex, {1, 20, 21}, Kind::Sex},          FieldLayout{ExpiryDate, {1, 21, 27}, Kind::Date, 27},
    FieldLayout{Optional, {1, 28, 35}, Kind::Free},
};
constexpr std::array Td2Composite = {Run{1, 0, 10}, Run{1, 13, 20}, Run{1, 21, 35}};

constexpr std::array Td3Fields = {
    FieldLayout{DocumentCode, {0, 0, 2}, Kind::Code},   FieldLayout{Issuer, {0, 2, 5}, Kind::Code},
    FieldLayout{Surname, {0, 5, 44}, Kind::Names},      FieldLayout{DocumentNumber, {1, 0, 9}, Kind::Number, 9},
    FieldLayout{Nationality, {1, 10, 13}, Kind::Code},  FieldLayout{BirthDate, {1, 13, 19}, Kind::Date, 19},
    FieldLayout{Sex, {1, 20, 21}, Kind::Sex},           FieldLayout{ExpiryDate, {1, 21, 27}, Kind::Date, 27},
    FieldLayout{Optional, {1, 28, 42}, Kind::Free, 42},
};
constexpr std::array Td3Composite = {Run{1, 0, 10}, Run{1, 13, 20}, Run{1, 21, 43}};

constexpr std::array MrvAFields = {
    FieldLayout{DocumentCode, {0, 0, 2}, Kind::Code},  FieldLayout{Issuer, {0, 2, 5}, Kind::Code},
    FieldLayout{Surname, {0, 5, 44}, Kind::Names},     FieldLayout{DocumentNumber, {1, 0, 9}, Kind::Number, 9},
    FieldLayout{Nationality, {1, 10, 13}, Kind::Code}, FieldLayout{BirthDate, {1, 13, 19}, Kind::Date, 19},
    FieldLayout{Sex, {1, 20, 21}, Kind::Sex},          FieldLayout{ExpiryDate, {1, 21, 27}, Kind::Date, 27},
    FieldLayout{Optional, {1, 28, 44}, Kind::Free},
};

constexpr std::array MrvBFields = {
    FieldLayout{DocumentCode, {0, 0, 2}, Kind::Code},  FieldLayout{Issuer, {0, 2, 5}, Kind::Code},
    FieldLayout{Surname, {0, 5, 36}, Kind::Names},     FieldLayout{DocumentNumber, {1, 0, 9}, Kind::Number, 9},
    FieldLayout{Nationality, {1, 10, 13}, Kind::Code}, FieldLayout{BirthDate, {1, 13, 19}, Kind::Date, 19},
    FieldLayout{Sex, {1, 20, 21}, Kind::Sex},          FieldLayout{ExpiryDate, {1, 21, 27}, Kind::Date, 27},
    FieldLayout{Optional, {1, 28, 36}, Kind::Free},
};

constexpr std::array FrenchFields = {
    FieldLayout{DocumentCode, {0, 0, 2}, Kind::Code},          FieldLayout{Issuer, {0, 2, 5}, Kind::Code},
    FieldLayout{Surname, {0, 5, 30}, Kind::Primary},           FieldLayout{Optional, {0, 30, 36}, Kind::Free},
    FieldLayout{DocumentNumber, {1, 0, 12}, Kind::Number, 12}, FieldLayout{GivenNames, {1, 13, 27}, Kind::Given},
    FieldLayout{BirthDate, {1, 27, 33}, Kind::Date, 33},       FieldLayout{Sex, {1, 34, 35}, Kind::Sex},
};
constexpr std::array FrenchComposite = {Run{0, 0, 36}, Run{1, 0, 35}};

const std::array Layouts = {
    Layout{Format::TD1, 3, 30, Td1Fields, Composite{Td1Composite, 1, 29}},
    Layout{Format::TD2, 2, 36, Td2Fields, Composite{Td2Composite, 1, 35}},
    Layout{Format::TD3, 2, 44, Td3Fields, Composite{Td3Composite, 1, 43}},
    Layout{Format::MrvA, 2, 44, MrvAFields, std::nullopt},
    Layout{Format::MrvB, 2, 36, MrvBFields, std::nullopt},
    Layout{Format::FrenchId, 2, 36, FrenchFields, Composite{FrenchComposite, 1, 35}},
};

constexpr std::array Formats = {Format::TD1, Format::TD2, Format::TD3, Format::MrvA, Format::MrvB, Format::FrenchId};

}  // namespace

int check_sum(std::string_view characters) {
  int sum = 0;
  for (std::size_t i = 0; i < characters.size(); ++i) sum = (sum + weight_of(i) * value_of(characters[i])) % 10;
  return sum;
}

std::string_view name_of(Format format) {
  switch (format) {
    case Format::TD1: return "TD1";
    case Format::TD2: return "TD2";
    case Format::TD3: return "TD3";
    case Format::MrvA: return "MRV-A";
    case Format::MrvB: return "MRV-B";
    case Format::FrenchId: return "FRA-ID";
  }
  return "";
}

std::string_view name_of(FieldName name) {
  switch (name) {
    case DocumentCode: return "document_code";
    case Issuer: return "issuer";
    case DocumentNumber: return "document_number";
    case Nationality: return "nationality";
    case BirthDate: return "birth_date";
    case Sex: return "sex";
    case ExpiryDate: return "expiry_date";
    case Surname: return "surname";
    case GivenNames: return "given_names";
    case Optional: return "optional";
    case Optional2: return "optional_2";
    case IssueDate: return "issue_date";
  }
  return "";
}

const Layout& layout_of(Format format) {
  return Layouts[static_cast<std::size_t>(format)];
}

std::span<const Format> all_formats() {
  return Formats;
}

}  // namespace careo::icao
