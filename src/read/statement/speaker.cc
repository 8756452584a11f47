// SPDX-License-Identifier: Apache-2.0
#include "read/statement/speaker.h"

#include <algorithm>

#include "base/text.h"
#include "read/figure/noun.h"

namespace careo {
namespace {

constexpr std::size_t kLongestPhrase = 24;  // tokens of one noun phrase

}  // namespace

// True where a noun phrase cannot reach further left over token `i`.
bool Speakers::may_end_left(std::size_t i) const {
  if (text_.quote_at(i) >= 0 || text_.in_date(i) || text_.cue_at(i) != nullptr) return true;
  if (tokens_[i].kind == Token::Kind::Digits) return true;
  if (tokens_[i].kind == Token::Kind::Mark) {
    const bool inside =
        (tokens_.is(i, "-") || tokens_.is(i, ".") || tokens_.is(i, "'") || tokens_.is(i, "&")) && tokens_.joined(i);
    const bool abbreviation = tokens_.is(i, ".") && i > 0 && tokens_[i - 1].capital &&
                              tokens_[i - 1].written.size() <= 4 && i + 1 < tokens_.size() &&
                              !sentence_breaks(tokens_, i + 1);
    return !(inside && (abbreviation || tokens_.joined(i + 1)));
  }
  switch (text_.word(i)) {
    case SpeechWord::Auxiliary:
    case SpeechWord::Negation:
    case SpeechWord::Adverb:
    case SpeechWord::Subordinator:
    case SpeechWord::That:
    case SpeechWord::Relative:
    case SpeechWord::Pronoun: return true;
    case SpeechWord::Verb: return !tokens_[i].capital;
    default: return false;
  }
}

// The noun phrase whose last token is `end` - 1.
std::optional<TokenSpan> Speakers::phrase_left(std::size_t end, std::size_t limit) const {
  std::size_t from = end;
  while (from > limit && end - from < kLongestPhrase) {
    const std::size_t i = from - 1;
    if (tokens_[from].breaks > 1 && from < end) break;
    if (tokens_.is(i, ")") && from == end) {  // "the World Food Program (WFP)"
      std::size_t open = i;
      while (open > limit && i - open < 6 && !tokens_.is(open, "(")) --open;
      if (!tokens_.is(open, "(")) break;
      from = open;
      continue;
    }
    if (may_end_left(i)) break;
    if (text_.word(i) == SpeechWord::Conjunction) {
      const bool names = i > limit && tokens_[i - 1].capital && tokens_[from].capital;
      const bool both = i > limit && text_.word(from) == SpeechWord::Determiner &&
                        text_.word(i - 1) == SpeechWord::None && tokens_.is(i, "and") && false;
      if (!names && !both) break;
    }
    from = i;
    if (text_.word(i) != SpeechWord::Determiner || (tokens_[i].capital && i > limit)) continue;  // "El Faro" is a name
    // A determiner begins the phrase, unless the phrase hangs on another noun by a preposition.
    const bool hangs = i > limit + 1 && text_.word(i - 1) == SpeechWord::Preposition && !may_end_left(i - 2) &&
                       text_.word(i - 2) != SpeechWord::Conjunction && tokens_.word(i - 2);
    if (!hangs && !(i > limit && text_.word(i - 1) == SpeechWord::Determiner)) break;
  }
  while (from < end && (text_.word(from) == SpeechWord::Conjunction || tokens_[from].kind == Token::Kind::Mark)) ++from;
  if (from >= end || text_.word(from) == SpeechWord::Preposition) return std::nullopt;
  return TokenSpan{from, end};
}

// What stands between commas behind a noun and is no name for it: a clause, an age, a time, a circumstance.
bool Speakers::begins_aside(std::size_t i) const {
  switch (text_.word(i)) {
    case SpeechWord::Relative:
    case SpeechWord::Preposition:
    case SpeechWord::Subordinator: return true;
    case SpeechWord::That: return text_.language() == "es";
    default: break;
  }
  const bool participle = text_.language() == "en" && !tokens_[i].capital &&
                          (tokens_[i].folded.ends_with("ing") || tokens_[i].folded.ends_with("ed"));
  return participle || tokens_.digits(i) || text_.in_date(i);
}

std::optional<TokenSpan> Speakers::before(const Cue& cue, std::size_t limit) const {
  std::size_t end = cue.from;
  while (end > limit &&
         (text_.is_word(end - 1, SpeechWord::Auxiliary) || text_.is_word(end - 1, SpeechWord::Negation) ||
          text_.is_word(end - 1, SpeechWord::Adverb) || (text_.in_date(end - 1) && cue.from - end < 8)))
    --end;
  if (end <= limit) return std::nullopt;
  const std::size_t k = end - 1;
  if (text_.is_word(k, SpeechWord::Pronoun)) return TokenSpan{k, end};
  const bool spanish_who =
      text_.language() == "es" && text_.is_word(k, SpeechWord::That) && k > limit && tokens_.is(k - 1, ",");
  if (text_.is_word(k, SpeechWord::Relative) || spanish_who) {
    std::size_t noun = k;
    while (noun > limit && (tokens_.is(noun - 1, ",") || text_.is_word(noun - 1, SpeechWord::Preposition))) --noun;
    return phrase_left(noun, limit > 0 && limit == noun ? limit - 1 : limit);
  }
  if (!tokens_.is(k, ",")) return phrase_left(end, limit);
  // "The ambassador, Viktor Koronelli, said": the phrase between commas, and the one before it.
  std::size_t opening = k;  // the comma that opens what this one closes
  while (opening > limit && k - opening < kLongestPhrase && !tokens_.is(opening - 1, ",")) --opening;
  const bool relative = opening > limit && begins_aside(opening);
  if (relative) return phrase_left(opening - 1, limit);  // "Sandoval, who visited the port in June, said"
  const auto inner = phrase_left(k, limit);
  if (!inner) return std::nullopt;
  const std::size_t comma = inner->from;
  if (comma <= limit || !tokens_.is(comma - 1, ",")) return TokenSpan{inner->from, k};
  const auto outer = phrase_left(comma - 1, limit);
  const bool head = outer && (tokens_[outer->from].capital || text_.is_word(outer->from, SpeechWord::Determiner));
  return head ? TokenSpan{outer->from, k} : TokenSpan{inner->from, k};
}

std::optional<TokenSpan> Speakers::behind(std::size_t i, std::size_t limit) const {
  if (i >= limit) return std::nullopt;
  if (text_.is_word(i, SpeechWord::Pronoun)) return TokenSpan{i, i + 1};
  std::size_t to = i;
  bool noun = false;
  while (to < limit && to - i < kLongestPhrase) {
    if (to > i && tokens_[to].breaks > 1) break;
    const bool comma = tokens_.is(to, ",");
    if (comma && noun) {  // an apposition: "Viktor Koronelli, the ambassador," or "el embajador, Víktor Koronelli"
      std::size_t end = to + 1;
      while (end < limit && end - to < 14 && !tokens_.is(end, ",") && !may_end_left(end) && text_.quote_at(end) < 0 &&
             text_.word(end) != SpeechWord::Conjunction)
        ++end;
      const bool begins = tokens_[to + 1].capital || text_.is_word(to + 1, SpeechWord::Determiner) ||
                          text_.is_word(to + 1, SpeechWord::Role) ||
                          (tokens_[to - 1].capital && text_.word(to + 1) == SpeechWord::None &&
                           (end == limit || tokens_.is(end, ".") || text_.quote_at(end + 1) >= 0 || end + 1 == limit));
      const bool closes =
          tokens_.is(end, ",") || end == limit || tokens_.is(end, ".") || text_.is_word(end, SpeechWord::That);
      if (begins && closes && end > to + 1) to = end;
      break;
    }
    if (tokens_.is(to, "(") && noun) {
      std::size_t close = to;
      while (close < limit && close - to < 6 && !tokens_.is(close, ")")) ++close;
      if (!tokens_.is(close, ")")) break;
      to = close + 1;
      break;
    }
    if (may_end_left(to) && !(text_.is_word(to, SpeechWord::Pronoun))) break;
    if (text_.word(to) == SpeechWord::Conjunction &&
        !(tokens_[to - (to > i ? 1 : 0)].capital && tokens_[to + 1].capital))
      break;
    if (text_.word(to) == SpeechWord::Preposition && noun) {
      const bool of = tokens_.is(to, "of") || tokens_.is(to, "de") || tokens_.is(to, "del") || tokens_.is(to, "for") ||
                      tokens_.is(to, "to");
      const bool place =
          (tokens_.is(to, "in") || tokens_.is(to, "en") || tokens_.is(to, "para") || tokens_.is(to, "ante")) &&
          tokens_[to + 1].capital && !text_.in_date(to + 1);
      if (!of && !place) break;
    } else if (text_.word(to) == SpeechWord::Preposition) {
      break;
    }
    noun = noun || (text_.word(to) != SpeechWord::Determiner && text_.word(to) != SpeechWord::Preposition);
    ++to;
  }
  while (to > i && (text_.is_word(to - 1, SpeechWord::Preposition) || (text_.is_word(to - 1, SpeechWord::Determiner))))
    --to;
  if (!noun || to <= i) return std::nullopt;
  return TokenSpan{i, to};
}

TokenSpan Speakers::name_in(const TokenSpan& phrase) const {
  TokenSpan best;
  for (std::size_t i = phrase.from; i < phrase.to; ++i) {
    std::size_t to = i;
    while (to < phrase.to) {
      const bool joins = to > i &&
                         (tokens_.is(to, "-") || tokens_.is(to, "de") || tokens_.is(to, "del") ||
                          tokens_.is(to, "von") || (tokens_.is(to, ".") && tokens_.joined(to))) &&
                         to + 1 < phrase.to && tokens_[to + 1].capital;
      const bool capital = tokens_.word(to) && tokens_[to].capital && text_.word(to) != SpeechWord::Determiner &&
                           text_.word(to) != SpeechWord::Role;
      if (!joins && !capital) break;
      ++to;
    }
    if (to - i > best.to - best.from) best = {i, to};
    if (to > i) i = to;
  }
  return best;
}

void Speakers::note(const TokenSpan& speaker) {
  last_ = speaker;
  // A person's name stands alone, or in apposition to a role: "The ambassador, Viktor Koronelli"; "the Foreign
  // Ministry" is a body.
  std::size_t from = speaker.from;
  for (std::size_t i = speaker.from; i <= speaker.to; ++i) {
    if (i < speaker.to && !tokens_.is(i, ",")) continue;
    const TokenSpan part{from, i};
    from = i + 1;
    const TokenSpan name = name_in(part);
    const bool alone = name.from == part.from && name.to == part.to && name.to - name.from >= 2;
    bool role = false;
    for (std::size_t k = part.from; k < name.from; ++k) role = role || text_.is_word(k, SpeechWord::Role);
    if (!(alone || (role && name.to == part.to && name.to - name.from >= 2))) continue;
    if (part.from != speaker.from || part.to != speaker.to || alone || role) {
      names_.emplace_back(tokens_.written(name.from, name.to));
      return;
    }
  }
}

std::string Speakers::resolve(const TokenSpan& speaker) const {
  if (names_.empty()) return {};
  const bool pronoun = speaker.to == speaker.from + 1 && text_.is_word(speaker.from, SpeechWord::Pronoun);
  if (pronoun) {
    for (const std::string_view group : {"they", "we", "it", "ellos", "ellas", "nosotros", "i", "yo", "you"})
      if (tokens_.is(speaker.from, group)) return {};
    return names_.back();
  }
  const TokenSpan name = name_in(speaker);
  if (!name.empty()) {
    const std::string written(tokens_.written(name.from, name.to));
    for (auto known = names_.rbegin(); known != names_.rend(); ++known)
      if (known->size() > written.size() && known->ends_with(" " + written)) return *known;
    return {};
  }
  const bool definite =
      tokens_.is(speaker.from, "the") || tokens_.is(speaker.from, "el") || tokens_.is(speaker.from, "la");
  const bool role = speaker.to - speaker.from <= 3 && text_.is_word(speaker.to - 1, SpeechWord::Role);
  return definite && role ? names_.back() : std::string{};
}

}  // namespace careo
