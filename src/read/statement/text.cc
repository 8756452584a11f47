// SPDX-License-Identifier: Apache-2.0
#include "read/statement/text.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "read/figure/noun.h"
#include "reference/resources.h"

namespace careo {
namespace {

using Classes = std::unordered_map<std::string_view, SpeechWord>;

SpeechWord class_named(std::string_view name) {
  static const std::unordered_map<std::string_view, SpeechWord> kNames = {{"determiner", SpeechWord::Determiner},
                                                                          {"pronoun", SpeechWord::Pronoun},
                                                                          {"relative", SpeechWord::Relative},
                                                                          {"auxiliary", SpeechWord::Auxiliary},
                                                                          {"negation", SpeechWord::Negation},
                                                                          {"adverb", SpeechWord::Adverb},
                                                                          {"preposition", SpeechWord::Preposition},
                                                                          {"conjunction", SpeechWord::Conjunction},
                                                                          {"subordinator", SpeechWord::Subordinator},
                                                                          {"that", SpeechWord::That},
                                                                          {"verb", SpeechWord::Verb},
                                                                          {"role", SpeechWord::Role}};
  const auto found = kNames.find(name);
  return found == kNames.end() ? SpeechWord::None : found->second;
}

Classes load(std::string_view path) {
  Classes out;
  for (const auto& row : table_rows(resource(path)))
    if (row.size() == 2)
      for (const std::string_view word : split(row[1], ' ')) out.emplace(word, class_named(row[0]));
  return out;
}

const Classes& classes_of(std::string_view language) {
  static const Classes kEnglish = load("statements/words-en.tsv");
  static const Classes kSpanish = load("statements/words-es.tsv");
  static const Classes kRussian = load("statements/words-ru.tsv");
  static const Classes kUkrainian = load("statements/words-uk.tsv");
  return language == "es" ? kSpanish : language == "ru" ? kRussian : language == "uk" ? kUkrainian : kEnglish;
}

// What closes a quotation that `mark` opens; "" where it opens none. A straight sign closes itself.
std::string_view closing_of(std::string_view mark) {
  if (mark == "“") return "”";
  if (mark == "„") return "“";
  if (mark == "«") return "»";
  if (mark == "‘") return "'";  // ’ is folded to '
  if (mark == "\"") return "\"";
  if (mark == "'") return "'";
  return {};
}

constexpr std::size_t kLongestSentence = 1000;  // tokens; longer ones are lists and tables
constexpr std::size_t kLongestQuote = 600;      // tokens; a mark left open must not swallow the article

}  // namespace

Stance stance_named(std::string_view name) {
  if (name == "deny") return Stance::Deny;
  if (name == "concede") return Stance::Concede;
  if (name == "disclaim") return Stance::Disclaim;
  if (name == "accuse") return Stance::Accuse;
  if (name == "promise") return Stance::Promise;
  if (name == "threaten") return Stance::Threaten;
  return Stance::Assert;
}

SpeechWord speech_word(std::string_view language, std::string_view folded) {
  if (language == "en" && folded.ends_with("n't")) return SpeechWord::Negation;
  const Classes& classes = classes_of(language);
  const auto found = classes.find(folded);
  if (found != classes.end()) return found->second;
  if (language == "en" && folded.size() > 4 && folded.ends_with("ly")) return SpeechWord::Adverb;
  if (language == "es" && folded.size() > 6 && folded.ends_with("mente")) return SpeechWord::Adverb;
  return SpeechWord::None;
}

SpeechText::SpeechText(const Tokens& tokens, std::string_view language)
    : tokens_(tokens), language_(language), quote_of_(tokens.size(), -1), cue_of_(tokens.size(), -1) {
  words_.reserve(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i)
    words_.push_back(tokens.word(i) ? speech_word(language, tokens[i].folded) : SpeechWord::None);
  // "él" is a speaker, "el" is not; folding has made them one.
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (language == "es" && (tokens[i].written == "él" || tokens[i].written == "Él")) words_[i] = SpeechWord::Pronoun;
  // "está" is a verb, "esta" is not.
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (language == "es" && (tokens[i].written == "está" || tokens[i].written == "Está"))
      words_[i] = SpeechWord::Auxiliary;
  find_quotes();
  find_sentences();
  find_dates();
  find_cues();
}

SpeechWord SpeechText::word(std::size_t i) const {
  return i < words_.size() ? words_[i] : SpeechWord::None;
}

std::size_t SpeechText::behind_date(std::size_t i) const {
  if (i < date_end_.size() && date_end_[i] > i) return date_end_[i];
  const bool opens = is_word(i, SpeechWord::Determiner) || is_word(i, SpeechWord::Preposition);
  return opens && i + 1 < date_end_.size() && date_end_[i + 1] > i + 1 ? date_end_[i + 1] : i;
}

std::span<const Cue> SpeechText::cues_from(std::size_t i) const {
  const auto first =
      std::lower_bound(cues_.begin(), cues_.end(), i, [](const Cue& cue, std::size_t at) { return cue.from < at; });
  return std::span<const Cue>(cues_).subspan(static_cast<std::size_t>(first - cues_.begin()));
}

const Cue* SpeechText::cue_at(std::size_t i) const {
  return i < cue_of_.size() && cue_of_[i] >= 0 ? &cues_[static_cast<std::size_t>(cue_of_[i])] : nullptr;
}

void SpeechText::find_quotes() {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    if (token.kind != Token::Kind::Mark) continue;
    const std::string_view closing = closing_of(token.folded);
    if (closing.empty()) continue;
    const bool straight = token.folded == closing;
    if (straight && !(token.spaced || i == 0 || tokens_.is(i - 1, "(") || tokens_.is(i - 1, "—"))) continue;
    if (token.written == "’" || !tokens_.joined(i + 1)) continue;  // an apostrophe; a mark that opens nothing
    std::size_t end = i + 1;
    const std::size_t limit = std::min(tokens_.size(), i + kLongestQuote);
    while (end < limit && tokens_[end].breaks < 2 && !(tokens_.is(end, closing) && (!straight || !tokens_[end].spaced)))
      ++end;
    const bool closed = end < limit && tokens_[end].breaks < 2;
    if (!closed && (straight || token.folded == "‘")) continue;
    const std::size_t to = closed ? end + 1 : end;
    for (std::size_t k = i; k < to; ++k) quote_of_[k] = static_cast<int>(quotes_.size());
    quotes_.push_back({i, to});
    i = to - 1;
  }
}

// A sentence ends where punctuation says so, but not inside a quotation, and at every blank line. A first line without
// a final stop is the headline.
void SpeechText::find_sentences() {
  std::size_t from = 0;
  for (std::size_t i = 1; i <= tokens_.size(); ++i) {
    const bool inside = i < tokens_.size() && quote_of_[i] >= 0 && quote_of_[i] == quote_of_[i - 1];
    const bool blank = i < tokens_.size() && tokens_[i].breaks > 1;
    const bool ends =
        i == tokens_.size() || blank || i - from >= kLongestSentence || (!inside && sentence_breaks(tokens_, i));
    if (!ends) continue;
    Sentence sentence{.span = {from, i}};
    const bool paragraph = i == tokens_.size() || tokens_[i].breaks > 1 || (tokens_[i].breaks == 1);
    const bool stops = tokens_.is(i - 1, ".") || tokens_.is(i - 1, "!") || tokens_.is(i - 1, ")");
    sentence.headline = sentences_.empty() && paragraph && !stops && i - from <= 40 && i < tokens_.size();
    sentences_.push_back(sentence);
    from = i;
  }
}

void SpeechText::find_dates() {
  date_end_.assign(tokens_.size(), 0);
  in_date_.assign(tokens_.size(), false);
  for (const DateMention& date : dates_in(tokens_, language_)) {
    date_end_[date.from] = date.to;
    for (std::size_t i = date.from; i < date.to && i < in_date_.size(); ++i) in_date_[i] = true;
  }
}

// Walks left from a cue over what may stand between it and its subject; notes negation on the way. Returns the token
// behind which the subject would end.
std::size_t SpeechText::before_auxiliaries(std::size_t i, Cue* cue) const {
  std::size_t at = i;
  for (int steps = 0; at > 0 && steps < 7; ++steps) {
    const std::size_t k = at - 1;
    if (quote_at(k) >= 0 || tokens_[at].breaks > 1) break;
    const SpeechWord kind = word(k);
    if (kind == SpeechWord::Negation) {
      const bool only = tokens_.is(at, "only") || tokens_.is(at, "solo") || tokens_.is(at, "just");
      cue->negated = cue->negated || !only;
    } else if (kind != SpeechWord::Auxiliary && kind != SpeechWord::Adverb) {
      break;
    }
    at = k;
  }
  return at;
}

bool SpeechText::fits_english(const Lexicon::Row& row, Cue* cue, std::size_t before) const {
  const std::string_view form = row[0];
  const bool weak = row.size() > 4;
  const std::size_t previous = before > 0 ? before - 1 : tokens_.size();
  const SpeechWord left = before > 0 ? word(previous) : SpeechWord::None;
  if (before == cue->from && tokens_.is(previous, "to")) {
    const bool refuses = previous > 0 && (tokens_.is(previous - 1, "refused") || tokens_.is(previous - 1, "declined") ||
                                          tokens_.is(previous - 1, "refuses") || tokens_.is(previous - 1, "declines"));
    if (!refuses) return false;
    cue->negated = cue->refused = true;
    cue->from = previous - 1;
    return true;
  }
  const bool participle = form.substr(0, form.find(' ')).ends_with("ed") || form == "said" || form == "told" ||
                          form == "known" || form == "written" || form == "made known";
  const bool be = before < cue->from && [&] {
    for (std::size_t i = before; i < cue->from; ++i)
      for (const std::string_view form_of_be : {"is", "was", "were", "are", "been", "being", "be"})
        if (tokens_.is(i, form_of_be)) return true;
    return false;
  }();
  if (participle && be) {
    if (tokens_.is(cue->to, "to") && cue->frame != "to") return false;  // "is said to be"
    cue->passive = true;
    return true;
  }
  if (left == SpeechWord::Determiner && before == cue->from) return false;   // "the announced plan"
  if (left == SpeechWord::Preposition && before == cue->from) return false;  // "of rejected claims"
  if (form.ends_with("ing") && before == cue->from)
    return tokens_.is(previous, ",") || left == SpeechWord::Conjunction || left == SpeechWord::Relative ||
           left == SpeechWord::Pronoun || quote_at(previous) >= 0;
  if (!weak) return true;
  const bool subject = left == SpeechWord::Pronoun || left == SpeechWord::Relative || left == SpeechWord::Role ||
                       (tokens_.word(previous) && (tokens_[previous].capital || left == SpeechWord::None));
  const bool that = word(cue->to) == SpeechWord::That || quote_at(cue->to) >= 0;
  const bool auxiliary = before < cue->from;
  if (that || left == SpeechWord::Pronoun) return true;
  const bool takes_object = (cue->frame == "object" || cue->frame == "confirm") && form.ends_with("ed");
  const bool to = cue->frame == "to" && tokens_.is(cue->to, "to");
  const SpeechWord next = word(cue->to);
  const bool clause = cue->frame == "clause" && (next == SpeechWord::Determiner || next == SpeechWord::Pronoun);
  return (subject || auxiliary) && (takes_object || to || clause);
}

bool SpeechText::fits_spanish(const Lexicon::Row& row, Cue* cue, std::size_t before) const {
  const std::string_view form = row[0];
  const bool weak = row.size() > 4;
  const std::size_t previous = before > 0 ? before - 1 : tokens_.size();
  const SpeechWord left = before > 0 ? word(previous) : SpeechWord::None;
  const auto between = [&](std::initializer_list<std::string_view> list) {
    for (std::size_t i = before; i < cue->from; ++i)
      for (const std::string_view word : list)
        if (tokens_.is(i, word)) return true;
    return false;
  };
  bool participle = form == "dicho" || form == "escrito";
  for (const std::string_view ending : {"ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"})
    participle = participle || form.ends_with(ending);
  if (participle && !between({"ha", "han", "habia", "habian", "he", "hemos", "haya", "hayan", "habria", "habrian",
                              "hubo", "haber", "habra"})) {
    cue->passive = between({"fue", "fueron", "es", "son", "sido", "era", "eran"});
    return cue->passive;
  }
  // "se negó a": a refusal; of a word it disclaims, of a deed it says nothing.
  if (cue->lemma == "negar" && tokens_.is(cue->from - (cue->from > 0 ? 1 : 0), "se") && tokens_.is(cue->to, "a")) {
    bool of_words = false;
    for (const std::string_view word : {"confirmar", "comentar", "responder", "hablar", "decir", "precisar", "revelar",
                                        "explicar", "dar", "hacer", "aclarar", "detallar", "desmentir"})
      of_words = of_words || tokens_.is(cue->to + 1, word);
    cue->negated = cue->refused = of_words;
    if (of_words) {
      cue->frame = "object";
      cue->stance = Stance::Assert;
      cue->to += 2;
    }
    return of_words;
  }
  const bool accented = tokens_[cue->from].written != tokens_[cue->from].folded;  // "anunció", not "anuncio"
  const bool noun_place = left == SpeechWord::Determiner || left == SpeechWord::Preposition;
  if (noun_place && before == cue->from && !(accented && !tokens_[cue->from].capital)) return false;
  if (weak && !accented && word(cue->to) != SpeechWord::That && quote_at(cue->to) < 0) return false;
  return true;
}

bool SpeechText::cue_fits(const Lexicon::Row& row, Cue* cue) const {
  cue->lemma = row[1];
  cue->stance = stance_named(row[2]);
  cue->frame = row[3];
  if (cue->frame == "according")
    return !tokens_[cue->from].capital || cue->from == 0 || !tokens_.word(cue->from - 1) || true;
  const std::size_t before = before_auxiliaries(cue->from, cue);
  bool fits = true;
  if (cue->frame != "comment") {
    if (language_ == "en") fits = fits_english(row, cue, before);
    if (language_ == "es") fits = fits_spanish(row, cue, before);
  }
  if (cue->frame == "comment") cue->negated = false;  // its stance already says so
  if (cue->frame == "know" && !cue->negated) return false;
  return fits;
}

void SpeechText::find_cues() {
  const Lexicon& cues = lexicon("statements", language_);
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (!tokens_.word(i) || quote_of_[i] >= 0 || !cues.begins(tokens_[i].folded)) continue;
    for (std::size_t words = std::min<std::size_t>(cues.longest(), 6); words >= 1; --words) {
      if (i + words > tokens_.size() || (words > 1 && quote_of_[i + words - 1] >= 0)) continue;
      const auto* row = cues.find(tokens_.phrase(i, i + words));
      if (row == nullptr || row->size() < 4) continue;
      Cue cue{.from = i, .to = i + words};
      if (!cue_fits(*row, &cue)) continue;
      for (std::size_t k = i; k < cue.to; ++k) cue_of_[k] = static_cast<int>(cues_.size());
      i = cue.to - 1;
      cues_.push_back(cue);
      break;
    }
  }
}

}  // namespace careo
