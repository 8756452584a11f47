// SPDX-License-Identifier: Apache-2.0
#include "read/language.h"

#include <cstdio>  // CLD2's header uses FILE and does not say so

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "evidence/opener.h"

namespace careo {
namespace {

// CLD2 runs at 17 MB/s, a tenth of what decoding takes; a page of text tells the language as well as a book.
constexpr std::size_t kSample = 1500;
// Below this a name or a greeting decides: measured on ten languages, every fourth answer was wrong.
constexpr std::size_t kLeastLetters = 24;

bool is_letter_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

// The sender's own words: quoted lines, addresses and signatures of others say nothing about this text's language.
std::string sample_of(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size() && out.size() < kSample && at < 64 * kSample) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trim(text.substr(at, end - at));
    at = end + 1;
    if (line.empty() || line[0] == '>' || line[0] == '|') continue;
    out.append(line.substr(0, kSample));
    out.push_back('\n');
  }
  if (out.size() < 80) out.assign(text.substr(0, kSample));
  std::size_t cut = std::min(out.size(), kSample);
  while (cut < out.size() && cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xC0) == 0x80) --cut;
  out.resize(cut);
  // The fallback above may have cut the last letter in two.
  while (!out.empty() && (out.back() & 0x80) != 0 && !is_utf8(out)) out.pop_back();
  return out;
}

/// Kind "language", value the code as a JSON text: the wire moves it into Text::language and drops the reading.
class LanguageReader : public TextReader {
 public:
  std::string_view name() const override { return "language/1"; }
  std::vector<Reading> read(const Text& text) const override {
    const std::string language = detect_language(text.utf8);
    if (language.empty()) return {};
    Reading out;
    out.kind = "language";
    out.region = text.region;
    out.value = JsonWriter().text(language).take();
    out.reader = name();
    return {std::move(out)};
  }
};

}  // namespace

std::string detect_language(std::string_view text) {
  const std::string sample = sample_of(text);
  const auto letters = static_cast<std::size_t>(std::count_if(sample.begin(), sample.end(), is_letter_byte));
  if (letters < kLeastLetters || !is_utf8(sample)) return {};
  const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE};
  int percents[3] = {};
  double scores[3] = {};
  int text_bytes = 0;
  int valid_bytes = 0;
  bool reliable = false;
  // Not DetectLanguage: it crashed on the real mailbox this was measured with.
  CLD2::ExtDetectLanguageSummaryCheckUTF8(sample.data(), static_cast<int>(sample.size()), true, &hints, 0, languages,
                                          percents, scores, nullptr, &text_bytes, &reliable, &valid_bytes);
  if (languages[0] == CLD2::UNKNOWN_LANGUAGE || percents[0] < 50) return {};
  if (!reliable && percents[0] < 80) return {};
  std::string code = CLD2::LanguageCode(languages[0]);
  if (code == "zh-Hant" || code == "zh") return "zh";
  if (code == "iw") return "he";
  if (code.starts_with("xxx") || code == "un" || code == "sr-ME") return {};
  return code;
}

const TextReader& language_reader() {
  static const LanguageReader reader;
  return reader;
}

}  // namespace careo
