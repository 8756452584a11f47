// SPDX-License-Identifier: Apache-2.0
#include "resolve/printed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/date.h"
#include "base/text.h"
#include "reference/icao9303_names.h"
#include "reference/identity_words.h"
#include "reference/letters.h"

namespace careo {
namespace {

constexpr std::size_t kMostRun = 4;  // words that one number is printed in
constexpr std::size_t kMostTokens = 64;
constexpr std::size_t kMostSpellings = 256;

struct LookAlike {
  char32_t cyrillic;
  char latin;
};

/// Letters that look the same in both scripts, as recognisers of several scripts exchange them.
constexpr std::array<LookAlike, 26> kLookAlikes = {
    {{U'А', 'A'}, {U'В', 'B'}, {U'С', 'C'}, {U'Е', 'E'}, {U'Н', 'H'}, {U'І', 'I'}, {U'К', 'K'},
     {U'М', 'M'}, {U'О', 'O'}, {U'Р', 'P'}, {U'Т', 'T'}, {U'Х', 'X'}, {U'У', 'Y'}, {U'а', 'A'},
     {U'в', 'B'}, {U'с', 'C'}, {U'е', 'E'}, {U'н', 'H'}, {U'і', 'I'}, {U'к', 'K'}, {U'м', 'M'},
     {U'о', 'O'}, {U'р', 'P'}, {U'т', 'T'}, {U'х', 'X'}, {U'у', 'Y'}}};

char latin_look_of(char32_t c) {
  for (const LookAlike& each : kLookAlikes)
    if (c == each.cyrillic) return each.latin;
  return 0;
}

/// 0 where the character is no part of a number.
char number_look_of(char32_t c) {
  if (c == U'б') return '6';
  if (c == U'З' || c == U'з') return '3';
  if (c == 'l') return '1';
  char look = latin_look_of(c);
  if (look == 0 && c < 0x80) look = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  if (look == 'O') return '0';
  if (look == 'I') return '1';
  return (look >= '0' && look <= '9') || (look >= 'A' && look <= 'Z') ? look : '\0';
}

int number_in(const PrintedToken& token) {
  int out = 0;
  std::from_chars(token.folded.data(), token.folded.data() + token.folded.size(), out);
  return out;
}

bool small_number(const std::vector<PrintedToken>& tokens, std::size_t at, int most) {
  return at < tokens.size() && tokens[at].is_number() && tokens[at].folded.size() <= 2 && number_in(tokens[at]) >= 1 &&
         number_in(tokens[at]) <= most;
}

bool is_year(const std::vector<PrintedToken>& tokens, std::size_t at) {
  return at < tokens.size() && tokens[at].is_number() &&
         (tokens[at].folded.size() == 2 || (tokens[at].folded.size() == 4 && number_in(tokens[at]) >= 1800));
}

void add_date(int day, int month, const PrintedToken& year, std::vector<PrintedDate>* out) {
  const bool short_year = year.folded.size() == 2;
  const int full = number_in(year);
  // Any leap year will do where the century is not said.
  if (is_valid({short_year ? 2000 + full : full, month, day})) out->push_back({day, month, full, short_year});
}

/// The month of one word or the next: of two languages one is often misread ("BEP/MAR").
int month_at(const std::vector<PrintedToken>& tokens, std::size_t at) {
  for (std::size_t i = at; i < std::min(tokens.size(), at + 2) && !tokens[i].is_number(); ++i)
    if (const int month = month_begun_by(tokens[i].folded); month != 0) return month;
  return 0;
}

/// Behind a month in letters: the same month in another language, "de", "of", a few letters more; then a year.
std::size_t year_behind(const std::vector<PrintedToken>& tokens, std::size_t at) {
  for (std::size_t i = at; i < std::min(tokens.size(), at + 3); ++i)
    if (tokens[i].is_number()) return i;
  return tokens.size();
}

/// A word of a cell that is no label and holds no digit.
struct NameWord {
  std::string text;
  bool after_sign = false;  ///< a sign that divides stands before it
};

std::vector<NameWord> name_words(std::string_view cell) {
  const std::vector<PrintedToken> tokens = printed_tokens(cell);
  std::vector<bool> label(cell.size(), false);
  for (const IdentityPhrase& phrase : identity_phrases(tokens)) {
    if (phrase.role != IdentityRole::Label) continue;
    const std::size_t end = tokens[phrase.first + phrase.count - 1].end;
    std::fill(label.begin() + static_cast<std::ptrdiff_t>(tokens[phrase.first].begin),
              label.begin() + static_cast<std::ptrdiff_t>(end), true);
  }
  std::vector<NameWord> out;
  bool divided = true;
  std::string word;
  bool bad = false;
  const auto close = [&] {
    if (!word.empty() && !bad) {
      out.push_back({word, divided});
      divided = false;
    }
    if (bad) divided = true;
    word.clear();
    bad = false;
  };
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(cell, &at);
    if (c == ' ' || c == '\t') {
      close();
    } else if (label[begin]) {
      close();
      divided = true;
    } else if (is_letter(c) || c == '-' || c == '\'' || c == 0x2019 || c == '`') {
      word += cell.substr(begin, at - begin);
    } else if (c >= '0' && c <= '9') {
      bad = true;
      word += cell.substr(begin, at - begin);
    } else if (c == '.') {
      // an initial, or dirt
    } else {
      close();
      divided = true;
    }
  }
  close();
  return out;
}

bool has_latin(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}

bool spells_as_written(std::string_view name, std::string_view zone, bool cut) {
  const std::vector<std::string> all = icao::mrz_names(name, kMostSpellings);
  return std::any_of(all.begin(), all.end(), [&](const std::string& one) {
    return one == zone || (cut && zone.size() >= 5 && one.starts_with(zone));
  });
}

}  // namespace

bool PrintedDate::is(std::string_view iso) const {
  const auto date = parse_iso_date(iso);
  if (!date || date->day != day || date->month != month) return false;
  return short_year ? date->year % 100 == year : date->year == year;
}

std::vector<PrintedDate> printed_dates(std::string_view cell) {
  std::vector<PrintedToken> tokens = printed_tokens(cell);
  std::erase_if(tokens, [](const PrintedToken& token) { return token.folded == "de" || token.folded == "of"; });
  if (tokens.size() > kMostTokens) tokens.resize(kMostTokens);
  std::vector<PrintedDate> out;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (is_year(tokens, i) && tokens[i].folded.size() == 4 && small_number(tokens, i + 1, 12) &&
        small_number(tokens, i + 2, 31)) {
      add_date(number_in(tokens[i + 2]), number_in(tokens[i + 1]), tokens[i], &out);
    }
    if (!small_number(tokens, i, 31)) continue;
    const int first = number_in(tokens[i]);
    if (small_number(tokens, i + 1, 31) && is_year(tokens, i + 2)) {
      const int second = number_in(tokens[i + 1]);
      if (second <= 12) add_date(first, second, tokens[i + 2], &out);
      if (first <= 12 && first != second) add_date(second, first, tokens[i + 2], &out);
    }
    const int month = month_at(tokens, i + 1);
    const std::size_t year = month == 0 ? tokens.size() : year_behind(tokens, i + 2);
    if (is_year(tokens, year)) add_date(first, month, tokens[year], &out);
  }
  return out;
}

std::string seen_number(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (const char look = number_look_of(next_code_point(text, &at)); look != 0) out.push_back(look);
  }
  return out;
}

std::vector<std::string> printed_numbers(std::string_view cell) {
  std::vector<std::string> words;
  bool open = false;
  for (std::size_t at = 0; at < cell.size() && words.size() <= kMostTokens;) {
    const char look = number_look_of(next_code_point(cell, &at));
    if (look != 0 && !open) words.emplace_back();
    if (look != 0) words.back().push_back(look);
    open = look != 0;
  }
  std::vector<std::string> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string run;
    for (std::size_t k = i; k < std::min(words.size(), i + kMostRun); ++k) {
      run += words[k];
      if (run.find_first_of("23456789") != std::string::npos) out.push_back(run);
    }
  }
  return out;
}

std::string latin_look(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = next_code_point(name, &at);
    const char look = latin_look_of(c);
    look != 0 ? out.push_back(look) : append_utf8(&out, c);
  }
  return out;
}

std::vector<std::string> printed_names(std::string_view cell) {
  std::vector<std::string> out;
  std::string whole;
  std::string longer;  // without words of one letter, which are often dirt
  const auto close = [&] {
    if (!whole.empty()) out.push_back(whole);
    if (!longer.empty() && longer != whole) out.push_back(longer);
    whole.clear();
    longer.clear();
  };
  for (const NameWord& word : name_words(cell)) {
    if (word.after_sign) close();
    whole += (whole.empty() ? "" : " ") + word.text;
    if (code_points(word.text) > 1) longer += (longer.empty() ? "" : " ") + word.text;
  }
  close();
  return out;
}

bool spells(std::string_view name, std::string_view value, bool cut) {
  std::string zone(value);
  std::replace(zone.begin(), zone.end(), ' ', '<');
  if (zone.empty() || name.size() > 200) return false;
  if (spells_as_written(name, zone, cut)) return true;
  return has_latin(name) && spells_as_written(latin_look(name), zone, cut);
}

}  // namespace careo
