// SPDX-License-Identifier: Apache-2.0
#include "read/figure/noun.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "base/text.h"
#include "reference/lexicon.h"
#include "reference/number_words.h"

namespace careo {
namespace {

using Words = std::unordered_set<std::string_view>;

// Words that end a counted noun: prepositions, conjunctions, pronouns and the commonest verbs.
const Words& stops(std::string_view language) {
  static const Words kEnglish = {
      "of",      "in",       "on",       "at",     "to",      "from",     "for",     "by",      "with",    "about",
      "into",    "over",     "under",    "than",   "as",      "and",      "or",      "but",     "that",    "who",
      "which",   "whose",    "whom",     "where",  "when",    "while",    "because", "if",      "is",      "are",
      "was",     "were",     "be",       "been",   "being",   "has",      "have",    "had",     "do",      "does",
      "did",     "will",     "would",    "can",    "could",   "may",      "might",   "must",    "shall",   "should",
      "said",    "says",     "not",      "no",     "he",      "she",      "it",      "they",    "we",      "i",
      "you",     "his",      "her",      "its",    "their",   "our",      "my",      "your",    "this",    "that",
      "these",   "those",    "the",      "a",      "an",      "so",       "then",    "there",   "here",    "after",
      "before",  "during",   "since",    "until",  "between", "among",    "through", "against", "without", "within",
      "per",     "each",     "every",    "also",   "only",    "just",     "went",    "came",    "took",    "gave",
      "got",     "made",     "left",     "sent",   "told",    "show",     "shows",   "showed",  "show",    "belong",
      "appear",  "belonged", "appeared", "remain", "total",   "totalled", "alone",   "out",     "off",     "up",
      "down",    "ago",      "old",      "them",   "him",     "us",       "me",      "plus",    "minus",   "times",
      "whether", "how",      "what"};
  static const Words kSpanish = {
      "de",      "del",    "en",     "a",     "al",      "por",    "para",   "con",     "sin",     "sobre",
      "entre",   "desde",  "hasta",  "y",     "e",       "o",      "u",      "pero",    "que",     "quien",
      "quienes", "cual",   "cuales", "cuyo",  "cuyos",   "donde",  "cuando", "como",    "porque",  "si",
      "es",      "son",    "era",    "eran",  "fue",     "fueron", "ser",    "sido",    "ha",      "han",
      "habia",   "habian", "hay",    "hubo",  "esta",    "estan",  "estaba", "estaban", "tiene",   "tienen",
      "tenia",   "no",     "se",     "le",    "les",     "lo",     "la",     "los",     "las",     "el",
      "un",      "una",    "unos",   "unas",  "su",      "sus",    "este",   "estos",   "estas",   "ese",
      "esos",    "esas",   "aquel",  "segun", "ante",    "bajo",   "contra", "tras",    "durante", "mediante",
      "ya",      "mas",    "menos",  "muy",   "tambien", "solo",   "dijo",   "dice",    "dijeron", "mientras",
      "pues",    "aunque", "ni",     "the",   "of"};
  static const Words kNone = {};
  return language == "en" ? kEnglish : language == "es" ? kSpanish : kNone;
}

bool plural(std::string_view language, std::string_view word) {
  if (language == "es") return word.size() > 2 && word.back() == 's';
  for (const std::string_view irregular :
       {"people", "men", "women", "children", "troops", "staff", "police", "personnel"})
    if (word == irregular) return true;
  return word.size() > 2 && word.back() == 's' && !word.ends_with("ss") && !word.ends_with("'s") &&
         !word.ends_with("ous") && !word.ends_with("us");
}

bool noun_goes_on(const Tokens& tokens, const Words& stop, const std::vector<bool>& taken, std::size_t i,
                  std::size_t first) {
  if (!tokens.word(i) || (i < taken.size() && taken[i])) return false;
  if (i > first && tokens[i].breaks > 1) return false;
  if (stop.contains(tokens[i].folded)) return false;
  return true;
}

// "aparecen", "fueron": in Spanish what follows a plural noun and does not agree with it in -s is no adjective of it.
bool agrees(std::string_view language, std::string_view word) {
  return language != "es" || plural(language, word);
}

struct Noun {
  std::size_t from = 0;
  std::size_t to = 0;
  std::string_view thing = {};
};

// A thing that begins at `i`, of up to four words.
std::string_view thing_at(const Tokens& tokens, const Lexicon& things, std::size_t i, std::size_t* to) {
  std::string_view best;
  for (std::size_t end = i + 1; end <= i + 5 && end <= tokens.size(); ++end) {
    if (end > i + 1 && tokens[end - 1].breaks > 1) break;
    if (const auto* row = things.find(tokens.phrase(i, end)); row != nullptr && row->size() > 1) {
      best = (*row)[1];
      *to = end;
    }
  }
  return best;
}

Noun noun_at(const Tokens& tokens, std::string_view language, const std::vector<bool>& taken, std::size_t at) {
  const Words& stop = stops(language);
  const Lexicon& things = lexicon("things", language);
  Noun noun{.from = at, .to = at};
  bool had_plural = false;
  for (std::size_t i = at; i < at + 6; ++i) {
    std::size_t end = i + 1;
    const bool fits = noun_goes_on(tokens, stop, taken, i, at);
    const std::string_view thing = fits ? thing_at(tokens, things, i, &end) : std::string_view{};
    if (!fits) {
      if (tokens.is(i, "-") && tokens.joined(i) && tokens.joined(i + 1) && i > at) continue;
      break;
    }
    if (had_plural && (language == "en" || !agrees(language, tokens[i].folded))) break;
    if (!thing.empty() && (noun.thing.empty() || noun.thing == "role" || language == "en")) noun.thing = thing;
    noun.to = end;
    had_plural = had_plural || plural(language, tokens[end - 1].folded) || plural(language, tokens[i].folded);
    i = end - 1;
  }
  while (noun.to > at && !tokens.word(noun.to - 1)) --noun.to;
  return noun;
}

// The rest of the clause from `i` on, at most 60 tokens.
std::string predicate_from(const Tokens& tokens, std::size_t i) {
  if (tokens[i].breaks > 1) return {};
  std::size_t to = i;
  int open = 0;
  for (; to < tokens.size() && to < i + 60; ++to) {
    const Token& token = tokens[to];
    if (to > i && sentence_breaks(tokens, to)) break;
    if (token.kind != Token::Kind::Mark) continue;
    if (token.folded == "(") ++open;
    if (token.folded == ")" && open > 0) {
      --open;
      continue;
    }
    if (open > 0) continue;
    if (token.folded == "," || token.folded == ";" || token.folded == ":" || token.folded == "\"" ||
        token.folded == "”" || token.folded == "»" || token.folded == "—" || token.folded == ")" ||
        token.folded == "!" || token.folded == "?")
      break;
    if (token.folded == "." && sentence_breaks(tokens, to + 1)) break;
    if (token.folded == "." && to + 1 >= tokens.size()) break;
  }
  return std::string(tokens.written(i, to));
}

bool abbreviation(const Tokens& tokens, std::size_t word) {
  if (!tokens.word(word)) return false;
  const std::string_view text = tokens[word].folded;
  if (text.size() == 1) return tokens[word].capital;
  for (const std::string_view known :
       {"mr",  "mrs",  "ms",   "dr",  "sr",  "sra", "srta", "dra", "gen",  "col", "capt", "lt",
        "sgt", "prof", "no",   "num", "vs",  "st",  "jr",   "rev", "hon",  "gov", "sen",  "rep",
        "ee",  "uu",   "pag",  "art", "fig", "inc", "ltd",  "co",  "corp", "jan", "feb",  "mar",
        "apr", "aug",  "sept", "oct", "nov", "dec", "lic",  "ing", "mons", "etc"})
    if (text == known) return true;
  return false;
}

// Words between a noun and the figure that counts it: "are", "ascienden a", "numbered", "fue de".
bool links(const Tokens& tokens, std::size_t i) {
  for (const std::string_view word :
       {"is",       "are",       "was",    "were",   "number", "numbered", "total",   "totalled",  "totaled",
        "reached",  "stands",    "stood",  "at",     "rose",   "to",       "came",    "son",       "es",
        "era",      "eran",      "fue",    "fueron", "suman",  "sumaban",  "suma",    "ascienden", "asciende",
        "ascendia", "ascendian", "llegan", "llega",  "a",      "de",       "no",      "not",       "seria",
        "serian",   "would",     "be",     "ser",    ":",      "now",      "already", "ya"})
    if (tokens.is(i, word)) return true;
  return false;
}

}  // namespace

std::string_view thing_of(std::string_view language, std::string_view noun) {
  const Lexicon& things = lexicon("things", language);
  const std::vector<std::string_view> words = split(noun, ' ');
  std::string_view best;
  for (std::size_t length = std::min<std::size_t>(words.size(), 4); length >= 1; --length)
    for (std::size_t i = 0; i + length <= words.size(); ++i) {
      std::string phrase;
      for (std::size_t k = i; k < i + length; ++k) phrase += (k > i ? " " : "") + std::string(words[k]);
      const auto* row = things.find(phrase);
      if (row == nullptr || row->size() < 2) continue;
      if ((*row)[1] != "role") return (*row)[1];
      if (best.empty()) best = (*row)[1];
    }
  return best;
}

bool sentence_breaks(const Tokens& tokens, std::size_t i) {
  if (i == 0 || i >= tokens.size()) return true;
  const Token& token = tokens[i];
  if (token.breaks > 1) return true;
  if (!token.spaced) return false;
  std::size_t end = i - 1;
  for (const std::string_view closing : {"\"", "”", "»", "’", ")", "'"})
    if (tokens.is(end, closing) && end > 0) {
      --end;
      break;
    }
  const std::string_view mark = tokens[end].folded;
  if (mark == "!" || mark == "?" || mark == "…")
    return token.breaks > 0 || token.capital || token.kind != Token::Kind::Word;
  if (mark != ".") return false;
  if (end > 0 && abbreviation(tokens, end - 1) && token.breaks == 0) return false;
  const bool opens =
      token.kind == Token::Kind::Mark && token.folded != "," && token.folded != ")" && token.folded != "-";
  return token.capital || token.kind == Token::Kind::Digits || opens || token.breaks > 0;
}

std::size_t sentence_start(const Tokens& tokens, std::size_t i) {
  const std::size_t limit = i > 400 ? i - 400 : 0;  // longer sentences are tables
  while (i > limit && !sentence_breaks(tokens, i)) --i;
  return i;
}

std::size_t sentence_end(const Tokens& tokens, std::size_t i) {
  const std::size_t limit = std::min(tokens.size(), i + 400);
  for (++i; i < limit && !sentence_breaks(tokens, i); ++i) continue;
  return std::min(i, tokens.size());
}

void count_noun_before(const Tokens& tokens, std::string_view language, const std::vector<bool>& taken,
                       FigureMention* figure) {
  std::size_t at = figure->from;
  while (at > 0 && figure->from - at < 4 && links(tokens, at - 1)) --at;
  if (at == figure->from || at == 0 || at > tokens.size()) return;
  const Lexicon& things = lexicon("things", language);
  for (std::size_t words = std::min<std::size_t>(4, at); words >= 1; --words) {
    const std::size_t from = at - words;
    if (tokens[from].kind != Token::Kind::Word || (from < taken.size() && taken[from])) continue;
    const auto* row = things.find(tokens.phrase(from, at));
    if (row == nullptr || row->size() < 2) continue;
    figure->counted = std::string(tokens.written(from, at));
    figure->thing = std::string((*row)[1]);
    figure->unit = fold(figure->counted);
    figure->kind = "count";
    return;
  }
}

void count_noun(const Tokens& tokens, std::string_view language, const std::vector<bool>& taken,
                FigureMention* figure) {
  std::size_t at = figure->to;
  const bool joiner = tokens.is(at, "of") || tokens.is(at, "de");
  const bool measure = !figure->kind.empty();
  if (measure && !joiner) {
    figure->predicate = predicate_from(tokens, at);
    return;
  }
  if (joiner) ++at;
  while (tokens.is(at, "the") || tokens.is(at, "these") || tokens.is(at, "los") || tokens.is(at, "las") ||
         tokens.is(at, "such"))
    ++at;
  if (tokens[at].breaks > 1 || (tokens.joined(at) && !joiner && !tokens.is(at - 1, "-"))) return;
  const Noun noun = noun_at(tokens, language, taken, at);
  if (noun.to == at) {
    if (joiner) figure->predicate = predicate_from(tokens, figure->to);
    return;
  }
  figure->counted = std::string(tokens.written(noun.from, noun.to));
  figure->thing = std::string(noun.thing);
  figure->predicate = predicate_from(tokens, noun.to);
  if (measure) return;
  figure->kind = "count";
  figure->unit = fold(figure->counted);
  figure->to = noun.to;
}

}  // namespace careo
