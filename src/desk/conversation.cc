// SPDX-License-Identifier: Apache-2.0
#include "desk/conversation.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/date.h"
#include "base/json.h"
#include "resolve/thread.h"

namespace careo {
namespace {

struct Mails {
  std::vector<PartId> parts;  // in the order of `mails`
  std::vector<ThreadMail> mails;
};

std::vector<std::string> texts_of(const Json& array) {
  std::vector<std::string> out;
  for (const Json& item : array.items()) out.push_back(item.text());
  return out;
}

// "2023-09-28T10:00:00Z"; 0 where there is no such date.
Instant instant_of_text(const std::string& text) {
  const auto date = parse_iso_date(std::string_view(text).substr(0, 10));
  if (!date || text.size() < 19) return date ? days_from_civil(*date) * 86400 : 0;
  int clock[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    const char* begin = text.data() + 11 + 3 * i;
    std::from_chars(begin, begin + 2, clock[i]);
  }
  return instant_of(*date, clock[0], clock[1], clock[2], 0);
}

// In the order of the log: in the order of ids each mail would unseal a chunk of its own.
Result<Mails> mails_of(Case& store) {
  Mails out;
  std::unordered_set<PartId> seen;
  TRY(store.outcomes_since(0, [&](const Outcome& outcome) -> Result<void> {
    if (outcome.stage != Stage::Open || !seen.insert(outcome.part).second) return {};
    for (const Reading& reading : outcome.readings) {
      if (reading.kind != "mail") continue;
      const Json value = TRY(Json::parse(reading.value));
      out.parts.push_back(outcome.part);
      out.mails.push_back({value["message_id"].text(), texts_of(value["in_reply_to"]), texts_of(value["references"]),
                           value["subject"].text(), value["thread_index"].text(),
                           instant_of_text(value["date"].text())});
    }
    return {};
  }));
  return out;
}

}  // namespace

Result<std::vector<ConversationMail>> conversation_of(Case& store, const PartId& part) {
  const Mails all = TRY(mails_of(store));
  const auto here = std::find(all.parts.begin(), all.parts.end(), part);
  if (here == all.parts.end()) return std::vector<ConversationMail>{};
  const std::vector<ThreadPlace> places = find_threads(all.mails);
  const std::string& thread = places[static_cast<std::size_t>(here - all.parts.begin())].thread;
  std::vector<std::pair<Instant, ConversationMail>> found;
  for (std::size_t i = 0; i < all.parts.size(); ++i) {
    if (places[i].thread != thread) continue;
    const Instant when = all.mails[i].date;
    found.push_back({when, {TRY(store.trail(all.parts[i])), all.mails[i].subject, when == 0 ? "" : iso(when)}});
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<ConversationMail> out;
  for (auto& [when, mail] : found) out.push_back(std::move(mail));
  return out;
}

Result<std::vector<std::string>> missing_from(Case& store) {
  return missing_mails(TRY(mails_of(store)).mails);
}

}  // namespace careo
