// SPDX-License-Identifier: Apache-2.0
#include "reference/icao9303.h"

#include <algorithm>
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
constexpr std::array FrenchFixed = {FixedText{0, 0, "IDFRA"}};

// As TD3, but for the names; the fourth digit of the series stands first in the optional data, then the day of issue
// and the office. It has no expiry.
constexpr std::array RussianFields = {
    FieldLayout{DocumentCode, {0, 0, 2}, Kind::Code},  FieldLayout{Issuer, {0, 2, 5}, Kind::Code},
    FieldLayout{Surname, {0, 5, 44}, Kind::Cyrillic},  FieldLayout{DocumentNumber, {1, 0, 9}, Kind::Number, 9},
    FieldLayout{Nationality, {1, 10, 13}, Kind::Code}, FieldLayout{BirthDate, {1, 13, 19}, Kind::Date, 19},
    FieldLayout{Sex, {1, 20, 21}, Kind::Sex},          FieldLayout{Optional, {1, 28, 42}, Kind::Free, 42},
};
constexpr std::array RussianFixed = {FixedText{0, 0, "PNRUS"}, FixedText{1, 21, "<<<<<<<"}};

// The number's check digit covers all that stands before it. Eight letters of the surname, cut.
constexpr std::array FrenchLicenceFields = {
    FieldLayout{DocumentCode, {0, 0, 2}, Kind::Code},
    FieldLayout{Issuer, {0, 2, 5}, Kind::Code},
    FieldLayout{DocumentNumber, {0, 5, 14}, Kind::Number, 14, 0},
    FieldLayout{ExpiryDate, {0, 15, 21}, Kind::Date},
    FieldLayout{Surname, {0, 21, 29}, Kind::Primary},
};
constexpr std::array LicenceComposite = {Run{0, 0, 29}};
constexpr std::array FrenchLicenceFixed = {FixedText{0, 0, "D1FRA"}};

// Column 5 is the version of the chip's key ("configuration"), columns 16 to 28 are random.
constexpr std::array DutchLicenceFields = {
    FieldLayout{DocumentCode, {0, 0, 2}, Kind::Code}, FieldLayout{Issuer, {0, 2, 5}, Kind::Code},
    FieldLayout{Optional2, {0, 5, 6}, Kind::Free},    FieldLayout{DocumentNumber, {0, 6, 16}, Kind::Number},
    FieldLayout{Optional, {0, 16, 29}, Kind::Free},
};
constexpr std::array DutchLicenceFixed = {FixedText{0, 0, "D1NLD"}};

// The number of the blank with a letter for its language; the holder's number of nine digits, the licence's version.
constexpr std::array SwissFields = {
    FieldLayout{DocumentNumber, {0, 0, 9}, Kind::Number}, FieldLayout{DocumentCode, {1, 0, 2}, Kind::Code},
    FieldLayout{Issuer, {1, 2, 5}, Kind::Code},           FieldLayout{Optional, {1, 5, 14}, Kind::Digits},
    FieldLayout{Optional2, {1, 14, 17}, Kind::Digits},    FieldLayout{BirthDate, {1, 19, 25}, Kind::Date},
    FieldLayout{Surname, {2, 0, 30}, Kind::Names},
};
constexpr std::array SwissFixed = {FixedText{0, 7, "<<"}, FixedText{1, 0, "FACHE"}, FixedText{1, 17, "<<"},
                                   FixedText{1, 25, "<<<<<"}};

// What its last digit is computed from is not known; it is kept as optional data.
constexpr std::array ChineseFields = {
    FieldLayout{DocumentCode, {0, 0, 2}, Kind::Code},     FieldLayout{DocumentNumber, {0, 2, 11}, Kind::Number, 11},
    FieldLayout{ExpiryDate, {0, 13, 19}, Kind::Date, 19}, FieldLayout{BirthDate, {0, 21, 27}, Kind::Date, 27},
    FieldLayout{Optional, {0, 29, 30}, Kind::Free},
};
constexpr std::array ChineseFixed = {FixedText{0, 0, "C"}, FixedText{0, 12, "<"}, FixedText{0, 20, "<"},
                                     FixedText{0, 28, "<"}};

constexpr std::array<std::uint8_t, 3> Card = {30, 30, 30};
constexpr std::array<std::uint8_t, 2> Middle = {36, 36};
constexpr std::array<std::uint8_t, 2> Wide = {44, 44};
constexpr std::array<std::uint8_t, 1> Single = {30};
constexpr std::array<std::uint8_t, 3> Swiss = {9, 30, 30};

constexpr std::array Layouts = {
    Layout{Format::TD1, Card, Td1Fields, Composite{Td1Composite, 1, 29}, {}},
    Layout{Format::TD2, Middle, Td2Fields, Composite{Td2Composite, 1, 35}, {}},
    Layout{Format::TD3, Wide, Td3Fields, Composite{Td3Composite, 1, 43}, {}},
    Layout{Format::MrvA, Wide, MrvAFields, std::nullopt, {}},
    Layout{Format::MrvB, Middle, MrvBFields, std::nullopt, {}},
    Layout{Format::FrenchId, Middle, FrenchFields, Composite{FrenchComposite, 1, 35}, FrenchFixed},
    Layout{Format::RussianId, Wide, RussianFields, Composite{Td3Composite, 1, 43}, RussianFixed},
    Layout{Format::FrenchLicence, Single, FrenchLicenceFields, Composite{LicenceComposite, 0, 29}, FrenchLicenceFixed},
    Layout{Format::DutchLicence, Single, DutchLicenceFields, Composite{LicenceComposite, 0, 29}, DutchLicenceFixed},
    Layout{Format::SwissLicence, Swiss, SwissFields, std::nullopt, SwissFixed},
    Layout{Format::ChinesePermit, Single, ChineseFields, std::nullopt, ChineseFixed},
};

constexpr std::array Formats = {Format::TD1,          Format::TD2,          Format::TD3,          Format::MrvA,
                                Format::MrvB,         Format::FrenchId,     Format::RussianId,    Format::FrenchLicence,
                                Format::DutchLicence, Format::SwissLicence, Format::ChinesePermit};

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
    case Format::RussianId: return "RUS-ID";
    case Format::FrenchLicence: return "FRA-DL";
    case Format::DutchLicence: return "NLD-DL";
    case Format::SwissLicence: return "CHE-DL";
    case Format::ChinesePermit: return "CHN-EEP";
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

bool Layout::has_shape(std::span<const std::string> of) const {
  return std::ranges::equal(of, widths, {}, [](const std::string& line) { return line.size(); });
}

const Layout& layout_of(Format format) {
  return Layouts[static_cast<std::size_t>(format)];
}

std::span<const Format> all_formats() {
  return Formats;
}

}  // namespace careo::icao
