// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/mime.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/mail/beginning.h"
#include "unpack/mail/boundary.h"
#include "unpack/mail/fields.h"
#include "unpack/mail/part_type.h"
#include "unpack/mail/settled.h"

namespace careo {
namespace {

// What is looked at for the parts of a mail without its header.
constexpr std::size_t kLooked = 64 * 1024;

/// Walks over the mail line by line with the multiparts that are open; each byte is looked at once.
class MailParser {
 public:
  MailParser(Bytes bytes, const MimeLimits& limits)
      : limits_(limits), boundaries_(bytes), header_(bytes, boundaries_.line_ends(), limits.fields) {
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
      const std::optional<Boundaries::Hit> hit = boundaries_.next(at_);
      if (!hit) break;
      take(*hit);
    }
    close_all(done_ ? mail_.unread_from : mail_.bytes.size());
    settle_parts(&mail_);
    mail_.fields_cut = header_.cut();
    return std::move(mail_);
  }

 private:
  // --- header ---

  void begin_part(std::size_t parent) {
    MimePart part;
    part.parent = parent;
    part.header = at_;
    part.first_field = mail_.fields.size();
    at_ = header_.read(
        at_, parent == SIZE_MAX ? FieldReader::Of::Mail : FieldReader::Of::Part,
        [this](const MailLine& line) { return boundaries_.hit_of(line).has_value(); }, &mail_.fields);
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
    std::string boundary = boundaries_.of(part, at_);
    header_.set_line_ends(boundaries_.line_ends());
    if (boundary.empty()) {
      part.kind = MimePart::Kind::Text;
    } else if (boundaries_.depth() >= limits_.depth) {
      part.kind = MimePart::Kind::Binary;
      part.too_deep = true;
    } else {
      boundaries_.open(current_, std::move(boundary));
    }
  }

  // The line end before a boundary belongs to the boundary (RFC 2046, section 5.1.1).
  std::size_t before_line_end(std::size_t at, std::size_t not_before) const {
    if (at > not_before && mail_.bytes[at - 1] == '\n') --at;
    if (at > not_before && mail_.bytes[at - 1] == '\r') --at;
    return at;
  }

  void take(const Boundaries::Hit& hit) {
    close_down_to(hit.level, hit.line.begin);
    at_ = hit.line.next;
    if (hit.closes) {
      // What follows until the next boundary of an outer multipart is epilogue: the multipart stays the current part,
      // so that its end is set there.
      current_ = boundaries_.part(hit.level);
      mail_.parts[current_].epilogue = hit.line.next;
      note_preamble(current_, hit.line.begin);
      boundaries_.close(hit.level);
      return;
    }
    if (mail_.parts.size() >= limits_.parts) {
      mail_.unread_from = hit.line.begin;
      done_ = true;
      return;
    }
    note_preamble(boundaries_.part(hit.level), hit.line.begin);
    begin_part(boundaries_.part(hit.level));
  }

  void note_preamble(std::size_t index, std::size_t line_begin) {
    MimePart& part = mail_.parts[index];
    if (part.preamble_end == SIZE_MAX) part.preamble_end = before_line_end(line_begin, part.body);
  }

  // Ends the present part and every multipart opened below level `level` at a boundary line.
  void close_down_to(std::size_t level, std::size_t line_begin) {
    end_part(current_, line_begin);
    for (std::size_t i = boundaries_.depth(); i-- > level + 1;) end_part(boundaries_.part(i), line_begin);
    boundaries_.close(level + 1);
  }

  void end_part(std::size_t index, std::size_t line_begin) {
    MimePart& part = mail_.parts[index];
    part.end = before_line_end(line_begin, part.body);
  }

  void close_all(std::size_t end) {
    for (std::size_t i = 0; i < boundaries_.depth(); ++i) mail_.parts[boundaries_.part(i)].end = end;
    if (!done_) mail_.parts[current_].end = end;
    mail_.parts[0].end = mail_.bytes.size();
  }

  const MimeLimits& limits_;
  Boundaries boundaries_;
  FieldReader header_;
  ParsedMail mail_;
  std::size_t at_ = 0;
  std::size_t current_ = 0;
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
