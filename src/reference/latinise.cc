// SPDX-License-Identifier: Apache-2.0
#include "reference/latinise.h"

#include <unicode/translit.h>
#include <unicode/uscript.h>

#include <memory>
#include <mutex>

#include "base/text.h"

namespace careo {
namespace {

const icu::Transliterator* any_latin() {
  static const std::unique_ptr<const icu::Transliterator> made = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<const icu::Transliterator> out(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    return U_FAILURE(status) != 0 ? nullptr : std::move(out);
  }();
  return made.get();
}

char arabic_class(char32_t c) {
  switch (c) {
    case U'ب':
    case U'پ': return 'B';
    case U'ت':
    case U'ط':
    case U'ث': return 'T';
    case U'ج': return 'J';
    case U'خ':
    case U'ق':
    case U'ك':
    case U'غ':
    case U'گ': return 'K';
    case U'د':
    case U'ض': return 'D';
    case U'ذ':
    case U'ز':
    case U'ظ':
    case U'س':
    case U'ص': return 'S';
    case U'ش':
    case U'چ': return 'C';
    case U'ر': return 'R';
    case U'ف':
    case U'ڤ': return 'F';
    case U'ل': return 'L';
    case U'م': return 'M';
    case U'ن': return 'N';
    default: return '\0';
  }
}

struct Sound {
  std::string_view letters;
  char name;
};
constexpr Sound kSounds[] = {{"tch", 'C'}, {"sch", 'C'}, {"sh", 'C'}, {"ch", 'C'}, {"kh", 'K'}, {"gh", 'K'},
                             {"th", 'T'},  {"dh", 'D'},  {"ph", 'F'}, {"zh", 'J'}, {"ck", 'K'}, {"ce", 'S'},
                             {"ci", 'S'},  {"cy", 'S'},  {"ge", 'J'}, {"gi", 'J'}, {"b", 'B'},  {"p", 'B'},
                             {"t", 'T'},   {"j", 'J'},   {"k", 'K'},  {"q", 'K'},  {"c", 'K'},  {"g", 'K'},
                             {"x", 'K'},   {"d", 'D'},   {"z", 'S'},  {"s", 'S'},  {"r", 'R'},  {"f", 'F'},
                             {"v", 'F'},   {"l", 'L'},   {"m", 'M'},  {"n", 'N'}};

void append_sound(std::string* out, char sound) {
  if (sound != '\0' && (out->empty() || out->back() != sound)) out->push_back(sound);
}

std::string latin_consonants(std::string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    std::size_t step = 1;
    for (const Sound& sound : kSounds) {
      if (!word.substr(at).starts_with(sound.letters)) continue;
      append_sound(&out, sound.name);
      // "ce" gives its consonant only; the vowel may begin another pair.
      step = sound.letters == "ce" || sound.letters == "ci" || sound.letters == "cy" || sound.letters == "ge" ||
                     sound.letters == "gi"
                 ? 1
                 : sound.letters.size();
      if (sound.letters == "x") append_sound(&out, 'S');
      break;
    }
    at += step;
  }
  return out;
}

}  // namespace

bool needs_latinising(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<UChar32>(next_code_point(text, &at));
    if (c < 0x370) continue;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
      case USCRIPT_LATIN:
      case USCRIPT_CYRILLIC:
      case USCRIPT_ARABIC:
      case USCRIPT_COMMON:
      case USCRIPT_INHERITED: break;
      default: return true;
    }
  }
  return false;
}

std::string latinise(std::string_view text) {
  static std::mutex one_at_a_time;  // a Transliterator promises nothing about threads
  const icu::Transliterator* letters = any_latin();
  if (letters == nullptr) return std::string(text);
  icu::UnicodeString unicode =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  for (const char16_t dot : {u'\u30FB', u'\u00B7', u'\u2027', u'\u2022'}) {
    unicode.findAndReplace(icu::UnicodeString(dot), icu::UnicodeString(u' '));
  }
  const std::lock_guard<std::mutex> guard(one_at_a_time);
  letters->transliterate(unicode);
  std::string out;
  unicode.toUTF8String(out);
  return out;
}

std::string consonants_of(std::string_view folded) {
  std::string out;
  bool arabic = false;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next_code_point(folded, &at);
    if (c < 0x600 || c > 0x6FF) continue;
    arabic = true;
    const char sound = arabic_class(c);
    // Foreign ch is written t and sh.
    if (sound == 'C' && !out.empty() && out.back() == 'T') out.pop_back();
    append_sound(&out, sound);
  }
  return arabic ? out : latin_consonants(folded);
}

}  // namespace careo
