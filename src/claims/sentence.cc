// SPDX-License-Identifier: Apache-2.0
#include "claims/sentence.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "reference/letters.h"
#include "reference/lexicon.h"

namespace careo {
namespace {

char32_t closing_of(char32_t c) {
  if (c == U'“') return U'”';
  if (c == U'«') return U'»';
  if (c == U'„') return U'“';
  return 0;
}

constexpr std::size_t kLongestQuote = 3000;  // code points; a mark left open must not swallow the article

// Code points that a quotation covers are no place to end a sentence.
std::vector<bool> quoted(const std::u32string& text) {
  std::vector<bool> out(text.size(), false);
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t closing = closing_of(text[i]);
    const bool straight =
        text[i] == U'"' && (i == 0 || text[i - 1] == U' ' || text[i - 1] == U'\n' || text[i - 1] == U'(');
    if (straight) closing = U'"';
    if (closing == 0) continue;
    std::size_t end = i + 1;
    const std::size_t limit = std::min(text.size(), i + kLongestQuote);
    while (end < limit && text[end] != closing && !(text[end] == U'\n' && end + 1 < limit && text[end + 1] == U'\n'))
      ++end;
    if (end >= limit || text[end] != closing) continue;
    for (std::size_t k = i; k < end; ++k) out[k] = true;
    i = end;
  }
  return out;
}

bool is_white(char32_t c) {
  return c == U' ' || c == U'\n' || c == U'\r' || c == U'\t' || c == 0xA0;
}

// "Mr.", "Sr.", "J.": the word before the stop at `i`.
bool abbreviates(const std::u32string& text, std::size_t i) {
  std::size_t from = i;
  while (from > 0 && is_letter(text[from - 1])) --from;
  const std::size_t length = i - from;
  if (length == 1) return is_upper(text[from]);
  if (length == 0 || length > 4) return false;
  const std::string word = fold(utf8_of(std::u32string_view(text).substr(from, length)));
  static constexpr std::string_view kKnown[] = {"mr",  "mrs", "ms",   "dr",  "sr",  "sra",  "srta", "dra",
                                                "gen", "col", "capt", "lt",  "sgt", "prof", "no",   "num",
                                                "st",  "jr",  "gov",  "sen", "rep", "art",  "fig",  "etc"};
  return std::find(std::begin(kKnown), std::end(kKnown), word) != std::end(kKnown);
}

// Words and their classes, of every language together: a word may be of several.
std::set<std::pair<std::string_view, std::string_view>> word_classes() {
  std::set<std::pair<std::string_view, std::string_view>> out;
  for (const char* language : {"en", "es"})
    for (const Lexicon::Row& row : lexicon("claims", language).rows())
      if (row.size() > 1) out.emplace(row[0], row[1]);
  return out;
}

bool closes(char32_t c) {
  return c == U'”' || c == U'»' || c == U'"' || c == U')' || c == U'’' || c == U'\'';
}

// The code point behind the sentence that ends with the stop at `i`; 0 where none ends there.
std::size_t end_behind(const std::u32string& text, std::size_t i) {
  const char32_t c = text[i];
  if (c != U'.' && c != U'!' && c != U'?' && c != U'…') return 0;
  std::size_t end = i + 1;
  while (end < text.size() && (closes(text[end]) || text[end] == U'.')) ++end;
  if (end < text.size() && !is_white(text[end])) return 0;
  std::size_t next = end;
  while (next < text.size() && is_white(text[next])) ++next;
  if (next >= text.size()) return end;
  if (c == U'.' && end == i + 1 && abbreviates(text, i) && text[end] != U'\n') return 0;
  const bool begins = is_upper(text[next]) || !is_letter(text[next]);
  return begins && text[next] != U',' ? end : 0;
}

}  // namespace

Sentences::Sentences(std::string_view utf8) {
  const std::u32string text = utf32_of(utf8);
  const std::vector<bool> inside = quoted(text);
  std::size_t from = 0;
  const auto close = [&](std::size_t end) {
    while (from < end && is_white(text[from])) ++from;
    std::size_t to = end;
    while (to > from && is_white(text[to - 1])) --to;
    if (to > from) spans_.push_back({from, to, utf8_of(std::u32string_view(text).substr(from, to - from))});
    from = end;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool blank = text[i] == U'\n' && i + 1 < text.size() && (text[i + 1] == U'\n' || text[i + 1] == U'\r');
    if (blank) {
      close(i);
      continue;
    }
    // A stop right before the closing mark ends the sentence when the quotation does.
    const bool last_inside = inside[i] && i + 1 < text.size() && !inside[i + 1];
    if (inside[i] && !last_inside) continue;
    if (const std::size_t end = end_behind(text, i); end > 0) {
      close(end);
      i = end - 1;
    }
  }
  close(text.size());
}

const Sentences::Span* Sentences::at(std::uint64_t at) const {
  const auto found = std::upper_bound(spans_.begin(), spans_.end(), at,
                                      [](std::uint64_t place, const Span& span) { return place < span.end; });
  if (found != spans_.end()) return &*found;
  return spans_.empty() ? nullptr : &spans_.back();
}

const Sentences::Span* Sentences::before(const Span& span) const {
  return &span > spans_.data() ? &span - 1 : nullptr;
}

std::vector<std::string> plain_words(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (std::size_t at = 0; at <= text.size();) {
    const char32_t c = at < text.size() ? next_code_point(text, &at) : (++at, U' ');
    if (is_letter(c) || (c >= '0' && c <= '9')) {
      append_utf8(&word, fold_letter(c));
    } else if (!word.empty()) {
      out.push_back(std::move(word));
      word.clear();
    }
  }
  return out;
}

bool speaks_of(std::string_view text, std::string_view word_class) {
  static const std::set<std::pair<std::string_view, std::string_view>> kClasses = word_classes();
  const auto words = plain_words(text);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return kClasses.contains({word, word_class});
  });
}

std::string role_in(std::string_view text) {
  for (const std::string& word : plain_words(text))
    for (const char* language : {"en", "es"}) {
      const auto* row = lexicon("things", language).find(word);
      if (row != nullptr && row->size() > 1 && (*row)[1] == "role") return word;
    }
  return {};
}

}  // namespace careo
