// SPDX-License-Identifier: Apache-2.0
#include "reference/identity_words.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "reference/letters.h"
#include "reference/resources.h"

namespace careo {
namespace {

constexpr std::size_t kForgiving = 6;  // letters from which on one may be wrong

struct Row {
  IdentityRole role = IdentityRole::Label;
  std::string_view what;
  std::vector<std::string> words;
  std::string text;
};

IdentityRole identity_role_of(std::string_view word) {
  if (word == "title") return IdentityRole::Title;
  if (word == "border") return IdentityRole::Border;
  return word == "form" ? IdentityRole::Form : IdentityRole::Label;
}

/// The table by the first three letters of its phrases: forgiving is for what comes behind them.
struct IdentityTable {
  std::vector<Row> rows;
  std::unordered_map<std::u32string, std::vector<std::size_t>> by_head;
  std::set<std::string, std::less<>> label_words;

  static std::u32string head_of(std::string_view word) { return utf32_of(word).substr(0, 3); }

  IdentityTable() {
    for (const auto& cells : table_rows(resource("documents/identity.tsv"))) {
      if (cells.size() != 3) continue;
      Row row{identity_role_of(cells[1]), cells[2], {}, fold(cells[0])};
      for (const std::string_view word : split(row.text, ' ')) row.words.emplace_back(word);
      if (row.role == IdentityRole::Label) label_words.insert(row.words.begin(), row.words.end());
      by_head[head_of(row.words.front())].push_back(rows.size());
      rows.push_back(std::move(row));
    }
    for (auto& [head, list] : by_head) {  // longest phrases first
      std::stable_sort(list.begin(), list.end(),
                       [&](std::size_t a, std::size_t b) { return rows[a].words.size() > rows[b].words.size(); });
    }
  }
};

const IdentityTable& identity_table() {
  static const IdentityTable table;
  return table;
}

/// Equal but for one letter replaced, missing or too many.
bool within_one(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  return a.size() == b.size() ? a.substr(std::min(i + 1, a.size())) == b.substr(std::min(i + 1, b.size()))
                              : a.substr(i) == b.substr(i + 1);
}

bool same_word(std::string_view printed, std::string_view wanted) {
  if (printed == wanted) return true;
  const std::u32string want = utf32_of(wanted);
  return want.size() >= kForgiving && within_one(utf32_of(printed), want);
}

bool stands_at(const Row& row, const std::vector<PrintedToken>& tokens, std::size_t at) {
  if (at + row.words.size() > tokens.size()) return false;
  for (std::size_t i = 0; i < row.words.size(); ++i) {
    if (!same_word(tokens[at + i].folded, row.words[i])) return false;
  }
  return true;
}

/// "N.º", "Nº", "N°", "Nro", "Num": all say number.
bool says_number(std::string_view folded, std::string_view behind) {
  if (folded == "nro" || folded == "num" || folded == "nr") return true;
  return folded == "n" && (behind.starts_with("º") || behind.starts_with("°") || behind.starts_with(".º") ||
                           behind.starts_with(".°") || behind.starts_with(".o"));
}

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::vector<PrintedToken> printed_tokens(std::string_view line) {
  enum class Kind { None, Letter, Digit };
  std::vector<PrintedToken> out;
  Kind open = Kind::None;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = at;
    while (at < line.size() && is_ascii_letter(line[at])) ++at;
    if (at > begin) {  // nearly all that most pages have
      if (open != Kind::Letter) out.push_back({{}, begin, at});
      open = Kind::Letter;
      for (const char c : line.substr(begin, at - begin)) out.back().folded.push_back(static_cast<char>(c | 0x20));
      out.back().end = at;
      continue;
    }
    const char32_t c = next_code_point(line, &at);
    if (c == U'№') {
      out.push_back({"no", begin, at});
      open = Kind::None;
      continue;
    }
    const Kind kind = c >= '0' && c <= '9' ? Kind::Digit : is_letter(c) ? Kind::Letter : Kind::None;
    if (kind != Kind::None && kind != open) out.push_back({{}, begin, at});
    open = kind;
    if (kind == Kind::None) continue;
    append_utf8(&out.back().folded, fold_letter(c));
    out.back().end = at;
  }
  for (PrintedToken& token : out)
    if (token.folded.starts_with('n') && says_number(token.folded, line.substr(token.end))) token.folded = "no";
  return out;
}

std::vector<IdentityPhrase> identity_phrases(const std::vector<PrintedToken>& tokens) {
  const IdentityTable& table = identity_table();
  std::vector<IdentityPhrase> out;
  for (std::size_t at = 0; at < tokens.size();) {
    std::size_t step = 1;
    const auto head = table.by_head.find(IdentityTable::head_of(tokens[at].folded));
    if (head != table.by_head.end()) {
      const auto found = std::find_if(head->second.begin(), head->second.end(),
                                      [&](std::size_t row) { return stands_at(table.rows[row], tokens, at); });
      if (found != head->second.end()) {
        const Row& row = table.rows[*found];
        step = row.words.size();
        out.push_back({row.role, row.what, row.text, at, step});
      }
    }
    at += step;
  }
  return out;
}

bool is_label_word(std::string_view folded) {
  return identity_table().label_words.contains(folded);
}

int month_begun_by(std::string_view folded) {
  static const auto table = table_rows(resource("documents/months.tsv"));
  int month = 0;
  for (const auto& row : table) {
    if (row.size() != 2 || !folded.starts_with(row[0])) continue;
    std::from_chars(row[1].data(), row[1].data() + row[1].size(), month);
    break;
  }
  return month;
}

}  // namespace careo
