// SPDX-License-Identifier: Apache-2.0
// Understands the lines of a machine-readable zone: text in, fields out. Doc 9303 parts 3 to 7.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "reference/icao9303.h"

namespace careo::icao {

enum class Check : std::uint8_t {
  None,   ///< this field has no check digit
  Holds,  ///< its check digit agrees
  Fails,
};

/// What is odd about a field, kept beside it; none of these is a reason to drop anything.
enum class Flag : std::uint8_t {
  UnknownCode,     ///< no state or organisation of our table
  LegacyCode,      ///< withdrawn: old documents, and specimens
  SpecimenCode,    ///< UTO: Utopia, whose documents are samples
  ImpossibleDate,  ///< no day of any calendar, or expired before the holder was born
  UnknownParts,    ///< the zone itself says that parts of the date are not known
  Truncated,       ///< the names fill their field to the last letter
  LongNumber,      ///< the document number goes on in the optional data (Doc 9303-5 note j)
  Characters,      ///< a character that this field cannot hold
};
std::string_view name_of(Flag flag);

struct Field {
  FieldName name;
  std::string raw;    ///< as printed, fillers included
  std::string value;  ///< dates ISO 8601 ("1974-08-12", "1974-08", "1974"), codes and numbers without fillers
  std::vector<std::string> alternatives;  ///< other readings of the same characters: the other century
  Check check = Check::None;
  std::vector<Flag> flags;
  std::vector<Run> runs;  ///< the characters it stands on, without its check digit
  int check_column = -1;  ///< of its check digit, on the line of the last run
  bool has(Flag flag) const;
};

struct Zone {
  Format format = Format::TD3;
  std::vector<std::string> lines;
  std::vector<Field> fields;  ///< in the order of the layout
  Check composite = Check::None;
  const Field* field(FieldName name) const;
};

/// The format that the shape of `lines` and their document code say; NotFound when none fits.
Result<Format> format_of(const std::vector<std::string>& lines);

/// All fields of `lines` read as `format`. Malformed unless their count, widths and characters fit it; anything else
/// that is wrong comes back as a failed check or a flag.
Result<Zone> parse_zone(const std::vector<std::string>& lines, Format format);
Result<Zone> parse_zone(const std::vector<std::string>& lines);

/// Where a long document number goes on in a TD1 or TD2 zone (Doc 9303-5 note j, 9303-6 note j): the first field's
/// check digit is a filler, and the optional data begin with the rest, its check digit and a filler.
struct LongNumber {
  Run rest;
  int check = -1;  ///< column of the check digit
};
/// None when the optional data do not start that way, or nothing up to their first filler agrees with a check digit.
std::optional<LongNumber> long_number(const std::vector<std::string>& lines, Format format);

/// "740812" -> the date, by these rules and no clock: machine-readable documents exist since 1980, so an expiry year
/// lies in 1980..2079; a birth lies before the expiry, and where both centuries leave an age of at most 110 at expiry,
/// the younger reading comes first and the older is an alternative. Without an expiry both are kept, 19YY first from 30
/// on.
struct DateReading {
  std::string value;  ///< "" where nothing is known
  std::vector<std::string> alternatives;
  bool impossible = false;
  bool unknown_parts = false;
};
DateReading read_expiry(std::string_view six);
/// `expiry` is an ISO date or year, or "" where the zone gives none that can be read.
DateReading read_birth(std::string_view six, std::string_view expiry);

}  // namespace careo::icao
