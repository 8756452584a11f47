// SPDX-License-Identifier: Apache-2.0
#include "read/date/date.h"

#include "base/json.h"
#include "read/date/grammar.h"
#include "read/date/mark.h"
#include "read/date/range.h"
#include "read/token_reader.h"
#include "reference/number_words.h"

namespace careo {
namespace {

using Type = DateMention::Type;

class DateWalk {
 public:
  DateWalk(const Tokens& tokens, std::string_view language, const DateContext& context)
      : tokens_(tokens), language_(language), grammar_(tokens, language, context), ranges_(tokens, language, grammar_) {
    mark_strong();
  }

  std::vector<DateMention> run() {
    std::vector<DateMention> out;
    for (std::size_t i = 0; i < tokens_.size();) {
      auto found = at(i);
      if (!found || found->to <= i) {
        ++i;
        continue;
      }
      i = found->to;
      if (out.empty() || !join_hours(&out.back(), *found)) out.push_back(std::move(*found));
    }
    return out;
  }

 private:
  // "Friday between 1 and 4 pm", "between 10 and 11:30 on 1/1/2015": hours of the day beside them.
  bool join_hours(DateMention* last, const DateMention& next) const {
    const bool day_first = last->type == Type::Date && next.type == Type::TimeRange;
    const bool hours_first = last->type == Type::TimeRange && next.type == Type::Date;
    if (!day_first && !hours_first) return false;
    for (std::size_t i = last->to; i < next.from; ++i)
      if (!grammar_.is_any(i, {",", "on", "of", "the", "de", "del", "el", "for", "in", "at"})) return false;
    const std::string& hours = day_first ? next.timex : last->timex;
    const std::string& day = day_first ? last->timex : next.timex;
    const std::size_t comma = hours.find(',');
    if (next.from - last->to > 3 || day.find('T') != std::string::npos ||
        (hours.size() > 2 && comma == std::string::npos && hours[0] == '('))
      return false;
    last->timex = hours[0] == '(' ? "(" + day + hours.substr(1, comma) + day + hours.substr(comma + 1) : day + hours;
    last->type = Type::DateTimeRange;
    last->to = next.to;
    last->offset.clear();
    last->interval.clear();
    return true;
  }

  // A date begins with a digit, a word of the lexicon or a number word, or with a small word right before one: nine of
  // ten tokens need no grammar at all.
  bool may(std::size_t i) const {
    if (tokens_.is(i, "'") || tokens_.is(i, "’") || tokens_.is(i, "‘")) return tokens_.digits(i + 1);
    return strong(i) || (tokens_.word(i) && tokens_[i].folded.size() <= 7 && (strong(i + 1) || strong(i + 2)));
  }

  bool strong(std::size_t i) const { return i < strong_.size() && strong_[i]; }

  void mark_strong() {
    strong_.reserve(tokens_.size());
    const Lexicon& words = lexicon("dates", language_);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const bool number = tokens_.word(i) && [&] {
        const auto kind = number_word(language_, tokens_[i].folded).kind;
        return kind != NumberWord::Class::None && kind != NumberWord::Class::Article &&
               kind != NumberWord::Class::And && kind != NumberWord::Class::Point;
      }();
      strong_.push_back(tokens_.digits(i) || number || (tokens_.word(i) && words.begins(tokens_[i].folded)));
    }
  }

  std::optional<DateMention> at(std::size_t i) const {
    if (!may(i)) return std::nullopt;
    std::optional<DateMention> best = ranges_.at(i);
    const auto offer = [&](const std::optional<DatePiece>& piece) {
      if (!piece || (best && piece->to <= best->to)) return;
      best = DateMention{
          .from = piece->from, .to = piece->to, .type = piece->type, .timex = piece->timex(), .offset = piece->offset};
      if (piece->type == Type::Date && piece->has_time()) best->type = Type::DateTime;
    };
    offer(grammar_.set(i));
    offer(grammar_.date_time(i));
    offer(grammar_.counted(i));
    offer(grammar_.date(i));
    offer(grammar_.period(i));
    offer(grammar_.time(i));
    offer(grammar_.year(i));
    offer(grammar_.reference(i));
    offer(grammar_.within(i));
    if (const auto span = grammar_.length(i); span && (!best || span->to > best->to))
      best = DateMention{.from = i, .to = span->to, .type = Type::Duration, .timex = span->timex()};
    if (best) bound(&*best);
    return best;
  }

  void bound(DateMention* mention) const {
    if (mention->from == 0 || mention->type == Type::Duration || mention->type == Type::Set) return;
    std::size_t before = mention->from - 1;
    if (before > 0 && grammar_.is_any(before, {"the", "el", "la", "de", "del", "las"})) --before;
    if (grammar_.is_any(before, {"since", "desde"})) mention->bound = "since";
    if (grammar_.is_any(before, {"before", "antes"})) mention->bound = "before";
    if (grammar_.is_any(before, {"after", "despues", "tras"})) mention->bound = "after";
    if (grammar_.is_any(before, {"until", "till", "hasta"})) mention->bound = "until";
  }

  const Tokens& tokens_;
  std::string_view language_;
  DateGrammar grammar_;
  DateRanges ranges_;
  std::vector<bool> strong_;
};

class DateReader final : public TokenReader {
 public:
  std::string_view name() const override { return "date/2"; }

 protected:
  std::vector<Reading> read_piece(const Tokens& tokens, std::string_view language) const override {
    std::vector<Reading> out;
    const std::vector<MarkHead> heads = dated_mark_heads(tokens.text());
    auto head = heads.begin();
    for (const DateMention& mention : dates_in(tokens, language)) {
      while (head != heads.end() && head->end <= tokens[mention.from].begin) ++head;
      if (head != heads.end() && head->begin <= tokens[mention.from].begin) continue;
      JsonWriter json;
      json.object().member("timex", mention.timex).member("type", name_of(mention.type));
      if (!mention.interval.empty()) json.member("interval", mention.interval);
      if (!mention.bound.empty()) json.member("bound", mention.bound);
      if (!mention.offset.empty()) json.member("offset", mention.offset);
      out.push_back(reading_of("date", tokens, mention.from, mention.to));
      out.back().value = json.end().take();
    }
    return out;
  }
};

}  // namespace

std::string_view name_of(DateMention::Type type) {
  switch (type) {
    case Type::Date: return "date";
    case Type::DateRange: return "daterange";
    case Type::Time: return "time";
    case Type::TimeRange: return "timerange";
    case Type::DateTime: return "datetime";
    case Type::DateTimeRange: return "datetimerange";
    case Type::Duration: return "duration";
    case Type::Set: break;
  }
  return "set";
}

std::vector<DateMention> dates_in(const Tokens& tokens, std::string_view language, const DateContext& context) {
  return DateWalk(tokens, language, context).run();
}

const TextReader& date_reader() {
  static const DateReader kReader;
  return kReader;
}

}  // namespace careo
