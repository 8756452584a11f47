// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/part_type.h"

#include <algorithm>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/mail/base64_body.h"
#include "unpack/sniff.h"

namespace careo {
namespace {

/// The first field of that name for which `counts`; else the first of that name.
template <typename Counts>
std::string_view field_that(const ParsedMail& mail, const MimePart& part, std::string_view name, Counts&& counts) {
  constexpr int kMost = 10;
  int seen = 0;
  for (std::size_t i = part.first_field; i < part.first_field + part.fields && seen < kMost; ++i) {
    if (!equal_ignoring_case(mail.fields[i].name, name)) continue;
    ++seen;
    if (counts(mail.fields[i].value)) return mail.fields[i].value;
  }
  return mail.field(part, name);
}

MimePart::Kind kind_of(const MimePart& part, bool in_digest) {
  const std::string& word = part.type.type;
  const std::string& sub = part.type.subtype;
  if (word == "multipart") return MimePart::Kind::Multipart;
  if (word == "message" && (sub == "rfc822" || sub == "global" || sub == "news")) return MimePart::Kind::Message;
  if (word.empty()) return in_digest ? MimePart::Kind::Message : MimePart::Kind::Text;
  return word == "text" ? MimePart::Kind::Text : MimePart::Kind::Binary;
}

}  // namespace

std::string_view content_type_of(const ParsedMail& mail, const MimePart& part) {
  const std::string_view first = mail.field(part, "content-type");
  if (first.data() == nullptr || starts_with_ignoring_case(trim(first), "multipart")) return first;
  const std::string_view parted = field_that(mail, part, "content-type", [](std::string_view value) {
    return starts_with_ignoring_case(trim(value), "multipart") &&
           !parse_content_type(value).parameter("boundary").empty();
  });
  return parted;
}

void classify(const ParsedMail& mail, MimePart* part) {
  const std::string_view type = content_type_of(mail, *part);
  if (type.data() != nullptr) part->type = parse_content_type(type);
  const std::string_view disposition = mail.field(*part, "content-disposition");
  if (disposition.data() != nullptr) part->disposition = parse_content_type(disposition);
  const std::string_view encoding = field_that(mail, *part, "content-transfer-encoding", [](std::string_view value) {
    return transfer_encoding_of(value) != TransferEncoding::Identity;
  });
  if (encoding.data() != nullptr) part->encoding = transfer_encoding_of(encoding);
  const bool in_digest = part->parent != SIZE_MAX && mail.parts[part->parent].type.subtype == "digest";
  part->kind = kind_of(*part, in_digest);
}

bool is_unsaid_base64(Bytes body) {
  constexpr std::size_t kLooked = 4096;
  const std::string_view head = trim(text_of(slice(body, 0, kLooked)));
  if (head.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n") != head.npos)
    return false;
  if (sniff(decode_base64(bytes_of(head)).bytes).empty()) return false;
  const Base64Body found = find_base64(body);
  return found.any && found.bad == 0 && trim(text_of(body.subspan(found.end))).empty();
}

}  // namespace careo
