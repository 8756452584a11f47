// SPDX-License-Identifier: Apache-2.0
#include "search/snippet.h"

#include <algorithm>

#include "base/text.h"
#include "search/scan.h"

namespace careo {
namespace {

constexpr std::size_t kMaxText = 16U << 20;
constexpr std::size_t kMaxMatches = 10000;

/// One phrase of the query at bytes [begin, end) of a text.
struct Match {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t phrase = 0;
};

/// The phrases of a query that can stand in a text.
std::vector<PhraseTest> body_phrases(const Query& query) {
  std::vector<PhraseTest> out;
  for (const Phrase& phrase : query.wanted()) {
    if (holds(phrase.field, Column::Body)) out.emplace_back(phrase);
  }
  return out;
}

std::vector<Match> matches_in(const std::vector<PhraseTest>& phrases, std::string_view text, std::size_t limit) {
  std::vector<Match> out;
  const std::vector<Spot> spots = spots_of(text);
  for (std::size_t at = 0; at < spots.size() && out.size() < limit; ++at) {
    for (std::size_t i = 0; i < phrases.size(); ++i) {
      if (phrases[i].at(spots, at)) out.push_back({spots[at].begin, spots[at + phrases[i].size() - 1].end, i});
    }
  }
  return out;
}

/// A run of matches that fit into one window.
struct Window {
  std::size_t first = 0;
  std::size_t last = 0;  // inclusive
  std::size_t distinct = 0;
};

Window best_window(const std::vector<Match>& matches, std::size_t phrases, std::size_t bytes) {
  Window best;
  std::vector<std::size_t> inside(phrases, 0);
  std::size_t distinct = 0, first = 0;
  for (std::size_t last = 0; last < matches.size(); ++last) {
    distinct += inside[matches[last].phrase]++ == 0 ? 1 : 0;
    while (first < last && matches[last].end - matches[first].begin > bytes) {
      distinct -= --inside[matches[first++].phrase] == 0 ? 1 : 0;
    }
    if (distinct > best.distinct) best = {first, last, distinct};
    if (distinct == best.distinct && first == best.first) best.last = last;
  }
  return best;
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == '\x1e';
}

/// The bytes to show around [begin, end): about `width` in all, cut between words where one ends near.
Region::Span widen(std::string_view text, std::size_t begin, std::size_t end, std::size_t width) {
  const std::size_t spare = width > end - begin ? width - (end - begin) : 0;
  std::size_t from = begin > spare / 3 ? begin - spare / 3 : 0;
  std::size_t to = std::min(text.size(), from + std::max(width, end - begin));
  to = std::max(to, end);
  for (std::size_t i = 0; from > 0 && from < begin && i < 30 && !is_space(text[from - 1]); ++i) ++from;
  for (std::size_t i = 0; to < text.size() && to > end && i < 30 && !is_space(text[to]); ++i) --to;
  while (from > 0 && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) --from;
  while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80) ++to;
  return {from, to};
}

/// Copies [from, to) of a text as one line, with the marks of the matches that lie in it.
void write(std::string_view text, Region::Span shown, const std::vector<Match>& matches, Snippet* out) {
  std::size_t written = 0;  // code points
  if (shown.begin > 0) {
    out->text = "... ";
    written = 4;
  }
  std::vector<std::size_t> place(shown.end - shown.begin + 1, 0);  // byte of the window -> code point of the line
  for (std::size_t at = shown.begin; at < shown.end;) {
    const std::size_t begin = at;
    place[begin - shown.begin] = written;
    const char32_t c = next_code_point(text, &at);
    if (c < 0x80 && is_space(static_cast<char>(c))) {
      if (!out->text.empty() && out->text.back() != ' ') {
        out->text.push_back(' ');
        ++written;
      }
    } else {
      append_utf8(&out->text, c);
      ++written;
    }
  }
  place.back() = written;
  if (shown.end < text.size()) out->text += " ...";
  for (const Match& match : matches) {
    if (match.begin < shown.begin || match.end > shown.end) continue;
    const Region::Span mark{place[match.begin - shown.begin], place[match.end - shown.begin]};
    if (!out->marks.empty() && mark.begin < out->marks.back().end) {
      out->marks.back().end = std::max(out->marks.back().end, mark.end);
    } else {
      out->marks.push_back(mark);
    }
  }
}

}  // namespace

Snippet snippet_of(const Query& query, std::span<const Text> texts, std::size_t width) {
  const std::vector<PhraseTest> phrases = body_phrases(query);
  const Text* chosen = nullptr;
  Window best;
  std::vector<Match> found;
  std::size_t looked = 0;
  for (const Text& text : texts) {
    if (looked >= kMaxText || best.distinct == phrases.size()) break;
    const std::string_view view = std::string_view(text.utf8).substr(0, kMaxText - looked);
    looked += view.size();
    std::vector<Match> matches = matches_in(phrases, view, kMaxMatches);
    const Window window = best_window(matches, phrases.size(), width);
    if (window.distinct <= best.distinct) continue;
    chosen = &text;
    best = window;
    found = std::move(matches);
  }
  Snippet out;
  if (chosen == nullptr) {
    if (!texts.empty()) write(texts[0].utf8, widen(texts[0].utf8, 0, 0, width), {}, &out);
    return out;
  }
  const std::string_view text = chosen->utf8;
  const Match& first = found[best.first];
  write(text, widen(text, first.begin, found[best.last].end, width), found, &out);
  out.region.page = chosen->region.page;
  const std::uint64_t begin = code_points(text.substr(0, first.begin));
  out.region.text = Region::Span{begin, begin + code_points(text.substr(first.begin, first.end - first.begin))};
  return out;
}

std::vector<Region::Span> marks_of(const Query& query, std::string_view text, std::size_t limit) {
  std::vector<Region::Span> out;
  std::size_t byte = 0, point = 0;
  const auto point_at = [&](std::size_t target) {
    point += code_points(text.substr(byte, target - byte));
    byte = target;
    return point;
  };
  for (const Match& match : matches_in(body_phrases(query), text, limit)) {
    if (match.begin < byte) {  // inside the mark before
      if (match.end > byte) out.back().end = point_at(match.end);
      continue;
    }
    const std::uint64_t begin = point_at(match.begin);
    out.push_back({begin, point_at(match.end)});
  }
  return out;
}

}  // namespace careo
