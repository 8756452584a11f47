// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/attached.h"

#include <algorithm>

#include "unpack/mail/inline_text.h"
#include "unpack/mail/part_fields.h"
#include "unpack/mail/related.h"
#include "unpack/text/data_address.h"

namespace careo {
namespace {

void describe(const ParsedMail& mail, const MimePart& part, Child* child) {
  if (child->name.empty() || !part.file_name().empty()) child->name = std::string(part.file_name());
  if (child->name.empty()) child->name = name_at(location_of(mail, part));
  child->media_type = part.media_type();
  const bool textual = part.kind != MimePart::Kind::Binary || part.type.type == "message";
  if (!textual) return;
  child->hints.media_type = child->media_type;
  if (part.kind == MimePart::Kind::Text) child->hints.charset = charset_hint(part);
}

void child_within(const MimePart& part, FileWithin file, GatheredMail* gathered) {
  MailChild made;
  made.begin = part.body + file.data;
  made.end = part.body + file.data_end;
  made.child.step =
      file.bytes ? Step::node(made.begin) : Step::range(made.begin, made.end - made.begin, std::move(file.transforms));
  made.child.name = std::move(file.name);
  made.bytes = std::move(file.bytes);
  gathered->out.children.push_back(std::move(made));
  if (!file.damage.empty()) gathered->unread_within(std::move(file.damage));
}

// The first has the name and type of the part; what stands around them is read.
void files_of(const ParsedMail& mail, const MimePart& part, std::vector<FileWithin> files, GatheredMail* gathered) {
  const std::size_t first = gathered->out.children.size();
  gathered->stray(part.body, cut_out(mail, part, std::move(files), 0, gathered));
  if (gathered->out.children.size() > first) describe(mail, part, &gathered->out.children[first].child);
}

}  // namespace

void attach(const ParsedMail& mail, std::size_t index, GatheredMail* gathered) {
  const MimePart& part = mail.parts[index];
  if (part.too_deep) {
    gathered->unread(part.body, part.end, "multiparts nested too deep");
    return;
  }
  if (part.encoding == TransferEncoding::Uuencode) {
    std::vector<FileWithin> files = uuencoded_within(mail.body(part));
    if (!files.empty()) return files_of(mail, part, std::move(files), gathered);
  }
  if (part.encoding == TransferEncoding::Identity && begins_file(mail.body(part))) {
    std::vector<FileWithin> files = files_within(mail.body(part));
    if (!files.empty()) return files_of(mail, part, std::move(files), gathered);
  }
  MailChild made;
  made.part = index;
  made.begin = part.body;
  made.end = part.coded_end;
  std::vector<Transform> transforms;
  if (part.encoding == TransferEncoding::Base64) transforms.push_back(Transform::Base64);
  if (part.encoding == TransferEncoding::QuotedPrintable) transforms.push_back(Transform::QuotedPrintable);
  made.child.step = Step::range(made.begin, made.end - made.begin, std::move(transforms));
  describe(mail, part, &made.child);
  gathered->out.children.push_back(std::move(made));
  if (part.bad > 0)
    gathered->unread_within("an attachment in base64 with " + std::to_string(part.bad) + " bytes that are not");
  if (std::string why = missing_of(mail, part); !why.empty()) gathered->unread_within(std::move(why));
  words_behind(mail, part, gathered);
}

Buffer cut_out(const ParsedMail& mail, const MimePart& part, std::vector<FileWithin> files, std::size_t from,
               GatheredMail* gathered) {
  const Bytes body = mail.body(part);
  Buffer rest;
  std::size_t at = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (i >= from && gathered->room() == 0) {
      gathered->unread_within("more files in its texts than are read");
      break;
    }
    rest.insert(rest.end(), body.begin() + static_cast<std::ptrdiff_t>(at),
                body.begin() + static_cast<std::ptrdiff_t>(files[i].begin));
    at = files[i].end;
    if (i >= from) child_within(part, std::move(files[i]), gathered);
  }
  rest.insert(rest.end(), body.begin() + static_cast<std::ptrdiff_t>(at), body.end());
  return rest;
}

void words_behind(const ParsedMail& mail, const MimePart& part, GatheredMail* gathered) {
  if (part.coded_end < part.end)
    gathered->stray(part.coded_end, mail.bytes.subspan(part.coded_end, part.end - part.coded_end));
}

void attach_addresses(const MimePart& part, Bytes page, GatheredMail* gathered) {
  const std::size_t most = std::min(kMostDataAddresses, gathered->room());
  const std::vector<DataAddress> found = find_data_addresses(page);
  for (std::size_t i = 0; i < std::min(found.size(), most); ++i) {
    const DataAddress& one = found[i];
    const bool stands = part.encoding == TransferEncoding::Identity;
    MailChild made;
    made.of_page = true;
    made.child = child_of(one);
    made.begin = part.body + (stands ? one.begin : 0);
    made.end = part.body + (stands ? one.end : 0);
    if (stands && one.base64 && !one.escaped) {
      made.child.step = Step::range(made.begin, one.end - one.begin, {Transform::Base64});
    } else {
      made.child.step = Step::node(stands ? made.begin : part.body + i);
      made.bytes = data_of(page, one);
    }
    gathered->out.children.push_back(std::move(made));
  }
  if (found.size() > most) gathered->unread_within(kMoreDataAddresses);
}

}  // namespace careo
