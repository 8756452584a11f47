// SPDX-License-Identifier: Apache-2.0
// What an Outlook item is besides mail: a contact, an appointment or meeting, a task, a journal entry, a note.
#pragma once

#include <optional>

#include "unpack/card/calendar_entry.h"
#include "unpack/card/card.h"
#include "unpack/outlook/msg_message.h"

namespace careo {

/// [MS-OXOCNTC]; nothing where the item is no contact.
std::optional<Card> msg_card(const MsgMessage& message);
/// [MS-OXOCAL], [MS-OXOTASK], [MS-OXOJRNL], [MS-OXONOTE]; nothing where the item is none of them.
std::optional<CalendarEntry> msg_calendar_entry(const MsgMessage& message);

/// True for items that someone sent or is about to send: they give a reading "mail".
bool is_mail(const MsgMessage& message);

}  // namespace careo
