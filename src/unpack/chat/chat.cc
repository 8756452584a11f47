// SPDX-License-Identifier: Apache-2.0
#include "unpack/chat/chat.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "unpack/account.h"
#include "unpack/chat/message.h"
#include "unpack/chat/messages.h"
#include "unpack/chat/scan.h"
#include "unpack/chat/telegram_page.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::string_view kTelegram = "message/x-telegram";
constexpr std::string_view kWhatsapp = "message/x-whatsapp";
/// What the hints of a message of WhatsApp say of its dates, since one message alone cannot.
struct Order {
  DateOrder order;
  std::string_view word;
};
constexpr auto kOrders = std::to_array<Order>(
    {{DateOrder::DayFirst, "-dmy"}, {DateOrder::MonthFirst, "-mdy"}, {DateOrder::YearFirst, "-ymd"}});
constexpr std::string_view kUnsure = "-unsure";
constexpr std::size_t kLongestDate = 40;

// --- Telegram -------------------------------------------------------------------------------------------------------

constexpr auto kChats = std::to_array<std::string_view>(
    {"\"personal_chat\"", "\"bot_chat\"", "\"saved_messages\"", "\"private_group\"", "\"private_supergroup\"",
     "\"public_supergroup\"", "\"private_channel\"", "\"public_channel\""});

class TelegramOpener : public Opener {
 public:
  std::string_view name() const override { return "telegram/2"; }
  bool may(Bytes head, const Hints&) const override {
    std::string_view text = trim(text_of(head));
    if (text.starts_with("\xEF\xBB\xBF")) text = trim(text.substr(3));
    if (!text.starts_with('{')) return false;
    const auto has = [&](std::string_view word) { return text.find(word) != text.npos; };
    // An export of everything begins with a letter to its owner and with the contacts.
    const std::string_view front = text.substr(0, 4096);
    if (front.find("\"Here is the data you requested") != text.npos) return true;
    // One of a single chat says first what kind of chat it is, so that even a torn one is known.
    if (std::any_of(kChats.begin(), kChats.end(),
                    [&](std::string_view kind) { return front.find(kind) != front.npos; }))
      return has("\"name\"") && (has("\"messages\"") || text.size() == front.size());
    return has("\"messages\"") && has("\"id\"") &&
           (has("\"from_id\"") || has("\"actor_id\"") || has("\"date_unixtime\""));
  }

  // All that is no message (names of chats, contacts, sessions) is the text of the export itself.
  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    sink.media_type("application/x-telegram-export");
    Messages messages(budget, sink);
    TelegramScan scan;
    std::string rest;
    bool cut = false;
    constexpr std::uint64_t kWindow = 1U << 20U;
    for (std::uint64_t at = 0; at < part.size();) {
      const Bytes window = TRY(part.at(at, kWindow));
      if (window.empty()) break;
      // The view does not outlive what the sink may ask of the part.
      const Buffer bytes(window.begin(), window.end());
      for (const std::uint8_t byte : bytes) {
        const bool beside = scan.take(byte, at++);
        cut = cut || (beside && rest.size() >= budget.text_bytes);
        if (beside && !cut) rest += static_cast<char>(byte);
        if (const auto run = scan.finished()) TRY(messages.give(*run, scan.chat(), std::string(kTelegram)));
        if (const auto run = scan.stray()) messages.stray(*run);
      }
    }
    scan.end();
    if (const auto run = scan.stray()) messages.stray(*run);
    const std::optional<ByteRun> torn = scan.unfinished(part.size());
    if (torn)
      messages.unread(*torn, "the export is cut off inside of a message; what came behind is not here");
    else if (scan.cut_off())
      messages.unread({}, "the export is cut off; what came behind is not here");
    if (cut) messages.unread({}, "limit: more than " + std::to_string(budget.text_bytes) + " bytes of text");
    messages.settle(part.size());
    CleanText clean = clean_utf8(rest);
    TRY(give_chat_text(std::move(clean.text), clean.replaced > 0 ? Grade::Unconfirmed : Grade::Checked, name(), sink));
    if (!torn) return {};
    // Words of the torn message are found all the same.
    const Bytes words = TRY(part.at(torn->offset, std::min(torn->length, budget.text_bytes)));
    return give_chat_text(clean_utf8(text_of(words)).text, Grade::Doubtful, name(), sink);
  }
};

// --- WhatsApp -------------------------------------------------------------------------------------------------------

/// Where messages begin, and what their dates tell of the order of day and month.
struct WhatsappScan {
  std::vector<std::uint64_t> begins;
  std::vector<std::string> senders;
  std::array<std::uint64_t, 3> against{};  // by DateOrder: how often it is impossible or goes back in time
  std::array<std::int64_t, 3> last{};
  bool twelve_hours = false;

  void line(std::string_view text, std::uint64_t offset) {
    const auto found = whatsapp_line(text);
    if (!found) return;
    begins.push_back(offset);
    senders.push_back(clean_utf8(found->sender).text);
    twelve_hours = twelve_hours || found->twelve_hours;
    for (std::size_t i = 0; i < kOrders.size(); ++i) {
      const std::int64_t day = day_of(*found, kOrders[i].order);
      if (day == 0 || day + 1 < last[i]) ++against[i];
      if (day != 0) last[i] = day;
    }
  }
  /// The order that fits best, and whether another fits as well.
  std::pair<Order, bool> order() const {
    const std::uint64_t best = *std::min_element(against.begin(), against.end());
    const bool day_and_month = against[0] == best && against[1] == best;
    // Clocks of twelve hours go with months first more often than not.
    if (day_and_month) return {kOrders[twelve_hours ? 1 : 0], true};
    for (std::size_t i = 0; i < kOrders.size(); ++i)
      if (against[i] == best) return {kOrders[i], false};
    return {kOrders[0], true};
  }

 private:
  static std::int64_t day_of(const WhatsappLine& line, DateOrder order) {
    const auto date = whatsapp_date(line, order);
    return date ? days_from_civil(*date) : 0;
  }
};

class WhatsappOpener : public Opener {
 public:
  std::string_view name() const override { return "whatsapp/1"; }
  // Two messages at least; text before the first one would make it another kind of file.
  bool may(Bytes head, const Hints& hints) const override {
    if (!hints.media_type.empty() && hints.media_type != "text/plain") return false;
    const std::string_view text = text_of(head);
    if (!whatsapp_line(first_line(text))) return false;
    int found = 0;
    for (std::size_t at = 0; at < text.size() && found < 2;) {
      found += whatsapp_line(first_line(text.substr(at))) ? 1 : 0;
      const std::size_t end = text.find('\n', at);
      if (end == text.npos) break;
      at = end + 1;
    }
    return found >= 2;
  }

  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    constexpr std::uint64_t kMost = 256U << 20U;  // held whole
    if (part.size() > kMost) return fail(Fault::Refused, "limit: a chat of more than 256 MiB");
    const Bytes view = TRY(part.at(0, part.size()));
    const Buffer bytes(view.begin(), view.end());
    const std::string_view text = text_of(bytes);
    sink.media_type("text/x-whatsapp");
    WhatsappScan scan;
    for (std::size_t at = 0; at < text.size();) {
      scan.line(first_line(text.substr(at)), at);
      const std::size_t end = text.find('\n', at);
      at = end == text.npos ? text.size() : end + 1;
    }
    const auto [order, unsure] = scan.order();
    const std::string type = std::string(kWhatsapp).append(order.word).append(unsure ? kUnsure : "");
    Messages messages(budget, sink);
    for (std::size_t i = 0; i < scan.begins.size(); ++i) {
      const std::uint64_t end = i + 1 < scan.begins.size() ? scan.begins[i + 1] : text.size();
      TRY(messages.give({scan.begins[i], end - scan.begins[i]}, std::move(scan.senders[i]), type));
    }
    messages.settle(part.size());
    return {};
  }

 private:
  static std::string_view first_line(std::string_view text) {
    std::string_view line = text.substr(0, text.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }
};

// --- one message ----------------------------------------------------------------------------------------------------

class ChatMessageOpener : public Opener {
 public:
  std::string_view name() const override { return "chat/4"; }
  bool may(Bytes, const Hints& hints) const override {
    return hints.media_type == kTelegram || hints.media_type.starts_with(kTelegramPage) ||
           hints.media_type.starts_with(kWhatsapp);
  }
  Result<void> open(PartBytes& part, const Hints& hints, const Budget& budget, Sink& sink) const override {
    const Bytes bytes = TRY(part.at(0, std::min(part.size(), budget.text_bytes)));
    const std::string text(text_of(bytes));
    sink.media_type(hints.media_type.starts_with(kTelegram) ? kTelegram : kWhatsapp);
    Account account;
    if (text.size() < part.size()) account.unread({text.size(), part.size() - text.size()}, "text limit", sink);
    const Result<ChatMessage> message = read(text, hints);
    if (!message) account.unread({}, message.error().text(), sink);
    if (message && !message->time && !message->time_raw.empty() && !message->day_only)
      account.unread({}, "an impossible date: " + message->time_raw.substr(0, kLongestDate), sink);
    account.settle(part.size(), sink);
    // What is no message in the end is text all the same.
    if (!message) return give_chat_text(clean_utf8(text).text, Grade::Unconfirmed, name(), sink);
    TRY(sink.reading(chat_reading(*message, name())));
    return give_chat_text(message->text, Grade::Checked, name(), sink);
  }

 private:
  static Result<ChatMessage> read(const std::string& text, const Hints& hints) {
    if (hints.media_type == kTelegram) return telegram_message(text);
    if (hints.media_type.starts_with(kTelegramPage))
      return telegram_page_message(clean_utf8(text).text, TRY(PageContext::parse(hints.media_type)));
    const std::string_view rest = std::string_view(hints.media_type).substr(kWhatsapp.size());
    for (const Order& order : kOrders) {
      if (!rest.starts_with(order.word)) continue;
      ChatMessage out = TRY(whatsapp_message(text, order.order));
      if (rest.ends_with(kUnsure)) out.grade = Grade::Doubtful;
      return out;
    }
    return fail(Fault::Malformed, "no order of dates is said");
  }
};

}  // namespace

const Opener* telegram_opener() {
  static const TelegramOpener opener;
  return &opener;
}

const Opener* whatsapp_opener() {
  static const WhatsappOpener opener;
  return &opener;
}

const Opener* chat_message_opener() {
  static const ChatMessageOpener opener;
  return &opener;
}

}  // namespace careo
