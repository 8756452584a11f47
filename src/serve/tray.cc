// SPDX-License-Identifier: Apache-2.0
#include "serve/tray.h"

#include <algorithm>

namespace careo {
namespace {

constexpr std::size_t kMost = 4U << 20;  // bytes of all exhibits: thousands of them, each with a note

}  // namespace

Result<void> Tray::change(const Json& asked) {
  const std::string& change = asked["change"].text();
  const std::string& trail = asked["trail"].text();
  if (trail.empty()) return fail(Fault::Refused, "an exhibit is a trail");
  std::vector<Exhibit> next = exhibits_;
  const auto known = std::ranges::find(next, trail, &Exhibit::trail);
  if (change == "put") {
    if (known == next.end())
      next.push_back({trail, asked["title"].text(), asked["note"].text()});
    else if (asked.has("note"))
      known->note = asked["note"].text();
  } else if (change == "take") {
    if (known != next.end()) next.erase(known);
  } else {
    return fail(Fault::Refused, "an exhibit is put or taken away");
  }
  std::size_t bytes = 0;
  for (const Exhibit& each : next) bytes += each.trail.size() + each.title.size() + each.note.size();
  if (bytes > kMost) return fail(Fault::Refused, "no more exhibits than can be held");
  exhibits_ = std::move(next);
  ++changes_;
  return {};
}

void Tray::clear() {
  exhibits_.clear();
  ++changes_;
}

std::string Tray::json() const {
  JsonWriter out;
  out.object().member("changes", changes_).key("rows").array();
  for (const Exhibit& each : exhibits_)
    out.object().member("trail", each.trail).member("title", each.title).member("note", each.note).end();
  return out.end().end().take();
}

}  // namespace careo
