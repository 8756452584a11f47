// SPDX-License-Identifier: Apache-2.0
// How names are spelt: in the machine readable zone by ICAO 9303-3 section 6 (8th edition), in the visual zone by other
// rules, in addresses by plain letters. Written for the generator alone; the reader has tables of its own, so that an
// error in one is not hidden by the same error in the other.
#pragma once

#include <string>
#include <string_view>

namespace careo::sample {

/// Whose letters they are; it decides between the readings that ICAO leaves open (Г is G or H, Ü is U or UE).
enum class Culture { Spanish, Russian, Ukrainian, Utopian };

/// A name as the MRZ prints it: A to Z and '<' between its parts. Apostrophes vanish, hyphens and spaces become '<'.
std::string mrz_name(std::string_view utf8, Culture culture);
/// A Cyrillic name as the visual zone prints it in Latin letters, near BGN/PCGN; other names stay as they are.
std::string latin_name(std::string_view utf8, Culture culture);
/// Upper case of Latin and Cyrillic letters; ß becomes SS.
std::string upper(std::string_view utf8);
/// Lower-case ASCII fit for the left half of a mail address.
std::string address_name(std::string_view utf8, Culture culture);

}  // namespace careo::sample
