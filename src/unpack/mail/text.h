// SPDX-License-Identifier: Apache-2.0
// What a person reads in a mail: its inline texts, and which of its bytes are parts of their own.
//
// The rules, in full, are docs/formats/mail.md.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "evidence/outcome.h"
#include "unpack/mail/mime.h"

namespace careo {

/// Bytes of the mail that are a part of their own.
struct MailChild {
  std::size_t begin = 0;
  std::size_t end = 0;
  Child child;
  std::optional<Buffer> bytes;  ///< decoded, where its step does not
  bool of_page = false;         ///< stands in an address of a page: no program attached it
  std::size_t part = SIZE_MAX;  ///< index of the MimePart that it is the whole body of
};

struct MailText {
  std::string utf8;              ///< the inline texts in order, joined by "\n"; line ends are LF
  Grade grade = Grade::Checked;  ///< the lowest of them
  std::string unshown;           ///< what its pages say and do not show: unpack/mail/unshown.h
  std::vector<std::pair<std::string, std::string>> properties;  ///< of its first page that has some
  std::vector<MailChild> children;     ///< in order of their bytes; an address of a page may stand within another
  std::vector<std::size_t> read_here;  ///< indices of the parts that are no children
  std::vector<Unread> unread;          ///< in order, disjoint from the children
};

MailText read_mail_text(const ParsedMail& mail);

}  // namespace careo
