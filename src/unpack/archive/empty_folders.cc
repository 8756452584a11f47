// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/empty_folders.h"

#include "base/text.h"
#include "unpack/text_writer.h"

namespace careo {
namespace {

constexpr std::size_t kMostHeld = 32U << 20U;
constexpr std::size_t kNode = 64;  // what a name takes beside its letters
constexpr std::size_t kMostNamed = 1000;

std::string_view without_slash(std::string_view name) {
  while (name.starts_with("./")) name.remove_prefix(2);
  while (name.ends_with('/') || name.ends_with('\\')) name.remove_suffix(1);
  return name;
}

}  // namespace

/// False where it is there already, or no more is held.
bool EmptyFolders::add(std::set<std::string, std::less<>>* to, std::string_view name) {
  over_ = over_ || held_ + name.size() > kMostHeld;
  if (over_ || !to->emplace(name).second) return false;
  held_ += name.size() + kNode;
  return true;
}

void EmptyFolders::folder(std::string_view name) {
  name = without_slash(name);
  if (name.empty() || name == ".") return;
  add(&folders_, name);
  fill_folder_of(name);
}

void EmptyFolders::member(std::string_view name) {
  fill_folder_of(without_slash(name));
}

/// Those above one that is known are known.
void EmptyFolders::fill_folder_of(std::string_view name) {
  for (std::size_t end = name.find_last_of("/\\"); end != name.npos && end > 0; end = name.find_last_of("/\\")) {
    name = name.substr(0, end);
    if (!add(&filled_, name)) return;
  }
}

Result<void> EmptyFolders::give(std::string_view reader, const Budget& budget, Sink& sink) const {
  if (over_) {
    sink.unread({{}, 0, "limit: more folders than are held against each other: which of them are empty is not told"});
    return {};
  }
  std::string text;
  std::size_t count = 0;
  for (const std::string& name : folders_)
    if (!filled_.contains(name) && ++count <= kMostNamed)
      text += "[empty folder: " + printable(clean_utf8(name).text) + "]\n";
  if (count > kMostNamed) text += "[" + std::to_string(count - kMostNamed) + " more empty folders]\n";
  return TextWriter(reader, budget, sink).give(std::move(text));
}

}  // namespace careo
