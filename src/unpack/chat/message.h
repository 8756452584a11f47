// SPDX-License-Identifier: Apache-2.0
// One message of a chat, in the shape that mail.md gives to mail.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "evidence/reading.h"

namespace careo {

struct ChatMessage {
  std::string program;  ///< "telegram", "whatsapp": the reading's `class`
  std::string sender;   ///< as the chat shows it; "" for what the program itself says
  std::string sender_id;
  std::string id;        ///< its number in the chat, as written; "" where none is told
  std::string reply_to;  ///< the number of what it answers
  bool deleted = false;  ///< sent by an account that is gone, so that there is no sender
  std::optional<Instant> time;
  std::optional<int> offset;  ///< minutes east of UTC; else the clock of who exported it
  std::string time_raw;
  bool day_only = false;  ///< `time_raw` is a day without a clock, so there is no time
  std::string forwarded_from;
  std::string edited;  ///< when, as written
  std::vector<std::string> attachments;
  std::string text;
  Grade grade = Grade::Unconfirmed;  ///< Doubtful where days and months could not be told apart
};

/// The reading "mail" of it.
Reading chat_reading(const ChatMessage& message, std::string_view reader);

/// A message object of Telegram's export; Malformed where it is none.
Result<ChatMessage> telegram_message(std::string_view json);

/// In which order WhatsApp's dates are written: it follows the phone.
enum class DateOrder { DayFirst, MonthFirst, YearFirst };

/// The beginning of a message in WhatsApp's export, and what stands in it.
struct WhatsappLine {
  unsigned numbers[3] = {};  ///< of the date, as written
  int hour = 0;
  int minute = 0;
  int second = 0;
  bool twelve_hours = false;
  std::string_view stamp;   ///< date and time as written
  std::string_view sender;  ///< "" where the program speaks
  std::string_view text;    ///< what is left of the line
};
/// Nothing where no message begins with `line` (without its line end).
std::optional<WhatsappLine> whatsapp_line(std::string_view line);
/// The day that it is, where there is such a day.
std::optional<Date> whatsapp_date(const WhatsappLine& line, DateOrder order);
/// A whole message, its first line and those that follow.
Result<ChatMessage> whatsapp_message(std::string_view text, DateOrder order);

}  // namespace careo
