// SPDX-License-Identifier: Apache-2.0
// A message of Telegram's export in JSON. Its program writes what the message has; what is not known here is text by
// the name it is written under, so that nothing new is lost.
#include <algorithm>
#include <array>
#include <charconv>

#include "base/json.h"
#include "base/text.h"
#include "unpack/chat/message.h"

namespace careo {
namespace {

void add_line(std::string_view line, std::string* text) {
  if (line.empty()) return;
  if (!text->empty() && text->back() != '\n') *text += '\n';
  *text += line;
}

/// Text is a string, or a list of strings and of objects with a `text`.
std::string text_of(const Json& text) {
  if (text.type() == Json::Type::Text) return text.text();
  std::string out;
  for (const Json& item : text.items()) out += item.type() == Json::Type::Text ? item.text() : item["text"].text();
  return out;
}

/// Where words lead that say something else, and whom they name.
void add_links(const Json& text, std::string* out) {
  for (const Json& item : text.items()) {
    const std::string& href = item["href"].text();
    if (!href.empty() && href != item["text"].text()) add_line("[link: " + href + "]", out);
    if (item["user_id"].integer() != 0)
      add_line("[" + item["text"].text() + ": user" + std::to_string(item["user_id"].integer()) + "]", out);
  }
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
  add_line(text_of(json["poll"]["question"]), &out->text);
  for (const Json& answer : json["poll"]["answers"].items()) {
    const std::int64_t voters = answer["voters"].integer();
    const bool chosen = answer["chosen"].boolean();
    add_line("- " + text_of(answer["text"]) + (voters > 0 ? " (" + std::to_string(voters) + ")" : "") +
                 (chosen ? " [chosen]" : ""),
             &out->text);
  }
  for (const char* kind : {"file", "photo"}) {
    const std::string& path = json[kind].text();
    // "(File not included. Change data exporting settings to download.)" is no path.
    if (path.empty()) continue;
    if (!path.starts_with('(')) out->attachments.push_back(path);
    add_line("[" + std::string(kind) + ": " + path + "]", &out->text);
  }
}

/// Rows of buttons below a message: what stands on them, and what they do.
void add_buttons(const Json& rows, std::string* text) {
  for (const Json& row : rows.items())
    for (const Json& button : row.items()) {
      const std::string& does = button["data"].text();
      add_line("[button: " + button["text"].text() + (does.empty() ? "" : " | " + does) + "]", text);
    }
}

/// How often, and by whom as far as it is told.
void add_reactions(const Json& reactions, std::string* text) {
  for (const Json& reaction : reactions.items()) {
    std::string line = "[reaction: ";
    line += reaction["emoji"].text().empty() ? reaction["type"].text() : reaction["emoji"].text();
    if (reaction["count"].integer() > 0) line += " " + std::to_string(reaction["count"].integer());
    for (const Json& by : reaction["recent"].items()) {
      line += ", " + (by["from"].text().empty() ? by["from_id"].text() : by["from"].text());
      if (!by["date"].text().empty()) line += " " + by["date"].text();
    }
    add_line(line + "]", text);
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

/// Told elsewhere, or measures of pictures and files.
bool is_known(std::string_view key) {
  constexpr auto kKeys = std::to_array<std::string_view>({"id",
                                                          "type",
                                                          "date",
                                                          "date_unixtime",
                                                          "edited",
                                                          "edited_unixtime",
                                                          "from",
                                                          "from_id",
                                                          "actor",
                                                          "actor_id",
                                                          "text",
                                                          "text_entities",
                                                          "photo",
                                                          "file",
                                                          "forwarded_from",
                                                          "reply_to_message_id",
                                                          "action",
                                                          "members",
                                                          "location_information",
                                                          "inline_bot_buttons",
                                                          "reactions",
                                                          "width",
                                                          "height",
                                                          "thumbnail",
                                                          "thumbnail_file_size",
                                                          "file_size",
                                                          "photo_file_size",
                                                          "mime_type",
                                                          "media_type",
                                                          "duration_seconds"});
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
}

/// Of what is known in part: the keys that are left.
bool is_known_inside(std::string_view key) {
  constexpr auto kKeys =
      std::to_array<std::string_view>({"contact_information first_name", "contact_information last_name",
                                       "contact_information phone_number", "poll question", "poll answers"});
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
}

/// "[key: value]" for each value, a key inside of another behind its name.
void add_rest(const std::string& key, const Json& value, int depth, std::string* text) {
  constexpr int kDeepest = 8;
  if (is_known_inside(key)) return;
  switch (value.type()) {
    case Json::Type::Null: return;
    case Json::Type::Text:
      if (!trim(value.text()).empty()) add_line("[" + key + ": " + value.text() + "]", text);
      return;
    case Json::Type::Array:
    case Json::Type::Object: break;
    default: add_line("[" + key + ": " + JsonWriter().value(value).take() + "]", text); return;
  }
  if (depth == kDeepest) return add_line("[" + key + ": " + JsonWriter().value(value).take() + "]", text);
  for (const Json& item : value.items()) add_rest(key, item, depth + 1, text);
  for (const auto& [name, item] : value.members()) add_rest(key + " " + name, item, depth + 1, text);
}

}  // namespace

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
  add_links(json["text"], &out.text);
  if (service) add_action(json, &out);
  add_extras(json, &out);
  add_buttons(json["inline_bot_buttons"], &out.text);
  add_reactions(json["reactions"], &out.text);
  for (const auto& [key, value] : json.members())
    if (!is_known(key) && !(service && key == "title")) add_rest(key, value, 0, &out.text);
  return out;
}

}  // namespace careo
