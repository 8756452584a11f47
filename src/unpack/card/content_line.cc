// SPDX-License-Identifier: Apache-2.0
#include "unpack/card/content_line.h"

#include <algorithm>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

/// The first of `marks` outside of quotes.
std::size_t find_outside_quotes(std::string_view text, std::string_view marks, std::size_t from) {
  bool quoted = false;
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && marks.find(text[i]) != std::string_view::npos) return i;
  }
  return std::string_view::npos;
}

std::string without_quotes(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '"') out += c;
  return out;
}

}  // namespace

std::string ContentLine::parameter(std::string_view wanted) const {
  std::string out;
  for (const auto& [name_of_it, text] : parameters) {
    if (name_of_it != wanted) continue;
    if (!out.empty()) out += ' ';
    out += wanted == "TYPE" ? lower_ascii(text) : text;
  }
  return out;
}

std::optional<Buffer> in_utf8(Bytes file) {
  const std::string charset = charset_by_marks(file);
  if (!charset.starts_with("utf-16") && !charset.starts_with("utf-32")) return std::nullopt;
  std::string out;
  if (!append_decoded(file, charset, &out)) return std::nullopt;
  return Buffer(out.begin(), out.end());
}

bool begins_with_line(Bytes head, std::string_view line) {
  const std::optional<Buffer> decoded = in_utf8(slice(head, 0, 1024));
  std::string_view text = decoded ? text_of(*decoded) : text_of(head);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return starts_with_ignoring_case(trim(text.substr(0, 256)), line);
}

bool ContentLine::base64() const {
  const std::string encoding = lower_ascii(parameter("ENCODING"));
  return encoding == "b" || encoding == "base64";
}

// A line goes on where the next begins with white space, or, in quoted-printable, where it ends in '='.
std::string ContentLines::unfolded(std::size_t* end) {
  std::string out;
  std::size_t at = at_;
  const std::string_view text = text_of(file_);
  const std::string_view first = text.substr(at_, text.find('\n', at_) - at_);
  const bool quoted = upper_ascii(first.substr(0, first.find(':'))).find("QUOTED-PRINTABLE") != std::string::npos;
  for (;;) {
    const std::size_t stop = std::min(text.find('\n', at), text.size());
    std::string_view piece = text.substr(at, stop - at);
    if (piece.ends_with('\r')) piece.remove_suffix(1);
    out += piece;
    at = std::min(stop + 1, text.size());
    if (quoted && out.ends_with('=')) {
      out.pop_back();
    } else if (at < text.size() && (text[at] == ' ' || text[at] == '\t')) {
      ++at;
    } else {
      break;
    }
    if (at >= text.size()) break;
  }
  *end = at;
  return out;
}

bool ContentLines::next(ContentLine* out) {
  while (at_ < file_.size()) {
    std::size_t end = at_;
    const std::size_t begin = at_;
    const std::string line = unfolded(&end);
    at_ = end;
    const std::size_t colon = find_outside_quotes(line, ":", 0);
    if (colon == std::string::npos) {
      const std::string text = decode_text(bytes_of(line), charset_).utf8;
      if (!trim(text).empty()) nameless_.append(nameless_.empty() ? "" : "\n").append(trim(text));
      continue;
    }
    *out = {};
    out->line = {begin, end - begin};
    const std::string head = decode_text(bytes_of(std::string_view(line).substr(0, colon)), charset_).utf8;
    std::size_t from = 0;
    for (bool first = true; from <= head.size(); first = false) {
      const std::size_t stop = std::min(find_outside_quotes(head, ";", from), head.size());
      const std::string_view piece = trim(std::string_view(head).substr(from, stop - from));
      from = stop + 1;
      if (first) {
        const std::size_t dot = piece.rfind('.');
        out->name = upper_ascii(piece.substr(dot == piece.npos ? 0 : dot + 1));
        if (dot != piece.npos) out->group = piece.substr(0, dot);
        continue;
      }
      const std::size_t equal = piece.find('=');
      const bool bare = equal == piece.npos;
      const std::string name = bare ? "TYPE" : upper_ascii(piece.substr(0, equal));
      std::string value = without_quotes(bare ? piece : piece.substr(equal + 1));
      // vCard 2.1 writes encodings without their name.
      const std::string upper = upper_ascii(value);
      const bool encoding = bare && (upper == "QUOTED-PRINTABLE" || upper == "BASE64");
      out->parameters.emplace_back(encoding ? "ENCODING" : name, std::move(value));
    }
    const std::string_view as_it_stands = text_of(file_).substr(begin, end - begin);
    const std::size_t mark = std::min(find_outside_quotes(as_it_stands, ":", 0), as_it_stands.size() - 1);
    out->written = {begin + mark + 1, as_it_stands.size() - mark - 1};
    const std::string raw = line.substr(colon + 1);
    if (out->base64()) return true;
    std::string charset = out->parameter("CHARSET");
    if (charset.empty()) charset = charset_;
    const bool quoted = upper_ascii(out->parameter("ENCODING")) == "QUOTED-PRINTABLE";
    const Buffer bytes = quoted ? decode_quoted_printable(bytes_of(raw)).bytes : Buffer(raw.begin(), raw.end());
    out->value = decode_text(bytes, charset).utf8;
    return true;
  }
  return false;
}

std::string unescape_value(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      out += value[i];
      continue;
    }
    const char c = value[++i];
    out += c == 'n' || c == 'N' ? '\n' : c;
  }
  return out;
}

std::vector<std::string> split_value(std::string_view value, char separator) {
  std::vector<std::string> out;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    if (i < value.size() && value[i] == '\\') {
      ++i;
      continue;
    }
    if (i < value.size() && value[i] != separator) continue;
    out.push_back(unescape_value(value.substr(from, i - from)));
    from = i + 1;
  }
  return out;
}

void add_other(std::string_view name, std::string_view text, OtherFields* fields) {
  std::string key = lower_ascii(name);
  if (key.starts_with("x-")) key.erase(0, 2);
  const auto known =
      std::find_if(fields->begin(), fields->end(), [&](const auto& field) { return field.first == key; });
  if (known == fields->end())
    fields->emplace_back(std::move(key), text);
  else
    known->second.append("\n").append(text);
}

void add_marks(const ContentLine& line, std::initializer_list<std::string_view> told, OtherFields* fields) {
  std::string marks = line.group;
  for (const auto& [name, value] : line.parameters) {
    const bool how = name == "ENCODING" || name == "CHARSET" || name == "VALUE" || name == "LANGUAGE";
    if (how || value.empty() || std::find(told.begin(), told.end(), name) != told.end()) continue;
    marks.append(marks.empty() ? "" : ", ").append(name).append("=").append(value);
  }
  const std::string text(trim(unescape_value(line.value)));
  if (marks.empty() || text.empty()) return;
  const bool wide = text.find('\n') != std::string::npos || text.size() > 200;
  add_other(line.name + " marks", wide ? marks : text + ": " + marks, fields);
}

}  // namespace careo
