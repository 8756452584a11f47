// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/msg_item.h"

#include "base/text.h"
#include "unpack/outlook/mapi_text.h"
#include "unpack/outlook/msg_mail.h"

namespace careo {
namespace {

struct Field {
  std::uint16_t id;
  std::string_view name;
};

// [MS-OXPROPS], sections PidTag...TelephoneNumber.
constexpr Field kPhones[] = {{0x3A08, "work"},     {0x3A1B, "work 2"}, {0x3A09, "home"},      {0x3A2F, "home 2"},
                             {0x3A1C, "mobile"},   {0x3A1F, "other"},  {0x3A1A, "primary"},   {0x3A1E, "car"},
                             {0x3A1D, "radio"},    {0x3A21, "pager"},  {0x3A2E, "assistant"}, {0x3A57, "company"},
                             {0x3A02, "callback"}, {0x3A2D, "isdn"},   {0x3A2C, "telex"},     {0x3A24, "work fax"},
                             {0x3A25, "home fax"}, {0x3A23, "fax"}};
constexpr Field kOther[] = {
    {0x3A45, "prefix"},        {0x3A46, "profession"}, {0x3A4E, "manager"},  {0x3A30, "assistant"}, {0x3A48, "spouse"},
    {0x3A4B, "ftp"},           {0x3A19, "office"},     {0x3A58, "children"}, {0x3A4A, "customer"},  {0x3A43, "hobbies"},
    {0x3A07, "government id"}, {0x3A49, "network"},    {0x3A4D, "gender"},   {0x3A0C, "language"}};

// [MS-OXOCNTC] 2.2.1.2: numbers in the set of addresses.
constexpr std::uint32_t kEmails[] = {0x8083, 0x8093, 0x80A3};
constexpr std::uint32_t kEmailNames[] = {0x8080, 0x8090, 0x80A0};
constexpr std::pair<std::uint32_t, std::string_view> kAddresses[] = {
    {0x801B, "work"}, {0x801A, "home"}, {0x801C, "other"}};

std::string in_one_line(std::string_view text) {
  std::string out;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view kept = trim(line);
    if (kept.empty()) continue;
    if (!out.empty()) out += ", ";
    out += kept;
  }
  return out;
}

std::string joined(const MsgMessage& message, std::initializer_list<std::uint16_t> ids) {
  std::string out;
  for (const std::uint16_t id : ids) {
    const std::string text = in_one_line(message.text(id));
    if (text.empty()) continue;
    if (!out.empty()) out += ", ";
    out += text;
  }
  return out;
}

std::string day_of(std::optional<Instant> at) {
  return at ? iso(*at).substr(0, 10) : std::string();
}

std::string instant(std::optional<Instant> at) {
  return at ? iso(*at) : std::string();
}

void add_addresses(const MsgMessage& message, Card* out) {
  for (const auto& [number, kind] : kAddresses) {
    const std::string text = in_one_line(message.named_text(mapi::kAddressSet, number));
    if (!text.empty()) out->addresses.emplace_back(kind, text);
  }
  if (!out->addresses.empty()) return;
  // Older items keep the pieces only.
  const std::string work = joined(message, {0x3A29, 0x3A27, 0x3A28, 0x3A2A, 0x3A26});
  const std::string home = joined(message, {0x3A5D, 0x3A59, 0x3A5C, 0x3A5B, 0x3A5A});
  if (!work.empty()) out->addresses.emplace_back("work", work);
  if (!home.empty()) out->addresses.emplace_back("home", home);
}

void add_emails(const MsgMessage& message, Card* out) {
  for (std::size_t i = 0; i < std::size(kEmails); ++i) {
    std::string text = message.named_text(mapi::kAddressSet, kEmails[i]);
    if (text.empty()) text = message.named_text(mapi::kAddressSet, kEmailNames[i]);
    if (!text.empty()) out->emails.push_back(std::move(text));
  }
}

std::optional<Instant> named_time(const MsgMessage& message, const mapi::Guid& set, std::uint32_t number) {
  return message.properties.time(message.names.id(set, number));
}

std::optional<std::int64_t> named_number(const MsgMessage& message, const mapi::Guid& set, std::uint32_t number) {
  return message.properties.number(message.names.id(set, number));
}

void add_event(const MsgMessage& message, CalendarEntry* out) {
  out->start = instant(named_time(message, mapi::kAppointmentSet, 0x820D));
  out->end = instant(named_time(message, mapi::kAppointmentSet, 0x820E));
  out->location = message.named_text(mapi::kAppointmentSet, 0x8208);
  out->all_day = named_number(message, mapi::kAppointmentSet, 0x8215).value_or(0) != 0;
  out->recurrence = message.named_text(mapi::kAppointmentSet, 0x8232);
  constexpr std::string_view kBusy[] = {"free", "tentative", "busy", "away"};
  const std::int64_t busy = named_number(message, mapi::kAppointmentSet, 0x8205).value_or(-1);
  if (busy >= 0 && busy < 4) out->other.emplace_back("busy", kBusy[busy]);
  constexpr std::int64_t kCanceled = 4;  // [MS-OXOCAL] 2.2.1.10
  if ((named_number(message, mapi::kAppointmentSet, 0x8217).value_or(0) & kCanceled) != 0) out->status = "cancelled";
  for (MailAddress& one : msg_senders(message)) out->organiser.push_back(std::move(one));
  for (const MsgRecipient& recipient : message.recipients) out->attendees.push_back(recipient.address);
  if (out->attendees.empty()) {
    const std::string all = message.named_text(mapi::kAppointmentSet, 0x8238);
    if (!all.empty()) out->other.emplace_back("attendees", all);
  }
}

void add_task(const MsgMessage& message, CalendarEntry* out) {
  out->start = day_of(named_time(message, mapi::kTaskSet, 0x8104));
  out->due = day_of(named_time(message, mapi::kTaskSet, 0x8105));
  out->completed = day_of(named_time(message, mapi::kTaskSet, 0x810F));
  constexpr std::string_view kStates[] = {"not started", "in progress", "completed", "waiting", "deferred"};
  const std::int64_t state = named_number(message, mapi::kTaskSet, 0x8101).value_or(-1);
  if (state >= 0 && state < 5) out->status = kStates[state];
  const auto done = message.properties.real(message.names.id(mapi::kTaskSet, 0x8102));
  if (done && *done > 0 && *done <= 1)
    out->other.emplace_back("done", std::to_string(static_cast<int>(*done * 100)) + "%");
  const std::string owner = message.named_text(mapi::kTaskSet, 0x811F);
  if (!owner.empty()) out->other.emplace_back("owner", owner);
}

void add_journal(const MsgMessage& message, CalendarEntry* out) {
  out->start = instant(named_time(message, mapi::kLogSet, 0x8706));
  out->end = instant(named_time(message, mapi::kLogSet, 0x8708));
  const std::string type = message.named_text(mapi::kLogSet, 0x8700);
  if (!type.empty()) out->other.emplace_back("type", type);
}

}  // namespace

std::optional<Card> msg_card(const MsgMessage& message) {
  if (!message.is("IPM.Contact") && !message.is("IPM.DistList")) return std::nullopt;
  Card out;
  out.name = message.text(mapi::kDisplayName);
  if (out.name.empty()) out.name = without_subject_marks(message.text(mapi::kSubject));
  out.given = message.text(0x3A06);
  out.middle = message.text(0x3A44);
  out.surname = message.text(0x3A11);
  out.suffix = message.text(0x3A05);
  out.nickname = message.text(0x3A4F);
  out.organisation = message.text(0x3A16);
  out.department = message.text(0x3A18);
  out.title = message.text(0x3A17);
  out.birthday = day_of(message.properties.time(0x3A42));
  add_emails(message, &out);
  for (const Field& phone : kPhones) {
    const std::string number = message.text(phone.id);
    if (!number.empty()) out.phones.emplace_back(phone.name, number);
  }
  add_addresses(message, &out);
  for (const std::uint16_t id : {std::uint16_t{0x3A51}, std::uint16_t{0x3A50}}) {
    const std::string link = message.text(id);
    if (!link.empty()) out.links.push_back(link);
  }
  const std::string chat = message.named_text(mapi::kAddressSet, 0x8062);
  if (!chat.empty()) out.other.emplace_back("chat", chat);
  for (const Field& field : kOther) {
    const std::string text = message.text(field.id);
    if (text.empty()) continue;
    if (field.name == "prefix") {
      out.prefix = text;
    } else {
      out.other.emplace_back(field.name, text);
    }
  }
  const std::string wedding = day_of(message.properties.time(0x3A41));
  if (!wedding.empty()) out.other.emplace_back("anniversary", wedding);
  return out;
}

std::optional<CalendarEntry> msg_calendar_entry(const MsgMessage& message) {
  CalendarEntry out;
  const bool event = message.is("IPM.Appointment") || message.is("IPM.Schedule.Meeting") ||
                     message.is("IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}");
  const bool task = message.is("IPM.Task") || message.is("IPM.TaskRequest");
  if (event) {
    add_event(message, &out);
  } else if (task) {
    out.kind = "task";
    add_task(message, &out);
  } else if (message.is("IPM.Activity")) {
    out.kind = "journal";
    add_journal(message, &out);
  } else if (message.is("IPM.StickyNote")) {
    out.kind = "note";
    out.start = instant(message.properties.time(mapi::kCreated));
  } else {
    return std::nullopt;
  }
  out.subject = without_subject_marks(message.text(mapi::kSubject));
  out.categories = message.properties.texts(message.names.id(mapi::kPublicStrings, "Keywords"), message.code_page);
  return out;
}

bool is_mail(const MsgMessage& message) {
  for (const std::string_view kind : {"IPM.Contact", "IPM.DistList", "IPM.Appointment", "IPM.Task", "IPM.Activity",
                                      "IPM.StickyNote", "IPM.OLE.CLASS"})
    if (message.is(kind)) return false;
  return message.is("IPM.Note") || message.is("REPORT") || message.is("IPM.Schedule.Meeting") ||
         message.is("IPM.TaskRequest") || !message.recipients.empty() || !msg_senders(message).empty() ||
         message.properties.has(mapi::kSubmitTime) || message.properties.has(mapi::kHeaders);
}

}  // namespace careo
