// SPDX-License-Identifier: Apache-2.0
#include "unpack/chat.h"
#include "unpack/compound.h"
#include "unpack/database/sqlite.h"
#include "unpack/emlx.h"
#include "unpack/excel.h"
#include "unpack/locked.h"
#include "unpack/mail.h"
#include "unpack/mailbox.h"
#include "unpack/openers.h"
#include "unpack/plain_text.h"
#include "unpack/pst.h"
#include "unpack/tnef.h"
#include "unpack/vcard.h"

namespace careo {

// Locked members and messages of chats are known by their hints alone. Mailboxes before mail, since a mailbox of one
// looks like a mail behind its first line; text last, since all of these are text.
std::vector<const Opener*> light_openers() {
  return {locked_opener(), chat_message_opener(), telegram_opener(), whatsapp_opener(), mailbox_opener(), emlx_opener(),
          mail_opener(),   tnef_opener(),         msg_opener(),      compound_opener(), excel_opener(),   pst_opener(),
          sqlite_opener(), html_opener(),         table_opener(),    text_opener()};
}

}  // namespace careo
