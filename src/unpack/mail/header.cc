// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/header.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "base/bytes.h"
#include "base/text.h"
#include "base/transfer.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMaxIds = 2000;
// RFC 2231 allows any number; more than this is an attack on whoever sorts them.
constexpr std::size_t kMaxParameters = 1000;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// Line ends inside a value would let one header forge another wherever it is printed.
void make_one_line(std::string* text, std::size_t from) {
  for (std::size_t i = from; i < text->size(); ++i) {
    char& c = (*text)[i];
    if (c == '\r' || c == '\n' || c == '\0') c = ' ';
  }
}

void append_raw(std::string_view raw, HeaderCharset charset, std::string* out) {
  const std::size_t from = out->size();
  if (is_utf8(raw)) {
    out->append(raw);
  } else {
    out->append(decode_text(bytes_of(raw), charset.fallback).utf8);
  }
  make_one_line(out, from);
}

/// One "=?charset?Q?text?=", found but not yet decoded.
struct EncodedWord {
  std::string_view charset;
  char encoding = 'q';
  std::string_view text;
  std::size_t end = 0;  ///< behind it
};

// Reads the encoded word at `at`, where "=?" stands. `no_end_from` remembers where a search for "?=" has already
// failed, so that a header of nothing but "=?" stays linear.
std::optional<EncodedWord> encoded_word(std::string_view value, std::size_t at, std::size_t* no_end_from) {
  constexpr std::size_t kMaxCharsetName = 60;
  EncodedWord out;
  const std::size_t name = at + 2;
  const std::size_t mark = value.substr(0, std::min(value.size(), name + kMaxCharsetName)).find('?', name);
  if (mark == kNone || mark == name || mark + 2 >= value.size() || value[mark + 2] != '?') return std::nullopt;
  out.charset = value.substr(name, mark - name);
  if (out.charset.find_first_of(" \t\r\n\"") != kNone) return std::nullopt;
  out.charset = out.charset.substr(0, out.charset.find('*'));  // RFC 2231, section 5: a language follows
  out.encoding = lower_ascii(value[mark + 1]);
  if (out.encoding != 'b' && out.encoding != 'q') return std::nullopt;
  const std::size_t begin = mark + 3;
  const std::size_t end = begin >= *no_end_from ? kNone : value.find("?=", begin);
  if (end == kNone) {
    // Cut off in transit: everything up to the next blank is still the word's text.
    *no_end_from = std::min(*no_end_from, begin);
    const std::size_t blank = std::min(value.find_first_of(" \t\r\n", begin), value.size());
    out.text = value.substr(begin, blank - begin);
    out.end = blank;
    return out;
  }
  out.text = value.substr(begin, end - begin);
  out.end = end + 2;
  return out;
}

void append_bytes_of(const EncodedWord& word, std::string* out) {
  if (word.encoding == 'b') {
    const Decoded decoded = decode_base64(bytes_of(word.text));
    out->append(text_of(decoded.bytes));
    return;
  }
  for (std::size_t i = 0; i < word.text.size(); ++i) {
    const char c = word.text[i];
    const int high = c == '=' && i + 2 < word.text.size() ? hex_value(word.text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(word.text[i + 2]) : -1;
    if (low >= 0) {
      out->push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else if (c == '_') {
      out->push_back(' ');
    } else if (c != '\r' && c != '\n') {
      out->push_back(c);
    }
  }
}

/// Collects encoded words that follow each other: programs cut between the bytes of one letter, so words of one
/// charset are joined before they are decoded.
class WordRun {
 public:
  explicit WordRun(std::string* out) : out_(out) {}
  bool open() const { return open_; }

  void add(const EncodedWord& word) {
    if (open_ && !equal_ignoring_case(word.charset, charset_)) flush();
    charset_ = word.charset;
    open_ = true;
    append_bytes_of(word, &bytes_);
  }
  void flush() {
    if (!open_) return;
    const std::size_t from = out_->size();
    out_->append(decode_text(bytes_of(bytes_), charset_).utf8);
    make_one_line(out_, from);
    bytes_.clear();
    open_ = false;
  }

 private:
  std::string* out_;
  std::string bytes_;
  std::string_view charset_;
  bool open_ = false;
};

std::string decode_words(std::string_view value, HeaderCharset charset) {
  std::string out;
  WordRun run(&out);
  std::size_t done = 0;  // everything before it has been written
  std::size_t no_end_from = kNone;
  for (std::size_t at = value.find("=?"); at != kNone;) {
    const auto word = encoded_word(value, at, &no_end_from);
    if (!word) {
      at = value.find("=?", at + 1);
      continue;
    }
    const std::string_view between = value.substr(done, at - done);
    const bool only_blank = between.find_first_not_of(" \t\r\n") == kNone;
    if (!run.open() || !only_blank) {
      run.flush();
      append_raw(between, charset, &out);
    }
    run.add(*word);
    done = word->end;
    at = value.find("=?", done);
  }
  run.flush();
  append_raw(value.substr(done), charset, &out);
  return out;
}

// --- parameters -----------------------------------------------------------------------------------------------------

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

std::size_t end_of_encoded_word(std::string_view value, std::size_t at) {
  constexpr std::size_t kLongest = 1000;  // RFC 2047 allows 75
  if (!value.substr(at).starts_with("=?")) return kNone;
  std::size_t no_end_from = kNone;
  const std::string_view here = value.substr(0, at + std::min(value.size() - at, kLongest));
  const auto word = encoded_word(here, at, &no_end_from);
  const bool closed = word && no_end_from == kNone && word->text.find("=?") == kNone;
  return closed ? word->end : kNone;
}

std::size_t end_of_comment(std::string_view value, std::size_t at) {
  std::size_t depth = 0;
  for (; at < value.size(); ++at) {
    if (value[at] == '\\') {
      ++at;
    } else if (value[at] == '(') {
      ++depth;
    } else if (value[at] == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return kNone;
}

std::size_t end_of_quoted(std::string_view value, std::size_t at) {
  for (++at; at < value.size(); ++at) {
    if (value[at] == '\\') {
      ++at;
    } else if (value[at] == '"') {
      return at + 1;
    }
  }
  return kNone;
}

std::string unquote(std::string_view inside) {
  std::string out;
  out.reserve(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\\' && i + 1 < inside.size()) {
      out.push_back(inside[++i]);
    } else if (inside[i] == '\n') {
      while (!out.empty() && is_blank(out.back())) out.pop_back();
      while (i + 1 < inside.size() && is_blank(inside[i + 1])) ++i;
      out.push_back(' ');
    } else if (inside[i] != '\r') {
      out.push_back(inside[i]);
    }
  }
  return out;
}

std::string unfold(std::string_view value) {
  value = trim(value);
  std::string out;
  if (value.find('\n') == kNone && value.find('\r') == kNone) {
    out.assign(value);
    return out;
  }
  out.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\n' && value[i] != '\r') {
      out.push_back(value[i]);
      continue;
    }
    while (!out.empty() && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
    while (i + 1 < value.size() && is_blank(value[i + 1])) ++i;
    out.push_back(' ');
  }
  return out;
}

std::string decode_header(std::string_view value, HeaderCharset charset) {
  std::string unfolded = unfold(value);
  if (unfolded.find("=?") != kNone) return std::string(trim(decode_words(unfolded, charset)));
  if (is_ascii(bytes_of(unfolded)) && unfolded.find('\0') == kNone) return unfolded;
  std::string out;
  append_raw(unfolded, charset, &out);
  return out;
}

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

std::vector<std::string> parse_message_ids(std::string_view value) {
  std::vector<std::string> out;
  const auto add = [&out](std::string_view id) {
    std::string clean;
    for (const char c : id)
      if (!is_blank(c) && c != '\0') clean.push_back(c);
    if (!clean.empty() && out.size() < kMaxIds) out.push_back(std::move(clean));
  };
  for (std::size_t at = value.find('<'); at != kNone; at = value.find('<', at)) {
    const std::size_t end = value.find_first_of("<>", at + 1);
    if (end == kNone) {
      add(value.substr(at + 1));  // cut off
      break;
    }
    if (value[end] == '>') add(value.substr(at + 1, end - at - 1));
    at = end;
  }
  if (!out.empty()) return out;
  const std::string line = unfold(value);
  for (std::string_view word : split(line, ' ')) {
    while (!word.empty() && (word.back() == ',' || word.back() == ';' || word.back() == '>')) word.remove_suffix(1);
    if (word.find('@') != kNone) add(word);
  }
  if (out.empty() && line.find(' ') == kNone) add(line);
  return out;
}

}  // namespace careo
