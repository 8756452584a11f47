// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/charset_guess.h"

#include <uchardet/uchardet.h>

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>

#include "base/text.h"
#include "unpack/text/converter.h"
#include "unpack/text/latin_guess.h"

namespace careo {
namespace {

// The Russian, Ukrainian and Greek letters of an eight-bit text, by how common they are in running text: enough to tell
// their code pages apart in the dozen letters of a header, where uchardet still gives up.
int weight_of(char32_t c) {
  constexpr std::u32string_view kCommon = U"оеаинтсрвлαοιετσνηυρ";
  constexpr std::u32string_view kUsual = U"кмдпуяыьгзбчйхжшюцщэфъёіїєґπκςμλωδγχθφβξζψάέήίόύώϊϋΐΰ";
  if (kCommon.find(c) != std::u32string_view::npos) return 3;
  if (kUsual.find(c) != std::u32string_view::npos) return 1;
  // Capitals: KOI8-R and CP1251 swap the cases of each other.
  if ((c >= 0x410 && c <= 0x42F) || (c >= 0x391 && c <= 0x3A9)) return 0;
  return -3;
}

/// What each byte above 0x7F of a code page weighs; the first is that of 0x80.
using Weights = std::array<int, 128>;

Weights weights_of(const char* code_page) {
  Weights out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(0x80 + i);
    std::string letter;
    append_as(Bytes(&byte, 1), code_page, &letter);
    for (std::size_t at = 0; at < letter.size();) {
      const char32_t c = next_code_point(letter, &at);
      if (c >= 0x80) out[i] += weight_of(c);
    }
  }
  return out;
}

/// "" where the letters are of neither alphabet.
std::string guess_by_letters(Bytes bytes) {
  static constexpr auto kCandidates = std::to_array<const char*>(
      {"windows-1251", "koi8-r", "koi8-u", "ibm-866", "x-mac-cyrillic", "iso-8859-5", "windows-1253"});
  static const auto kWeights = [] {
    std::array<Weights, kCandidates.size()> out{};
    std::transform(kCandidates.begin(), kCandidates.end(), out.begin(), weights_of);
    return out;
  }();
  std::array<std::int64_t, 128> counts{};
  for (const std::uint8_t byte : bytes)
    if (byte >= 0x80) ++counts[byte - 0x80U];
  std::string best;
  std::int64_t best_score = 0;
  for (std::size_t i = 0; i < kCandidates.size(); ++i) {
    const std::int64_t score = std::inner_product(counts.begin(), counts.end(), kWeights[i].begin(), std::int64_t{0});
    if (score > best_score) {
      best_score = score;
      best = kCandidates[i];
    }
  }
  return best;
}

// True where bytes above 0x7F mostly come in runs of three and more, as in Cyrillic or Greek words; in Western text
// they stand alone between ASCII letters.
bool comes_in_runs(Bytes bytes) {
  std::size_t in_runs = 0;
  std::size_t all = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    std::size_t end = i;
    while (end < bytes.size() && bytes[end] >= 0x80) ++end;
    all += end - i;
    if (end - i >= 3) in_runs += end - i;
    i = std::max(end, i + 1);
  }
  return in_runs * 2 > all;
}

std::string uchardet_guess(Bytes bytes) {
  struct Close {
    void operator()(uchardet* detector) const { uchardet_delete(detector); }
  };
  thread_local const std::unique_ptr<uchardet, Close> detector(uchardet_new());
  uchardet_reset(detector.get());
  if (uchardet_handle_data(detector.get(), reinterpret_cast<const char*>(bytes.data()), bytes.size()) != 0) return {};
  uchardet_data_end(detector.get());
  return normalised_charset(uchardet_get_charset(detector.get()));
}
// Letter statistics need a few kilobytes; more only costs time.
constexpr std::size_t kSample = 32 * 1024;
// Below this many bytes above 0x7F our own count of letters is the better judge.
constexpr std::size_t kShort = 200;

Bytes sample_of(Bytes bytes) {
  const auto high = std::find_if(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte >= 0x80; });
  const auto at = static_cast<std::size_t>(high - bytes.begin());
  return slice(bytes, at > 256 ? at - 256 : 0, kSample);
}
}  // namespace

std::string guess_charset(Bytes bytes) {
  const Bytes sample = sample_of(bytes);
  const auto high = static_cast<std::size_t>(
      std::count_if(sample.begin(), sample.end(), [](std::uint8_t byte) { return byte >= 0x80; }));
  const bool runs = comes_in_runs(sample);
  const LatinGuess latin = runs ? LatinGuess{} : guess_latin(sample);
  if (high < kShort && !runs) return latin.charset;
  const std::string by_library = high < 8 ? std::string() : uchardet_guess(sample);
  const bool multi_byte = by_library.starts_with("gb") || by_library.starts_with("big5") ||
                          by_library.starts_with("euc") || by_library.starts_with("ibm-943") ||
                          by_library.starts_with("windows-949") || by_library.starts_with("iso-2022") ||
                          by_library.starts_with("utf-");
  if (runs && (high < kShort || !multi_byte)) {
    const std::string by_letters = guess_by_letters(sample);
    const bool agrees = by_library.empty() || by_library == by_letters || high < 24 ||
                        by_library.starts_with("iso-8859") || by_library.starts_with("mac") ||
                        by_library.starts_with("x-mac") || by_library.starts_with("ibm-8");
    if (!by_letters.empty() && agrees && !multi_byte) return by_letters;
  }
  // The library's statistics are of whole languages; letters that are all of one alphabet say more of the page.
  if (latin.certain && !multi_byte) return latin.charset;
  if (by_library.empty() || says_no_charset(by_library) || !is_known_charset(by_library)) return "windows-1252";
  return by_library;
}

}  // namespace careo
