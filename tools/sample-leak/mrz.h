// SPDX-License-Identifier: Apache-2.0
// The text of a machine readable zone (ICAO 9303-3 to -7), written from fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace careo::sample {

enum class Format { Td1, Td2, Td3, MrvA, MrvB };
std::string_view name_of(Format format);  ///< as in careo's JSON: "TD3", "MRV-A"

/// What stands in the zone. Names come as mrz_name() writes them, numbers without fillers.
struct Zone {
  Format format = Format::Td3;
  std::string code = "P";  ///< one or two letters
  std::string issuer, number, nationality, surname, given;
  Date birth, expiry;
  char sex = 'M';
  std::string optional, optional_2;
};

/// The lines, each of the length the format asks.
std::vector<std::string> lines_of(const Zone& zone);
/// The name field `width` wide: cut by 9303-4 section 4.2.3 where it does not fit, a letter last then.
std::string name_field(std::string_view surname, std::string_view given, std::size_t width);
/// Weights 7, 3, 1 (9303-3 section 4.9).
char check_digit(std::string_view text);

}  // namespace careo::sample
