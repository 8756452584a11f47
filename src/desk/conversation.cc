// SPDX-License-Identifier: Apache-2.0
#include "desk/conversation.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/date.h"
#include "base/json.h"
#include "reference/fold.h"
#include "resolve/thread.h"

namespace careo {
namespace {

constexpr Instant kDay = 86400;
constexpr std::size_t kSubjectWords = 16;  // of a subject, to look for it: the rest is compared

std::vector<std::string> texts_of(const Json& array) {
  std::vector<std::string> out;
  for (const Json& item : array.items()) out.push_back(item.text());
  return out;
}

// "2023-09-28T10:00:00Z"; 0 where there is no such date.
Instant instant_of_text(std::string_view text) {
  const auto date = parse_iso_date(text.substr(0, 10));
  if (!date || text.size() < 19) return date ? days_from_civil(*date) * kDay : 0;
  int clock[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    const char* begin = text.data() + 11 + 3 * i;
    std::from_chars(begin, begin + 2, clock[i]);
  }
  return instant_of(*date, clock[0], clock[1], clock[2], 0);
}

Result<std::vector<ThreadMail>> mails_in(const Outcome& outcome) {
  std::vector<ThreadMail> out;
  for (const Reading& reading : outcome.readings) {
    if (reading.kind != "mail") continue;
    const Json value = TRY(Json::parse(reading.value));
    out.push_back({value["message_id"].text(), texts_of(value["in_reply_to"]), texts_of(value["references"]),
                   value["subject"].text(), conversation_key(value["thread_index"].text()),
                   instant_of_text(value["date"].text())});
  }
  return out;
}

/// All that may stand in one conversation with a mail. What find_threads() says of these is what it says of all mails:
/// whatever ties one of them to another mail has brought that mail here too.
class Gathered {
 public:
  explicit Gathered(Session& session) : store_(*session.store), index_(*session.index) {}

  Result<void> from(const PartId& part) {
    TRY(meet(part));
    for (; next_ < mails_.size(); ++next_) {
      const ThreadMail mail = mails_[next_];  // a copy: the list grows
      for (const std::string& id : ids_of(mail)) TRY(meet_by_id(id));
      if (!mail.conversation.empty()) TRY(meet_all(TRY(store_.joined(JoinKind::Conversation, mail.conversation))));
      TRY(meet_by_subject(mail));
    }
    return {};
  }
  const std::vector<PartId>& parts() const { return parts_; }
  const std::vector<ThreadMail>& mails() const { return mails_; }

 private:
  Result<void> meet(const PartId& part) {
    if (!met_.insert(part).second || !store_.has(part, Stage::Open)) return {};
    for (ThreadMail& mail : TRY(mails_in(TRY(store_.outcome(part, Stage::Open))))) {
      parts_.push_back(part);
      mails_.push_back(std::move(mail));
    }
    return {};
  }

  Result<void> meet_all(const std::vector<PartId>& parts) {
    for (const PartId& part : parts) TRY(meet(part));
    return {};
  }

  Result<void> meet_by_id(const std::string& id) {
    const std::string key = message_id_key(id);
    if (key.empty() || !asked_.insert(key).second) return {};
    TRY(meet_all(TRY(store_.joined(JoinKind::MessageId, key))));
    return meet_all(TRY(store_.joined(JoinKind::Answers, key)));
  }

  // The mails of that subject just before and just behind it, where one follows the other by subject alone.
  Result<void> meet_by_subject(const ThreadMail& mail) {
    const std::string subject = thread_subject(mail.subject);
    if (subject.size() < kShortestSubject || mail.date == 0) return {};
    struct Near {
      PartId part;
      ThreadMail mail;
    };
    std::optional<Near> before;
    std::optional<Near> behind;
    for (const PartId& part : TRY(nearest(subject, mail.date))) {
      for (ThreadMail& other : TRY(mails_in(TRY(store_.outcome(part, Stage::Open))))) {
        if (thread_subject(other.subject) != subject) continue;
        if (stands_before(other, mail) && (!before || stands_before(before->mail, other))) before = Near{part, other};
        if (stands_before(mail, other) && (!behind || stands_before(other, behind->mail))) behind = Near{part, other};
      }
    }
    if (before && follows_by_subject(before->mail, mail)) TRY(meet(before->part));
    if (behind && follows_by_subject(mail, behind->mail)) TRY(meet(behind->part));
    return {};
  }

  // The parts of that subject at that instant, and at the last before it and the first behind it.
  Result<std::vector<PartId>> nearest(const std::string& subject, Instant date) {
    Query query;
    const std::int64_t day = date / kDay;
    query.nodes.push_back({Query::Node::Kind::Facet, {}, {QueryField::Date, "", day - kWindow, day + kWindow}});
    std::vector<std::string> words = folded_words(subject);
    if (words.size() > kSubjectWords) words.resize(kSubjectWords);
    if (!words.empty()) {
      query.nodes.push_back({Query::Node::Kind::Phrase, {QueryField::Title, words, false, true}, {}});
      query.nodes.push_back({Query::Node::Kind::And, {}, {}});
    }
    Instant before = INT64_MIN;
    Instant behind = INT64_MAX;
    std::vector<std::pair<Instant, PartId>> found;
    SearchOptions all;
    all.limit = UINT64_MAX;
    all.order = SearchOptions::Order::Newest;
    for (const Hit& hit : TRY(index_.search(query, all)).rows) {
      if (hit.kind != "mail" || thread_subject(hit.label) != subject) continue;
      const Instant at = instant_of_text(hit.date);
      if (at < date) before = std::max(before, at);
      if (at > date) behind = std::min(behind, at);
      found.emplace_back(at, hit.part);
    }
    std::vector<PartId> out;
    for (const auto& [at, part] : found)
      if (at == before || at == date || at == behind) out.push_back(part);
    return out;
  }

  static constexpr std::int64_t kWindow = kSubjectWindow / kDay + 1;

  Case& store_;
  SearchIndex& index_;
  std::unordered_set<PartId> met_;
  std::unordered_set<std::string> asked_;
  std::vector<PartId> parts_;  // in the order of mails_
  std::vector<ThreadMail> mails_;
  std::size_t next_ = 0;  // the first that nothing was asked of yet
};

}  // namespace

Result<std::vector<ConversationMail>> conversation_with(Session& session, const PartId& part) {
  Gathered gathered(session);
  TRY(gathered.from(part));
  const std::vector<ThreadPlace> places = find_threads(gathered.mails());
  std::vector<std::pair<Instant, ConversationMail>> found;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i].thread != places[0].thread) continue;
    const PartId& member = gathered.parts()[i];
    const Instant date = gathered.mails()[i].date;
    found.push_back(
        {date,
         {TRY(session.store->trail(member)), TRY(session.store->part(member)).title, date == 0 ? "" : iso(date)}});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second.trail.print() < b.second.trail.print();
  });
  std::vector<ConversationMail> out;
  for (auto& [date, mail] : found) out.push_back(std::move(mail));
  return out;
}

Result<MailAccount> account_of_mails(Case& store, std::uint64_t total, Progress& progress, const StopFlag& stop) {
  MailAccount out;
  MissingMails missing;
  Tally tally;
  tally.phase = "looking for missing mails";
  tally.total = total;
  TRY(store.outcomes_since(0, [&](const Outcome& outcome) -> Result<void> {
    if (stop) return fail(Fault::Refused, "stopped");
    if (outcome.stage != Stage::Open) return {};
    ++tally.done;
    progress.tell(tally);
    bool mail = false;
    for (const Reading& reading : outcome.readings) {
      if (reading.kind != "mail") continue;
      mail = true;
      const Json value = TRY(Json::parse(reading.value));
      out.with_signature += value["signature"].text() == "present" ? 1U : 0U;
      missing.add(value["message_id"].text(), texts_of(value["in_reply_to"]), texts_of(value["references"]));
    }
    out.mails += mail ? 1U : 0U;
    return {};
  }));
  out.missing = missing.list();
  return out;
}

}  // namespace careo
