// SPDX-License-Identifier: Apache-2.0
// careo forget: what goes for good, and before it does, what would.
#include "desk/forget.h"

#include <fmt/format.h>

#include <cstdlib>
#include <ctime>

#include "base/json.h"
#include "base/text.h"
#include "careo/commands.h"
#include "careo/layout.h"
#include "careo/lines.h"
#include "careo/voice.h"

namespace careo::cli {
namespace {

using Rows = std::vector<Forgetting::Row>;

Result<ForgetRequest> request_of(const Arguments& arguments) {
  ForgetRequest out;
  out.trail = TRY(Trail::given(arguments.words[1]));
  out.trail.region = {};
  const char* user = std::getenv("USER");
  out.by = arguments.value("--by", user == nullptr ? "" : user);
  out.reason = arguments.value("--reason");
  out.at = static_cast<Instant>(std::time(nullptr));
  return out;
}

void print_rows(std::string_view title, const Rows& rows) {
  if (rows.empty()) return;
  print(filled("\n", 0, title));
  std::vector<std::vector<std::string>> lines = {{"name", "size", "where this comes from"}};
  for (const Forgetting::Row& row : rows) lines.push_back({row.name, sized(row.bytes), row.trail.print()});
  print(table(lines));
}

void print_forgetting(const Forgetting& forgetting, bool done) {
  print(filled("", 0,
               fmt::format("{} {}, with {}", counted(forgetting.parts, "part"),
                           done ? "forgotten" : "would be forgotten", counted(forgetting.decisions, "decision"))));
  print_rows(done ? "Gone:" : "Goes:", forgetting.goes);
  print_rows("Held it, and loses its own bytes; what was read of it stays, and all else that was found in it:",
             forgetting.hollow);
  print_rows("Was inside it, and stays, since it stands elsewhere too:", forgetting.stays);
  print_rows("Still names it in a text of its own:", forgetting.mentions);
}

void print_near(const std::vector<Relative>& near) {
  if (near.empty()) return;
  print("\nNearly the same, and stays:");
  for (const Relative& one : near) print(relative_line(one));
}

void print_near_json(const std::vector<Relative>& near) {
  for (const Relative& one : near) {
    JsonWriter out;
    out.object().member("kind", "near").member("trail", one.trail.print()).member("name", one.title);
    print(out.key("alike").number(one.alike).end().take());
  }
}

void print_rows_json(std::string_view what, const Rows& rows) {
  for (const Forgetting::Row& row : rows)
    print(JsonWriter()
              .object()
              .member("kind", what)
              .member("trail", row.trail.print())
              .member("name", row.name)
              .member("bytes", static_cast<std::int64_t>(row.bytes))
              .end()
              .take());
}

void print_json(const Forgetting& forgetting, bool done) {
  JsonWriter out;
  out.object().member("kind", "forget").key("done").boolean(done);
  out.member("parts", static_cast<std::int64_t>(forgetting.parts));
  print(out.member("decisions", static_cast<std::int64_t>(forgetting.decisions)).end().take());
  print_rows_json("goes", forgetting.goes);
  print_rows_json("hollow", forgetting.hollow);
  print_rows_json("stays", forgetting.stays);
  print_rows_json("mentions", forgetting.mentions);
}

}  // namespace

std::string tombstone_line(const Tombstone& stone) {
  return fmt::format("{}: {} forgotten by {}: {}", iso(stone.at).substr(0, 10), counted(stone.parts, "part"),
                     printable(stone.by), printable(stone.reason));
}

std::string tombstone_row(const Tombstone& stone) {
  JsonWriter out;
  out.object().member("kind", "forgotten").member("at", iso(stone.at)).member("by", stone.by);
  out.member("reason", stone.reason).member("parts", static_cast<std::int64_t>(stone.parts)).end();
  return out.take();
}

Result<int> run_forget(const Arguments& arguments) {
  const ForgetRequest request = TRY(request_of(arguments));
  const bool done = !arguments.has("--dry-run");
  if (done && request.reason.empty())
    return fail(Fault::Refused, "forgetting is for good: --dry-run lists what would go, --reason TEXT does it");
  if (done && request.by.empty()) return fail(Fault::Refused, "who forgets? --by NAME");
  Session session = TRY(open_session(arguments, done ? Case::Access::Write : Case::Access::Read));
  std::vector<Relative> near;
  if (!request.trail.steps.empty()) near = TRY(relatives_of(session, TRY(session.store->find(request.trail))));
  const Forgetting forgetting = TRY(done ? forget(session, request) : session.store->would_forget(request.trail));
  near = without(std::move(near), forgetting);
  arguments.has("--json") ? print_json(forgetting, done) : print_forgetting(forgetting, done);
  arguments.has("--json") ? print_near_json(near) : print_near(near);
  if (done) say_note("copies of this case made before, and the files it was read from, still hold it");
  return kDone;
}

}  // namespace careo::cli
