// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/html_program.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool dials(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), is_digit);
  return text.starts_with('+') && digits >= 7 && digits <= 15;
}

/// `count` hexadecimal digits at `at`.
std::optional<char32_t> hexadecimal(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  char32_t out = 0;
  for (const char raw : text.substr(at, count)) {
    const char c = lower_ascii(raw);
    if (!is_digit(c) && !(c >= 'a' && c <= 'f')) return std::nullopt;
    out = out * 16 + static_cast<char32_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
  }
  return out;
}

/// A string without its quotes, escapes resolved: \n, \u0416, \x41, pairs of surrogates.
std::string unescaped(std::string_view text) {
  std::u16string wide;
  std::string out;
  const auto settle = [&] {
    for (std::size_t i = 0; i < wide.size(); ++i) {
      const bool pair = wide[i] >= 0xD800 && wide[i] < 0xDC00 && i + 1 < wide.size() && wide[i + 1] >= 0xDC00 &&
                        wide[i + 1] <= 0xDFFF;
      const bool half = wide[i] >= 0xD800 && wide[i] <= 0xDFFF;
      append_utf8(&out, pair   ? 0x10000 + ((wide[i] - 0xD800U) << 10U) + (wide[i + 1] - 0xDC00U)
                        : half ? char32_t{0xFFFD}
                               : char32_t{wide[i]});
      if (pair) ++i;
    }
    wide.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 >= text.size()) {
      settle();
      out += text[i];
      continue;
    }
    const char c = text[++i];
    const std::size_t digits = c == 'u' ? 4 : c == 'x' ? 2 : 0;
    const auto code = digits > 0 ? hexadecimal(text, i + 1, digits) : std::nullopt;
    if (code) {
      wide += static_cast<char16_t>(*code);
      i += digits;
      continue;
    }
    settle();
    out += c == 'n' || c == 'r' || c == 't' || c == '\n' ? ' ' : c;
  }
  settle();
  return out;
}

/// Where the quote at `open` is closed; kNone where nothing does, or a line's end comes before.
std::size_t closing(std::string_view code, std::size_t open) {
  const char quote = code[open];
  for (std::size_t i = open + 1; i < code.size(); ++i) {
    if (code[i] == '\\') {
      ++i;
    } else if (code[i] == quote) {
      return i;
    } else if (code[i] == '\n' && quote != '`') {
      return kNone;
    }
  }
  return kNone;
}

}  // namespace

bool reads_like_words(std::string_view text) {
  if (text.find("://") != kNone || dials(trim(text))) return true;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const bool between = text[i] == ' ' || text[i] == '@';
    if (between && is_letter(text[i - 1]) && is_letter(text[i + 1])) return true;
  }
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

void strings_of_script(std::string_view code, const std::function<void(std::string)>& take) {
  bool backticks_close = true;
  for (std::size_t at = code.find_first_of("\"'`\\"); at < code.size(); at = code.find_first_of("\"'`\\", at)) {
    if (code[at] == '\\') {
      at += 2;
      continue;
    }
    const bool backtick = code[at] == '`';
    const std::size_t end = backtick && !backticks_close ? kNone : closing(code, at);
    if (end == kNone) {
      if (backtick) backticks_close = false;
      ++at;
      continue;
    }
    std::string text = unescaped(code.substr(at + 1, end - at - 1));
    if (reads_like_words(text)) take(std::move(text));
    at = end + 1;
  }
}

void strings_of_style(std::string_view code, const std::function<void(std::string)>& take) {
  constexpr std::string_view kContent = "content:";
  for (std::size_t at = code.find(kContent); at != kNone; at = code.find(kContent, at)) {
    at += kContent.size();
    const std::size_t open = code.find_first_not_of(" \t", at);
    if (open == kNone || (code[open] != '"' && code[open] != '\'')) continue;
    const std::size_t end = closing(code, open);
    if (end == kNone) continue;
    const std::string_view text = code.substr(open + 1, end - open - 1);
    at = end + 1;
    // Most are glyphs of a font of icons, by their numbers.
    const bool plain = text.find('\\') == kNone && std::count_if(text.begin(), text.end(), is_letter) >= 2;
    if (plain || reads_like_words(text)) take(std::string(text));
  }
}

}  // namespace careo
