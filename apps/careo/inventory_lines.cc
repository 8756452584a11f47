// SPDX-License-Identifier: Apache-2.0
#include "careo/inventory_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "careo/layout.h"
#include "careo/voice.h"
#include "desk/rows.h"

namespace careo::cli {
namespace {

void print_outcomes(const Inventory& inventory) {
  struct Line {
    std::string_view name;
    std::uint64_t count;
    std::string_view meaning;
  };
  const Line lines[] = {
      {"read", inventory.read, "nothing in it was left unread"},
      {"cut", inventory.cut, "read in part: a limit or a fault stopped the rest"},
      {"kept", inventory.kept, "stored and listed, not understood: an unsupported kind, sound, video"},
      {"duplicate", inventory.duplicate, "the same bytes stand elsewhere too, and are read there"},
      {"failed", inventory.failed, "locked, damaged, crashed or vanished"},
      {"waiting", inventory.waiting, "not read yet: `careo add` goes on"},
  };
  for (const Line& line : lines)
    print(filled(fmt::format("  {:<10}{:>10}  ", line.name, grouped(line.count)), 24, line.meaning));
}

// What asks for something to be done comes first.
std::size_t rank_of(const Inventory::Row& row) {
  constexpr std::string_view kOrder[] = {"failed", "cut", "waiting", "kept"};
  if (!row.adds_up) return 0;
  return 1 + static_cast<std::size_t>(std::ranges::find(kOrder, row.outcome) - std::begin(kOrder));
}

void print_unread(const Inventory& inventory) {
  std::vector<const Inventory::Row*> rows;
  for (const Inventory::Row& row : inventory.rows)
    if (row.outcome != "duplicate" || !row.adds_up) rows.push_back(&row);
  if (rows.empty()) return;
  std::ranges::stable_sort(rows, {}, [](const Inventory::Row* row) { return rank_of(*row); });
  std::vector<std::vector<std::string>> lines = {{"outcome", "name", "size", "reason", "where this comes from"}};
  for (const Inventory::Row* row : rows) {
    const std::string reason = row->adds_up ? row->reason : "does not add up; " + row->reason;
    lines.push_back({std::string(row->outcome), row->name, sized(row->bytes), reason, row->trail.print()});
  }
  print("\nNot simply read:\n" + table(lines));
}

void print_duplicates(const Inventory& inventory) {
  std::vector<std::vector<std::string>> lines = {{"name", "size", "where this comes from, and where else it stands"}};
  for (const Inventory::Row& row : inventory.rows)
    if (row.outcome == "duplicate" && row.adds_up)
      lines.push_back({row.name, sized(row.bytes), row.trail.print() + " " + row.reason});
  if (lines.size() > 1) print("\nDuplicates:\n" + table(lines));
}

void print_empty_folders(const Inventory& inventory) {
  const auto& folders = inventory.empty_folders;
  if (folders.empty()) return;
  print(fmt::format("\n{}, counted nowhere else:", counted(folders.size(), "empty folder")));
  for (const Inventory::Folder& folder : folders)
    print(fmt::format("  {}  in src:{}", printable(folder.path), folder.source));
}

void print_missing(const std::vector<std::string>& missing) {
  if (missing.empty()) return;
  print(filled("\n", 0,
               fmt::format("Missing: {} that mails here answer or quote, and that {} not here",
                           counted(missing.size(), "mail"), missing.size() == 1 ? "is" : "are")));
  for (const std::string& message_id : missing) print("  " + printable(message_id));
}

}  // namespace

std::string yes(bool value) {
  return value ? "yes" : "NO";
}

void print_inventory(const Inventory& inventory, const std::vector<std::string>& missing) {
  print(filled("", 0,
               fmt::format("{} found ({}): files, mails, and what is attached to them or packed in them",
                           counted(inventory.parts, "part"), sized(inventory.bytes))));
  print_outcomes(inventory);
  print(fmt::format("adds up, byte by byte and against the containers' own counts: {}", yes(inventory.adds_up)));
  print_unread(inventory);
  print_empty_folders(inventory);
  print_missing(missing);
  print_duplicates(inventory);
}

void print_inventory_json(const Inventory& inventory, std::optional<std::uint64_t> missing) {
  print(inventory_row(inventory, missing));
  for (const Inventory::Row& row : inventory.rows) print(inventory_row(row));
  for (const Inventory::Folder& folder : inventory.empty_folders) print(inventory_row(folder));
}

}  // namespace careo::cli
