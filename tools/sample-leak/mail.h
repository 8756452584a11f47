// SPDX-License-Identifier: Apache-2.0
// One mail, and the bytes it travels as (RFC 5322, MIME).
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "chance.h"
#include "encoding.h"
#include "signing.h"

namespace careo::sample {

struct Address {
  std::string name;  ///< UTF-8, may be empty
  std::string mail;
};

struct Attachment {
  std::string name;  ///< UTF-8
  std::string type;  ///< media type
  std::string bytes;
};

enum class Markup { Plain, Alternative, HtmlOnly };
std::string_view name_of(Markup markup);

struct Mail {
  Instant sent = 0;
  int zone = 0;  ///< minutes east
  Address from;
  std::vector<Address> to, cc;
  std::string subject, message_id, in_reply_to;
  std::vector<std::string> references;
  std::string text;  ///< UTF-8, '\n'
  std::string charset = "utf-8";
  Transfer transfer = Transfer::EightBit;
  Markup markup = Markup::Plain;
  Word words = Word::Base64;
  std::vector<Attachment> attachments;
  std::string attached_mail;  ///< a whole mail, carried as message/rfc822
  bool incoming = false;      ///< came over the wire: Received lines, perhaps a signature
  const Key* key = nullptr;
  bool raw_subject = false;  ///< 8-bit bytes in the header, as old mailers left them
  bool altered = false;      ///< a byte of the body changed after signing
};

/// The bytes with '\n' line ends. Sets charset and transfer to what was truly used.
std::string bytes_of(Mail* mail, Chance* chance);
/// "Tue, 14 Mar 2023 09:12:33 +0300".
std::string mail_date(Instant sent, int zone);

}  // namespace careo::sample
