// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/mime.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/mail/base64_body.h"
#include "unpack/mail/beginning.h"
#include "unpack/mail/fields.h"
#include "unpack/mail/lines.h"
#include "unpack/mail/part_type.h"

namespace careo {
namespace {

// What is looked at for the parts of a mail without its header.
constexpr std::size_t kLooked = 64 * 1024;

struct Boundary {
  std::size_t part = 0;  ///< the multipart it separates
  std::string text;
};

/// Walks over the mail line by line with a stack of open multiparts; each byte is looked at once.
class MailParser {
 public:
  MailParser(Bytes bytes, const MimeLimits& limits)
      : limits_(limits), ends_(line_ends_of(bytes)), header_(bytes, ends_, limits.fields) {
    mail_.bytes = bytes;
    mail_.unread_from = bytes.size();
  }

  ParsedMail parse() {
    if (begins_parts(slice(mail_.bytes, 0, kLooked))) {
      begin_headless();
    } else {
      begin_part(SIZE_MAX);
    }
    while (!done_) {
      const std::optional<Hit> hit = next_boundary();
      if (!hit) break;
      take(*hit);
    }
    close_all(done_ ? mail_.unread_from : mail_.bytes.size());
    for (MimePart& part : mail_.parts) settle(part);
    read_raw_names();
    mail_.fields_cut = header_.cut();
    return std::move(mail_);
  }

 private:
  struct Hit {
    MailLine line;
    std::size_t level = 0;  ///< index into the stack
    bool closes = false;
  };

  MailLine line_from(std::size_t at) const { return line_at(mail_.bytes, at, ends_); }

  // --- header ---

  void begin_part(std::size_t parent) {
    MimePart part;
    part.parent = parent;
    part.header = at_;
    part.first_field = mail_.fields.size();
    at_ = header_.read(
        at_, parent == SIZE_MAX ? FieldReader::Of::Mail : FieldReader::Of::Part,
        [this](const MailLine& line) { return hit_of(line).has_value(); }, &mail_.fields);
    part.fields = mail_.fields.size() - part.first_field;
    part.body = part.end = at_;
    mail_.parts.push_back(std::move(part));
    MimePart& made = mail_.parts.back();
    classify(mail_, &made);
    current_ = mail_.parts.size() - 1;
    if (made.is_multipart()) open_multipart();
  }

  void begin_headless() {
    MimePart root;
    root.kind = MimePart::Kind::Multipart;
    root.type.type = "multipart";
    root.type.subtype = "mixed";
    mail_.parts.push_back(std::move(root));
    open_multipart();
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
    if (const void* found = memmem(rest.data(), rest.size(), mark.data(), mark.size())) {
      const auto begin = static_cast<std::size_t>(static_cast<const char*>(found) - rest.data());
      note_line_ends(rest, begin, begin + mark.size());
      return false;
    }
    ++missing_;
    return true;
  }

  // Servers put a header with LF before a body that an old Mac wrote: told by CR alone around its first boundary.
  void note_line_ends(std::string_view rest, std::size_t begin, std::size_t end) {
    const bool before = begin == 0 || rest[begin - 1] == '\r';
    const bool behind = rest.substr(end, 1) == "\r" && rest.substr(end + 1, 1) != "\n";
    if (!before || !behind) return;
    ends_ = LineEnds::Any;
    header_.set_line_ends(ends_);
  }

  // A multipart whose boundary is not declared, or another than it has: the first line "--x" that a MIME field follows.
  std::string guessed_boundary() const {
    constexpr int kLines = 200;
    std::size_t at = at_;
    for (int i = 0; i < kLines && at < mail_.bytes.size(); ++i) {
      const MailLine line = line_from(at);
      const std::string_view text = line.text(mail_.bytes);
      at = line.next;
      if (!text.starts_with("--") || text.size() < 3 || text.size() > 256) continue;
      if (hit_of(line)) return {};  // that of the multipart it stands in
      if (starts_with_ignoring_case(line_from(at).text(mail_.bytes), "content-"))
        return std::string(trim(text.substr(2)));
    }
    return {};
  }

  std::optional<Hit> next_boundary() {
    if (stack_.empty()) return std::nullopt;
    const std::uint8_t* const data = mail_.bytes.data();
    const std::size_t size = mail_.bytes.size();
    while (at_ < size) {
      if (data[at_] == '-' && at_ + 1 < size && data[at_ + 1] == '-') {
        const MailLine line = line_from(at_);
        std::optional<Hit> hit = hit_of(line);
        if (hit) return hit;
        at_ = line.next;
        continue;
      }
      at_ = next_line(mail_.bytes, at_, ends_);
    }
    return std::nullopt;
  }

  std::optional<Hit> hit_of(const MailLine& line) const {
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
    if (part.preamble_end == SIZE_MAX) part.preamble_end = before_line_end(line_begin, part.body);
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
      const bool unsaid = part.kind == MimePart::Kind::Binary && part.encoding == TransferEncoding::Identity &&
                          part.type.type != "message" && is_unsaid_base64(mail_.body(part));
      if (unsaid) part.encoding = TransferEncoding::Base64;
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
      const std::string_view type = content_type_of(mail_, part);
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
  LineEnds ends_;
  FieldReader header_;
  ParsedMail mail_;
  std::vector<Boundary> stack_;
  std::size_t at_ = 0;
  std::size_t current_ = 0;
  int missing_ = 0;  // boundaries that never came
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

}  // namespace careo
