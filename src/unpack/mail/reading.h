// SPDX-License-Identifier: Apache-2.0
// The reading of kind "mail": who wrote to whom, when, about what, in answer to which. Shape: docs/formats/mail.md.
#pragma once

#include "evidence/reading.h"
#include "unpack/mail/mime.h"
#include "unpack/mail/text.h"

namespace careo {

Reading read_mail_fields(const ParsedMail& mail, const MailText& text);

/// A name for the same mail from two mailboxes, in hexadecimal: SHA-256 over Message-ID, date in UTC, sender, subject,
/// text and attachments, with white space and ">From " folded. Message-ID alone merged 12 different mails of 84,096.
std::string mail_key(const ParsedMail& mail, const MailText& text);

/// The same for mail that is kept otherwise.
struct MailKey {
  std::string_view message_id;
  std::string_view date;  ///< ISO 8601 in UTC, or as written
  std::string_view from;  ///< the first sender's address in lower case
  std::string_view subject;
  std::string_view text;
  std::vector<Sha256> attachments;  ///< attachment_hash() of each, attached_mail_hash() where it is a mail
};
std::string mail_key(MailKey key);

/// Of an attachment as it was before it was packed into a mail: at most so many of its first bytes, with white space
/// dropped and ">From " read as "From ".
inline constexpr std::uint64_t kHashedBytes = 64ULL << 20;
Sha256 attachment_hash(Bytes decoded);
/// A mail in a mail is kept in too many shapes to be told apart by its bytes: that there is one is all that counts.
Sha256 attached_mail_hash();

}  // namespace careo
