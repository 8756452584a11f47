// SPDX-License-Identifier: Apache-2.0
#include "read/statement/stance.h"

#include <algorithm>

namespace careo {
namespace {

bool is_any(const Tokens& tokens, std::size_t i, std::initializer_list<std::string_view> list) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view word) { return tokens.is(i, word); });
}

// The main clause of a content ends where a further clause begins.
std::size_t main_clause_end(const SpeechText& text, const TokenSpan& content) {
  for (std::size_t i = content.from + 1; i < content.to; ++i) {
    const SpeechWord kind = text.word(i);
    const bool comma = text.tokens().is(i, ",") && i > content.from + 3;
    if (kind == SpeechWord::That || kind == SpeechWord::Relative || kind == SpeechWord::Subordinator || comma) return i;
  }
  return content.to;
}

struct ContentNegation {
  std::size_t at = 0;
  bool any = false;
  bool knowledge = false;  ///< "did not know", "no sabe"
};

ContentNegation negation_in(const SpeechText& text, const TokenSpan& content) {
  const Tokens& tokens = text.tokens();
  const std::size_t end = main_clause_end(text, content);
  for (std::size_t i = content.from; i < std::min(end, content.from + 25); ++i) {
    const bool none =
        is_any(tokens, i, {"no", "none", "nobody", "nothing", "ningun", "ninguna", "ninguno", "nadie", "nada"});
    if (!none && text.word(i) != SpeechWord::Negation) continue;
    if (tokens[i].capital && i > content.from) continue;  // a name
    if (is_any(tokens, i + 1, {"only", "solo", "just", "doubt", "duda"})) continue;
    if (is_any(tokens, i, {"without", "sin"})) continue;  // an aside, not the clause's own verb
    ContentNegation found{.at = i, .any = true};
    for (std::size_t k = i + 1; k < std::min(content.to, i + 4); ++k)
      found.knowledge = found.knowledge || is_any(tokens, k,
                                                  {"know", "knows", "aware", "sabe", "sabia", "saben", "sabian",
                                                   "conoce", "conocia", "conocen", "information", "informacion",
                                                   "constancia", "conocimiento", "idea", "knowledge", "consta"});
    return found;
  }
  return {};
}

// "it has no participation", "no tiene relación": of the speaker itself, or of anything at all.
bool denies(const SpeechText& text, const TokenSpan& content, const ContentNegation& negation) {
  const Tokens& tokens = text.tokens();
  if (text.is_word(content.from, SpeechWord::Pronoun) || negation.at == content.from) return true;
  if (is_any(tokens, content.from,
             {"there", "hubo", "existe", "existen", "hay", "its", "his", "her", "their", "su", "sus", "none", "nobody",
              "ningun", "ninguna"}))
    return true;
  for (std::size_t i = content.from; i < content.to; ++i)
    if (is_any(tokens, i,
               {"participation", "involvement", "involved", "part", "participacion", "implicacion", "vinculo",
                "vinculos", "relacion", "link", "links", "role", "responsibility", "responsabilidad", "ties"}))
      return true;
  return false;
}

// "We categorically reject any part in it": what somebody says may itself say what the saying does. A denial counts
// whoever makes it, since none may pass as an assertion; the other stances only of the speaker's own "I" and "we".
Cue inner_cue(const SpeechText& text, const TokenSpan& content) {
  const Tokens& tokens = text.tokens();
  const Lexicon& cues = lexicon("statements", text.language());
  const std::size_t end = std::min(main_clause_end(text, content), content.from + 16);
  const bool self = is_any(tokens, content.from, {"i", "we", "yo", "nosotros"});
  for (std::size_t i = content.from; i < end; ++i) {
    if (!tokens.word(i)) continue;
    const auto* row = cues.find(tokens[i].folded);
    if (row == nullptr || row->size() < 4 || (*row)[3] == "know" || (*row)[3] == "confirm") continue;
    const Stance stance = stance_named((*row)[2]);
    const bool own = stance == Stance::Deny || (self && stance != Stance::Assert);
    const bool noun = i > content.from && text.is_word(i - 1, SpeechWord::Determiner);
    if (!own || noun || (row->size() > 4 && stance != Stance::Deny)) continue;
    Cue found{.from = i, .to = i + 1, .lemma = (*row)[1], .frame = (*row)[3], .stance = stance};
    for (std::size_t k = i; k > content.from && k + 4 > i; --k)
      found.negated = found.negated || text.is_word(k - 1, SpeechWord::Negation);
    return found;
  }
  return {};
}

// "was unaware of any contract", "desconoce el paradero".
bool unknowing(const SpeechText& text, const TokenSpan& content) {
  for (std::size_t i = content.from; i < std::min(content.to, content.from + 5); ++i)
    if (is_any(text.tokens(), i,
               {"unaware", "desconoce", "desconocen", "desconocia", "desconocian", "desconocer", "ignora", "ignoraba",
                "ignorar"}))
      return true;
  return false;
}

// "It is a lie", "eso es falso": of what was said before, by a pronoun.
bool calls_false(const SpeechText& text, const TokenSpan& content) {
  const Tokens& tokens = text.tokens();
  std::size_t i = content.from;
  while (i < content.to && (text.is_word(i, SpeechWord::Conjunction) || tokens[i].kind == Token::Kind::Mark)) ++i;
  if (!is_any(tokens, i,
              {"it", "it's", "that", "that's", "this", "they", "eso", "esto", "es", "son", "these", "those"}))
    return false;
  for (std::size_t k = i; k < std::min(content.to, i + 7); ++k) {
    if (is_any(tokens, k,
               {"lie", "lies", "false", "untrue", "falso", "falsa", "falsas", "falsos", "mentira", "mentiras",
                "nonsense", "slander", "calumnia", "fabrication", "invention"}))
      return true;
    if (is_any(tokens, k, {"not", "no", "isn't"}) &&
        (is_any(tokens, k + 1, {"true", "cierto", "verdad"}) || is_any(tokens, k + 2, {"true", "cierto", "verdad"})))
      return true;
  }
  return false;
}

Judged negated(Stance stance, bool refused) {
  switch (stance) {
    case Stance::Deny:
      return refused ? Judged{Stance::Disclaim, false, "refuses to say"}
                     : Judged{Stance::Concede, true, "negated denial"};
    case Stance::Concede:
      return refused ? Judged{Stance::Deny, false, "refuses to concede"}
                     : Judged{Stance::Deny, false, "negated concession"};
    default: return {Stance::Disclaim, false, refused ? "refuses to say" : "negated cue"};
  }
}

}  // namespace

Judged judge(const SpeechText& text, const Cue& cue, const TokenSpan& content) {
  const bool spoken = cue.to > cue.from;
  if (spoken && cue.negated) return negated(cue.stance, cue.refused);
  Judged out{.stance = spoken ? cue.stance : Stance::Assert, .positive = true, .reason = {}};
  if (out.stance == Stance::Disclaim) {
    out.positive = false;
    return out;
  }
  if (spoken && out.stance == Stance::Assert && unknowing(text, content))
    return {Stance::Disclaim, false, "says not to know"};
  if (spoken && out.stance == Stance::Assert && calls_false(text, content))
    return {Stance::Deny, false, "calls it false"};
  const ContentNegation negation = negation_in(text, content);
  if (const Cue inner = inner_cue(text, content); spoken && out.stance == Stance::Assert && inner.to > inner.from) {
    Judged within =
        inner.negated ? negated(inner.stance, inner.refused) : Judged{inner.stance, inner.stance != Stance::Deny, {}};
    within.reason = "by the quoted verb";
    return within;
  }
  if (out.stance == Stance::Deny) {
    out.positive = negation.any && cue.frame != "object" ? true : false;
    // "denied that he had not signed": the denial of a negative
    if (negation.any && text.word(content.from > 0 ? content.from - 1 : 0) == SpeechWord::That &&
        text.language() == "en") {
      out.positive = true;
      out.reason = "denies a negative";
    }
    return out;
  }
  if (!negation.any) return out;
  out.positive = false;
  if (negation.knowledge && out.stance != Stance::Accuse) {
    out.stance = Stance::Disclaim;
    out.reason = "says not to know";
  } else if (out.stance == Stance::Assert && denies(text, content, negation)) {
    out.stance = Stance::Deny;
    out.reason = "asserts a negative";
  } else {
    out.reason = "negative content";
  }
  return out;
}

}  // namespace careo
