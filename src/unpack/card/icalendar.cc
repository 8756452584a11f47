// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "unpack/card/calendar_entry.h"
#include "unpack/card/content_line.h"
#include "unpack/card/vcard.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::string_view kName = "icalendar/2";
constexpr std::uint64_t kMost = 256ULL << 20;  // held whole

/// "20161225T050000Z" as ISO 8601; as written where it is none.
std::string instant_of(std::string_view text) {
  const auto digits = [&](std::size_t from, std::size_t count) {
    return text.size() >= from + count &&
           text.substr(from, count).find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (!digits(0, 8)) return std::string(text);
  std::string out(text.substr(0, 4));
  out.append("-").append(text.substr(4, 2)).append("-").append(text.substr(6, 2));
  if (text.size() < 15 || text[8] != 'T' || !digits(9, 6)) return out;
  out.append("T").append(text.substr(9, 2)).append(":").append(text.substr(11, 2));
  out.append(":").append(text.substr(13, 2));
  return text.size() > 15 && text[15] == 'Z' ? out + "Z" : out;
}

MailAddress person_of(const ContentLine& line) {
  MailAddress out;
  out.name = line.parameter("CN");
  out.address = starts_with_ignoring_case(line.value, "mailto:") ? line.value.substr(7) : line.value;
  return out;
}

void add_field(const ContentLine& line, CalendarEntry* entry) {
  const std::string text(trim(unescape_value(line.value)));
  if (text.empty()) return;
  add_marks(line, {"CN", line.name == "DTSTART" ? "TZID" : ""}, &entry->other);
  if (line.name == "SUMMARY") {
    entry->subject = text;
  } else if (line.name == "DTSTART") {
    entry->start = instant_of(text);
    entry->zone = line.parameter("TZID");
    entry->all_day = text.size() == 8;
  } else if (line.name == "DTEND") {
    entry->end = instant_of(text);
  } else if (line.name == "DUE") {
    entry->due = instant_of(text);
  } else if (line.name == "COMPLETED") {
    entry->completed = instant_of(text);
  } else if (line.name == "LOCATION") {
    entry->location = text;
  } else if (line.name == "DESCRIPTION" || line.name == "COMMENT") {
    entry->text += (entry->text.empty() ? "" : "\n") + text;
  } else if (line.name == "ORGANIZER") {
    entry->organiser.push_back(person_of(line));
  } else if (line.name == "ATTENDEE") {
    entry->attendees.push_back(person_of(line));
  } else if (line.name == "STATUS") {
    entry->status = lower_ascii(text);
  } else if (line.name == "RRULE") {
    entry->recurrence = text;
  } else if (line.name == "UID") {
    entry->uid = text;
  } else if (line.name == "CATEGORIES") {
    for (std::string& category : split_value(line.value, ',')) entry->categories.push_back(std::move(category));
  } else {
    add_other(line.name, text, &entry->other);
  }
}

/// What stands in an entry's alarm, and what stands outside of all entries: the calendar's name, times that are taken.
void add_beside(const ContentLine& line, std::string_view prefix, OtherFields* fields) {
  if (line.name == "BEGIN" || line.name == "END" || line.name == "VERSION") return;
  const std::string text(trim(unescape_value(line.value)));
  if (!text.empty()) add_other(std::string(prefix) + line.name, text, fields);
}

std::string_view kind_of_component(std::string_view name) {
  if (equal_ignoring_case(name, "VEVENT")) return "event";
  if (equal_ignoring_case(name, "VTODO")) return "task";
  return equal_ignoring_case(name, "VJOURNAL") ? "journal" : "";
}

class IcalendarOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override { return begins_with_line(head, "BEGIN:VCALENDAR"); }

  Result<void> open(PartBytes& part, const Hints& hints, const Budget& budget, Sink& sink) const override {
    if (part.size() > kMost) return fail(Fault::Refused, "limit: a calendar of more than 256 MiB");
    const Bytes file = TRY(part.at(0, part.size()));
    sink.media_type("text/calendar");
    const std::optional<Buffer> decoded = in_utf8(file);
    const Bytes bytes = decoded ? Bytes(*decoded) : file;
    const DecodedText whole = decode_text(bytes, decoded ? "utf-8" : hints.charset);
    ContentLines lines(bytes, whole.charset);
    Account account;
    CalendarEntry entry;
    std::string text;
    std::size_t begin = 0;
    std::uint64_t children = 0;
    unsigned inner = 0;  // alarms inside an entry
    bool zone = false;   // rules of a time zone: what its name stands for everywhere
    OtherFields outside;
    bool inside = false;
    ContentLine line;
    while (lines.next(&line)) {
      const std::string_view kind =
          line.name == "BEGIN" || line.name == "END" ? kind_of_component(trim(line.value)) : "";
      if (line.name == "BEGIN" && !inside && !kind.empty()) {
        entry = {};
        entry.kind = kind;
        begin = line.line.offset;
        inside = true;
        inner = 0;
      } else if (inside && line.name == "BEGIN") {
        ++inner;
      } else if (inside && line.name == "END" && inner > 0) {
        --inner;
      } else if (inside && line.name == "END") {
        inside = false;
        Reading reading = calendar_reading(entry, kName);
        if (!decoded) reading.region.bytes = Region::Span{begin, line.line.end()};
        text += (text.empty() ? "" : "\n") + calendar_text(entry);
        TRY(sink.reading(std::move(reading)));
      } else if (inside && line.base64() && decoded) {
        account.unread({}, "not cut out of a file of UTF-16: " + lower_ascii(line.name), sink);
      } else if (inside && line.base64()) {
        TRY(attachment(line, budget, &children, &account, sink));
      } else if (inside && inner == 0) {
        add_field(line, &entry);
      } else if (inside) {
        add_beside(line, "alarm ", &entry.other);
      } else if ((line.name == "BEGIN" || line.name == "END") && equal_ignoring_case(trim(line.value), "VTIMEZONE")) {
        zone = line.name == "BEGIN";
      } else if (!zone) {
        add_beside(line, "", &outside);
      } else if (line.name.starts_with("TZID") || line.name == "TZNAME" || line.name == "COMMENT" ||
                 line.name.starts_with("X-")) {
        add_beside(line, "time zone ", &outside);
      }
    }
    if (!lines.nameless().empty()) outside.emplace_back("without a name", lines.nameless());
    for (const auto& [key, value] : outside) text += (text.empty() ? "" : "\n") + key + ": " + value;
    if (inside) account.unread(decoded ? ByteRun{} : ByteRun{begin, bytes.size() - begin}, "ends early", sink);
    account.settle(part.size(), sink);
    if (text.empty()) return {};
    Text out;
    out.utf8 = std::move(text);
    out.grade = whole.grade;
    out.reader = kName;
    return sink.text(std::move(out));
  }

 private:
  static Result<void> attachment(const ContentLine& line, const Budget& budget, std::uint64_t* count, Account* account,
                                 Sink& sink) {
    if (++*count > budget.children || budget.depth_left == 0) {
      account->unread(line.written, "child limit", sink);
      return {};
    }
    Child child;
    child.step = Step::range(line.written.offset, line.written.length, {Transform::Base64});
    for (const std::string_view key : {"FILENAME", "X-FILENAME", "X-ORACLE-FILENAME"})
      if (child.name.empty()) child.name = line.parameter(key);
    if (child.name.empty()) child.name = "attachment" + std::to_string(*count);
    child.media_type = lower_ascii(line.parameter("FMTTYPE"));
    account->add(Claim::By::Child, line.written);
    return sink.child(std::move(child));
  }
};

}  // namespace

const Opener* icalendar_opener() {
  static const IcalendarOpener opener;
  return &opener;
}

}  // namespace careo
