// SPDX-License-Identifier: Apache-2.0
#include "unpack/database/schema.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace careo {
namespace {

struct Word {
  std::string text;  ///< without its quotes
  bool quoted = false;
  bool is(std::string_view keyword) const { return !quoted && equal_ignoring_case(text, keyword); }
};
using Words = std::vector<Word>;

char closing_of(char open) {
  return open == '[' ? ']' : open;
}

/// Words, and each other mark as a word of its own; comments left out.
Words words_of(std::string_view sql) {
  Words out;
  for (std::size_t at = 0; at < sql.size();) {
    const char c = sql[at];
    const auto skip_to = [&](std::string_view end) {
      const std::size_t found = sql.find(end, at + 2);
      at = found == sql.npos ? sql.size() : found + end.size();
    };
    if (sql.substr(at).starts_with("--")) {
      skip_to("\n");
    } else if (sql.substr(at).starts_with("/*")) {
      skip_to("*/");
    } else if (c == '"' || c == '`' || c == '[' || c == '\'') {
      const char close = closing_of(c);
      Word word{{}, true};
      for (++at; at < sql.size(); ++at) {
        if (sql[at] == close && (c == '[' || at + 1 >= sql.size() || sql[at + 1] != close)) break;
        if (sql[at] == close) ++at;
        word.text += sql[at];
      }
      ++at;
      out.push_back(std::move(word));
    } else if (std::string_view(" \t\r\n\f").find(c) != std::string_view::npos) {
      ++at;
    } else if (std::string_view("(),;=+-*/.<>").find(c) != std::string_view::npos) {
      out.push_back({std::string(1, c), false});
      ++at;
    } else {
      const std::size_t end = std::min(sql.find_first_of(" \t\r\n\f(),;=+-*/.<>\"'`[", at), sql.size());
      out.push_back({std::string(sql.substr(at, end - at)), false});
      at = end;
    }
  }
  return out;
}

/// What stands between commas on the first level of the first parentheses, and the words behind them.
struct Body {
  std::vector<Words> parts;
  Words behind;
};

Body body_of(const Words& words) {
  Body out;
  int depth = 0;
  bool closed = false;
  for (const Word& word : words) {
    if (closed) {
      out.behind.push_back(word);
      continue;
    }
    const int before = depth;
    if (word.is("(")) ++depth;
    if (word.is(")") && depth > 0) --depth;
    if (before == 0 && depth == 1) out.parts.emplace_back();
    closed = before == 1 && depth == 0;
    if (closed || before == 0) continue;
    if (before == 1 && word.is(",")) {
      out.parts.emplace_back();
    } else {
      out.parts.back().push_back(word);
    }
  }
  return out;
}

bool has(const Words& words, std::string_view first, std::string_view second) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i].is(first) && words[i + 1].is(second)) return true;
  return false;
}

/// A constraint of the whole table rather than a column.
bool is_constraint(const Words& part) {
  constexpr auto kBegins = std::to_array<std::string_view>({"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"});
  return std::any_of(kBegins.begin(), kBegins.end(), [&](std::string_view word) { return part.front().is(word); });
}

/// GENERATED ALWAYS AS (...) is kept only where it says STORED.
bool is_computed(const Words& part) {
  const auto as = std::find_if(part.begin(), part.end(), [](const Word& word) { return word.is("AS"); });
  return as != part.end() && as + 1 != part.end() && (as + 1)->is("(") &&
         std::none_of(part.begin(), part.end(), [](const Word& word) { return word.is("STORED"); });
}

/// The names in "PRIMARY KEY (a, b)".
std::vector<std::string> key_of(const Words& part) {
  std::vector<std::string> out;
  const auto open = std::find_if(part.begin(), part.end(), [](const Word& word) { return word.is("("); });
  for (auto at = open; at != part.end() && !at->is(")"); ++at)
    if ((at->is("(") || at->is(",")) && at + 1 != part.end()) out.push_back((at + 1)->text);
  return out;
}

}  // namespace

SqliteTable sqlite_table(std::string_view create) {
  const Words words = words_of(create);
  if (words.size() < 3 || !words[0].is("CREATE") || has(words, "CREATE", "VIRTUAL")) return {};
  const Body body = body_of(words);
  SqliteTable out;
  std::vector<std::string> key;
  for (const Words& part : body.parts) {
    if (part.empty()) continue;
    if (is_constraint(part)) {
      if (has(part, "PRIMARY", "KEY")) key = key_of(part);
      continue;
    }
    if (is_computed(part)) continue;
    const bool primary = has(part, "PRIMARY", "KEY");
    if (primary) key = {part.front().text};
    out.columns.push_back({part.front().text, primary && part.size() > 1 && part[1].is("INTEGER")});
  }
  out.has_rowid = !has(body.behind, "WITHOUT", "ROWID");
  if (out.has_rowid) {
    if (key.size() != 1) return out;
    // "PRIMARY KEY (id)" behind the columns makes an id of an INTEGER column too.
    for (const Words& part : body.parts)
      for (SqliteColumn& column : out.columns)
        if (!part.empty() && part.front().text == column.name && equal_ignoring_case(column.name, key[0]))
          column.is_rowid = part.size() > 1 && part[1].is("INTEGER") && (part.size() == 2 || !part[2].is("("));
    return out;
  }
  // Fileformat2 2.4: the columns of the key come first, then the others in their order.
  for (SqliteColumn& column : out.columns) column.is_rowid = false;
  std::stable_sort(out.columns.begin(), out.columns.end(), [&](const SqliteColumn& a, const SqliteColumn& b) {
    const auto place = [&](const SqliteColumn& column) {
      return std::find_if(key.begin(), key.end(),
                          [&](const std::string& name) { return equal_ignoring_case(name, column.name); }) -
             key.begin();
    };
    return place(a) < place(b);
  });
  return out;
}

}  // namespace careo
