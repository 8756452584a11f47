// SPDX-License-Identifier: Apache-2.0
#include "read/candidate.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "reference/identity_words.h"

namespace careo {
namespace {

// Measured on the pages named in docs/formats/witness.md, and no finer than that.
constexpr std::size_t kMostWords = 320;      ///< of a document; a page that says more is about documents
constexpr std::size_t kMostStampWords = 40;  ///< of a stamp
constexpr std::size_t kTitleLine = 9;        ///< words of a line that is a title
constexpr std::size_t kLabelsWithTitle = 3;  ///< distinct fields
constexpr std::size_t kLabelsAlone = 5;

struct PageSigns {
  std::size_t words = 0;
  std::vector<std::string> titles;    ///< what they say
  std::set<std::string_view> fields;  ///< labelled
  std::set<std::string_view> border;
  bool form = false;
  bool dated = false;
  std::vector<std::string> fired;
};

void fire(std::string_view phrase, PageSigns* page) {
  if (std::find(page->fired.begin(), page->fired.end(), phrase) == page->fired.end()) page->fired.emplace_back(phrase);
}

bool weak(const IdentityPhrase& phrase) {
  // Words that stand in any table or letter: they label a document only beside stronger ones.
  static constexpr std::string_view kWeak[] = {"no",   "number", "numero", "номер", "name",  "type", "tipo", "тип",
                                               "code", "codigo", "код",    "class", "clase", "unit", "nom",  "address"};
  return std::find(std::begin(kWeak), std::end(kWeak), phrase.text) != std::end(kWeak);
}

bool has_date(const std::vector<PrintedToken>& tokens) {
  const auto small = [&](std::size_t i) { return tokens[i].is_number() && tokens[i].folded.size() <= 2; };
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    const PrintedToken& year = tokens[i + 2];
    const bool month = small(i + 1) || (!tokens[i + 1].is_number() && month_begun_by(tokens[i + 1].folded) != 0);
    if (small(i) && month && year.is_number() && (year.folded.size() == 4 || year.folded.size() == 2)) return true;
  }
  return false;
}

/// A label opens its line, stands behind another label, or fills the line with others: running text does not.
void see_labels(const std::vector<IdentityPhrase>& phrases, std::size_t words, PageSigns* page) {
  std::size_t covered = 0;
  for (const IdentityPhrase& phrase : phrases)
    if (phrase.role == IdentityRole::Label) covered += phrase.count;
  const bool mostly = covered * 2 >= words;
  for (const IdentityPhrase& phrase : phrases) {
    if (phrase.role != IdentityRole::Label || weak(phrase)) continue;
    const bool opens = phrase.first <= 1 && words <= phrase.count + 6;
    if (!opens && !mostly) continue;
    page->fields.insert(phrase.what);
    fire(phrase.text, page);
  }
}

void see_line(std::string_view line, PageSigns* page) {
  const std::vector<PrintedToken> tokens = printed_tokens(line);
  page->words += tokens.size();
  page->dated = page->dated || has_date(tokens);
  const std::vector<IdentityPhrase> phrases = identity_phrases(tokens);
  const bool form = std::any_of(phrases.begin(), phrases.end(),
                                [](const IdentityPhrase& each) { return each.role == IdentityRole::Form; });
  page->form = page->form || (form && tokens.size() <= kTitleLine);
  see_labels(phrases, tokens.size(), page);
  for (const IdentityPhrase& phrase : phrases) {
    if (phrase.role == IdentityRole::Border) {
      page->border.insert(phrase.what);
      if (tokens.size() <= kTitleLine) fire(phrase.text, page);
    }
    if (phrase.role != IdentityRole::Title || form || tokens.size() > kTitleLine) continue;
    page->titles.emplace_back(phrase.what);
    fire(phrase.text, page);
  }
}

/// The title met most often, the first of them where several are.
std::string seems_of(const PageSigns& page) {
  std::string best = "identity document";
  std::ptrdiff_t most = 0;
  for (const std::string& title : page.titles) {
    const auto times = std::count(page.titles.begin(), page.titles.end(), title);
    if (times > most) best = title, most = times;
  }
  return best;
}

bool is_stamp(const PageSigns& page) {
  if (page.words > kMostStampWords || !page.border.contains("authority")) return false;
  const bool way = page.border.contains("way"), place = page.border.contains("place");
  return (page.dated && (way || place)) || (way && place);
}

bool is_document(const PageSigns& page) {
  if (page.words > kMostWords) return false;
  if (!page.titles.empty() && page.fields.size() >= kLabelsWithTitle) return true;
  const bool papers =
      page.fields.contains("expiry_date") || page.fields.contains("issue_date") || page.fields.contains("authority");
  const bool person =
      page.fields.contains("birth_date") || (page.fields.contains("surname") && page.fields.contains("sex"));
  return page.fields.size() >= kLabelsAlone && papers && person;
}

}  // namespace

std::optional<CandidatePage> candidate_page(std::string_view text) {
  PageSigns page;
  for (const std::string_view line : split(text, '\n')) {
    see_line(line, &page);
    if (page.words > kMostWords) return std::nullopt;
  }
  if (page.form) return std::nullopt;
  if (is_document(page)) return CandidatePage{seems_of(page), std::move(page.fired)};
  if (is_stamp(page)) return CandidatePage{"entry stamp", std::move(page.fired)};
  return std::nullopt;
}

std::vector<Reading> CandidateReader::read(const Text& text) const {
  if (!text.reader.starts_with("ocr/") && !text.reader.starts_with("pdf/")) return {};
  const auto page = candidate_page(text.utf8);
  if (!page) return {};
  Reading out;
  out.kind = "candidate";
  out.region.page = text.region.page;
  JsonWriter json;
  json.object().member("seems", page->seems).key("words").array();
  for (const std::string& word : page->words) {
    out.raw += (out.raw.empty() ? "" : "; ") + word;
    json.text(word);
  }
  out.value = json.end().end().take();
  out.grade = Grade::Doubtful;
  out.reader = name();
  return {out};
}

}  // namespace careo
