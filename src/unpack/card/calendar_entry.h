// SPDX-License-Identifier: Apache-2.0
// An appointment, a task, a journal entry or a note, whatever file it came from (iCalendar, Outlook), and its reading
// of kind "event", "task", "journal" or "note". Shape: docs/formats/outlook.md.
#pragma once

#include <string>
#include <vector>

#include "evidence/reading.h"
#include "unpack/mail/address.h"

namespace careo {

struct CalendarEntry {
  std::string kind = "event";
  std::string subject;
  std::string start, end, due, completed;  ///< instants or days as ISO 8601, or as written with their zone
  std::string zone;                        ///< of `start`, where it is written without an offset
  bool all_day = false;
  std::string location;
  std::vector<MailAddress> organiser;
  std::vector<MailAddress> attendees;
  std::string status;      ///< "tentative", "confirmed", "cancelled", "needs-action", ...
  std::string recurrence;  ///< as written, or in words
  std::string uid;
  std::vector<std::string> categories;
  std::vector<std::pair<std::string, std::string>> other;
  std::string text;
};

Reading calendar_reading(const CalendarEntry& entry, std::string_view reader);
std::string calendar_text(const CalendarEntry& entry);

}  // namespace careo
