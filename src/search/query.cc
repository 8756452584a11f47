// SPDX-License-Identifier: Apache-2.0
#include "search/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/date.h"
#include "base/text.h"
#include "reference/fold.h"
#include "reference/form_template.h"
#include "search/gloss.h"

namespace careo {
namespace {

constexpr std::size_t kMaxBytes = 8192;
// FTS5 refuses expressions more than 256 deep; a chain of NOTs nests once a term.
constexpr std::size_t kMaxTerms = 128;
constexpr std::size_t kMaxDepth = 32;

constexpr std::array<QueryFieldInfo, 17> kFields = {{
    {QueryField::From, "from", true, "names and addresses of the sender"},
    {QueryField::To, "to", true, "names and addresses of everyone a mail went to, copies too"},
    {QueryField::Title, "subject", true, "subject of a mail, title of a document"},
    {QueryField::Title, "title", true, "the same as subject"},
    {QueryField::Name, "name", true, "file names, also of a mail's attachments"},
    {QueryField::Body, "text", true, "the text itself, without subject, names and addresses"},
    {QueryField::Header, "header", true, "other fields of a mail's header, and the servers that it came over"},
    {QueryField::Kind, "kind", false,
     "mail, document, sheet, image, text, page, archive, contact, calendar, media, other"},
    {QueryField::Type, "type", false, "media type: application/pdf, or one half of it: pdf, image"},
    {QueryField::Form, "form", false,
     "a known form on one of its pages: invoice, payment_order, visa_application, ..."},
    {QueryField::Language, "lang", false, "language of the text: en, es, ru, uk, ..."},
    {QueryField::Language, "language", false, "the same as lang"},
    {QueryField::Date, "date", false, "2023, 2023-09, 2023-09-28, or a range 2023-09..2023-11, 2023.., ..2023-09-28"},
    {QueryField::Date, "after", false, "from that day, month or year on"},
    {QueryField::Date, "before", false, "up to that day, month or year, without it"},
    {QueryField::Date, "on", false, "the same as date"},
    {QueryField::Source, "source", false, "what was added: its name, or its id"},
}};

const QueryFieldInfo* find_field(std::string_view name) {
  for (const QueryFieldInfo& info : kFields) {
    if (equal_ignoring_case(info.name, name)) return &info;
  }
  return nullptr;
}

std::string_view name_of_field(QueryField field) {
  for (const QueryFieldInfo& info : kFields) {
    if (info.field == field) return info.name;
  }
  return "";
}

/// First and last day that "2023", "2023-09" or "2023-09-28" names.
struct Days {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

std::optional<int> digits(std::string_view text, std::size_t count) {
  if (text.size() != count) return std::nullopt;
  int out = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + (c - '0');
  }
  return out;
}

std::optional<Days> parse_days(std::string_view text) {
  const std::optional<int> year = digits(text.substr(0, 4), 4);
  if (!year) return std::nullopt;
  if (text.size() == 4) return Days{days_from_civil({*year, 1, 1}), days_from_civil({*year, 12, 31})};
  if (text.size() < 7 || text[4] != '-') return std::nullopt;
  const std::optional<int> month = digits(text.substr(5, 2), 2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  if (text.size() == 7) {
    return Days{days_from_civil({*year, *month, 1}), days_from_civil({*year, *month, days_in_month(*year, *month)})};
  }
  const std::optional<Date> date = parse_iso_date(text);
  if (!date) return std::nullopt;
  return Days{days_from_civil(*date), days_from_civil(*date)};
}

constexpr std::int64_t kNever = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t kForever = std::numeric_limits<std::int32_t>::max();

std::optional<Days> parse_range(std::string_view name, std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    std::optional<Days> days = parse_days(text);
    if (days && name == "after") days->last = kForever;
    if (days && name == "before") *days = {kNever, days->first - 1};
    return days;
  }
  if (text.size() == 2 || name == "after" || name == "before") return std::nullopt;
  Days out{kNever, kForever};
  if (dots > 0) {
    const std::optional<Days> from = parse_days(text.substr(0, dots));
    if (!from) return std::nullopt;
    out.first = from->first;
  }
  if (dots + 2 < text.size()) {
    const std::optional<Days> to = parse_days(text.substr(dots + 2));
    if (!to) return std::nullopt;
    out.last = to->last;
  }
  return out;
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Typographic quotation marks as the one that the grammar knows; one character for one, so positions stay.
std::string with_plain_quotes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, &at);
    const bool quote = c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB;
    out += quote ? std::string_view("\"") : text.substr(begin, at - begin);
  }
  return out;
}

/// A shunting yard: operators wait on a stack until what they bind is complete.
class Parser {
 public:
  explicit Parser(std::string text) : own_(std::move(text)), text_(own_) {}
  Result<Query> parse();

 private:
  enum class Op { Open, Not, And, Or };
  struct Waiting {
    Op op;
    std::size_t at;
    QueryField field = QueryField::Any;  // Open: the field that holds for the group
  };

  tl::unexpected<Error> wrong(std::size_t at, const std::string& what) const {
    return fail(Fault::Malformed, fmt::format("{} (character {})", what, code_points(text_.substr(0, at)) + 1));
  }

  Result<void> step();
  Result<void> open(QueryField field);
  Result<void> close();
  Result<void> binary(Op op, std::string_view word);
  Result<void> negation(std::size_t length);
  Result<void> term();
  Result<void> field_term(const QueryFieldInfo& info);
  Result<void> phrase(QueryField field);
  Result<void> either_of(std::vector<Phrase> phrases);
  Result<void> facet(const QueryFieldInfo& info);
  Result<void> push(Query::Node node);
  void before_operand();
  void reduce(Op op);
  void emit(Op op);
  std::string_view bare_word(std::size_t from) const;
  bool at_operator(std::string_view word) const;
  QueryField scope() const;

  std::string own_;
  std::string_view text_;
  std::size_t at_ = 0;
  bool operand_before_ = false;  // an operand is complete just before at_
  std::size_t terms_ = 0;
  std::size_t depth_ = 0;
  std::vector<Waiting> waiting_;
  Query out_;
};

std::string_view Parser::bare_word(std::size_t from) const {
  std::size_t end = from;
  while (end < text_.size() && !is_space(text_[end]) && text_[end] != '(' && text_[end] != ')' && text_[end] != '"') {
    ++end;
  }
  return text_.substr(from, end - from);
}

bool Parser::at_operator(std::string_view word) const {
  return bare_word(at_) == word;
}

QueryField Parser::scope() const {
  for (auto it = waiting_.rbegin(); it != waiting_.rend(); ++it) {
    if (it->op == Op::Open) return it->field;
  }
  return QueryField::Any;
}

void Parser::emit(Op op) {
  Query::Node node;
  node.kind = op == Op::Not ? Query::Node::Kind::Not : op == Op::And ? Query::Node::Kind::And : Query::Node::Kind::Or;
  out_.nodes.push_back(std::move(node));
}

/// Emits what binds at least as tightly as `op`.
void Parser::reduce(Op op) {
  while (!waiting_.empty() && waiting_.back().op != Op::Open && waiting_.back().op <= op) {
    emit(waiting_.back().op);
    waiting_.pop_back();
  }
}

/// Two operands side by side are joined by AND.
void Parser::before_operand() {
  if (!operand_before_) return;
  reduce(Op::And);
  waiting_.push_back({Op::And, at_});
  operand_before_ = false;
}

Result<void> Parser::push(Query::Node node) {
  if (++terms_ > kMaxTerms) return wrong(at_, fmt::format("more than {} terms", kMaxTerms));
  out_.nodes.push_back(std::move(node));
  operand_before_ = true;
  return {};
}

Result<void> Parser::open(QueryField field) {
  before_operand();
  if (++depth_ > kMaxDepth) return wrong(at_, fmt::format("more than {} parentheses inside each other", kMaxDepth));
  waiting_.push_back({Op::Open, at_, field == QueryField::Any ? scope() : field});
  ++at_;
  return {};
}

Result<void> Parser::close() {
  if (!operand_before_ && !waiting_.empty()) return wrong(at_, "nothing stands before ')'");
  reduce(Op::Or);
  if (waiting_.empty()) return wrong(at_, "')' without its '('");
  waiting_.pop_back();
  --depth_;
  ++at_;
  return {};
}

Result<void> Parser::binary(Op op, std::string_view word) {
  if (!operand_before_) return wrong(at_, fmt::format("nothing stands before {}", word));
  reduce(op);
  waiting_.push_back({op, at_});
  operand_before_ = false;
  at_ += word.size();
  return {};
}

Result<void> Parser::negation(std::size_t length) {
  before_operand();
  if (!waiting_.empty() && waiting_.back().op == Op::Not) return wrong(at_, "NOT after NOT");
  waiting_.push_back({Op::Not, at_});
  at_ += length;
  return {};
}

Result<void> Parser::phrase(QueryField field) {
  const std::size_t begin = at_;
  Query::Node node;
  node.phrase.field = field;
  const bool glossed = text_[at_] == '~' && at_ + 1 < text_.size();
  if (text_[at_] == '=' || glossed) {
    node.phrase.exact = !glossed;
    ++at_;
  }
  std::string_view raw;
  if (at_ < text_.size() && text_[at_] == '"') {
    const std::size_t end = text_.find('"', at_ + 1);
    if (end == std::string_view::npos) return wrong(at_, "a quotation mark that is not closed");
    raw = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    if (at_ < text_.size() && text_[at_] == '*') {
      node.phrase.prefix = true;
      ++at_;
    }
  } else {
    raw = bare_word(at_);
    at_ += raw.size();
    if (raw.ends_with('*')) {
      node.phrase.prefix = true;
      raw.remove_suffix(1);
    }
    if (raw.find('*') != std::string_view::npos) return wrong(begin, "'*' stands only at the end of a word");
  }
  node.phrase.words = folded_words(raw);
  if (node.phrase.words.empty()) {
    return wrong(begin,
                 fmt::format("no letter or digit to search for in '{}'", printable(text_.substr(begin, at_ - begin))));
  }
  return glossed ? either_of(glosses_of(node.phrase)) : push(std::move(node));
}

Result<void> Parser::either_of(std::vector<Phrase> phrases) {
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    Query::Node node;
    node.phrase = std::move(phrases[i]);
    TRY(push(std::move(node)));
    if (i > 0) emit(Op::Or);
  }
  return {};
}

// "mail, document, sheet": a word that no part has would find nothing, and look like an answer.
bool lists(std::string_view doc, std::string_view word) {
  const auto all = split(doc, ' ');
  return std::ranges::any_of(all, [word](std::string_view each) { return each.substr(0, each.find(',')) == word; });
}

Result<void> Parser::facet(const QueryFieldInfo& info) {
  const std::size_t begin = at_;
  std::string_view raw = bare_word(at_);
  if (raw.empty() && at_ < text_.size() && text_[at_] == '"') {
    const std::size_t end = text_.find('"', at_ + 1);
    if (end == std::string_view::npos) return wrong(at_, "a quotation mark that is not closed");
    raw = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
  } else {
    at_ += raw.size();
  }
  if (raw.empty()) return wrong(begin, fmt::format("{}: needs a value: {}", info.name, info.doc));
  Query::Node node;
  node.kind = Query::Node::Kind::Facet;
  node.facet = {info.field, lower_ascii(raw), 0, 0};
  if (info.field == QueryField::Date) {
    const std::optional<Days> days = parse_range(info.name, raw);
    if (!days) return wrong(begin, fmt::format("'{}' is no date for {}: ({})", printable(raw), info.name, info.doc));
    node.facet.first_day = days->first;
    node.facet.last_day = days->last;
  }
  if (info.field == QueryField::Kind && !lists(info.doc, node.facet.value))
    return wrong(begin, fmt::format("'{}' is no kind ({})", printable(raw), info.doc));
  if (info.field == QueryField::Form && !is_known_form(node.facet.value))
    return wrong(begin, fmt::format("'{}' is no form that is known ({})", printable(raw), info.doc));
  return push(std::move(node));
}

Result<void> Parser::field_term(const QueryFieldInfo& info) {
  if (scope() != QueryField::Any) return wrong(at_, "a field inside the group of another field");
  const std::size_t begin = at_;
  at_ += info.name.size() + 1;
  if (!info.is_text) {
    at_ = begin;
    before_operand();
    at_ += info.name.size() + 1;
    return facet(info);
  }
  if (at_ < text_.size() && text_[at_] == '(') return open(info.field);
  if (at_ >= text_.size() || is_space(text_[at_]) || text_[at_] == ')') {
    return wrong(begin, fmt::format("{}: needs a word right behind it", info.name));
  }
  before_operand();
  return phrase(info.field);
}

/// A word, a phrase, or a field and its value.
Result<void> Parser::term() {
  const std::string_view word = bare_word(at_);
  const std::size_t colon = word.find(':');
  if (colon != std::string_view::npos && colon > 0) {
    const std::string_view name = word.substr(0, colon);
    if (const QueryFieldInfo* info = find_field(name)) return field_term(*info);
    const bool letters =
        std::all_of(name.begin(), name.end(), [](char c) { return lower_ascii(c) >= 'a' && lower_ascii(c) <= 'z'; });
    const char after = colon + 1 < word.size() ? word[colon + 1] : ' ';
    // "http://..." and "re:" are text; "form:ivan" is a slip of the finger that must not find something else.
    if (letters && after != '/' && after != ' ') {
      return wrong(at_, fmt::format("no field is called '{}'; put quotation marks around text with a colon", name));
    }
  }
  before_operand();
  return phrase(scope());
}

Result<void> Parser::step() {
  const char c = text_[at_];
  if (is_space(c)) {
    ++at_;
    return {};
  }
  if (c == '(') return open(QueryField::Any);
  if (c == ')') return close();
  if (at_operator("AND")) return binary(Op::And, "AND");
  if (at_operator("OR")) return binary(Op::Or, "OR");
  if (at_operator("NOT")) return negation(3);
  if (c == '-' && at_ + 1 < text_.size() && !is_space(text_[at_ + 1]) && text_[at_ + 1] != '-') return negation(1);
  return term();
}

Result<Query> Parser::parse() {
  if (text_.size() > kMaxBytes) return fail(Fault::Malformed, fmt::format("a query longer than {} bytes", kMaxBytes));
  if (!is_utf8(text_)) return fail(Fault::Malformed, "the query is not UTF-8");
  while (at_ < text_.size()) TRY(step());
  if (terms_ == 0 && waiting_.empty()) return fail(Fault::Malformed, "nothing to search for");
  if (!operand_before_) {
    const Waiting& last = waiting_.back();
    return wrong(last.at, last.op == Op::Open ? "'(' without its ')'" : "nothing stands behind the operator");
  }
  reduce(Op::Or);
  if (!waiting_.empty()) return wrong(waiting_.back().at, "'(' without its ')'");
  return std::move(out_);
}

std::string print_phrase(const Phrase& phrase) {
  std::string words;
  for (const std::string& word : phrase.words) words += (words.empty() ? "" : " ") + word;
  const std::string_view field = phrase.field == QueryField::Any ? "" : name_of_field(phrase.field);
  return fmt::format("{}{}{}\"{}\"{}", field, field.empty() ? "" : ":", phrase.exact ? "=" : "", words,
                     phrase.prefix ? "*" : "");
}

std::string print_facet(const Facet& facet) {
  if (facet.field != QueryField::Date) {
    const bool plain = facet.value.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789/.+-") == std::string::npos;
    return fmt::format("{}:{}{}{}", name_of_field(facet.field), plain ? "" : "\"", facet.value, plain ? "" : "\"");
  }
  const std::string from = facet.first_day == kNever ? "" : iso(civil_from_days(facet.first_day));
  const std::string to = facet.last_day == kForever ? "" : iso(civil_from_days(facet.last_day));
  return fmt::format("date:{}..{}", from, to);
}

}  // namespace

bool Query::asks(QueryField field) const {
  return std::any_of(nodes.begin(), nodes.end(),
                     [field](const Node& node) { return node.kind == Node::Kind::Facet && node.facet.field == field; });
}

std::span<const QueryFieldInfo> query_fields() {
  return kFields;
}

Result<Query> Query::parse(std::string_view text) {
  return Parser(with_plain_quotes(text)).parse();
}

std::string Query::print() const {
  std::vector<std::string> stack;
  const auto pop = [&] {
    std::string top = std::move(stack.back());
    stack.pop_back();
    return top;
  };
  for (const Node& node : nodes) {
    switch (node.kind) {
      case Node::Kind::Phrase: stack.push_back(print_phrase(node.phrase)); break;
      case Node::Kind::Facet: stack.push_back(print_facet(node.facet)); break;
      case Node::Kind::Not: stack.push_back("NOT " + pop()); break;
      case Node::Kind::And:
      case Node::Kind::Or: {
        const std::string right = pop();
        const std::string left = pop();
        stack.push_back(fmt::format("({} {} {})", left, node.kind == Node::Kind::And ? "AND" : "OR", right));
        break;
      }
    }
  }
  return stack.empty() ? "" : stack.back();
}

std::vector<Phrase> Query::wanted() const {
  // Walked from the root: what a NOT holds is reached with the sign turned.
  std::vector<Phrase> out;
  std::vector<bool> signs = {true};
  for (auto node = nodes.rbegin(); node != nodes.rend() && !signs.empty(); ++node) {
    const bool sign = signs.back();
    signs.pop_back();
    switch (node->kind) {
      case Node::Kind::Phrase:
        if (sign) out.push_back(node->phrase);
        break;
      case Node::Kind::Facet: break;
      case Node::Kind::Not: signs.push_back(!sign); break;
      case Node::Kind::And:
      case Node::Kind::Or:
        signs.push_back(sign);
        signs.push_back(sign);
        break;
    }
  }
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace careo
