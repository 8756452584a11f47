// SPDX-License-Identifier: Apache-2.0
// Chats as their programs export them: Telegram's result.json and messages.html,
// WhatsApp's text. Each message is a part, so that it
// is found by its sender and its day as a mail is.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* telegram_opener();       ///< "telegram/2": an export in JSON, cut into messages
const Opener* telegram_page_opener();  ///< "telegram-page/1": a page of an export in HTML, cut into messages
const Opener* whatsapp_opener();       ///< "whatsapp/1": an export in text, cut into messages
const Opener* chat_message_opener();   ///< "chat/4": one message of any of them, which the hints tell

}  // namespace careo
