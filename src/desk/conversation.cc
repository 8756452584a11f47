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
  std::uint64_t with_signature = 0;
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
Result<Mails> mails_of(Case& store, const StopFlag& stop) {
  Mails out;
  std::unordered_set<PartId> seen;
  TRY(store.outcomes_since(0, [&](const Outcome& outcome) -> Result<void> {
    if (stop) return fail(Fault::Refused, "stopped");
    if (outcome.stage != Stage::Open || !seen.insert(outcome.part).second) return {};
    for (const Reading& reading : outcome.readings) {
      if (reading.kind != "mail") continue;
      const Json value = TRY(Json::parse(reading.value));
      out.parts.push_back(outcome.part);
      out.with_signature += value["signature"].text() == "present" ? 1U : 0U;
      out.mails.push_back({value["message_id"].text(), texts_of(value["in_reply_to"]), texts_of(value["references"]),
                           value["subject"].text(), value["thread_index"].text(),
                           instant_of_text(value["date"].text())});
    }
    return {};
  }));
  return out;
}

}  // namespace

Result<Conversations> Conversations::of(Case& store, const StopFlag& stop) {
  const Mails all = TRY(mails_of(store, stop));
  const std::vector<ThreadPlace> places = find_threads(all.mails);
  Conversations out;
  MissingMails missing;
  for (const ThreadMail& mail : all.mails) missing.add(mail.message_id, mail.in_reply_to, mail.references);
  out.missing_ = missing.list();
  out.with_signature_ = all.with_signature;
  std::unordered_map<std::string_view, std::uint32_t> by_name;
  for (std::size_t i = 0; i < all.parts.size(); ++i) {
    const auto [found, fresh] = by_name.try_emplace(places[i].thread, out.threads_.size());
    if (fresh) out.threads_.emplace_back();
    out.threads_[found->second].push_back({all.parts[i], all.mails[i].date});
    out.thread_of_.try_emplace(all.parts[i], found->second);
  }
  for (auto& thread : out.threads_) std::ranges::stable_sort(thread, {}, [](const auto& mail) { return mail.date; });
  return out;
}

Result<std::vector<std::string>> missing_mails(Case& store, std::uint64_t total, Progress& progress,
                                               const StopFlag& stop) {
  MissingMails missing;
  Tally tally;
  tally.phase = "looking for missing mails";
  tally.total = total;
  TRY(store.outcomes_since(0, [&](const Outcome& outcome) -> Result<void> {
    if (stop) return fail(Fault::Refused, "stopped");
    if (outcome.stage != Stage::Open) return {};
    ++tally.done;
    progress.tell(tally);
    for (const Reading& reading : outcome.readings) {
      if (reading.kind != "mail") continue;
      const Json value = TRY(Json::parse(reading.value));
      missing.add(value["message_id"].text(), texts_of(value["in_reply_to"]), texts_of(value["references"]));
    }
    return {};
  }));
  return missing.list();
}

Result<std::vector<ConversationMail>> Conversations::with(Case& store, const PartId& part) const {
  std::vector<ConversationMail> out;
  const auto found = thread_of_.find(part);
  if (found == thread_of_.end()) return out;
  for (const Mail& mail : threads_[found->second])
    out.push_back(
        {TRY(store.trail(mail.part)), TRY(store.part(mail.part)).title, mail.date == 0 ? "" : iso(mail.date)});
  return out;
}

}  // namespace careo
