// SPDX-License-Identifier: Apache-2.0
// Latin letters for scripts that have no table of ours, and the consonants that Arabic writes.
#pragma once

#include <string>
#include <string_view>

namespace careo {

/// True where a letter is neither Latin, nor Cyrillic, nor Arabic: what latinise() is for.
bool needs_latinising(std::string_view text);

/// `text` in Latin letters without accents, by ICU's general transliteration (Han as pinyin, Kana as Hepburn, Greek,
/// Georgian, Armenian, Hebrew, Indic scripts, ...); the middle dots of foreign names become spaces. Good enough to
/// compare by likeness, never to print. About 1 MB/s: for names, not for texts. Safe from several threads.
std::string latinise(std::string_view text);

/// The consonants of a folded Arabic or Latin word in classes that Arabic spelling and its romanisations keep apart: b
/// p are B, t is T, g k q and their breaths K, j J, d D, s z and their breaths S, sh ch C, r l m n f themselves.
/// Vowels, h, w, y and ayn are left out. Mohammed and محمد are both MMD.
std::string consonants_of(std::string_view folded);

}  // namespace careo
