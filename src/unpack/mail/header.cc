// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/header.h"

#include <algorithm>
#include <optional>

#include "base/bytes.h"
#include "base/text.h"
#include "base/transfer.h"
#include "unpack/mail/blank.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::size_t kMaxIds = 2000;

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

}  // namespace

void make_one_line(std::string* text, std::size_t from) {
  for (std::size_t i = from; i < text->size(); ++i) {
    char& c = (*text)[i];
    if (c == '\r' || c == '\n' || c == '\0') c = ' ';
  }
}

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
