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

/// Text in Telegram's export is a string, or a list of strings and of objects with a `text`.
std::string text_of(const Json& text) {
  if (text.type() == Json::Type::Text) return text.text();
  std::string out;
  for (const Json& item : text.items()) out += item.type() == Json::Type::Text ? item.text() : item["text"].text();
  return out;
}

void add_line(std::string_view line, std::string* text) {
  if (line.empty()) return;
  if (!text->empty() && text->back() != '\n') *text += '\n';
  *text += line;
}

/// "2021-03-04T05:06:07", of no zone; nothing where there is no such day or no such time.
std::optional<Instant> clock_time(std::string_view text) {
  const auto day = parse_iso_date(text.substr(0, 10));
  if (!day) return std::nullopt;
  int clock[3] = {};
  for (std::size_t i = 0; i < 3 && text.size() >= 13 + i * 3; ++i)
    std::from_chars(text.data() + 11 + i * 3, text.data() + 13 + i * 3, clock[i]);
  if (clock[0] < 0 || clock[0] > 23 || clock[1] < 0 || clock[1] > 59 || clock[2] < 0 || clock[2] > 60)
    return std::nullopt;
  return instant_of(*day, clock[0], clock[1], clock[2], 0);
}

/// What a message carries that is no text, as text.
void add_extras(const Json& json, ChatMessage* out) {
  const Json& card = json["contact_information"];
  add_line(trim(card["first_name"].text() + " " + card["last_name"].text() + " " + card["phone_number"].text()),
           &out->text);
  const Json& place = json["location_information"];
  if (!place.is_null())
    add_line("[location: " + JsonWriter().value(place["latitude"]).take() + ", " +
                 JsonWriter().value(place["longitude"]).take() + "]",
             &out->text);
  add_line(json["poll"]["question"].text(), &out->text);
  for (const Json& answer : json["poll"]["answers"].items()) add_line("- " + answer["text"].text(), &out->text);
  for (const char* kind : {"file", "photo"}) {
    const std::string& path = json[kind].text();
    // "(File not included. Change data exporting settings to download.)" is no path.
    if (path.empty()) continue;
    if (!path.starts_with('(')) out->attachments.push_back(path);
    add_line("[" + std::string(kind) + ": " + path + "]", &out->text);
  }
}

/// What happened, where nobody says anything: "[invite_members: A, B]".
void add_action(const Json& json, ChatMessage* out) {
  std::string line = "[" + json["action"].text();
  std::string names;
  for (const Json& member : json["members"].items()) names += (names.empty() ? "" : ", ") + member.text();
  if (!json["title"].text().empty()) names += (names.empty() ? "" : ", ") + json["title"].text();
  if (!names.empty()) line += ": " + names;
  add_line(line + "]", &out->text);
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

Result<ChatMessage> telegram_message(std::string_view text) {
  const Json json = TRY(Json::parse(text));
  if (json.type() != Json::Type::Object || !json.has("id")) return fail(Fault::Malformed, "no message of Telegram");
  ChatMessage out;
  out.program = "telegram";
  const bool service = json["type"].text() == "service";
  out.sender = json[service ? "actor" : "from"].text();
  out.sender_id = json[service ? "actor_id" : "from_id"].text();
  out.time_raw = json["date"].text();
  std::int64_t seconds = 0;
  const std::string& unix = json["date_unixtime"].text();
  if (std::from_chars(unix.data(), unix.data() + unix.size(), seconds).ec == std::errc() && seconds > 0 &&
      seconds < 1LL << 40U) {
    out.time = seconds;
    out.offset = 0;
  } else {
    out.time = clock_time(out.time_raw);
  }
  out.forwarded_from = json["forwarded_from"].text();
  out.edited = json["edited"].text();
  if (json["id"].integer() != 0) out.id = std::to_string(json["id"].integer());
  if (json["reply_to_message_id"].integer() != 0) out.reply_to = std::to_string(json["reply_to_message_id"].integer());
  if (!out.forwarded_from.empty()) out.text = "[forwarded from " + out.forwarded_from + "]";
  add_line(text_of(json["text"]), &out.text);
  if (service) add_action(json, &out);
  add_extras(json, &out);
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
