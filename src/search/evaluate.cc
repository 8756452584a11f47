// SPDX-License-Identifier: Apache-2.0
#include "search/evaluate.h"

#include <fmt/format.h>

#include <algorithm>

#include "reference/fold.h"
#include "reference/romanise.h"
#include "search/tokenizer.h"

namespace careo {
namespace {

std::string_view column_filter(QueryField field) {
  switch (field) {
    case QueryField::Title: return "title : ";
    case QueryField::Name: return "name : ";
    case QueryField::From: return "sender : ";
    case QueryField::To: return "recipient : ";
    case QueryField::Body: return "body : ";
    default: return "";
  }
}

/// What is asked for where a query wants any word that begins with one letter.
std::optional<std::size_t> letter_asked(const Phrase& phrase) {
  if (!phrase.prefix || phrase.field != QueryField::Any || phrase.words.size() != 1) return std::nullopt;
  return lone_initial(phrase.words[0]);
}

}  // namespace

Result<Evaluator::Item> Evaluator::item_of(const Phrase& phrase) {
  if (phrase.field == QueryField::Header) return Item{{}, TRY(match("headers", TRY(expression(phrase)))), false};
  if (const auto letter = letter_asked(phrase)) return Item{{}, TRY(initials_->rows(*letter)), false};
  return Item{TRY(expression(phrase)), {}, false};
}

/// The word and, behind separators, the words of other alphabets in this index that meet it.
Result<std::string> Evaluator::spellings(const std::string& word) {
  std::string out = word;
  const Alphabet own = alphabet_of(word);
  Statement find = TRY(database_->prepare("SELECT word FROM meeting WHERE key = ?1"));
  std::vector<std::string> seen;
  for (const std::string& key : meeting_keys(word)) {
    find.bind(1, key);
    while (TRY(find.step())) {
      std::string other(find.text(0));
      if (alphabet_of(other) == own || std::find(seen.begin(), seen.end(), other) != seen.end()) continue;
      out.push_back(kSpellingSeparator);
      out += other;
      seen.push_back(std::move(other));
    }
    find.reset();
  }
  return out;
}

Result<std::string> Evaluator::expression(const Phrase& phrase) {
  std::string words;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    const bool plain = phrase.exact || (phrase.prefix && i + 1 == phrase.words.size());
    if (i > 0) words.push_back(' ');
    words += plain ? phrase.words[i] : TRY(spellings(phrase.words[i]));
  }
  // Folded words hold no quotation mark, so nothing has to be escaped.
  return fmt::format("{}\"{}\"{}", column_filter(phrase.field), words, phrase.prefix ? " *" : "");
}

Result<DocSet> Evaluator::ids(Statement& statement) {
  DocSet out;
  while (TRY(statement.step())) out.add(static_cast<std::uint64_t>(statement.integer(0)));
  return out;
}

Result<DocSet> Evaluator::match(std::string_view table, const std::string& expression) {
  Statement find = TRY(database_->prepare(fmt::format("SELECT rowid FROM {0} WHERE {0} MATCH ?1", table)));
  find.bind(1, expression);
  return ids(find);
}

Result<DocSet> Evaluator::facet_rows(const Facet& facet) {
  if (facet.field == QueryField::Source) {
    if (origins_ == nullptr) return fail(Fault::Bug, "a source is asked for, and none is known");
    return origins_->rows(facet.value);
  }
  const char* sql = "SELECT id FROM docs WHERE day BETWEEN ?1 AND ?2";
  if (facet.field == QueryField::Kind) sql = "SELECT id FROM docs WHERE kind = ?1";
  if (facet.field == QueryField::Language) sql = "SELECT id FROM languages WHERE language = ?1";
  if (facet.field == QueryField::Form) sql = "SELECT id FROM forms WHERE form = ?1";
  if (facet.field == QueryField::Type) {
    sql =
        "SELECT id FROM docs WHERE type = ?1 OR (instr(type, '/') > 0 AND"
        " (substr(type, 1, instr(type, '/') - 1) = ?1 OR substr(type, instr(type, '/') + 1) = ?1))";
  }
  Statement find = TRY(database_->prepare(sql));
  if (facet.field == QueryField::Date) {
    find.bind(1, facet.first_day).bind(2, facet.last_day);
  } else {
    find.bind(1, facet.value);
  }
  return ids(find);
}

Result<void> Evaluator::ask(Item* item) {
  if (item->expression.empty()) return {};
  item->rows = TRY(match("words", item->expression));
  item->expression.clear();
  return {};
}

Result<Evaluator::Item> Evaluator::combine(Item left, Item right, Query::Node::Kind kind) {
  const bool both = kind == Query::Node::Kind::And;
  if (!left.expression.empty() && !right.expression.empty()) {
    if (!left.inverted && !right.inverted) {
      return Item{fmt::format("({}) {} ({})", left.expression, both ? "AND" : "OR", right.expression), {}, false};
    }
    if (both && left.inverted != right.inverted) {
      const Item& with = left.inverted ? right : left;
      const Item& without = left.inverted ? left : right;
      return Item{fmt::format("({}) NOT ({})", with.expression, without.expression), {}, false};
    }
  }
  TRY(ask(&left));
  TRY(ask(&right));
  // OR by De Morgan: not (not a and not b).
  const bool turn = !both;
  const bool left_inverted = left.inverted != turn;
  const bool right_inverted = right.inverted != turn;
  Item out;
  if (left_inverted && right_inverted) {
    out.rows = std::move(left.rows |= right.rows);
    out.inverted = true;
  } else if (left_inverted) {
    out.rows = std::move(right.rows -= left.rows);
  } else if (right_inverted) {
    out.rows = std::move(left.rows -= right.rows);
  } else {
    out.rows = std::move(left.rows &= right.rows);
  }
  out.inverted = out.inverted != turn;
  return out;
}

Result<Evaluator::Item> Evaluator::walk(const Query& query) {
  std::vector<Item> stack;
  for (const Query::Node& node : query.nodes) {
    switch (node.kind) {
      case Query::Node::Kind::Phrase: stack.push_back(TRY(item_of(node.phrase))); break;
      case Query::Node::Kind::Facet: stack.push_back({{}, TRY(facet_rows(node.facet)), false}); break;
      case Query::Node::Kind::Not:
        if (stack.empty()) return fail(Fault::Bug, "a query whose nodes are out of order");
        stack.back().inverted = !stack.back().inverted;
        break;
      case Query::Node::Kind::And:
      case Query::Node::Kind::Or: {
        if (stack.size() < 2) return fail(Fault::Bug, "a query whose nodes are out of order");
        Item right = std::move(stack.back());
        stack.pop_back();
        Item left = std::move(stack.back());
        stack.pop_back();
        stack.push_back(TRY(combine(std::move(left), std::move(right), node.kind)));
        break;
      }
    }
  }
  if (stack.size() != 1) return fail(Fault::Bug, "a query whose nodes are out of order");
  return std::move(stack.back());
}

Result<DocSet> Evaluator::rows(const Query& query) {
  Item root = TRY(walk(query));
  TRY(ask(&root));
  if (!root.inverted) return std::move(root.rows);
  Statement every = TRY(database_->prepare("SELECT id FROM docs"));
  DocSet all = TRY(ids(every));
  all -= root.rows;
  return all;
}

Result<std::string> Evaluator::rank_expression(const Query& query) {
  // The header is no column of what is ranked. By a letter nothing is ranked where there is anything else: FTS5 would
  // go through all words that begin with it.
  std::vector<Phrase> wanted = query.wanted();
  const auto in_header = [](const Phrase& phrase) { return phrase.field == QueryField::Header; };
  std::erase_if(wanted, in_header);
  const auto is_letter = [](const Phrase& phrase) { return letter_asked(phrase).has_value(); };
  if (!std::all_of(wanted.begin(), wanted.end(), is_letter)) std::erase_if(wanted, is_letter);
  const bool all_text = std::none_of(query.nodes.begin(), query.nodes.end(), [&](const Query::Node& node) {
    return node.kind == Query::Node::Kind::Facet ||
           (node.kind == Query::Node::Kind::Phrase && (is_letter(node.phrase) || in_header(node.phrase)));
  });
  if (all_text) {
    Item root = TRY(walk(query));
    if (!root.inverted && !root.expression.empty()) return root.expression;
  }
  std::string out;
  for (const Phrase& phrase : wanted) {
    if (!out.empty()) out += " OR ";
    out += fmt::format("({})", TRY(expression(phrase)));
  }
  return out;
}

}  // namespace careo
