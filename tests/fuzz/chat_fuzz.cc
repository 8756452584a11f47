// SPDX-License-Identifier: Apache-2.0
// Any bytes as an export of a chat, and as one message of it.
#include "fuzz/opener_check.h"
#include "unpack/chat/chat.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  const Bytes bytes(data, size);
  for (const Opener* opener : {telegram_opener(), telegram_page_opener(), whatsapp_opener()})
    for (const Child& child : check_opener(*opener, bytes).children)
      check_opener(*chat_message_opener(), *take_step(bytes, child.step), child.hints);
  for (const char* type : {"message/x-telegram", "message/x-telegram-page;from=Anna", "message/x-whatsapp-mdy",
                           "message/x-whatsapp-ymd-unsure"})
    check_opener(*chat_message_opener(), bytes, {.media_type = type, .charset = {}, .password = {}});
  return 0;
}
