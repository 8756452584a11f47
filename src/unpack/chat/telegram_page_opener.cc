// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "unpack/chat/chat.h"
#include "unpack/chat/messages.h"
#include "unpack/chat/telegram_page.h"
#include "unpack/sniff.h"
#include "unpack/text/charset.h"
#include "unpack/text/html_text.h"

namespace careo {
namespace {

/// The chat's name, as the page shows it on top.
std::string chat_of(std::string_view head) {
  constexpr std::string_view kName = "<div class=\"text bold\">";
  const std::size_t at = head.find(kName);
  if (at == head.npos) return {};
  const std::string_view name = head.substr(at + kName.size());
  return clean_utf8(trim(html_text(name.substr(0, name.find("</div>"))).utf8)).text;
}

class TelegramPageOpener : public Opener {
 public:
  std::string_view name() const override { return "telegram-page/1"; }
  bool may(Bytes head, const Hints&) const override {
    return sniff(head) == "text/html" && is_telegram_page(text_of(head));
  }

  // All that is no message (the chat's name, the days, what strays) is the text of the page.
  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    const Bytes view = TRY(part.at(0, std::min(part.size(), budget.text_bytes)));
    const Buffer bytes(view.begin(), view.end());
    const std::string_view html = text_of(bytes);
    sink.media_type("text/x-telegram-page");
    Messages messages(budget, sink);
    std::vector<PageMessage> found = telegram_page_messages(html);
    const bool ends = html.find("</html>", found.empty() ? 0 : found.back().run.end()) != html.npos;
    const bool torn = !ends && !found.empty() && !found.back().whole;
    const ByteRun last = torn ? found.back().run : ByteRun{html.size(), 0};
    if (torn) found.pop_back();
    const std::string chat = chat_of(html.substr(0, found.empty() ? last.offset : found.front().run.offset));
    std::string rest;
    std::size_t at = 0;
    for (const PageMessage& message : found) {
      between(html, {at, message.run.offset - at}, at > 0, &messages, &rest);
      TRY(messages.give(message.run, chat, message.context.print()));
      if (!message.whole)
        messages.unread({}, "a message without its end, at byte " + std::to_string(message.run.offset));
      at = message.run.end();
    }
    // What a cut leaves of a tag is no stray.
    between(html, {at, last.offset - at}, at > 0 && (ends || torn), &messages, &rest);
    if (torn)
      messages.unread(last, "the page is cut off inside of a message; what came behind is not here");
    else if (!ends)
      messages.unread({}, "the page is cut off; what came behind is not here");
    if (html.size() < part.size()) messages.unread({html.size(), part.size() - html.size()}, "text limit");
    messages.settle(part.size());
    TRY(give_chat_text(clean_utf8(html_text(rest).utf8).text, Grade::Checked, name(), sink));
    return give_chat_text(clean_utf8(html_text(html.substr(last.offset)).utf8).text, Grade::Doubtful, name(), sink);
  }

 private:
  /// Days and links to the pages before and behind stand among the messages; other words were one once.
  static void between(std::string_view html, ByteRun run, bool among, Messages* messages, std::string* rest) {
    const std::string_view gap = html.substr(run.offset, run.length);
    *rest += gap;
    *rest += '\n';
    const bool known = gap.find("class=\"pagination ") != gap.npos || gap.find("id=\"message-") != gap.npos;
    if (among && !known && !trim(html_text(gap).utf8).empty()) messages->stray(run);
  }
};

}  // namespace

const Opener* telegram_page_opener() {
  static const TelegramPageOpener opener;
  return &opener;
}

}  // namespace careo
