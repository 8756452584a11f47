// SPDX-License-Identifier: Apache-2.0
// The commands that look into a case: search and show.
#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>

#include "base/json.h"
#include "base/text.h"
#include "careo/commands.h"
#include "careo/layout.h"
#include "careo/lines.h"
#include "careo/voice.h"
#include "desk/program.h"
#include "desk/rows.h"
#include "search/gloss.h"

namespace careo::cli {
namespace {

constexpr int kPictureSide = 2000;  // pixels: fits a large screen, and every slot of a zone is still to be seen
constexpr std::size_t kShownReadings = 40;

Result<std::uint64_t> limit_of(const Arguments& arguments) {
  const std::string text = arguments.value("--limit", "20");
  std::uint64_t out = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), out);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size())
    return fail(Fault::Refused, "--limit takes a number");
  return out;
}

void print_found(const FoundPart& row) {
  print(fmt::format("\n{}{}{}", printable(row.title.empty() ? "(no title)" : row.title),
                    row.date.empty() ? "" : " · " + row.date, row.sender.empty() ? "" : " · " + printable(row.sender)));
  if (!row.snippet.text.empty()) print(filled("  ", 2, printable(row.snippet.text)));
  print("  " + row.trail.print());
}

void print_shown_json(const Shown& shown, const Trail& trail) {
  print(shown_row(shown, trail));
  const Trail where = shown.places.empty() ? trail : shown.places.front();
  for (const Reading& reading : shown.readings) print(reading_row({}, where, reading));
  for (const Decision& decision : shown.decisions) print(decision_row(decision));
}

// The places of words and the light of pictures are for faces that draw and compare: --json has them.
std::vector<Reading> readable(std::vector<Reading> readings) {
  std::erase_if(readings, [](const Reading& reading) { return reading.kind == "words" || reading.kind == "picture"; });
  return readings;
}

void print_shown(const Shown& shown) {
  print(fmt::format("{} · {} · {} · {}{}", printable(shown.part.title), shown.part.media_type,
                    sized(shown.part.part.length), shown.part.outcome(),
                    shown.part.reason.empty() ? "" : " (" + printable(shown.part.reason) + ")"));
  print("SHA-256 " + shown.part.part.sha256.hex());
  print("\nWhere this comes from:");
  for (const Trail& place : shown.places) print("  " + place.print());
  const std::vector<Reading> readings = readable(shown.readings);
  if (!readings.empty()) print("\nRead as:");
  for (std::size_t i = 0; i < std::min(kShownReadings, readings.size()); ++i) {
    const Reading& reading = readings[i];
    print(fmt::format("  {} ({}, {})", reading.kind, name_of(reading.grade), reading.reader));
    for (const std::string& line : reading_lines(reading)) print("    " + line);
  }
  if (readings.size() > kShownReadings)
    print(fmt::format("  and {} more: --json shows all", readings.size() - kShownReadings));
  if (!shown.decisions.empty()) print("\nDecided:");
  for (const Decision& decision : shown.decisions) print("  " + decision_line(decision));
  if (!shown.children.empty()) print("\nHolds:");
  for (const Child& child : shown.children) print(fmt::format("  {}  {}", child.step.print(), printable(child.name)));
  if (shown.conversation.size() > 1) print("\nIn one conversation with:");
  for (const ConversationMail& mail : shown.conversation)
    if (shown.conversation.size() > 1)
      print(fmt::format("  {}  {}  {}", mail.date, printable(mail.subject), mail.trail.print()));
  if (!shown.relatives.empty()) print("\nNearly the same:");
  for (const Relative& relative : shown.relatives) print(relative_line(relative));
  for (const Unread& unread : shown.unread) {
    const std::string size = unread.length > 0 ? " (" + sized(unread.length) + ")" : "";
    print("\nUnread: " + printable(unread.reason) + size);
  }
  if (shown.text.empty()) return;
  print("\nText:");
  for (const std::string_view line : split(shown.text, '\n')) print("  " + text_line(line));
}

Result<void> not_written(const std::string& path) {
  const int why = errno;
  return fail(why == ENOSPC || why == EIO ? Fault::Io : Fault::Refused,
              fmt::format("cannot write {}: {}", path, std::strerror(why)));
}

Result<void> save_picture(Session& session, const Trail& trail, const Arguments& arguments) {
  CrewOptions options;
  options.worker = TRY(worker_program());
  const Buffer png = TRY(picture(session, trail, options, kPictureSide));
  std::ofstream file(arguments.value("--png"), std::ios::binary);
  file.write(text_of(png).data(), static_cast<std::streamsize>(png.size()));
  file.close();
  return file ? Result<void>() : not_written(arguments.value("--png"));
}

Result<void> save_original(Session& session, const Trail& trail, const Arguments& arguments) {
  std::ofstream file(arguments.value("--original"), std::ios::binary);
  if (!file) return not_written(arguments.value("--original"));
  TRY(original(session, trail, [&](Bytes block) -> Result<void> {
    file.write(text_of(block).data(), static_cast<std::streamsize>(block.size()));
    return file ? Result<void>() : not_written(arguments.value("--original"));
  }));
  file.close();
  return file ? Result<void>() : not_written(arguments.value("--original"));
}

}  // namespace

Result<int> run_search(const Arguments& arguments) {
  std::string query = arguments.words[1];
  for (std::size_t i = 2; i < arguments.words.size(); ++i) query += " " + arguments.words[i];
  const std::uint64_t limit = TRY(limit_of(arguments));
  Session session = TRY(open_session(arguments, Case::Access::Read));
  if (arguments.has("--scan")) {
    const std::uint64_t total = TRY(count_by_scan(session, query));
    print(JsonWriter().object().member("kind", "hits").member("total", static_cast<std::int64_t>(total)).end().str());
    return kDone;
  }
  const Findings found = TRY(find(session, query, limit));
  if (arguments.has("--json")) {
    const auto total = static_cast<std::int64_t>(found.total);
    print(JsonWriter().object().member("kind", "hits").member("total", total).end().str());
    for (const FoundPart& row : found.rows) print(found_row(row));
    return kDone;
  }
  print(fmt::format("{}{}", counted(found.total, "hit"),
                    found.total > found.rows.size()
                        ? fmt::format(", the {} {} shown", found.ranked ? "best" : "newest", found.rows.size())
                        : ""));
  for (const FoundPart& row : found.rows) print_found(row);
  if (const std::string other = with_glosses(query); !other.empty())
    say_note(fmt::format("the same in other languages too: careo search CASE '{}'", printable(other)));
  return kDone;
}

Result<int> run_show(const Arguments& arguments) {
  const Trail trail = TRY(Trail::given(arguments.words[1]));
  Session session = TRY(open_session(arguments, Case::Access::Read));
  if (arguments.has("--png")) TRY(save_picture(session, trail, arguments));
  if (arguments.has("--original")) TRY(save_original(session, trail, arguments));
  const Shown shown = TRY(show(session, trail));
  if (arguments.has("--json")) {
    print_shown_json(shown, trail);
  } else {
    print_shown(shown);
  }
  return kDone;
}

}  // namespace careo::cli
