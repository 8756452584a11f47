// SPDX-License-Identifier: Apache-2.0
#include "unpack/chat/message.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/json.h"
#include "base/text.h"
#include "unpack/mail/reading.h"

namespace careo {
namespace {

// Marks that WhatsApp puts before names, numbers and files so that they stand in their own direction.
constexpr auto kMarks =
    std::to_array<std::string_view>({"\u200E", "\u200F", "\u202A", "\u202C", "\u2068", "\u2069", "\uFEFF"});

std::string_view without_marks(std::string_view text) {
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view mark : kMarks) {
      if (text.starts_with(mark)) text.remove_prefix(mark.size());
      if (text.ends_with(mark)) text.remove_suffix(mark.size());
      found = found || text.starts_with(mark) || text.ends_with(mark);
    }
  }
  return text;
}

/// Takes what `text` begins with.
bool eat(std::string_view* text, std::string_view begin) {
  if (!text->starts_with(begin)) return false;
  text->remove_prefix(begin.size());
  return true;
}

/// A blank, of the usual width or a narrow one that does not break.
bool eat_blank(std::string_view* text) {
  return eat(text, " ") || eat(text, "\u202F") || eat(text, "\u00A0");
}

std::optional<unsigned> eat_number(std::string_view* text, std::size_t most_digits) {
  unsigned value = 0;
  const char* end = text->data() + std::min(text->size(), most_digits);
  const auto parsed = std::from_chars(text->data(), end, value);
  if (parsed.ec != std::errc()) return std::nullopt;
  text->remove_prefix(static_cast<std::size_t>(parsed.ptr - text->data()));
  return value;
}

bool eat_date(std::string_view* text, WhatsappLine* out) {
  const auto first = eat_number(text, 4);
  if (!first || text->empty()) return false;
  const char separator = text->front();
  if (separator != '/' && separator != '.' && separator != '-') return false;
  text->remove_prefix(1);
  const auto second = eat_number(text, 2);
  if (!second || !eat(text, std::string_view(&separator, 1))) return false;
  const auto third = eat_number(text, 4);
  if (!third) return false;
  out->numbers[0] = *first;
  out->numbers[1] = *second;
  out->numbers[2] = *third;
  return true;
}

bool eat_time(std::string_view* text, WhatsappLine* out) {
  const auto hour = eat_number(text, 2);
  if (!hour || !(eat(text, ":") || eat(text, "."))) return false;
  const auto minute = eat_number(text, 2);
  if (!minute || *hour > 24 || *minute > 59) return false;
  out->hour = static_cast<int>(*hour % 24);
  out->minute = static_cast<int>(*minute);
  if (eat(text, ":") || eat(text, ".")) {
    const auto second = eat_number(text, 2);
    if (!second || *second > 60) return false;
    out->second = static_cast<int>(*second);
  }
  std::string_view rest = *text;
  eat_blank(&rest);
  constexpr auto kHalves =
      std::to_array<std::string_view>({"a.m.", "p.m.", "a. m.", "p. m.", "a.\u00A0m.", "p.\u00A0m.", "am", "pm"});
  for (const std::string_view half : kHalves) {
    if (!starts_with_ignoring_case(rest, half)) continue;
    out->twelve_hours = true;
    out->hour = out->hour % 12 + (lower_ascii(rest.front()) == 'p' ? 12 : 0);
    rest.remove_prefix(half.size());
    *text = rest;
    break;
  }
  return true;
}

/// Names of files: "IMG-20210304-WA0001.jpg (file attached)" in the language of the phone, "<attached:
/// 0001-PHOTO.jpg>".
std::string attachment_in(std::string_view line) {
  line = without_marks(trim(line));
  const auto is_file = [](std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot != name.npos && dot > 0 && name.size() - dot >= 3 && name.size() - dot <= 5 &&
           name.find('/') == name.npos;
  };
  if (line.starts_with('<') && line.ends_with('>')) {
    const std::size_t colon = line.find(": ");
    if (colon == line.npos) return {};
    const std::string_view name = without_marks(line.substr(colon + 2, line.size() - colon - 3));
    return is_file(name) ? std::string(name) : std::string();
  }
  const std::size_t bracket = line.rfind(" (");
  if (bracket == line.npos || !line.ends_with(')')) return {};
  const std::string_view name = line.substr(0, bracket);
  return is_file(name) ? std::string(name) : std::string();
}

}  // namespace

Reading chat_reading(const ChatMessage& message, std::string_view reader) {
  JsonWriter json;
  json.object().key("from").array();
  if (!message.sender.empty() || !message.sender_id.empty())
    json.object().member("name", message.sender).member("address", message.sender_id).end();
  json.end();
  for (const char* none : {"to", "cc", "bcc"}) json.key(none).array().end();
  const std::string date = message.time ? iso(*message.time) : std::string();
  json.key("date");
  if (message.time) {
    json.text(date);
  } else {
    json.null();
  }
  json.member("date_raw", message.time_raw).key("offset");
  if (message.offset) {
    json.number(std::int64_t{*message.offset});
  } else {
    json.null();
  }
  json.member("subject", "").member("message_id", "");
  for (const char* none : {"in_reply_to", "references"}) json.key(none).array().end();
  json.key("attachments").array();
  for (const std::string& name : message.attachments) json.object().member("name", name).member("media_type", "").end();
  json.end().member("signature", "unsigned");
  const std::string from = lower_ascii(message.sender_id.empty() ? message.sender : message.sender_id);
  json.member(
      "key",
      mail_key(MailKey{
          .message_id = {}, .date = date, .from = from, .subject = {}, .text = message.text, .attachments = {}}));
  json.member("class", message.program);
  if (!message.forwarded_from.empty()) json.member("forwarded_from", message.forwarded_from);
  if (!message.edited.empty()) json.member("edited", message.edited);
  if (!message.id.empty()) json.member("id", message.id);
  if (!message.reply_to.empty()) json.member("reply_to", message.reply_to);
  Reading out;
  out.kind = "mail";
  out.value = json.end().take();
  out.grade = message.grade;
  out.reader = reader;
  return out;
}

std::optional<WhatsappLine> whatsapp_line(std::string_view line) {
  WhatsappLine out;
  std::string_view rest = without_marks(line);
  const bool bracket = eat(&rest, "[");
  const char* begin = rest.data();
  if (!eat_date(&rest, &out)) return std::nullopt;
  const bool comma = eat(&rest, ",");
  if (!eat_blank(&rest) || !eat_time(&rest, &out)) return std::nullopt;
  // Logs of servers begin so as well: with the year, without a comma.
  if (!bracket && !comma && out.numbers[0] > 31) return std::nullopt;
  out.stamp = std::string_view(begin, static_cast<std::size_t>(rest.data() - begin));
  if (!(bracket ? eat(&rest, "] ") : eat(&rest, " - "))) return std::nullopt;
  const std::size_t colon = rest.find(": ");
  constexpr std::size_t kLongestName = 200;
  const bool said = colon != rest.npos && colon <= kLongestName;
  // A message of nothing but line ends has its colon at the end.
  const bool bare = !said && rest.ends_with(':') && rest.size() <= kLongestName;
  if (said) out.sender = without_marks(trim(rest.substr(0, colon)));
  if (bare) out.sender = without_marks(trim(rest.substr(0, rest.size() - 1)));
  out.text = said ? rest.substr(colon + 2) : bare ? std::string_view() : rest;
  return out;
}

std::optional<Date> whatsapp_date(const WhatsappLine& line, DateOrder order) {
  const auto number = [&](std::size_t i) { return static_cast<int>(line.numbers[i]); };
  Date out{number(2), number(1), number(0)};
  if (order == DateOrder::MonthFirst) out = {number(2), number(0), number(1)};
  if (order == DateOrder::YearFirst) out = {number(0) > 31 ? number(0) : 0, number(1), number(2)};  // in full
  if (order != DateOrder::YearFirst && out.year < 100) out.year += 2000;  // WhatsApp is of 2009
  if (out.year < 1900 || !is_valid(out)) return std::nullopt;
  return out;
}

Result<ChatMessage> whatsapp_message(std::string_view text, DateOrder order) {
  const std::size_t end = text.find('\n');
  std::string_view first = text.substr(0, end);
  if (first.ends_with('\r')) first.remove_suffix(1);
  const auto line = whatsapp_line(first);
  if (!line) return fail(Fault::Malformed, "no message of WhatsApp");
  ChatMessage out;
  out.program = "whatsapp";
  out.sender = clean_utf8(line->sender).text;
  out.time_raw = clean_utf8(line->stamp).text;
  if (const auto day = whatsapp_date(*line, order))
    out.time = instant_of(*day, line->hour, line->minute, line->second, 0);
  out.text = clean_utf8(line->text).text;
  if (end != text.npos) out.text += "\n" + clean_utf8(text.substr(end + 1)).text;
  while (!out.text.empty() && (out.text.back() == '\n' || out.text.back() == '\r')) out.text.pop_back();
  for (const std::string_view each : split(out.text, '\n')) {
    std::string name = attachment_in(each);
    if (!name.empty()) out.attachments.push_back(std::move(name));
  }
  return out;
}

}  // namespace careo
