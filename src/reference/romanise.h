// SPDX-License-Identifier: Apache-2.0
// Cyrillic names in Latin letters, by every scheme a passport or a newspaper may have used, and the meeting key: what
// the Cyrillic and the Latin spelling of one name have in common.
//
// The schemes are resources/romanisation/cyrillic.tsv. No scheme can be told from its result, so nothing here turns
// Latin back into Cyrillic.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// The schemes' names in the order of the table: "icao_9303", "bgn_pcgn", ..., "kmu_2010", "bgn_ukrainian".
const std::vector<std::string>& romanisation_schemes();

/// `text` in Latin letters by one scheme, lower case. What is not a letter of the scheme stays as it is. "" for an
/// unknown scheme.
std::string romanise(std::string_view text, std::string_view scheme);

/// Every distinct spelling of a word by all schemes of its language, without apostrophes, sorted. Words with Ukrainian
/// letters (і ї є ґ) are spelt by the Ukrainian schemes only, words with Russian letters (ы э ъ ё) by the Russian
/// only, all others by both. The word itself where it is not Cyrillic.
std::vector<std::string> romanisations(std::string_view word);

/// What remains of a Latin spelling when everything is gone on which schemes differ in a regular way: i, y and j are
/// one, doubled letters are single, w is v, c before a consonant or a, o, u is k, and so on (docs/formats/search.md,
/// "Spellings that meet"). "" where less than three letters remain.
std::string latin_skeleton(std::string_view folded);

/// The meeting keys of a folded word (see fold.h): one for a Latin word, one for each way of romanising a Cyrillic one,
/// none for any other. Two words of different alphabets meet when they share a key.
std::vector<std::string> meeting_keys(std::string_view folded);

/// True when the words are equal, or of different alphabets and share a meeting key.
bool spellings_meet(std::string_view folded_a, std::string_view folded_b);

}  // namespace careo
