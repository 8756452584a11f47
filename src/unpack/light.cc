// SPDX-License-Identifier: Apache-2.0
#include "unpack/card/vcard.h"
#include "unpack/chat/chat.h"
#include "unpack/cipher.h"
#include "unpack/cms/cms.h"
#include "unpack/compound/compound.h"
#include "unpack/database/sqlite.h"
#include "unpack/locked.h"
#include "unpack/mail/emlx.h"
#include "unpack/mail/mail.h"
#include "unpack/mail/mailbox.h"
#include "unpack/office/excel.h"
#include "unpack/openers.h"
#include "unpack/outlook/pst.h"
#include "unpack/outlook/tnef.h"
#include "unpack/text/plain_text.h"

namespace careo {

// Locked members and messages of chats are known by their hints alone. Mailboxes before mail, since a mailbox of one
// looks like a mail behind its first line; text last, since all of these are text.
std::vector<const Opener*> light_openers() {
  return {locked_opener(),     chat_message_opener(), telegram_opener(),  telegram_page_opener(), whatsapp_opener(),
          mailbox_opener(),    emlx_opener(),         mail_opener(),      cms_opener(),           tnef_opener(),
          msg_opener(),        compound_opener(),     excel_opener(),     pst_opener(),           sqlite_opener(),
          sqlite_log_opener(), vcard_opener(),        icalendar_opener(), html_opener(),          table_opener(),
          text_opener()};
}

void warm_up_light() {
  warm_up_ciphers();
}

}  // namespace careo
