// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/settled.h"

#include "base/text.h"
#include "unpack/mail/base64_body.h"
#include "unpack/mail/part_type.h"

namespace careo {
namespace {

void settle_base64(const ParsedMail& mail, MimePart* part) {
  const Base64Body found = find_base64(mail.body(*part));
  const std::string_view behind = trim(text_of(mail.body(*part).subspan(found.end)));
  if (!found.any) {
    part->mislabelled = !behind.empty();
    if (part->mislabelled) part->encoding = TransferEncoding::Identity;
    return;
  }
  part->bad = found.bad;
  if (!behind.empty()) part->coded_end = part->body + found.end;
}

// A multipart whose boundary never came is a text as it stands.
void settle(ParsedMail& mail, std::size_t index) {
  MimePart& part = mail.parts[index];
  part.coded_end = part.end;
  if (!part.is_multipart()) {
    const bool unsaid = part.kind == MimePart::Kind::Binary && part.encoding == TransferEncoding::Identity &&
                        part.type.type != "message" && is_unsaid_base64(mail.body(part));
    if (unsaid) part.encoding = TransferEncoding::Base64;
    if (part.encoding == TransferEncoding::Base64) settle_base64(mail, &part);
    return;
  }
  const bool has_children = index + 1 < mail.parts.size() && mail.parts[index + 1].parent == index;
  if (!has_children) part.kind = MimePart::Kind::Text;
}

// File names in raw bytes of the mail's charset, as before RFC 6532: it is known only now.
void read_raw_names(ParsedMail& mail) {
  const std::string name(header_charset(mail));
  const HeaderCharset charset{name};
  if (name.empty()) return;
  for (MimePart& part : mail.parts) {
    const std::string_view type = content_type_of(mail, part);
    const std::string_view disposition = mail.field(part, "content-disposition");
    if (!is_utf8(type) || !is_utf8(disposition)) {
      // Its parameters alone: what kind of part it is has been decided.
      part.type.parameters = parse_content_type(type, charset).parameters;
      part.disposition.parameters = parse_content_type(disposition, charset).parameters;
    }
  }
}

}  // namespace

void settle_parts(ParsedMail* mail) {
  for (std::size_t i = 0; i < mail->parts.size(); ++i) settle(*mail, i);
  read_raw_names(*mail);
}

}  // namespace careo
