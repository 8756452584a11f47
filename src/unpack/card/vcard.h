// SPDX-License-Identifier: Apache-2.0
// Address books and calendars as text: vCard 2.1 to 4.0 and iCalendar.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* vcard_opener();      ///< "vcard/2": a reading "card" for each card
const Opener* icalendar_opener();  ///< "icalendar/2": a reading "event", "task" or "journal" for each component

}  // namespace careo
