// SPDX-License-Identifier: Apache-2.0
// The reading "mail" of an Outlook message, in the shape that mail.md gives to all mail.
#pragma once

#include "evidence/reading.h"
#include "unpack/outlook/msg_message.h"

namespace careo {

/// `text` is the message's text; `digests` are the folded hashes of its attachments (mail_reading.h).
Reading msg_mail_reading(const MsgMessage& message, std::string_view text, std::vector<Sha256> digests);

/// Who stands for the message: the one it was sent for, then, where another sent it, that one.
std::vector<MailAddress> msg_senders(const MsgMessage& message);
std::vector<MailAddress> msg_recipients(const MsgMessage& message, MsgRecipient::As as);

}  // namespace careo
