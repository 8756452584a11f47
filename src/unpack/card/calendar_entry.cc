// SPDX-License-Identifier: Apache-2.0
#include "unpack/card/calendar_entry.h"

#include "base/json.h"

namespace careo {
namespace {

std::vector<std::pair<std::string, std::string>> single_fields(const CalendarEntry& entry) {
  std::vector<std::pair<std::string, std::string>> out = {
      {"subject", entry.subject},   {"start", entry.start},         {"end", entry.end},
      {"due", entry.due},           {"completed", entry.completed}, {"zone", entry.zone},
      {"location", entry.location}, {"status", entry.status},       {"recurrence", entry.recurrence}};
  out.insert(out.end(), entry.other.begin(), entry.other.end());
  return out;
}

void write_people(JsonWriter* out, std::string_view key, const std::vector<MailAddress>& people) {
  if (people.empty()) return;
  out->key(key).array();
  for (const MailAddress& one : people) out->object().member("name", one.name).member("address", one.address).end();
  out->end();
}

void add_people(std::string* out, std::string_view key, const std::vector<MailAddress>& people) {
  if (people.empty()) return;
  out->append(key).append(": ");
  bool first = true;
  for (const MailAddress& one : people) {
    if (!std::exchange(first, false)) *out += ", ";
    *out += one.name.empty() ? one.address : one.address.empty() ? one.name : one.name + " <" + one.address + ">";
  }
  *out += '\n';
}

}  // namespace

Reading calendar_reading(const CalendarEntry& entry, std::string_view reader) {
  JsonWriter value;
  value.object();
  for (const auto& [key, text] : single_fields(entry))
    if (!text.empty()) value.member(key, text);
  if (entry.all_day) value.key("all_day").boolean(true);
  write_people(&value, "organiser", entry.organiser);
  write_people(&value, "attendees", entry.attendees);
  if (!entry.categories.empty()) {
    value.key("categories").array();
    for (const std::string& category : entry.categories) value.text(category);
    value.end();
  }
  if (!entry.uid.empty()) value.member("uid", entry.uid);
  Reading out;
  out.kind = entry.kind;
  out.value = value.end().take();
  out.reader = reader;
  return out;
}

std::string calendar_text(const CalendarEntry& entry) {
  std::string out;
  for (const auto& [key, text] : single_fields(entry))
    if (!text.empty()) out += key + ": " + text + "\n";
  add_people(&out, "organiser", entry.organiser);
  add_people(&out, "attendees", entry.attendees);
  if (!entry.text.empty()) out += (out.empty() ? "" : "\n") + entry.text;
  return out;
}

}  // namespace careo
