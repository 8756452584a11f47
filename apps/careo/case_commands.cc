// SPDX-License-Identifier: Apache-2.0
// The commands that make, feed and check a case: new, add, inventory, check.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "careo/commands.h"
#include "careo/inventory_lines.h"
#include "careo/layout.h"
#include "careo/voice.h"
#include "desk/add.h"
#include "desk/background.h"
#include "desk/drops.h"
#include "desk/handoff.h"
#include "desk/pictured.h"
#include "desk/program.h"
#include "desk/retry.h"
#include "desk/rows.h"

namespace careo::cli {
namespace {

Result<unsigned> number_of(const Arguments& arguments, std::string_view option, unsigned otherwise, unsigned most) {
  if (!arguments.has(option)) return otherwise;
  const std::string text = arguments.value(option);
  unsigned out = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), out);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || out == 0 || out > most)
    return fail(Fault::Refused, fmt::format("{} takes a number from 1 to {}", option, most));
  return out;
}

Result<std::vector<std::string>> passwords_of(const Arguments& arguments) {
  const std::string path = arguments.value("--passwords");
  if (path.empty()) return std::vector<std::string>{};
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(Fault::NotFound, fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  std::string lines(kLongestPasswordList + 1, '\0');
  file.read(lines.data(), static_cast<std::streamsize>(lines.size()));
  lines.resize(static_cast<std::size_t>(file.gcount()));
  auto words = passwords_in_lines(lines);
  if (!words) return fail(Fault::Refused, "--passwords takes " + words.error().message);
  return words;
}

Instant now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

Result<Instant> received_of(const Arguments& arguments) {
  const std::string text = arguments.value("--received");
  if (text.empty()) return now();
  const auto date = parse_iso_date(text);
  if (!date) return fail(Fault::Refused, "--received takes a date such as 2023-09-28");
  return days_from_civil(*date) * 86400;
}

void print_recovery(const std::string& case_path, const std::string& words) {
  print(fmt::format("Recovery sheet of the case {}\n", case_path));
  print(filled("", 0, "Print this or copy it by hand, keep it away from the case, and show it to nobody."));
  print(
      filled("", 0, "Whoever has it opens the case. Without it, a lost passphrase or key file cannot be replaced.\n"));
  print("    " + words + "\n");
  print(fmt::format("To use it: careo inventory {} --recovery", case_path));
}

}  // namespace

Result<Key> key_of(const Arguments& arguments, Ask ask) {
  Key key;
  if (arguments.has("--recovery")) {
    key.recovery = TRY(ask_secret("recovery words, eight groups of four: "));
    return key;
  }
  const char* from_environment = std::getenv("CAREO_KEY_FILE");
  key.key_file = arguments.value("--key-file", from_environment == nullptr ? "" : from_environment);
  if (!key.key_file.empty()) return key;
  key.passphrase = TRY(ask_secret("passphrase: "));
  if (ask == Ask::Twice && TRY(ask_secret("the same again: ")) != key.passphrase)
    return fail(Fault::Refused, "the two passphrases differ");
  return key;
}

Result<Session> open_session(const Arguments& arguments, Case::Access access) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(arguments.words[0], ignored))
    return fail(Fault::NotFound, fmt::format("there is no case at {0}; `careo new {0}` makes one", arguments.words[0]));
  const Key key = TRY(key_of(arguments, Ask::Once));
  const std::string& path = arguments.words[0];
  if (access == Case::Access::Write) end_background(path);
  TerminalProgress progress;
  Session out = TRY(Session::open(path, key, access, watched(progress, stop_flag())));
  if (const std::string why = why_background_failed(path); !why.empty())
    say_note("the reading in the background stopped: " + why + "; `careo add CASE --wait` goes on with it");
  if (access == Case::Access::Write) forget_background_failure(path);
  return out;
}

Result<IntakeOptions> intake_options(const Arguments& arguments) {
  IntakeOptions out;
  out.crew.worker = TRY(worker_program());
  out.crew.passwords = TRY(passwords_of(arguments));
  out.crews = TRY(number_of(arguments, "--workers", out.crews, 256));
  return out;
}

Result<int> run_new(const Arguments& arguments) {
  const std::string& path = arguments.words[0];
  const Key key = TRY(key_of(arguments, Ask::Twice));
  const std::string words = TRY(Case::create(path, key));
  if (arguments.has("--json")) {
    print(JsonWriter().object().member("kind", "case").member("path", path).member("recovery", words).end().str());
  } else {
    print_recovery(path, words);
  }
  return kDone;
}

namespace {

struct Account {
  Inventory inventory;
  std::vector<std::string> missing;
  std::vector<Tombstone> forgotten;
  std::vector<Trail> come_again;
};

// What `add` says when it is done.
struct Added {
  Inventory inventory;
  std::uint64_t unrecognised = 0;  // pictures
  std::vector<Drop> drops;         // of what was added now, those of a leak that came before
  std::vector<Trail> come_again;   // forgotten before
};

Result<std::vector<Trail>> come_again_in(Case& store) {
  std::vector<Trail> out;
  for (const PartId& id : TRY(store.come_again())) out.push_back(TRY(store.trail(id)));
  std::sort(out.begin(), out.end());
  return out;
}

void print_come_again_json(const std::vector<Trail>& trails) {
  for (const Trail& trail : trails)
    print(JsonWriter().object().member("kind", "come_again").member("trail", trail.print()).end().take());
}

void print_come_again(const std::vector<Trail>& trails) {
  if (trails.empty()) return;
  print("\nForgotten before, and here again inside something else that was added; `careo forget` takes it out again:");
  for (const Trail& trail : trails) print("  " + trail.print());
}

Result<Account> account_of(const Session& session) {
  Account out{
      TRY(session.store->inventory()), {}, TRY(session.store->tombstones()), TRY(come_again_in(*session.store))};
  TerminalProgress progress;
  out.missing = TRY(account_of_mails(*session.store, out.inventory.parts, progress, stop_flag())).missing;
  progress.finish();
  return out;
}

void print_added(const Added& added) {
  const Inventory& inventory = added.inventory;
  print(fmt::format("{}: read {}, cut {}, kept {}, duplicate {}, failed {}; adds up: {}",
                    counted(inventory.parts, "part"), grouped(inventory.read), grouped(inventory.cut),
                    grouped(inventory.kept), grouped(inventory.duplicate), grouped(inventory.failed),
                    yes(inventory.adds_up)));
  for (const Drop& drop : added.drops) {
    print(filled("", 0, drop_line(drop)));
    say_note("`careo inventory CASE --drops` lists what changed");
  }
  print_come_again(added.come_again);
  if (added.unrecognised > 0)
    say_note(
        fmt::format("{} and scanned PDFs were searched for identity documents; other words in them are not read "
                    "yet: `careo add CASE --wait` reads them, at seconds a page, or --background",
                    counted(added.unrecognised, "picture")));
}

Case::Rows rows_for(const Arguments& arguments) {
  return arguments.has("--json") ? Case::Rows::All : Case::Rows::None;
}

Result<Added> add_and_count(const Arguments& arguments, const AddRequest& request) {
  Session session = TRY(open_session(arguments, Case::Access::Write));
  std::set<SourceId> before;
  for (const Source& source : TRY(session.store->sources())) before.insert(source.id);
  TerminalProgress progress;
  TRY(add(session, request, progress, stop_flag()));
  progress.finish();
  Added out{TRY(session.store->inventory(rows_for(arguments))),
            TRY(unrecognised(*session.store)),
            {},
            TRY(come_again_in(*session.store))};
  if (before.empty()) return out;
  const auto is_new = [&before](const SourceId& source) { return !before.contains(source); };
  for (Drop& drop : TRY(drops(*session.store, is_new)))
    if (drop.earlier) out.drops.push_back(std::move(drop));
  return out;
}

}  // namespace

namespace {

// While a desk of this user holds the case the work is the desk's. False: no desk holds it.
Result<bool> handed_to_desk(const Arguments& arguments, const AddRequest& request) {
  HandedWork work{{}, request.note, request.patience, request.intake.crew.passwords};
  if (arguments.has("--background")) work.patience = Patience::Everything;
  for (const std::string& path : request.paths) {
    work.paths.push_back(std::filesystem::absolute(path).lexically_normal().string());
  }
  auto handed = hand_over(arguments.words[0], work);
  if (!handed && handed.error().fault == Fault::NotFound) return false;
  TRY(std::move(handed));
  if (arguments.has("--json")) {
    print(JsonWriter().object().member("kind", "handed_over").end().str());
  } else {
    print("handed to the desk that has this case open: it reads now, and shows there how far it is");
  }
  return true;
}

}  // namespace

Result<int> run_add(const Arguments& arguments) {
  AddRequest request;
  request.intake = TRY(intake_options(arguments));
  request.paths.assign(arguments.words.begin() + 1, arguments.words.end());
  request.note = {arguments.value("--how"), arguments.value("--from"), TRY(received_of(arguments))};
  request.patience = arguments.has("--wait") ? Patience::Everything : Patience::Documents;
  TRY(look_at(request.paths));
  if (TRY(handed_to_desk(arguments, request))) return kDone;
  const Added added = TRY(add_and_count(arguments, request));
  const Inventory& inventory = added.inventory;
  if (arguments.has("--json")) {
    print_inventory_json(inventory, std::nullopt);
    print_drops_json(added.drops);
    print_come_again_json(added.come_again);
  } else {
    print_added(added);
  }
  if (arguments.has("--background")) {
    if (std::getenv("CAREO_KEY_FILE") == nullptr && !arguments.has("--key-file"))
      say_note("the background process asks for the key once more");
    const Key key = TRY(key_of(arguments, Ask::Once));
    TRY(read_on_in_background(arguments.words[0], key, request.intake));
  }
  return inventory.failed + inventory.cut > 0 ? kUnread : kDone;
}

Result<int> run_retry(const Arguments& arguments) {
  RetryRequest request;
  request.intake = TRY(intake_options(arguments));
  request.intake.limits = TRY(number_of(arguments, "--limits", kRetryLimits, 64));
  if (arguments.words.size() > 1) request.trail = TRY(Trail::given(arguments.words[1]));
  Session session = TRY(open_session(arguments, Case::Access::Write));
  TerminalProgress progress;
  const Retried retried = TRY(retry(session, request, progress, stop_flag()));
  progress.finish();
  const Added added{TRY(session.store->inventory(rows_for(arguments))),
                    TRY(unrecognised(*session.store)),
                    {},
                    TRY(come_again_in(*session.store))};
  if (arguments.has("--json")) {
    JsonWriter out;
    out.object().member("kind", "retry").member("again", static_cast<std::int64_t>(retried.again));
    print(out.member("more", static_cast<std::int64_t>(retried.more)).end().str());
    print_inventory_json(added.inventory, std::nullopt);
    print_come_again_json(added.come_again);
  } else {
    print(fmt::format("{} read again, {} of them with something new", counted(retried.again, "part"),
                      grouped(retried.more)));
    print_added(added);
  }
  return added.inventory.failed + added.inventory.cut > 0 ? kUnread : kDone;
}

Result<int> run_inventory(const Arguments& arguments) {
  const Session session = TRY(open_session(arguments, Case::Access::Read));
  if (arguments.has("--drops")) {
    const std::vector<Drop> all = TRY(drops(*session.store, [](const SourceId&) { return true; }));
    arguments.has("--json") ? print_drops_json(all) : print_drops(all);
    return kDone;
  }
  const auto [inventory, missing, forgotten, come_again] = TRY(account_of(session));
  if (arguments.has("--json")) {
    print_inventory_json(inventory, missing.size());
    for (const Tombstone& stone : forgotten) print(tombstone_row(stone));
    print_come_again_json(come_again);
  } else {
    print_inventory(inventory, missing);
    if (!forgotten.empty()) print("\nForgotten, and in none of these numbers:");
    for (const Tombstone& stone : forgotten) print(filled("  ", 2, tombstone_line(stone)));
    print_come_again(come_again);
  }
  return inventory.failed + inventory.cut > 0 ? kUnread : kDone;
}

Result<int> run_check(const Arguments& arguments) {
  const Session session = TRY(open_session(arguments, Case::Access::Read));
  const auto depth = arguments.has("--digest") ? Case::Depth::Digest : Case::Depth::EveryByte;
  TerminalProgress progress;
  const CheckReport report = TRY(session.store->check(depth, watched(progress, stop_flag())));
  progress.finish();
  std::uint64_t forgotten = 0;
  for (const Tombstone& stone : TRY(session.store->tombstones())) forgotten += stone.parts;
  if (arguments.has("--json")) {
    JsonWriter out;
    out.object().member("digest", report.digest).member("forgotten", static_cast<std::int64_t>(forgotten));
    out.member("segments", static_cast<std::int64_t>(report.segments));
    out.member("records", static_cast<std::int64_t>(report.records));
    out.member("bytes", static_cast<std::int64_t>(report.bytes)).key("damaged").array();
    for (const auto& damage : report.damaged) {
      out.object().member("segment", damage.segment).member("offset", static_cast<std::int64_t>(damage.offset));
      out.member("what", damage.what).end();
    }
    print(out.end().end().str());
  } else {
    print("digest " + report.digest);
    if (forgotten > 0)
      print(fmt::format("of what stands; {} forgotten since, which `careo inventory` accounts for",
                        counted(forgotten, "part")));
    const std::string what = counted(report.records, "record") + " in " + counted(report.segments, "segment");
    if (depth == Case::Depth::Digest) {
      print(what + "; without --digest, every byte is checked too");
    } else {
      print(fmt::format("{}, {}: {}", what, sized(report.bytes),
                        report.damaged.empty() ? "every byte is what it was" : "damaged, as listed below"));
    }
    for (const auto& damage : report.damaged)
      print(fmt::format("  {} at byte {}: {}", damage.segment, damage.offset, damage.what));
  }
  return report.damaged.empty() ? kDone : kDamage;
}

}  // namespace careo::cli
