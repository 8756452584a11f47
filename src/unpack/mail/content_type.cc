// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/content_type.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "base/transfer.h"
#include "unpack/mail/blank.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

// RFC 2231 allows any number; more than this is an attack on whoever sorts them.
constexpr std::size_t kMaxParameters = 1000;

/// A parameter as it stands: `name*0*=value`.
struct Piece {
  std::string name;
  int section = -1;       ///< -1: no continuation
  bool extended = false;  ///< percent-encoded
  std::string value;
};

bool ends_token(char c) {
  return is_blank(c) || c == ';' || c == '=' || c == '"' || c == '(' || c == ',';
}

std::size_t skip_blank(std::string_view value, std::size_t at) {
  while (at < value.size()) {
    if (value[at] == '(') {
      const std::size_t end = end_of_comment(value, at);
      if (end == kNone) return value.size();
      at = end;
    } else if (is_blank(value[at])) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

// True where "word=" follows: a semicolon was forgotten before it.
bool starts_parameter(std::string_view value, std::size_t at) {
  std::size_t end = at;
  while (end < value.size() && !ends_token(value[end]) && end - at < 64) ++end;
  return end > at && end < value.size() && value[end] == '=';
}

// "(comment)" behind a value, and not the "(1)" of "Report (1).pdf".
bool is_last_comment(std::string_view value, std::size_t at) {
  if (value[at] != '(') return false;
  const std::size_t end = end_of_comment(value, at);
  const std::size_t next = end == kNone ? kNone : value.find_first_not_of(" \t\r\n", end);
  return next == kNone || value[next] == ';';
}

// An unquoted value: to the semicolon, blanks included ("name=my file.pdf" is common), unless a parameter begins.
std::string_view bare_value(std::string_view value, std::size_t* at) {
  const std::size_t begin = *at;
  std::size_t end = begin;
  while (end < value.size() && value[end] != ';') {
    if (is_blank(value[end])) {
      std::size_t next = end;
      while (next < value.size() && is_blank(value[next])) ++next;
      if (next >= value.size() || is_last_comment(value, next) || starts_parameter(value, next)) break;
      end = next;
    } else {
      ++end;
    }
  }
  *at = end;
  return trim(value.substr(begin, end - begin));
}

void split_name(std::string_view raw, Piece* out) {
  out->extended = raw.ends_with('*');
  if (out->extended) raw.remove_suffix(1);
  const std::size_t star = raw.rfind('*');
  if (star != kNone && star + 1 < raw.size() && raw.size() - star <= 5) {
    int number = 0;
    for (const char c : raw.substr(star + 1))
      number = c >= '0' && c <= '9' && number >= 0 ? number * 10 + (c - '0') : -1;
    if (number >= 0) {
      out->section = number;
      raw = raw.substr(0, star);
    }
  }
  out->name = lower_ascii(raw);
}

// "C:\temp\a.pdf": its programs do not know that a backslash quotes what follows.
bool is_windows_path(std::string_view text) {
  return text.size() > 3 && text[1] == ':' && text[2] == '\\' && text[3] != '\\';
}

std::vector<Piece> pieces_of(std::string_view value, std::size_t at) {
  std::vector<Piece> out;
  bool quotes_close = true;
  while (at < value.size() && out.size() < kMaxParameters) {
    at = skip_blank(value, at);
    while (at < value.size() && (value[at] == ';' || value[at] == ',')) at = skip_blank(value, at + 1);
    const std::size_t name = at;
    while (at < value.size() && !ends_token(value[at])) ++at;
    const std::string_view raw_name = value.substr(name, at - name);
    at = skip_blank(value, at);
    if (at >= value.size() || value[at] != '=') {
      if (at == name) ++at;  // a stray mark
      continue;
    }
    at = skip_blank(value, at + 1);
    Piece piece;
    split_name(raw_name, &piece);
    const std::size_t quoted = at < value.size() && value[at] == '"' && quotes_close ? end_of_quoted(value, at) : 0;
    quotes_close = quotes_close && quoted != kNone;
    if (quoted != 0 && quoted != kNone) {
      const std::string_view inside = value.substr(at + 1, quoted - at - 2);
      piece.value = is_windows_path(inside) ? std::string(inside) : unquote(inside);
      at = quoted;
    } else {
      if (at < value.size() && value[at] == '"') ++at;
      piece.value = bare_value(value, &at);
    }
    if (!piece.name.empty()) out.push_back(std::move(piece));
  }
  return out;
}

// A type becomes part of a part's name (its hints): only what RFC 2045 allows in a token, and no more than any
// registered type has.
std::string clean_token(std::string_view raw) {
  constexpr std::size_t kLongest = 127;  // RFC 6838, section 4.2
  std::string out;
  for (const char c : raw)
    if (c > ' ' && c < 0x7F && out.size() < kLongest) out.push_back(lower_ascii(c));
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// Removes "charset'language'" from the front of an extended value and returns the charset.
std::string take_charset(std::string* value) {
  const std::size_t first = value->find('\'');
  const std::size_t second = first == kNone ? kNone : value->find('\'', first + 1);
  if (second == kNone) return {};
  std::string out = value->substr(0, first);
  value->erase(0, second + 1);
  return out;
}

std::string joined(std::vector<const Piece*> pieces, HeaderCharset charset) {
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece* a, const Piece* b) { return a->section < b->section; });
  std::string bytes;
  std::string declared;
  bool extended = false;
  for (const Piece* piece : pieces) {
    if (!piece->extended) {
      bytes += piece->value;
      continue;
    }
    std::string value = piece->value;
    if (!extended) declared = take_charset(&value);
    extended = true;
    bytes += percent_decoded(value);
  }
  if (!extended || (declared.empty() && bytes.find("=?") != kNone)) return decode_header(bytes, charset);
  std::string out = decode_text(bytes_of(bytes), declared).utf8;
  make_one_line(&out, 0);
  return out;
}

// A boundary is compared with lines, so it stays as it stands, whatever it looks like.
std::string plain_value(const Piece& piece, HeaderCharset charset) {
  return piece.name == "boundary" ? piece.value : decode_header(piece.value, charset);
}

void gather(const std::vector<Piece>& pieces, HeaderCharset charset, std::vector<Parameter>* out) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    const auto known = std::find_if(out->begin(), out->end(), [&](const Parameter& p) { return p.name == piece.name; });
    if (piece.section < 0 && !piece.extended) {
      // Plain: the first one counts, and an RFC 2231 form beside it is the better spelling.
      if (known == out->end()) {
        out->push_back({piece.name, plain_value(piece, charset)});
      } else if (known->value.empty()) {
        known->value = plain_value(piece, charset);
      }
      continue;
    }
    const bool first =
        std::none_of(pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(i),
                     [&](const Piece& p) { return p.name == piece.name && (p.section >= 0 || p.extended); });
    if (!first) continue;
    std::vector<const Piece*> same;
    for (const Piece& p : pieces)
      if (p.name == piece.name && (p.section >= 0 || p.extended)) same.push_back(&p);
    std::string value = joined(std::move(same), charset);
    if (known == out->end()) {
      out->push_back({piece.name, std::move(value)});
    } else {
      known->value = std::move(value);
    }
  }
}

}  // namespace

std::string ContentType::media_type() const {
  if (type.empty()) return {};
  return subtype.empty() ? type : type + "/" + subtype;
}

std::string_view ContentType::parameter(std::string_view name) const {
  for (const Parameter& p : parameters)
    if (p.name == name) return p.value;
  return {};
}

ContentType parse_content_type(std::string_view value, HeaderCharset charset) {
  ContentType out;
  std::size_t at = skip_blank(value, 0);
  const auto token = [&] {
    const std::size_t begin = at;
    while (at < value.size() && !ends_token(value[at]) && value[at] != '/') ++at;
    return clean_token(value.substr(begin, at - begin));
  };
  if (at < value.size() && value[at] == '"') ++at;  // some quote the whole type
  if (starts_parameter(value, at)) {
    gather(pieces_of(value, at), charset, &out.parameters);
    return out;
  }
  out.type = token();
  at = skip_blank(value, at);
  if (at < value.size() && value[at] == '/') {
    at = skip_blank(value, at + 1);
    out.subtype = token();
  }
  if (at < value.size() && value[at] == '"') ++at;
  gather(pieces_of(value, at), charset, &out.parameters);
  return out;
}

}  // namespace careo
