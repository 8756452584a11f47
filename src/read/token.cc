// SPDX-License-Identifier: Apache-2.0
#include "read/token.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "reference/letters.h"

namespace careo {
namespace {

bool is_white(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0x85 || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x3000 || c == 0xFEFF;
}

std::size_t put_utf8(char* out, char32_t c) {
  if (c < 0x80) {
    out[0] = static_cast<char>(c);
    return 1;
  }
  std::string text;
  append_utf8(&text, c);
  std::copy(text.begin(), text.end(), out);
  return text.size();
}

// Cuts one text; the members are the walk's own state.
struct Cutter {
  std::string_view text;
  char* folded;
  std::vector<Token>* out;
  std::size_t at = 0;
  std::size_t written = 0;
  std::uint32_t count = 0;

  char32_t peek(std::size_t* next) const {
    *next = at;
    return next_code_point(text, next);
  }

  void step(std::size_t next, char32_t folded_form) {
    const std::size_t room = next - at;
    char buffer[4];
    const std::size_t length = put_utf8(buffer, folded_form);
    if (length <= room) {
      std::copy(buffer, buffer + length, folded + written);
      written += length;
    } else {  // a lower case longer than its capital: kept as written, so that the buffer's bound holds
      std::copy(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(next),
                folded + written);
      written += room;
    }
    at = next;
    ++count;
  }

  // An apostrophe inside a word: a letter must follow it.
  bool apostrophe_joins(char32_t c, std::size_t next) const {
    if (c != '\'' && c != 0x2019 && c != 0x02BC) return false;
    return next < text.size() && is_letter(next_code_point(text, &next));
  }

  void word() {
    std::size_t next = 0;
    while (at < text.size()) {
      const char32_t c = peek(&next);
      if (!is_letter(c) && !apostrophe_joins(c, next)) break;
      step(next, fold_letter(c));
    }
  }

  void digits() {
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') step(at + 1, static_cast<char32_t>(text[at]));
  }

  void token(bool spaced, bool cell, std::uint8_t breaks) {
    Token token;
    token.spaced = spaced;
    token.cell = cell;
    token.breaks = breaks;
    token.begin = static_cast<std::uint32_t>(at);
    token.first = count;
    const std::size_t folded_from = written;
    std::size_t next = 0;
    const char32_t c = peek(&next);
    if (is_letter(c)) {
      token.kind = Token::Kind::Word;
      token.capital = is_upper(c);
      word();
    } else if (c >= '0' && c <= '9') {
      token.kind = Token::Kind::Digits;
      digits();
    } else {
      step(next, c);
    }
    token.end = static_cast<std::uint32_t>(at);
    token.last = count;
    token.folded = std::string_view(folded + folded_from, written - folded_from);
    token.written = text.substr(token.begin, token.end - token.begin);
    out->push_back(token);
  }

  void run() {
    bool spaced = true;
    bool cell = false;
    std::uint8_t breaks = 0;
    while (at < text.size()) {
      std::size_t next = 0;
      const char32_t c = peek(&next);
      if (is_white(c)) {
        if ((c == '\n' || c == 0x2028 || c == 0x2029) && breaks < 3) ++breaks;
        cell = cell || c == '\t';
        spaced = true;
        at = next;
        ++count;
        continue;
      }
      token(spaced, cell, breaks);
      spaced = cell = false;
      breaks = 0;
    }
  }
};

constexpr std::size_t kPiece = 256 * 1024;

// Where to end a piece that begins at `from`: behind the last line's end, else behind the last space, else hard, but
// never inside a code point.
std::size_t piece_end(std::string_view text, std::size_t from) {
  if (text.size() - from <= kPiece) return text.size();
  const std::string_view window = text.substr(from, kPiece);
  for (const std::string_view separator : {"\n\n", "\n", " "}) {
    const std::size_t at = window.rfind(separator);
    if (at != std::string_view::npos && at > kPiece / 4) return from + at + separator.size();
  }
  std::size_t end = from + kPiece;
  while (end > from && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return end > from ? end : from + kPiece;
}

constexpr std::array<std::string_view, 12> kEnglish = {"the",  "of",  "and", "to",   "in",   "that",
                                                       "with", "was", "is",  "said", "from", "for"};
constexpr std::array<std::string_view, 14> kSpanish = {"el",  "la", "de",  "que", "y",   "los", "las",
                                                       "del", "en", "por", "con", "una", "se",  "un"};

}  // namespace

const Token Tokens::kNone;

Tokens::Tokens(std::string_view text, std::uint32_t first_code_point)
    : text_(text), folded_(std::make_unique<char[]>(text.size() + 4)) {
  tokens_.reserve(text.size() / 5 + 8);
  Cutter{.text = text, .folded = folded_.get(), .out = &tokens_, .count = first_code_point}.run();
}

std::string_view Tokens::written(std::size_t from, std::size_t to) const {
  if (from >= to || from >= size()) return {};
  const Token& last = tokens_[std::min(to, size()) - 1];
  return text_.substr(tokens_[from].begin, last.end - tokens_[from].begin);
}

std::string Tokens::phrase(std::size_t from, std::size_t to) const {
  std::string out;
  for (std::size_t i = from; i < to && i < size(); ++i) {
    const bool hyphen = tokens_[i].folded == "-";
    if ((tokens_[i].spaced || hyphen) && !out.empty() && out.back() != ' ') out += ' ';
    if (!hyphen) out += tokens_[i].folded;
  }
  return out;
}

Region Tokens::region(std::size_t from, std::size_t to) const {
  Region region;
  if (from < to && from < size()) region.text = {tokens_[from].first, tokens_[std::min(to, size()) - 1].last};
  return region;
}

void for_each_piece(std::string_view text, const std::function<void(const Tokens&)>& visit) {
  std::uint32_t count = 0;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = piece_end(text, from);
    const std::string_view piece = text.substr(from, end - from);
    visit(Tokens(piece, count));
    count += static_cast<std::uint32_t>(code_points(piece));
    from = end;
  }
}

std::string_view language_of(const Tokens& tokens, std::string_view declared) {
  for (const std::string_view known : {"en", "es", "ru", "uk"})
    if (declared == known) return known;
  std::size_t english = 0, spanish = 0, cyrillic = 0, ukrainian = 0;
  const std::size_t limit = std::min<std::size_t>(tokens.size(), 2000);
  for (std::size_t i = 0; i < limit; ++i) {
    if (!tokens.word(i)) continue;
    const std::string_view word = tokens[i].folded;
    if (std::find(kEnglish.begin(), kEnglish.end(), word) != kEnglish.end()) ++english;
    if (std::find(kSpanish.begin(), kSpanish.end(), word) != kSpanish.end()) ++spanish;
    if (static_cast<unsigned char>(word.front()) >= 0xD0 && static_cast<unsigned char>(word.front()) <= 0xD3)
      ++cyrillic;
    if (word.find("і") != std::string_view::npos || word.find("ї") != std::string_view::npos) ++ukrainian;
  }
  if (cyrillic > english + spanish) return ukrainian * 20 > cyrillic ? "uk" : "ru";
  return spanish > english ? "es" : "en";
}

}  // namespace careo
