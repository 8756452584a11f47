// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/mime.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/mail/base64_body.h"

namespace careo {
namespace {

constexpr auto kMailFields = std::to_array<std::string_view>({
    "from",
    "to",
    "cc",
    "bcc",
    "date",
    "subject",
    "message-id",
    "received",
    "return-path",
    "reply-to",
    "sender",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "delivered-to",
    "dkim-signature",
    "x-mailer",
    "user-agent",
    "list-id",
    "x-original-to",
    "envelope-to",
    "x-gmail-labels",
    "x-mozilla-status",
    "x-received",
    "arc-seal",
    "authentication-results",
    "resent-from",
    "resent-date",
    "thread-index",
    "thread-topic",
    "x-priority",
    "importance",
    "received-spf",
    "x-gm-thrid",
    "x-uidl",
    "errors-to",
    "status",
    "x-status",
});
// Fields that letters, HTTP dumps and MIME parts have too do not count alone: one of these must be there.
constexpr auto kDecisive = std::to_array<std::string_view>(
    {"from", "to", "date", "subject", "message-id", "received", "return-path", "reply-to", "sender", "delivered-to"});

template <typename Names>
bool is_in(const Names& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return equal_ignoring_case(n, name); });
}

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;   ///< behind its text, before CR LF
  std::size_t next = 0;  ///< behind its line end
};

// Programs of old Macs ended lines with CR alone; they wrote no LF at all.
char line_end_of(Bytes bytes) {
  constexpr std::size_t kHeader = 64 * 1024;
  const Bytes head = slice(bytes, 0, kHeader);
  if (head.empty()) return '\n';
  return std::memchr(head.data(), '\n', head.size()) == nullptr &&
                 std::memchr(head.data(), '\r', head.size()) != nullptr
             ? '\r'
             : '\n';
}

// A byte order mark and the blank lines that saving or printing put before a header: how many bytes, 0 where what
// follows them is no header.
std::size_t before_header(Bytes bytes) {
  constexpr std::size_t kMost = 64;
  constexpr std::size_t kHeader = 8192;
  const std::string_view text = text_of(slice(bytes, 0, kMost));
  const std::size_t mark = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::size_t first = std::min(text.find_first_not_of("\r\n", mark), text.size());
  return first == mark || looks_like_mail(slice(bytes, first, kHeader)) ? first : mark;
}

Line line_at(Bytes bytes, std::size_t at, char line_end) {
  Line out;
  out.begin = at;
  const void* lf = at < bytes.size() ? std::memchr(bytes.data() + at, line_end, bytes.size() - at) : nullptr;
  out.end =
      lf == nullptr ? bytes.size() : static_cast<std::size_t>(static_cast<const std::uint8_t*>(lf) - bytes.data());
  out.next = lf == nullptr ? bytes.size() : out.end + 1;
  if (out.end > at && bytes[out.end - 1] == '\r') --out.end;
  return out;
}

// The length of a field's name, up to its colon, or 0 where the line is no field. RFC 5322 allows bytes 33 to 126;
// blanks before the colon are obsolete syntax.
std::size_t name_length(std::string_view line) {
  std::size_t i = 0;
  while (i < line.size() && line[i] > ' ' && line[i] < 0x7F && line[i] != ':') ++i;
  std::size_t colon = i;
  while (colon < line.size() && (line[colon] == ' ' || line[colon] == '\t')) ++colon;
  return i > 0 && colon < line.size() && line[colon] == ':' ? i : 0;
}

constexpr std::string_view kInsideEncoding = "-_/ \"'";  // marks that stand between the words of an encoding's name

struct Boundary {
  std::size_t part = 0;  ///< the multipart it separates
  std::string text;
};

/// Walks over the mail line by line with a stack of open multiparts; each byte is looked at once.
class MailParser {
 public:
  MailParser(Bytes bytes, const MimeLimits& limits) : limits_(limits), line_end_(line_end_of(bytes)) {
    mail_.bytes = bytes;
    mail_.unread_from = bytes.size();
  }

  ParsedMail parse() {
    begin_part(SIZE_MAX);
    while (!done_) {
      const std::optional<Hit> hit = next_boundary();
      if (!hit) break;
      take(*hit);
    }
    close_all(done_ ? mail_.unread_from : mail_.bytes.size());
    for (MimePart& part : mail_.parts) settle(part);
    read_raw_names();
    return std::move(mail_);
  }

 private:
  struct Hit {
    Line line;
    std::size_t level = 0;  ///< index into the stack
    bool closes = false;
  };

  Line line_from(std::size_t at) const { return line_at(mail_.bytes, at, line_end_); }
  std::string_view text_of_line(const Line& line) const {
    return text_of(mail_.bytes.subspan(line.begin, line.end - line.begin));
  }

  // --- header ---

  void begin_part(std::size_t parent) {
    MimePart part;
    part.parent = parent;
    part.header = at_;
    part.first_field = first_field_ = mail_.fields.size();
    read_fields(parent == SIZE_MAX);
    if (parent != SIZE_MAX && !is_part_header()) {
      mail_.fields.resize(first_field_);
      at_ = part.header;
    }
    part.fields = mail_.fields.size() - part.first_field;
    part.body = part.end = at_;
    mail_.parts.push_back(std::move(part));
    MimePart& made = mail_.parts.back();
    classify(made);
    current_ = mail_.parts.size() - 1;
    if (made.is_multipart()) open_multipart();
  }

  void read_fields(bool is_mail) {
    if (is_mail) skip_envelope();
    bool first = true;
    while (at_ < mail_.bytes.size()) {
      const Line line = line_from(at_);
      if (line.end == line.begin) {
        at_ = line.next;
        return;
      }
      const std::string_view text = text_of_line(line);
      if (text.starts_with("--") && hit_of(line)) return;  // a part without its blank line
      const bool folded = text[0] == ' ' || text[0] == '\t';
      if (folded && first && trim(text).empty()) {
        at_ = line.next;  // a blank line with blanks in it
        return;
      }
      const std::size_t name = folded || is_lost_parameter(line) ? 0 : name_length(text);
      if (name == 0 && !folded && !belongs_to_header(line)) return;
      add_line(line, text, name);
      at_ = line.next;
      first = false;
    }
  }

  // "Note: ..." directly behind a boundary is the first line of a text whose blank line was forgotten: a part's header
  // has a field of MIME, of a mail, or one that a program made up ("X-...").
  bool is_part_header() const {
    const auto begin = mail_.fields.begin() + static_cast<std::ptrdiff_t>(first_field_);
    return begin == mail_.fields.end() || std::any_of(begin, mail_.fields.end(), [](const HeaderField& field) {
             return starts_with_ignoring_case(field.name, "content-") || starts_with_ignoring_case(field.name, "x-") ||
                    is_mail_field(field.name);
           });
  }

  // A line without a field name inside the header: a fold that lost its blank, or the first line of a body whose blank
  // line was lost. The header goes on when a field that mail has follows before the next blank line.
  bool belongs_to_header(const Line& line) {
    if (line.begin < verified_until_ || is_lost_parameter(line)) return true;
    constexpr int kLookAhead = 30;
    std::size_t at = line.next;
    for (int i = 0; i < kLookAhead && at < mail_.bytes.size(); ++i) {
      const Line next = line_from(at);
      if (next.end == next.begin) return false;
      const std::string_view below = text_of_line(next);
      if (below.starts_with("--")) return false;
      const std::size_t name = name_length(below);
      if (name > 0 && is_mail_field(below.substr(0, name))) {
        verified_until_ = next.begin;
        return true;
      }
      at = next.next;
    }
    return false;
  }

  // "filename=..." behind a Content- field: a fold that lost its blank.
  bool is_lost_parameter(const Line& line) const {
    if (mail_.fields.size() == first_field_ || !starts_with_ignoring_case(mail_.fields.back().name, "content-"))
      return false;
    const std::string_view text = text_of_line(line);
    for (const std::string_view name : {"filename", "name", "charset", "boundary"}) {
      if (!starts_with_ignoring_case(text, name)) continue;
      const std::size_t mark = text.find_first_not_of("*0123456789", name.size());
      if (mark != std::string_view::npos && text[mark] == '=') return true;
    }
    return false;
  }

  void add_line(const Line& line, std::string_view text, std::size_t name) {
    const char* const data = reinterpret_cast<const char*>(mail_.bytes.data());
    std::size_t colon = name > 0 ? text.find(':', name) : 0;
    const bool folded = text[0] == ' ' || text[0] == '\t';
    if (name == 0 && !folded && !is_lost_parameter(line)) {
      // "spf=none (host: no record": no lawful name, yet kept as it stands rather than lost.
      colon = text.find(':');
      name = colon == std::string_view::npos ? 0 : colon;
    }
    if (name == 0) {
      if (mail_.fields.size() == first_field_) return;  // nothing to continue
      HeaderField& last = mail_.fields.back();
      last.value = {last.value.data(), static_cast<std::size_t>(data + line.next - last.value.data())};
      return;
    }
    if (mail_.fields.size() >= limits_.fields) {
      mail_.fields_cut = true;
      return;
    }
    const std::size_t value = line.begin + colon + 1;
    mail_.fields.push_back({text.substr(0, name), {data + value, line.next - value}});
  }

  // "From x@y Thu Jan 1 ..." or ">From ..." before the first field: the mailbox's line, not the mail's. A byte order
  // mark and blank lines too.
  void skip_envelope() {
    at_ = before_header(mail_.bytes);
    for (int i = 0; i < 4 && at_ < mail_.bytes.size(); ++i) {
      const Line line = line_from(at_);
      const std::string_view text = text_of_line(line);
      if (!text.starts_with("From ") && !text.starts_with(">From ")) return;
      at_ = line.next;
    }
  }

  void classify(MimePart& part) {
    const std::string_view type = mail_.field(part, "content-type");
    if (type.data() != nullptr) part.type = parse_content_type(type);
    const std::string_view disposition = mail_.field(part, "content-disposition");
    if (disposition.data() != nullptr) part.disposition = parse_content_type(disposition);
    const std::string_view encoding = mail_.field(part, "content-transfer-encoding");
    if (encoding.data() != nullptr) part.encoding = encoding_of(encoding);
    const bool in_digest = part.parent != SIZE_MAX && mail_.parts[part.parent].type.subtype == "digest";
    const std::string& word = part.type.type;
    if (word == "multipart") {
      part.kind = MimePart::Kind::Multipart;
    } else if (word == "message") {
      const std::string& sub = part.type.subtype;
      part.kind =
          sub == "rfc822" || sub == "global" || sub == "news" ? MimePart::Kind::Message : MimePart::Kind::Binary;
    } else if (word.empty()) {
      part.kind = in_digest ? MimePart::Kind::Message : MimePart::Kind::Text;
    } else {
      part.kind = word == "text" ? MimePart::Kind::Text : MimePart::Kind::Binary;
    }
  }

  // "base64", and what programs make of it: "(comment) base64", "x-base64", "\"base64\"", "base64;",
  // "quoted_printable".
  static TransferEncoding encoding_of(std::string_view value) {
    value = trim(value);
    while (value.starts_with('(')) {
      const std::size_t end = end_of_comment(value, 0);
      value = end == std::string_view::npos ? std::string_view() : trim(value.substr(end));
    }
    std::string word;
    for (const char c : value) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter) word.push_back(lower_ascii(c));
      if (!letter && !word.empty() && kInsideEncoding.find(c) == std::string_view::npos) break;
    }
    std::string_view name = word;
    if (name.starts_with('x')) name.remove_prefix(1);
    if (name.starts_with("base64")) return TransferEncoding::Base64;
    if (name.starts_with("quotedprintable") || name == "qp") return TransferEncoding::QuotedPrintable;
    if (name.starts_with("uue") || name.starts_with("uuencode") || name == "uu") return TransferEncoding::Uuencode;
    return TransferEncoding::Identity;
  }

  // --- body ---

  void open_multipart() {
    MimePart& part = mail_.parts[current_];
    std::string boundary(part.type.parameter("boundary"));
    while (!boundary.empty() && (boundary.back() == ' ' || boundary.back() == '\t')) boundary.pop_back();
    if (boundary.empty() || never_comes(boundary)) {
      std::string guessed = guessed_boundary();
      if (!guessed.empty()) boundary = std::move(guessed);
    }
    if (boundary.empty()) {
      part.kind = MimePart::Kind::Text;
    } else if (stack_.size() >= limits_.depth) {
      part.kind = MimePart::Kind::Binary;
      part.too_deep = true;
    } else {
      stack_.push_back({current_, std::move(boundary)});
    }
  }

  // Looked for to the mail's end; a mail that makes us do so again and again is believed.
  bool never_comes(const std::string& boundary) {
    constexpr int kMostMissing = 10;
    if (missing_ >= kMostMissing) return false;
    const std::string_view rest = text_of(slice(mail_.bytes, at_));
    const std::string mark = "--" + boundary;
    if (memmem(rest.data(), rest.size(), mark.data(), mark.size()) != nullptr) return false;
    ++missing_;
    return true;
  }

  // A multipart whose boundary is not declared, or another than it has: the first line "--x" that a MIME field follows.
  std::string guessed_boundary() const {
    constexpr int kLines = 200;
    std::size_t at = at_;
    for (int i = 0; i < kLines && at < mail_.bytes.size(); ++i) {
      const Line line = line_from(at);
      const std::string_view text = text_of_line(line);
      at = line.next;
      if (!text.starts_with("--") || text.size() < 3 || text.size() > 256) continue;
      if (hit_of(line)) return {};  // that of the multipart it stands in
      if (starts_with_ignoring_case(text_of_line(line_from(at)), "content-")) return std::string(trim(text.substr(2)));
    }
    return {};
  }

  std::optional<Hit> next_boundary() {
    if (stack_.empty()) return std::nullopt;
    const std::uint8_t* const data = mail_.bytes.data();
    const std::size_t size = mail_.bytes.size();
    while (at_ < size) {
      if (data[at_] == '-' && at_ + 1 < size && data[at_ + 1] == '-') {
        const Line line = line_from(at_);
        std::optional<Hit> hit = hit_of(line);
        if (hit) return hit;
        at_ = line.next;
        continue;
      }
      const void* lf = std::memchr(data + at_, line_end_, size - at_);
      if (lf == nullptr) {
        at_ = size;
        break;
      }
      at_ = static_cast<std::size_t>(static_cast<const std::uint8_t*>(lf) - data) + 1;
    }
    return std::nullopt;
  }

  std::optional<Hit> hit_of(const Line& line) const {
    const std::string_view text =
        text_of(mail_.bytes.subspan(line.begin + 2, std::max(line.end, line.begin + 2) - line.begin - 2));
    for (std::size_t level = stack_.size(); level-- > 0;) {
      const std::string& boundary = stack_[level].text;
      if (!text.starts_with(boundary)) continue;
      std::string_view rest = text.substr(boundary.size());
      const bool closes = rest.starts_with("--");
      if (closes) rest.remove_prefix(2);
      if (rest.find_first_not_of(" \t\r") != std::string_view::npos) continue;
      return Hit{line, level, closes};
    }
    return std::nullopt;
  }

  // The line end before a boundary belongs to the boundary (RFC 2046, section 5.1.1).
  std::size_t before_line_end(std::size_t at, std::size_t not_before) const {
    if (at > not_before && mail_.bytes[at - 1] == '\n') --at;
    if (at > not_before && mail_.bytes[at - 1] == '\r') --at;
    return at;
  }

  void take(const Hit& hit) {
    close_down_to(hit.level, hit.line.begin);
    at_ = hit.line.next;
    if (hit.closes) {
      // What follows until the next boundary of an outer multipart is epilogue: the multipart stays the current part,
      // so that its end is set there.
      current_ = stack_[hit.level].part;
      mail_.parts[current_].epilogue = hit.line.next;
      note_preamble(current_, hit.line.begin);
      stack_.resize(hit.level);
      return;
    }
    if (mail_.parts.size() >= limits_.parts) {
      mail_.unread_from = hit.line.begin;
      done_ = true;
      return;
    }
    note_preamble(stack_[hit.level].part, hit.line.begin);
    begin_part(stack_[hit.level].part);
  }

  void note_preamble(std::size_t index, std::size_t line_begin) {
    MimePart& part = mail_.parts[index];
    if (part.preamble_end == 0) part.preamble_end = before_line_end(line_begin, part.body);
  }

  // Ends the present part and every multipart opened below stack level `level` at a boundary line.
  void close_down_to(std::size_t level, std::size_t line_begin) {
    end_part(current_, line_begin);
    for (std::size_t i = stack_.size(); i-- > level + 1;) end_part(stack_[i].part, line_begin);
    stack_.resize(level + 1);
  }

  void end_part(std::size_t index, std::size_t line_begin) {
    MimePart& part = mail_.parts[index];
    part.end = before_line_end(line_begin, part.body);
  }

  void close_all(std::size_t end) {
    for (const Boundary& open : stack_) mail_.parts[open.part].end = end;
    if (!done_) mail_.parts[current_].end = end;
    mail_.parts[0].end = mail_.bytes.size();
  }

  // A multipart whose boundary never came is a text as it stands.
  void settle(MimePart& part) {
    part.coded_end = part.end;
    if (!part.is_multipart()) {
      if (part.encoding == TransferEncoding::Base64) settle_base64(part);
      return;
    }
    const auto index = static_cast<std::size_t>(&part - mail_.parts.data());
    const bool has_children = index + 1 < mail_.parts.size() && mail_.parts[index + 1].parent == index;
    if (!has_children) part.kind = MimePart::Kind::Text;
  }

  // File names in raw bytes of the mail's charset, as before RFC 6532: it is known only now.
  void read_raw_names() {
    const std::string name(header_charset(mail_));
    const HeaderCharset charset{name};
    if (name.empty()) return;
    for (MimePart& part : mail_.parts) {
      const std::string_view type = mail_.field(part, "content-type");
      const std::string_view disposition = mail_.field(part, "content-disposition");
      if (!is_utf8(type) || !is_utf8(disposition)) {
        // Its parameters alone: what kind of part it is has been decided.
        part.type.parameters = parse_content_type(type, charset).parameters;
        part.disposition.parameters = parse_content_type(disposition, charset).parameters;
      }
    }
  }

  void settle_base64(MimePart& part) const {
    const Base64Body found = find_base64(mail_.body(part));
    const std::string_view behind = trim(text_of(mail_.body(part).subspan(found.end)));
    if (!found.any) {
      part.mislabelled = !behind.empty();
      if (part.mislabelled) part.encoding = TransferEncoding::Identity;
      return;
    }
    part.bad = found.bad;
    if (!behind.empty()) part.coded_end = part.body + found.end;
  }

  const MimeLimits& limits_;
  const char line_end_;
  ParsedMail mail_;
  std::vector<Boundary> stack_;
  std::size_t at_ = 0;
  std::size_t current_ = 0;
  std::size_t first_field_ = 0;     // of the part whose header is being read
  std::size_t verified_until_ = 0;  // the header is known to go on at least this far
  int missing_ = 0;                 // boundaries that never came
  bool done_ = false;
};

}  // namespace

std::string MimePart::media_type() const {
  if (!type.type.empty()) return type.media_type();
  return kind == Kind::Message ? "message/rfc822" : "text/plain";
}

std::string_view MimePart::file_name() const {
  const std::string_view name = disposition.parameter("filename");
  return name.empty() ? type.parameter("name") : name;
}

std::string_view ParsedMail::field(const MimePart& part, std::string_view name) const {
  for (std::size_t i = part.first_field; i < part.first_field + part.fields; ++i)
    if (fields[i].name.size() == name.size() && equal_ignoring_case(fields[i].name, name)) return fields[i].value;
  return {};
}

std::vector<std::size_t> ParsedMail::children(std::size_t part) const {
  std::vector<std::size_t> out;
  for (std::size_t i = part + 1; i < parts.size(); ++i)
    if (parts[i].parent == part) out.push_back(i);
  return out;
}

ParsedMail parse_mail(Bytes bytes, const MimeLimits& limits) {
  return MailParser(bytes, limits).parse();
}

std::string_view header_charset(const ParsedMail& mail) {
  for (const MimePart& part : mail.parts) {
    if (part.kind != MimePart::Kind::Text) continue;
    const std::string_view charset = part.type.parameter("charset");
    if (!charset.empty() && !equal_ignoring_case(charset, "us-ascii")) return charset;
  }
  return {};
}

DecodedBody decode_body(const ParsedMail& mail, const MimePart& part) {
  DecodedBody out;
  const Bytes raw = mail.encoded_body(part);
  if (part.encoding == TransferEncoding::Identity) {
    out.bytes = raw;
    return out;
  }
  Decoded decoded = part.encoding == TransferEncoding::Base64            ? decode_base64(raw)
                    : part.encoding == TransferEncoding::QuotedPrintable ? decode_quoted_printable(raw)
                                                                         : decode_uuencode(raw);
  out.buffer = std::move(decoded.bytes);
  out.bytes = out.buffer;
  out.bad = decoded.bad;
  return out;
}

bool is_mail_field(std::string_view name) {
  return is_in(kMailFields, name);
}

namespace {

/// A web page saved in one file (RFC 2557, MHTML) has a mail's header without a sender or a date.
bool begins_web_archive(std::string_view field, std::size_t name) {
  return equal_ignoring_case(field.substr(0, name), "content-type") &&
         starts_with_ignoring_case(trim(field.substr(name + 1)), "multipart/related");
}

}  // namespace

bool looks_like_mail(Bytes head) {
  const std::string_view beginning = text_of(slice(head, 0, 64));
  const std::size_t mark = beginning.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  head = slice(head, std::min(beginning.find_first_not_of("\r\n", mark), beginning.size()));
  const char line_end = line_end_of(head);
  constexpr int kLines = 200;
  std::size_t at = 0;
  std::size_t known = 0;
  bool decisive = false;
  int mime = 0;  // both of them: what some programs write for a part that they saved alone
  int odd = 0;
  for (int i = 0; i < kLines && at < head.size(); ++i) {
    const Line line = line_at(head, at, line_end);
    const std::string_view text = text_of(head.subspan(line.begin, line.end - line.begin));
    at = line.next;
    if (text.empty()) break;
    if (i == 0 && (text.starts_with("From ") || text.starts_with(">From "))) continue;
    if (i > 0 && (text[0] == ' ' || text[0] == '\t')) continue;
    const std::size_t name = name_length(text);
    if (name == 0) {
      if (known == 0 || ++odd > 3) break;
      continue;
    }
    const std::string_view word = text.substr(0, name);
    if (is_in(kMailFields, word)) ++known;
    decisive = decisive || is_in(kDecisive, word) || begins_web_archive(text, name);
    mime += equal_ignoring_case(word, "mime-version") || equal_ignoring_case(word, "content-type") ? 1 : 0;
    if (known == 0 && i > 10) return false;
  }
  return known >= 2 && (decisive || mime >= 2);
}

}  // namespace careo
