// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/related.h"

#include "base/text.h"

namespace careo {
namespace {

std::string_view bare_id(std::string_view id) {
  id = trim(id);
  if (id.starts_with('<') && id.ends_with('>')) id = id.substr(1, id.size() - 2);
  return id;
}

/// The root of each multipart/related: what `start` names, else its first part.
std::vector<std::size_t> roots_of(const ParsedMail& mail) {
  std::vector<std::size_t> out(mail.parts.size(), SIZE_MAX);
  std::vector<bool> named(mail.parts.size(), false);
  for (std::size_t i = 1; i < mail.parts.size(); ++i) {
    const std::size_t parent = mail.parts[i].parent;
    if (parent >= i || !mail.parts[parent].type.is("multipart", "related") || named[parent]) continue;
    if (out[parent] == SIZE_MAX) out[parent] = i;
    const std::string_view start = bare_id(mail.parts[parent].type.parameter("start"));
    if (start.empty() || bare_id(mail.field(mail.parts[i], "content-id")) != start) continue;
    out[parent] = i;
    named[parent] = true;
  }
  return out;
}

}  // namespace

std::vector<bool> frames_of(const ParsedMail& mail) {
  const std::vector<std::size_t> roots = roots_of(mail);
  std::vector<bool> out(mail.parts.size(), false);
  for (std::size_t i = 1; i < mail.parts.size(); ++i) {
    const MimePart& part = mail.parts[i];
    if (part.parent >= i || roots[part.parent] == SIZE_MAX || roots[part.parent] == i) continue;
    const MimePart::Kind root = mail.parts[roots[part.parent]].kind;
    const bool root_is_text = root == MimePart::Kind::Text || root == MimePart::Kind::Multipart;
    const bool addressed =
        !trim(mail.field(part, "content-id")).empty() || !trim(mail.field(part, "content-location")).empty();
    out[i] = root_is_text && addressed && part.type.is("text", "html");
  }
  return out;
}

}  // namespace careo
