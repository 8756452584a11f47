// SPDX-License-Identifier: Apache-2.0
// Are these two names one name? A sum of bits for and against, and a band that people can act on.
//
// Bits are log2 of how much likelier a likeness is in two writings of one name than in two names met by chance. What
// counts for how much is docs/formats/persons.md, "Names"; omission is never counted as contradiction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// What a token of a name is, where the source says so.
enum class NameRole { Unknown, Given, Surname, Patronymic, Particle, Generation };

struct NameToken {
  std::string folded;                  ///< reference/fold.h
  std::vector<std::string> spellings;  ///< in Latin letters, every scheme; the word itself where it is Latin
  std::vector<std::string> keys;       ///< skeletons of the spellings, sorted
  NameRole role = NameRole::Unknown;
  bool cut = false;        ///< the last of a machine-readable zone that was full: more letters may follow
  bool shortened = false;  ///< of a zone that was full: it may have been shortened to make room for the next
};

/// A name as a bag of tokens.
struct PersonName {
  std::vector<NameToken> tokens;
  bool truncated = false;  ///< tokens may be missing at the end
  bool empty() const { return tokens.empty(); }
  /// "given surname" of the folded tokens, for reasons and for sorting.
  std::string print() const;
};

/// A name whose parts are known. `truncated`: the zone it was read from is full (ICAO Doc 9303-3, section 4.6).
PersonName make_name(std::string_view given, std::string_view surname, bool truncated = false);
/// A name as written anywhere: "Given Surname", "SURNAME, Given".
PersonName make_name(std::string_view full);

enum class NameBand { Same, Probable, Possible, Different };
std::string_view name_of(NameBand band);

struct NameComparison {
  NameBand band = NameBand::Different;
  double bits = 0;
  std::vector<std::string> pro;     ///< "surname garcia = garcia"
  std::vector<std::string> contra;  ///< "given juan, other pedro"
  std::vector<std::string> absent;  ///< what only one side has
  bool given_differ = false;        ///< a given name on each side, none of which meet
  bool surname_differ = false;
};

NameComparison compare_names(const PersonName& a, const PersonName& b);

/// How alike two tokens are, 0..1: 1 letter for letter, 0.95 and more another spelling by rule, 0.9 a variant of the
/// same name (Jorge, George), below that a slip of pen or eye.
double token_likeness(const NameToken& a, const NameToken& b);

/// One JSON row of `careo compare`: a, b, band, bits, for, against, absent.
std::string comparison_json(std::string_view a, std::string_view b, const NameComparison& comparison);

}  // namespace careo
