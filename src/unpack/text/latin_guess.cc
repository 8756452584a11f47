// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/latin_guess.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <vector>

#include "base/text.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

/// The letters above ASCII of a language in its own words (CLDR, main exemplars) and words that nearly every text of it
/// has.
struct Language {
  std::u32string_view letters;  ///< small ones
  std::string_view words;       ///< in ASCII
  int weight = 3;               ///< of a letter
};
constexpr auto kLanguages = std::to_array<Language>({
    {U"áéíóúüñ", " de la que el en los del las por con para una su al es como "},
    {U"àâæçéèêëîïôœùûüÿ", " le la les des est et une dans pour que qui sur pas du au "},
    {U"äöüß", " der die und das ist nicht von mit den ein zu auf "},
    {U"ãáàâçéêíóôõú", " de que do da em um uma para com os no na se por "},
    {U"àèéìíòóù", " di che il la per un non del una con sono della "},
    {U"àçèéíïòóúü·", " de la el que els les amb per una del "},
    {U"áéëïóöúüè", " de het een van en in is dat op te met voor niet "},
    {U"åäöé", " och att det som en av inte den med till "},
    {U"æøåéòôó", " og det er en til ikke som de med av for "},
    {U"åäöšž", " ja on ei se oli ett mutta kun ovat "},
    {U"éèêëïöüñçàôâ", " the of and to in is that for was with "},
    {U"áéíóúýþæöð", " og er sem til um en ekki var "},
    {U"ąćęłńóśźż", " nie na to jest do sie w z i ze od po dla jak przez oraz "},
    {U"áčďéěíňóřšťúůýž", " je na se to v s z do pro o ve od po ale jako nebo "},
    {U"áäčďéíĺľňóôŕšťúýž", " je na sa to v s z do pre o sme po ako alebo "},
    {U"áéíóöőúüű", " a az hogy nem egy volt van meg ezt csak mint "},
    {U"ăâîșțşţ", " de la in pe cu din care nu este pentru au sau mai lui ale unui "},
    {U"čćđšž", " je i u na da se su za od koji kao bi "},
    {U"äöüßćčšžł", " der die und das ist nicht ", 1},
    {U"çğıöşüâîû", " ve bir bu ile da de olarak olan daha ne mi "},
    {U"ąčęėįšųūž", " ir yra kad su ne tai kaip bet jo buvo "},
    {U"āčēģīķļņšūž", " un ir ar par no ka uz kas bet vai "},
    {U"äõöüšž", " ja on ei et ta see oli kui ka "},
    {U"àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÿ", "", 2},  // Western ones mixed
});

/// In this order where several fit as well.
constexpr auto kPages =
    std::to_array<const char*>({"windows-1252", "iso-8859-15", "windows-1250", "iso-8859-2", "windows-1254",
                                "windows-1257", "ibm-850", "ibm-852", "ibm-857", "ibm-437", "macintosh"});

using Table = std::array<char32_t, 128>;

const std::array<Table, kPages.size()>& tables() {
  static const auto kTables = [] {
    std::array<Table, kPages.size()> out{};
    for (std::size_t page = 0; page < kPages.size(); ++page)
      for (std::size_t i = 0; i < 128; ++i) {
        const auto byte = static_cast<std::uint8_t>(0x80 + i);
        std::string letter;
        append_decoded(Bytes(&byte, 1), kPages[page], &letter);
        std::size_t at = 0;
        out[page][i] = letter.empty() ? 0xFFFD : next_code_point(letter, &at);
      }
    return out;
  }();
  return kTables;
}

/// Small letters of the Latin blocks, where they stand in a pattern (Unicode, Latin-1 and Latin Extended-A).
char32_t small(char32_t c) {
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 0x20;
  if (c == 0x178) return 0xFF;
  if (c == 0x130) return 'i';  // Turkish, of which the small one is ASCII
  const bool odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
  if (c >= 0x100 && c <= 0x17F && c % 2 == (odd ? 1 : 0) && c != 0x138 && c != 0x149) return c + 1;
  return c;
}

bool is_latin(char32_t c) {
  return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x218 && c <= 0x21B);
}

/// What stands beside a byte.
enum Before : std::uint8_t { Lower, Upper, NoLetter };
struct Place {
  std::uint8_t byte;
  Before before;
  bool letter_behind;
};

/// Marks of print stand where they must: quotes at the ends of words, dashes between them.
int weight_of_mark(char32_t c, const Place& place) {
  constexpr std::u32string_view kOpening = U"“‘„‚«‹¿¡", kClosing = U"”’»›…", kDashes = U"–—",
                                kUsual = U"°§€£©®№•™ªº½²³×";
  const auto is_one_of = [c](std::u32string_view marks) { return marks.find(c) != std::u32string_view::npos; };
  const bool before = place.before != NoLetter;
  if (c == 0xA0 || c == 0xAD || c == 0xB7) return 0;
  if (c == 0x2019 && before) return 3;
  if (before && place.letter_behind) return is_one_of(kUsual) ? -3 : -4;
  if (is_one_of(kOpening)) return place.letter_behind ? 3 : before ? -3 : 0;
  if (is_one_of(kClosing)) return before ? 3 : place.letter_behind ? -3 : 0;
  if (is_one_of(kDashes)) return before || place.letter_behind ? 0 : 3;
  return is_one_of(kUsual) ? 0 : -2;
}

int weight_of(char32_t c, const Language& language, const Place& place) {
  if (c < 0xA0 || c == 0xFFFD) return -5;
  if (is_latin(c)) {
    const char32_t letter = small(c);
    if (c == 0x130) return language.letters.find(U'ı') == std::u32string_view::npos ? -3 : 2;
    if (language.letters.find(letter) == std::u32string_view::npos) return -3;
    if (place.before == NoLetter && !place.letter_behind) return 0;
    return letter != c && place.before == Lower ? -3 : language.weight;
  }
  return weight_of_mark(c, place);
}

bool is_letter(std::uint8_t byte) {
  return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

std::vector<Place> places_of(Bytes bytes) {
  constexpr std::size_t kMost = 2000;
  std::vector<Place> out;
  for (std::size_t i = 0; i < bytes.size() && out.size() < kMost; ++i) {
    if (bytes[i] < 0x80) continue;
    const std::uint8_t before = i > 0 ? bytes[i - 1] : 0;
    const Before kind = before >= 'A' && before <= 'Z' ? Upper : is_letter(before) ? Lower : NoLetter;
    // Beside another byte above ASCII the case of the one before is not known.
    out.push_back({bytes[i], before >= 0x80 ? Upper : kind, i + 1 < bytes.size() && is_letter(bytes[i + 1])});
  }
  return out;
}

/// The words of a text in ASCII letters alone, in small ones.
std::set<std::string, std::less<>> words_of(Bytes bytes) {
  constexpr std::size_t kMost = 2000;
  std::set<std::string, std::less<>> out;
  const std::string_view text = text_of(bytes);
  for (std::size_t at = 0; at < text.size() && out.size() < kMost;) {
    std::size_t end = at;
    while (end < text.size() && is_letter(static_cast<std::uint8_t>(text[end]))) ++end;
    if (end > at && end - at <= 8) out.insert(lower_ascii(text.substr(at, end - at)));
    at = std::max(end, at + 1);
  }
  return out;
}

int told_by_words(const Language& language, const std::set<std::string, std::less<>>& words) {
  constexpr int kMost = 6;
  int out = 0;
  for (const std::string_view word : split(trim(language.words), ' ')) out += words.contains(word) ? 1 : 0;
  return std::min(out, kMost);
}

}  // namespace

LatinGuess guess_latin(Bytes bytes) {
  const std::vector<Place> places = places_of(bytes);
  const std::set<std::string, std::less<>> words = words_of(bytes);
  LatinGuess out{kPages.front(), false};
  int best = 0;
  for (const Language& language : kLanguages) {
    const int told = told_by_words(language, words);
    for (std::size_t page = 0; page < kPages.size(); ++page) {
      int score = told;
      int letters = 0;
      int others = 0;
      for (const Place& place : places) {
        const int weight = weight_of(tables()[page][place.byte - 0x80U], language, place);
        score += weight;
        letters += weight > 0 ? 1 : 0;
        others += weight < 0 ? 1 : 0;
      }
      const bool first = score == best && out.charset != kPages.front() && page == 0;
      if (score <= best && !first) continue;
      best = score;
      out = {kPages[page], letters >= 3 && others * 20 <= letters};
    }
  }
  return out;
}

}  // namespace careo
