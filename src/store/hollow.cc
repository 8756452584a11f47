// SPDX-License-Identifier: Apache-2.0
#include "store/hollow.h"

#include <algorithm>

#include "base/json.h"

namespace careo {
namespace {

constexpr std::size_t kShortestName = 4;
constexpr std::string_view kWord = "forgotten";

// How the readings of openers name a child: by its step, its trail or its hash; lists of attachments also by its name.
bool is_about(const Json& value, const Child& child) {
  const std::string step = child.step.print();
  const auto ends_in_step = [&step](const std::string& text) { return text == step || text.ends_with("/" + step); };
  return ends_in_step(value["step"].text()) || ends_in_step(value["trail"].text()) ||
         (child.part && value["sha256"].text() == child.part->sha256.hex());
}

bool is_listed(const Json& value, const Child& child) {
  return is_about(value, child) || (!child.name.empty() && value["name"].text() == child.name);
}

template <typename Test>
bool any_child(const std::vector<Child>& gone, const Json& value, Test test) {
  return std::any_of(gone.begin(), gone.end(), [&](const Child& child) { return test(value, child); });
}

/// The value without what its lists say of the children; false where it speaks of one of them alone.
bool scrub(const std::vector<Child>& gone, std::string* text) {
  const auto value = Json::parse(*text);
  if (!value || value->type() != Json::Type::Object) return true;
  if (any_child(gone, *value, is_about)) return false;
  bool any = false;
  JsonWriter out;
  out.object();
  for (const auto& [name, member] : value->members()) {
    out.key(name);
    if (member.type() != Json::Type::Array) {
      out.value(member);
      continue;
    }
    out.array();
    for (const Json& item : member.items()) {
      const bool goes = item.type() == Json::Type::Object && any_child(gone, item, is_listed);
      any = any || goes;
      if (!goes) out.value(item);
    }
    out.end();
  }
  if (any) *text = out.end().take();
  return true;
}

}  // namespace

Outcome hollowed(Outcome outcome, const std::function<bool(const PartId&)>& goes) {
  if (outcome.stage != Stage::Open) return outcome;
  outcome.claims.clear();
  const auto went = [&goes](const Child& child) { return child.part && goes(child.part->id()); };
  if (std::none_of(outcome.children.begin(), outcome.children.end(), went)) return outcome;
  std::vector<Child> gone;
  Children left;
  static_cast<void>(outcome.children.drain([&](const Child& child) -> Result<void> {
    went(child) ? gone.push_back(child) : left.push_back(child);
    return {};
  }));
  outcome.children = std::move(left);
  if (outcome.expected) *outcome.expected -= std::min<std::uint64_t>(*outcome.expected, gone.size());
  std::erase_if(outcome.readings, [&gone](Reading& reading) { return !scrub(gone, &reading.value); });
  for (Unread& unread : outcome.unread)
    for (const Child& child : gone)
      if (!child.name.empty() && unread.reason.find(child.name) != std::string::npos) unread.reason = kWord;
  for (const Child& child : gone)
    if (!child.name.empty() && outcome.reason.find(child.name) != std::string::npos) outcome.reason = kWord;
  const std::string count = std::to_string(gone.size()) + (gone.size() == 1 ? " part" : " parts");
  outcome.unread.push_back({{}, 0, std::string(kWord) + ": " + count});
  if (outcome.state == State::Read) {
    outcome.state = State::Cut;
    outcome.reason = outcome.unread.back().reason;
  }
  return outcome;
}

bool mentions(const Outcome& hollowed, const std::vector<std::string>& names) {
  const auto in = [&names](std::string_view text) {
    return std::any_of(names.begin(), names.end(), [text](const std::string& name) {
      return name.size() >= kShortestName && text.find(name) != std::string_view::npos;
    });
  };
  return std::any_of(hollowed.texts.begin(), hollowed.texts.end(), [&](const Text& text) { return in(text.utf8); }) ||
         std::any_of(hollowed.readings.begin(), hollowed.readings.end(),
                     [&](const Reading& reading) { return in(reading.value) || in(reading.raw); });
}

}  // namespace careo
