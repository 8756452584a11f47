// SPDX-License-Identifier: Apache-2.0
#include "read/statement/statement.h"

#include <algorithm>

#include "base/json.h"
#include "read/figure/figure.h"
#include "read/statement/speaker.h"
#include "read/statement/stance.h"
#include "read/statement/text.h"
#include "read/token_reader.h"

namespace careo {
namespace {

using Type = StatementMention::Type;

// Builds the statements of one article, sentence by sentence.
class Statements {
 public:
  explicit Statements(const Tokens& tokens, std::string_view language)
      : tokens_(tokens), text_(tokens, language), speakers_(text_), used_(text_.quotes().size(), false) {}

  std::vector<StatementMention> run() {
    for (const Sentence& sentence : text_.sentences()) read(sentence);
    std::stable_sort(out_.begin(), out_.end(),
                     [](const auto& a, const auto& b) { return a.content.from < b.content.from; });
    return std::move(out_);
  }

 private:
  // -------------------------------------------------------------------------------------------- one sentence

  void read(const Sentence& sentence) {
    const std::size_t before = out_.size();
    span_ = sentence.span;
    in_sentence_.reset();
    for (const Cue& cue : text_.cues_from(span_.from)) {
      if (cue.from >= span_.to) break;
      if (cue.to <= span_.to) read(cue);
    }
    announced_quote();
    if (out_.size() == before) following_quote();
    if (sentence.headline) {
      headline(before);
    } else if (out_.size() == before) {
      article();
    }
  }

  void read(const Cue& cue) {
    StatementMention statement;
    statement.cue = TokenSpan{cue.from, cue.to};
    if (cue.frame == "according") {
      according(cue, statement);
      return;
    }
    auto speaker = cue.passive || closes_with_speaker(cue) ? std::nullopt : speakers_.before(cue, clause_start(cue));
    const std::optional<std::size_t> quote = quote_before(cue, speaker);
    std::size_t behind = cue.to;
    bool inverted = false;
    if (cue.passive) {
      speaker = passive_agent(cue);
    } else if (!speaker && (may_invert(cue) || quote)) {
      speaker = speakers_.behind(text_.behind_date(cue.to), span_.to);
      if (speaker && object_not_subject(cue, *speaker, quote.has_value() || closes_with_speaker(cue))) speaker.reset();
      inverted = speaker.has_value();
      if (speaker) behind = speaker->to;
    }
    if (!speaker && !cue.passive) speaker = borrowed(cue);
    if (cue.passive && !speaker && text_.word(cue.to) != SpeechWord::That) return;
    statement.speaker = speaker;
    if (speaker) {
      statement.resolved = speakers_.resolve(*speaker);
      speakers_.note(*speaker);
      in_sentence_ = speaker;
    }
    if (cue.passive && text_.word(cue.to) != SpeechWord::That) {
      const auto subject = speakers_.before(cue, clause_start(cue));
      if (!subject) return;
      statement.content = *subject;
      put(std::move(statement), cue, "passive, by speaker");
      return;
    }
    if (cue.frame == "comment") {
      statement.content = {cue.from, clause_end(cue.to)};
      put(statement, cue, "refusal to comment");
      return;
    }
    if (quote) {
      take_quote(*quote, statement, cue, inverted ? "quote, cue, speaker" : "quote, speaker, cue");
      const auto second = quote_behind(behind);
      if (second && !used_[*second]) take_quote(*second, statement, cue, "quote goes on");
      return;
    }
    content(cue, behind, inverted, statement);
  }

  // -------------------------------------------------------------------------------------------- where things stand

  // No subject lies left of this: the sentence's start, a semicolon, the last quotation, the "that" of another cue.
  std::size_t clause_start(const Cue& cue) const {
    for (std::size_t i = cue.from; i > span_.from; --i) {
      const std::size_t k = i - 1;
      if (text_.quote_at(k) >= 0 && text_.quote_at(k) != text_.quote_at(i) &&
          (tokens_.is(i, ",") || text_.quote_at(i) < 0)) {
        // a short quoted phrase inside a subject is no border
        const TokenSpan& quote = text_.quotes()[static_cast<std::size_t>(text_.quote_at(k))];
        if (quote.to - quote.from > 6 || i >= cue.from - 1 || tokens_.is(i - 2, ",")) return i;
      }
      if (tokens_.is(k, ";") || tokens_.is(k, ":") || tokens_.is(k, "—") || tokens_.is(k, "–")) return i;
    }
    return span_.from;
  }

  std::size_t clause_end(std::size_t i) const {
    std::size_t to = i;
    while (to < span_.to && !tokens_.is(to, ",") && !tokens_.is(to, ";") && text_.cue_at(to) == nullptr) ++to;
    return trim_end(i, to);
  }

  // Without final punctuation and closing marks that nothing opened.
  std::size_t trim_end(std::size_t from, std::size_t to) const {
    while (to > from && tokens_[to - 1].kind == Token::Kind::Mark && text_.quote_at(to - 1) < 0 &&
           !tokens_.is(to - 1, ")") && !tokens_.is(to - 1, "%") && !tokens_.is(to - 1, "€"))
      --to;
    return to;
  }

  // "..., dijo el dueño." A comma before the cue, and behind it a phrase that ends the sentence: its subject stands
  // there.
  bool closes_with_speaker(const Cue& cue) const {
    if (cue.from <= span_.from + 2 || !tokens_.is(cue.from - 1, ",") || cue.frame == "comment") return false;
    const auto behind = speakers_.behind(text_.behind_date(cue.to), span_.to);
    if (!behind || (cue.frame != "clause" && text_.language() == "en")) return false;
    std::size_t end = behind->to;
    while (end < span_.to && (text_.in_date(end) || text_.is_word(end, SpeechWord::Preposition))) ++end;
    return trim_end(behind->to, span_.to) <= end;
  }

  bool may_invert(const Cue& cue) const {
    const std::size_t k = cue.from > 0 ? cue.from - 1 : 0;
    const bool starts = cue.from == span_.from || tokens_.is(k, ",") || text_.quote_at(k) >= 0 || text_.in_date(k);
    if (text_.language() != "en") {
      const bool adverb = text_.is_word(k, SpeechWord::Auxiliary) || text_.is_word(k, SpeechWord::Adverb) ||
                          text_.is_word(k, SpeechWord::Negation);
      const bool like = tokens_.is(k, "como") || tokens_.is(k, "segun");
      return starts || adverb || like || text_.is_word(k, SpeechWord::That);
    }
    return starts && (tokens_.is(k, ",") || text_.quote_at(k) >= 0) && text_.word(cue.to) != SpeechWord::That;
  }

  // Spanish "anunció el desmantelamiento": behind a cue that takes an object, a phrase is its subject only where a
  // clause or a quotation follows, or a quotation went before.
  bool object_not_subject(const Cue& cue, const TokenSpan& phrase, bool quoted) const {
    if (quoted || cue.frame == "clause") return false;
    const std::size_t next = phrase.to;
    const bool clause = text_.word(next) == SpeechWord::That || tokens_.is(next, ",") || text_.quote_at(next) >= 0 ||
                        tokens_.is(next, ":");
    return !clause && !(text_.word(next) == SpeechWord::Determiner);
  }

  // "and stressed that", ", añadiendo que": the speaker of the cue before, in this sentence or the last.
  std::optional<TokenSpan> borrowed(const Cue& cue) const {
    const std::size_t k = cue.from > span_.from ? cue.from - 1 : cue.from;
    std::size_t at = k;
    while (at > span_.from && (text_.is_word(at, SpeechWord::Adverb) || text_.is_word(at, SpeechWord::Auxiliary) ||
                               text_.is_word(at, SpeechWord::Negation) || text_.in_date(at)))
      --at;
    const bool joined = text_.is_word(at, SpeechWord::Conjunction) || tokens_.is(at, ",") || text_.quote_at(at) >= 0 ||
                        tokens_.is(at, "por") || tokens_.is(at, "by") || tokens_.is(at, "—");
    if (in_sentence_ && joined) return in_sentence_;
    const bool begins = at == span_.from || cue.from == span_.from;
    if (text_.language() == "es" && (begins || joined || text_.is_word(at, SpeechWord::That)))
      return in_sentence_ ? in_sentence_ : speakers_.last();
    return in_sentence_ && joined ? in_sentence_ : std::nullopt;
  }

  std::optional<TokenSpan> passive_agent(const Cue& cue) const {
    for (std::size_t i = cue.to; i < span_.to && i < cue.to + 12; ++i) {
      if (text_.word(i) == SpeechWord::That || tokens_.is(i, ",")) break;
      if (tokens_.is(i, "by") || tokens_.is(i, "por")) return speakers_.behind(i + 1, span_.to);
    }
    return std::nullopt;
  }

  // The quotation that ends in front of the cue, with nothing but a comma and the speaker between.
  std::optional<std::size_t> quote_before(const Cue& cue, const std::optional<TokenSpan>& speaker) const {
    std::size_t at = speaker && speaker->to <= cue.from ? speaker->from : cue.from;
    if (speaker && speaker->to <= cue.from && text_.word(cue.from - 1) == SpeechWord::Relative) return std::nullopt;
    while (at > span_.from &&
           (text_.is_word(at - 1, SpeechWord::Auxiliary) || text_.is_word(at - 1, SpeechWord::Adverb) ||
            tokens_.is(at - 1, ",") || tokens_.is(at - 1, "—") || tokens_.is(at - 1, "–") || tokens_.is(at - 1, "-")))
      --at;
    if (at <= span_.from || text_.quote_at(at - 1) < 0) return std::nullopt;
    const auto number = static_cast<std::size_t>(text_.quote_at(at - 1));
    const TokenSpan& quote = text_.quotes()[number];
    const bool comma = tokens_.is(at, ",") || tokens_.is(quote.to - 2, ",") || tokens_.is(quote.to - 2, "?") ||
                       tokens_.is(quote.to - 2, "!") || tokens_.is(at, "—");
    const bool alone = quote.from == span_.from;
    if (!comma && !alone) return std::nullopt;
    if (quote.to - quote.from < 4 && !alone) return std::nullopt;
    return number;
  }

  std::optional<std::size_t> quote_behind(std::size_t i) const {
    std::size_t at = i;
    for (int steps = 0; at < span_.to && steps < 14; ++steps) {
      if (text_.quote_at(at) >= 0) return static_cast<std::size_t>(text_.quote_at(at));
      const bool passes = tokens_.is(at, ",") || tokens_.is(at, ":") || text_.in_date(at) ||
                          text_.is_word(at, SpeechWord::Preposition) || text_.is_word(at, SpeechWord::Adverb) ||
                          text_.is_word(at, SpeechWord::Determiner) ||
                          (tokens_.word(at) && text_.word(at) == SpeechWord::None && steps > 0);
      if (!passes) return std::nullopt;
      ++at;
    }
    return std::nullopt;
  }

  // -------------------------------------------------------------------------------------------- contents

  TokenSpan inside(std::size_t quote) const {
    const TokenSpan& span = text_.quotes()[quote];
    std::size_t to = span.to;
    while (to > span.from + 1 &&
           (tokens_.is(to - 1, "”") || tokens_.is(to - 1, "\"") || tokens_.is(to - 1, "»") || tokens_.is(to - 1, "'") ||
            tokens_.is(to - 1, "“") || tokens_.is(to - 1, "’") || tokens_.is(to - 1, ",")))
      --to;
    return {span.from + 1, to};
  }

  void take_quote(std::size_t quote, StatementMention statement, const Cue& cue, const char* rule) {
    used_[quote] = true;
    statement.content = inside(quote);
    statement.type = Type::Direct;
    put(std::move(statement), cue, rule);
  }

  // "that", "que", "en que", "de que" behind the cue, before anything else is said; the token behind it, or 0.
  std::size_t behind_that(const Cue& cue, std::size_t i) const {
    for (std::size_t at = i; at < span_.to && at < i + 22; ++at) {
      if (text_.quote_at(at) >= 0 || (text_.cue_at(at) != nullptr && at > cue.to)) return 0;
      if (tokens_.is(at, ";") || tokens_.is(at, ":") || tokens_.is(at, ".")) return 0;
      if (text_.word(at) != SpeechWord::That) {
        // "denied reports that ...": behind a cue that takes an object, a noun comes first
        const bool light = text_.in_date(at) || text_.is_word(at, SpeechWord::Adverb) ||
                           text_.is_word(at, SpeechWord::Preposition) || tokens_[at].kind == Token::Kind::Mark;
        if (cue.frame != "clause" && text_.language() == "en" && at >= cue.to && !light) return 0;
        continue;
      }
      const bool relative = at > i && text_.language() == "es" && tokens_.word(at - 1) && !text_.in_date(at - 1) &&
                            text_.word(at - 1) == SpeechWord::None && at > i + 1 && cue.frame != "clause";
      if (!relative) return at + 1;
    }
    return 0;
  }

  void content(const Cue& cue, std::size_t behind, bool inverted, StatementMention statement) {
    std::size_t at = behind;
    while (at < span_.to && (text_.in_date(at) || (tokens_.is(at, ",") && inverted))) ++at;
    // "earlier this month", "on Wednesday": when it was said, not what
    if ((tokens_.is(at, "on") || text_.is_word(at, SpeechWord::Adverb)) && text_.in_date(at + 1))
      at = text_.behind_date(at + 1);
    const std::size_t that = behind_that(cue, behind);
    if (const auto quote = quote_behind(behind); quote && that == 0 && cue.frame != "accuse") {
      const TokenSpan& span = text_.quotes()[*quote];
      const std::size_t rest = trim_end(span.to, span_.to);
      const bool whole = rest <= span.to || tokens_.is(span.to, ",");
      if (whole && (span.to - span.from > 5 || tokens_.is(span.from - 1, ":"))) {
        take_quote(*quote, std::move(statement), cue, "cue, quote");
        return;
      }
    }
    if (that > 0) {
      clauses(cue, that, std::move(statement));
      return;
    }
    if (trails(cue, behind)) {
      std::size_t end =
          inverted || !statement.speaker || statement.speaker->from > cue.from ? cue.from : statement.speaker->from;
      end = trim_end(span_.from, end);
      statement.content = {span_.from, end};
      put(std::move(statement), cue, "content, then speaker and cue");
      return;
    }
    if (tokens_.is(at, ":")) ++at;
    if (tokens_.is(at, ",") && statement.speaker && statement.speaker->from > span_.from &&
        tokens_.is(statement.speaker->from - 1, ",") && !inverted) {
      statement.content = {span_.from, trim_end(at, span_.to)};
      put(std::move(statement), cue, "speaker and cue put in");
      return;
    }
    while (cue.frame != "clause" && text_.is_word(at, SpeechWord::Adverb)) ++at;
    const bool infinitive = tokens_.is(at, "to") || tokens_.is(at, "con") || tokens_.is(at, "a");
    const bool clause = text_.word(at) == SpeechWord::Pronoun || text_.word(at) == SpeechWord::Determiner ||
                        tokens_[at].capital || text_.word(at) == SpeechWord::None;
    if (cue.frame == "quote" && !quotes_part({at, content_end(cue, at, true)})) return;
    if (cue.frame == "clause" && (!(clause || text_.is_word(at, SpeechWord::Negation)) || inverted || at >= span_.to))
      return;
    if (cue.frame == "clause" && !has_verb(at)) return;
    if (at >= span_.to || (infinitive && cue.frame == "clause")) return;
    if (tokens_[at].kind == Token::Kind::Mark && text_.quote_at(at) < 0) return;
    if (!statement.speaker && cue.frame != "accuse") return;
    statement.content = {at, content_end(cue, at, cue.frame != "clause")};
    put(std::move(statement), cue, cue.frame == "clause" ? "speaker, cue, clause" : "speaker, cue, object");
  }

  // Spanish "dijo desconocer el contrato", "aseguró haber pagado".
  bool infinitive(std::size_t i) const {
    const std::string_view word = tokens_[i].folded;
    return text_.language() == "es" && tokens_.word(i) && word.size() > 3 &&
           (word.ends_with("ar") || word.ends_with("er") || word.ends_with("ir") || word.ends_with("rse"));
  }

  // A bare clause needs a verb of its own: what "said Tuesday" has not.
  bool has_verb(std::size_t from) const {
    if (text_.is_word(from, SpeechWord::Pronoun) || text_.is_word(from, SpeechWord::Negation) || infinitive(from))
      return true;
    for (std::size_t i = from; i < span_.to; ++i) {
      const SpeechWord kind = text_.word(i);
      if (kind == SpeechWord::Auxiliary || kind == SpeechWord::Verb || kind == SpeechWord::Negation) return true;
      if (tokens_.word(i) && (tokens_[i].folded.ends_with("ed") || tokens_[i].folded.ends_with("ing"))) return true;
      if (text_.cue_at(i) != nullptr) return true;
    }
    return false;
  }

  // "..., the ministry said on Wednesday.": nothing of weight behind the cue, a comma before the speaker.
  bool trails(const Cue& cue, std::size_t behind) const {
    std::size_t left = cue.from;
    for (std::size_t i = cue.from; i > span_.from; --i)
      if (tokens_.is(i - 1, ",")) {
        left = i - 1;
        break;
      }
    if (left == cue.from || left <= span_.from + 2 || cue.from - left > 24) return false;
    if (cue.frame == "accuse") return false;
    const std::size_t end = trim_end(behind, span_.to);
    for (std::size_t i = behind; i < end; ++i) {
      const bool light = text_.in_date(i) || text_.is_word(i, SpeechWord::Preposition) ||
                         text_.is_word(i, SpeechWord::Determiner) || text_.is_word(i, SpeechWord::Adverb) ||
                         (i > behind && end - behind <= 6 && text_.word(i) == SpeechWord::None);
      if (!light) return false;
    }
    return !(end > behind && cue.frame == "object" && !text_.in_date(behind) &&
             !text_.is_word(behind, SpeechWord::Preposition));
  }

  // Where the content that begins at `from` ends: at a cue that shares the speaker, at the sentence's end; a noun
  // phrase also in front of a clause that is not its own.
  std::size_t content_end(const Cue& cue, std::size_t from, bool object) const {
    std::size_t to = span_.to;
    for (const Cue& other : text_.cues_from(std::max(cue.from + 1, from))) {
      if (other.from >= span_.to) break;
      std::size_t k = other.from;
      while (k > from && (text_.is_word(k - 1, SpeechWord::Auxiliary) || text_.is_word(k - 1, SpeechWord::Negation) ||
                          text_.is_word(k - 1, SpeechWord::Adverb)))
        --k;
      const bool shares = k > from && (text_.is_word(k - 1, SpeechWord::Conjunction) || tokens_.is(k - 1, ","));
      if (!shares) continue;
      --k;
      while (k > from && (tokens_.is(k - 1, ",") || text_.is_word(k - 1, SpeechWord::Conjunction))) --k;
      to = std::min(to, k);
      break;
    }
    for (std::size_t i = from; object && i < to; ++i)
      if (tokens_.is(i, ",") && text_.quote_at(i) < 0 &&
          (text_.is_word(i + 1, SpeechWord::Subordinator) || text_.is_word(i + 1, SpeechWord::Conjunction)))
        to = i;
    return trim_end(from, to);
  }

  // The clauses behind "that": the first, and each further ", but that ..." of the same cue.
  void clauses(const Cue& cue, std::size_t from, StatementMention statement) {
    const std::size_t end = content_end(cue, from, false);
    std::size_t start = from;
    for (std::size_t i = from; i <= end; ++i) {
      const bool again = i + 1 < end && text_.is_word(i, SpeechWord::Conjunction) &&
                         text_.word(i + 1) == SpeechWord::That && text_.quote_at(i) < 0;
      if (!again && i != end) continue;
      StatementMention one = statement;
      one.content = {start, trim_end(start, i)};
      if (!one.content.empty()) put(std::move(one), cue, "speaker, cue, that");
      start = i + 2;
      ++i;
    }
  }

  void according(const Cue& cue, StatementMention statement) {
    const auto speaker = speakers_.behind(cue.to, span_.to);
    if (!speaker) return;
    statement.speaker = speaker;
    statement.resolved = speakers_.resolve(*speaker);
    const bool first = cue.from <= span_.from + 1;
    std::size_t from = first ? speaker->to : span_.from;
    while (from < span_.to && (tokens_.is(from, ",") || tokens_.is(from, ":"))) ++from;
    const std::size_t to = first ? trim_end(from, span_.to) : trim_end(span_.from, cue.from);
    statement.content = {from, to};
    if (statement.content.to <= statement.content.from + 1) return;
    speakers_.note(*speaker);
    in_sentence_ = speaker;
    put(std::move(statement), cue, "according to");
  }

  // "Koronelli: “We are working”": a name, a colon, a quotation.
  void announced_quote() {
    const auto& quotes = text_.quotes();
    const auto first = std::lower_bound(quotes.begin(), quotes.end(), span_.from,
                                        [](const TokenSpan& quote, std::size_t at) { return quote.from < at; });
    for (auto q = static_cast<std::size_t>(first - quotes.begin()); q < quotes.size() && quotes[q].to <= span_.to;
         ++q) {
      const TokenSpan& quote = quotes[q];
      if (used_[q] || quote.from <= span_.from || !tokens_.is(quote.from - 1, ":")) continue;
      Cue cue{.from = quote.from - 1, .to = quote.from};
      const auto speaker = speakers_.before(cue, span_.from);
      if (!speaker || speaker->from != span_.from) continue;
      StatementMention statement;
      statement.speaker = speaker;
      statement.resolved = speakers_.resolve(*speaker);
      speakers_.note(*speaker);
      take_quote(q, std::move(statement), cue, "speaker, colon, quote");
    }
  }

  // A sentence that is nothing but a quotation, behind one that had a speaker: he goes on.
  void following_quote() {
    const int number = text_.quote_at(span_.from);
    if (number < 0 || !speakers_.last() || tokens_[span_.from].breaks > 2) return;
    const auto quote = static_cast<std::size_t>(number);
    if (used_[quote] || trim_end(text_.quotes()[quote].to, span_.to) > text_.quotes()[quote].to) return;
    if (text_.quotes()[quote].to - text_.quotes()[quote].from < 5) return;
    StatementMention statement;
    statement.speaker = speakers_.last();
    statement.resolved = speakers_.resolve(*statement.speaker);
    take_quote(quote, std::move(statement), Cue{}, "quote goes on in the next sentence");
  }

  void headline(std::size_t before) {
    for (std::size_t i = before; i < out_.size(); ++i) out_[i].type = Type::Headline;
    if (out_.size() > before) return;
    StatementMention statement;
    statement.content = {span_.from, trim_end(span_.from, span_.to)};
    statement.type = Type::Headline;
    if (statement.content.to - statement.content.from >= 3) put(std::move(statement), Cue{}, "headline");
  }

  // What the article says on its own account, where it counts or names something a case can hold.
  void article() {
    const std::string_view language = text_.language();
    bool counts = false;
    const std::size_t length = span_.to - span_.from;
    if (length < 5 || length > 120) return;
    for (std::size_t i = span_.from; i < span_.to && !counts; ++i)
      counts = tokens_.digits(i) && !text_.in_date(i) && !tokens_.joined(i + 1);
    const Lexicon& things = lexicon("things", language);
    for (std::size_t i = span_.from; i < span_.to && !counts; ++i) {
      if (!tokens_.word(i)) continue;
      const auto* row = things.find(tokens_[i].folded);
      counts = row != nullptr && (*row)[1] != "nationalities" && (*row)[1] != "persons";
    }
    const bool whole = tokens_.is(span_.to - 1, ".") || tokens_.is(span_.to - 1, "!") || tokens_.is(span_.to - 1, "?");
    if (!counts || !(whole || has_verb(span_.from))) return;
    StatementMention statement;
    statement.content = {span_.from, trim_end(span_.from, span_.to)};
    statement.type = Type::Article;
    put(std::move(statement), Cue{}, "the article's own words");
  }

  void put(StatementMention statement, const Cue& cue, const char* rule) {
    if (statement.content.empty()) return;
    statement.rule = rule;
    const Judged judged = judge(text_, cue, statement.content);
    statement.stance = judged.stance;
    statement.positive = judged.positive;
    if (!judged.reason.empty()) statement.rule += "; " + judged.reason;
    if (cue.from == 0 && cue.to == 0) statement.cue.reset();
    const bool within = statement.type == Type::Indirect && quotes_part(statement.content);
    if (within) statement.type = Type::Mixed;
    const std::size_t few = out_.size() > 16 ? out_.size() - 16 : 0;
    for (std::size_t i = few; i < out_.size() && cue.frame == "know"; ++i)
      if (out_[i].content.holds(cue.from)) return;  // "did not know" inside what another cue already gave
    out_.push_back(std::move(statement));
  }

  bool quotes_part(const TokenSpan& content) const {
    for (std::size_t i = content.from; i < content.to; ++i)
      if (text_.quote_at(i) >= 0) return true;
    return false;
  }

  const Tokens& tokens_;
  SpeechText text_;
  Speakers speakers_;
  std::vector<bool> used_;
  TokenSpan span_;
  std::optional<TokenSpan> in_sentence_;
  std::vector<StatementMention> out_;
};

void piece(JsonWriter* json, const Tokens& tokens, std::string_view key, const std::optional<TokenSpan>& span,
           std::string_view resolved = {}) {
  json->key(key);
  if (!span) {
    json->null();
    return;
  }
  const Region region = tokens.region(span->from, span->to);
  json->object().member("text", tokens.written(span->from, span->to)).key("span").array();
  json->number(static_cast<std::int64_t>(region.text->begin)).number(static_cast<std::int64_t>(region.text->end)).end();
  if (!resolved.empty()) json->member("resolved", resolved);
  json->end();
}

std::string json_of(const Tokens& tokens, const StatementMention& statement) {
  JsonWriter json;
  json.object();
  piece(&json, tokens, "speaker", statement.speaker, statement.resolved);
  piece(&json, tokens, "cue", statement.cue);
  piece(&json, tokens, "content", statement.content);
  json.member("type", name_of(statement.type)).member("stance", name_of(statement.stance));
  json.member("polarity", statement.positive ? "+" : "-").member("rule", statement.rule);
  return json.end().take();
}

// From the first to the last of speaker, cue and content.
TokenSpan whole(const StatementMention& statement) {
  TokenSpan out = statement.content;
  for (const auto& part : {statement.speaker, statement.cue}) {
    if (!part) continue;
    out.from = std::min(out.from, part->from);
    out.to = std::max(out.to, part->to);
  }
  return out;
}

class StatementReader final : public TokenReader {
 public:
  std::string_view name() const override { return "statement/1"; }

 protected:
  std::vector<Reading> read_piece(const Tokens& tokens, std::string_view language) const override {
    std::vector<Reading> out;
    for (const StatementMention& statement : statements_in(tokens, language)) {
      const TokenSpan span = whole(statement);
      out.push_back(reading_of("statement", tokens, statement.content.from, statement.content.to));
      out.back().raw = std::string(tokens.written(span.from, span.to));
      out.back().value = json_of(tokens, statement);
    }
    return out;
  }
};

}  // namespace

std::string_view name_of(Stance stance) {
  switch (stance) {
    case Stance::Assert: return "assert";
    case Stance::Deny: return "deny";
    case Stance::Concede: return "concede";
    case Stance::Disclaim: return "disclaim";
    case Stance::Accuse: return "accuse";
    case Stance::Promise: return "promise";
    case Stance::Threaten: break;
  }
  return "threaten";
}

std::string_view name_of(StatementMention::Type type) {
  switch (type) {
    case Type::Direct: return "direct";
    case Type::Indirect: return "indirect";
    case Type::Mixed: return "mixed";
    case Type::Headline: return "headline";
    case Type::Article: break;
  }
  return "article";
}

std::vector<StatementMention> statements_in(const Tokens& tokens, std::string_view language) {
  return Statements(tokens, language).run();
}

const TextReader& statement_reader() {
  static const StatementReader kReader;
  return kReader;
}

}  // namespace careo
