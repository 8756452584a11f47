// SPDX-License-Identifier: Apache-2.0
// A page of Telegram's export in HTML (messages.html, messages2.html): where its messages stand, and each of them in
// the shape of the export in JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "unpack/account.h"
#include "unpack/chat/message.h"

namespace careo {

constexpr std::string_view kTelegramPage = "message/x-telegram-page";

/// What a message leaves to those before it: one that is "joined" says no sender, and what the program itself tells
/// (a "service" message) has no clock, only the day that stands above it.
struct PageContext {
  std::string sender;     ///< as shown
  std::string forwarded;  ///< the same of what it forwards
  std::string day;        ///< "4 March 2021"

  /// As a media type, since it changes how the bytes read: "message/x-telegram-page;from=Anna%20Specimen".
  std::string print() const;
  /// Malformed unless `media_type` is what print() gives.
  static Result<PageContext> parse(std::string_view media_type);
};

struct PageMessage {
  ByteRun run;
  bool whole = true;    ///< false where its end is missing
  PageContext context;  ///< only what this message needs
};

/// Whether `html` begins a page of a chat.
bool is_telegram_page(std::string_view html);
/// In order. The days above the messages are none. Linear in the page.
std::vector<PageMessage> telegram_page_messages(std::string_view html);
/// The message that `html` begins with; Malformed where there is none.
Result<ChatMessage> telegram_page_message(std::string_view html, const PageContext& context);

}  // namespace careo
