// SPDX-License-Identifier: Apache-2.0
#include "resolve/person.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/hash.h"
#include "resolve/blocking.h"
#include "resolve/bounds.h"
#include "resolve/groups.h"
#include "resolve/judge.h"

namespace careo {
namespace {

// The mean of all pairs between two groups that are joined: a quarter of what makes a pair likely.
constexpr double kLeastMean = 5;

constexpr double kFirmMargin = 6;

/// Two documents that a person, or a rule, ties or parts.
struct Tie {
  double bits = 0;
  bool firm = false;
  bool decided = false;
  std::size_t a = 0, b = 0;
  std::string why;
};

std::string why_of(const Judged& judged) {
  std::string out;
  for (const std::string& each : judged.pro) out += (out.empty() ? "" : ", ") + each;
  if (!judged.contra.empty()) {
    out += "; against: ";
    for (std::size_t i = 0; i < judged.contra.size(); ++i) out += (i > 0 ? ", " : "") + judged.contra[i];
  }
  return out;
}

bool about_two(const Decision& decision) {
  return decision.verdict == Decision::Verdict::Same || decision.verdict == Decision::Verdict::Different ||
         decision.verdict == Decision::Verdict::Unsure;
}

/// What people said of pairs of documents.
struct Words {
  std::vector<Tie> same;
  std::set<std::pair<std::size_t, std::size_t>> different;
};

class Clustering {
 public:
  Clustering(const std::vector<IdentityRecord>& records, const std::vector<Decision>& decisions,
             const ResolveOptions& options)
      : records_(records), decisions_(decisions), options_(options), groups_(0), sure_(0) {}
  Resolution run();

 private:
  std::vector<Facts> clearly_read() const;
  void compare();
  void hear();
  void join_decided();
  void join_likely();
  void join_sure();
  std::optional<std::size_t> document_at(const Anchor& anchor) const;
  std::set<RecordPair> records_apart() const;
  bool apart(std::size_t a, std::size_t b) const;
  bool may_join(const Groups& groups, std::size_t a, std::size_t b) const;
  void persons();
  Person person(const std::vector<std::size_t>& members) const;
  void count();
  std::size_t surely_apart(const IdentityDocument& document) const;

  const std::vector<IdentityRecord>& records_;
  const std::vector<Decision>& decisions_;
  const ResolveOptions& options_;
  Resolution out_;
  std::vector<Facts> facts_;
  std::vector<Tie> ties_;          // likely pairs
  std::vector<PairIndex> may_be_;  // pairs that could be one person
  Words words_;
  Groups groups_, sure_;
  std::vector<Tie> used_;
};

void Clustering::compare() {
  for (const IdentityDocument& document : out_.documents) facts_.push_back(facts_of(document.merged));
  for (const auto& [a, b] : pairs_to_compare(facts_)) {
    Judged judged = judge(facts_[a], facts_[b]);
    const double bar = likely_bar(facts_[a], facts_[b], facts_.size());
    const bool likely = judged.likely(bar);
    // Nothing in a table is checked, so there it is the margin that makes a merge firm.
    if (facts_[a].typed && facts_[b].typed && likely && judged.bits >= bar + kFirmMargin) judged.firm = true;
    if (likely) ties_.push_back({judged.bits, judged.firm, false, a, b, why_of(judged)});
    if (judged.may_be || likely) may_be_.emplace_back(a, b);
  }
  std::stable_sort(ties_.begin(), ties_.end(),
                   [](const Tie& x, const Tie& y) { return x.firm != y.firm ? x.firm : x.bits > y.bits; });
}

std::optional<std::size_t> Clustering::document_at(const Anchor& anchor) const {
  for (std::size_t i = 0; i < out_.documents.size(); ++i) {
    for (const std::size_t record : out_.documents[i].records) {
      if (records_[record].anchor && meet(*records_[record].anchor, anchor)) return i;
    }
  }
  return std::nullopt;
}

/// Pictures that a person called different: of two documents then, whatever was read. The latest word stands.
std::set<RecordPair> Clustering::records_apart() const {
  const auto record_at = [&](const Anchor& anchor) {
    return std::find_if(records_.begin(), records_.end(),
                        [&](const IdentityRecord& record) { return record.anchor && meet(*record.anchor, anchor); }) -
           records_.begin();
  };
  std::set<RecordPair> out;
  for (const Decision& decision : decisions_) {
    if (!about_two(decision)) continue;
    const auto a = static_cast<std::size_t>(record_at(decision.first));
    const auto b = static_cast<std::size_t>(record_at(decision.second));
    if (a == b || std::max(a, b) >= records_.size()) continue;
    if (decision.verdict == Decision::Verdict::Different) {
      out.insert(std::minmax(a, b));
    } else {
      out.erase(std::minmax(a, b));
    }
  }
  return out;
}

/// The latest word on each pair of documents.
void Clustering::hear() {
  std::map<std::pair<std::size_t, std::size_t>, const Decision*> latest;
  for (const Decision& decision : decisions_) {
    if (!about_two(decision)) continue;
    const std::optional<std::size_t> a = document_at(decision.first);
    const std::optional<std::size_t> b = document_at(decision.second);
    if (a && b && *a != *b) latest[std::minmax(*a, *b)] = &decision;
  }
  for (const auto& [pair, decision] : latest) {
    if (decision->verdict == Decision::Verdict::Same) {
      words_.same.push_back(
          {0, true, true, pair.first, pair.second, fmt::format("{} decided that they are one", decision->by)});
    }
    if (decision->verdict == Decision::Verdict::Different) words_.different.insert(pair);
  }
}

bool Clustering::apart(std::size_t a, std::size_t b) const {
  return words_.different.contains(std::minmax(a, b));
}

/// No wall between any two members, and what ties the groups is not one chance likeness among many unlike members.
bool Clustering::may_join(const Groups& groups, std::size_t a, std::size_t b) const {
  const auto& left = groups.members(a);
  const auto& right = groups.members(b);
  double sum = 0;
  for (const std::size_t x : left) {
    for (const std::size_t y : right) {
      if (apart(x, y)) return false;
      const bool tied = std::any_of(words_.same.begin(), words_.same.end(),
                                    [&](const Tie& tie) { return std::minmax(tie.a, tie.b) == std::minmax(x, y); });
      if (tied) continue;
      const Judged judged = judge(facts_[x], facts_[y]);
      if (judged.wall) return false;
      sum += judged.bits;
    }
  }
  const auto pairs = static_cast<double>(left.size() * right.size());
  return pairs == 1 || sum / pairs >= kLeastMean;
}

void Clustering::join_decided() {
  for (const Tie& tie : words_.same) {
    bool forbidden = false;
    for (const std::size_t x : groups_.members(tie.a)) {
      for (const std::size_t y : groups_.members(tie.b)) forbidden = forbidden || apart(x, y);
    }
    if (forbidden || groups_.leader(tie.a) == groups_.leader(tie.b)) continue;
    groups_.join(tie.a, tie.b);
    sure_.join(tie.a, tie.b);
    used_.push_back(tie);
  }
}

void Clustering::join_likely() {
  for (const Tie& tie : ties_) {
    if (groups_.leader(tie.a) == groups_.leader(tie.b)) continue;
    if (!may_join(groups_, tie.a, tie.b)) continue;
    groups_.join(tie.a, tie.b);
    used_.push_back(tie);
  }
}

/// The upper bound knows only merges that are sure and that the grouping made too.
void Clustering::join_sure() {
  for (const Tie& tie : ties_) {
    if (tie.firm && groups_.leader(tie.a) == groups_.leader(tie.b)) sure_.join(tie.a, tie.b);
  }
}

Person Clustering::person(const std::vector<std::size_t>& members) const {
  Person out;
  out.documents = members;
  std::vector<std::size_t> order = members;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return out_.documents[x].merged.grade > out_.documents[y].merged.grade;
  });
  const auto take = [&](std::string* into, std::string_view field) {
    Grade best = Grade::Inconsistent;
    for (const std::size_t each : order) {
      const FieldValue& value = out_.documents[each].merged.field(field);
      if (value.empty() || (!into->empty() && value.grade <= best)) continue;
      *into = value.value;
      best = value.grade;
    }
  };
  take(&out.birth_date, "birth_date");
  take(&out.nationality, "nationality");
  for (const std::size_t each : order) {
    const IdentityRecord& merged = out_.documents[each].merged;
    std::string name = merged.field("name").value;
    if (name.empty()) {
      name = merged.field("given_names").value;
      const std::string& surname = merged.field("surname").value;
      name += (name.empty() || surname.empty() ? "" : " ") + surname;
    }
    if (!name.empty() && std::find(out.names.begin(), out.names.end(), name) == out.names.end())
      out.names.push_back(name);
  }
  out.id = "p-" + sha256("person " + out_.documents[members.front()].id).hex().substr(0, 12);
  return out;
}

void Clustering::persons() {
  std::vector<std::size_t> person_of_document(out_.documents.size());
  for (std::size_t i = 0; i < out_.documents.size(); ++i) {
    std::vector<std::size_t> members = groups_.members(i);
    std::sort(members.begin(), members.end());
    if (members.front() != i) continue;
    for (const std::size_t member : members) person_of_document[member] = out_.persons.size();
    out_.persons.push_back(person(members));
  }
  const auto add = [](std::vector<std::string>* reasons, const std::string& why) {
    if (std::find(reasons->begin(), reasons->end(), why) == reasons->end()) reasons->push_back(why);
  };
  for (std::size_t i = 0; i < out_.documents.size(); ++i) {
    for (const std::string& why : out_.documents[i].reasons) add(&out_.persons[person_of_document[i]].reasons, why);
  }
  for (const Tie& tie : used_) add(&out_.persons[person_of_document[tie.a]].reasons, tie.why);
  out_.person_of.resize(records_.size());
  for (std::size_t i = 0; i < out_.documents.size(); ++i) {
    for (const std::size_t record : out_.documents[i].records) out_.person_of[record] = person_of_document[i];
  }
}

/// How many persons the pictures of a document could be of at most, where it was put together by likeness: pictures
/// that rules P1 to P3 tie are one person's, whatever their numbers say.
std::size_t Clustering::surely_apart(const IdentityDocument& document) const {
  std::vector<Facts> facts;
  for (const std::size_t record : document.records) facts.push_back(facts_of(records_[record]));
  Groups groups(facts.size());
  for (std::size_t i = 0; i < facts.size(); ++i) {
    for (std::size_t k = i + 1; k < facts.size(); ++k) {
      const bool one_paper =
          same_document(records_[document.records[i]], records_[document.records[k]]).sameness == Sameness::Sure;
      if (one_paper || judge(facts[i], facts[k]).firm) groups.join(i, k);
    }
  }
  return groups.count();
}

// A zone of which neither the number nor the name was read clearly shows that a document is there, not whose: it may be
// another picture of any document in the case, so it cannot raise the lower bound.
std::vector<Facts> Clustering::clearly_read() const {
  std::vector<Facts> out = facts_;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const IdentityRecord& merged = out_.documents[i].merged;
    const bool clear = merged.field("document_number").grade == Grade::Checked ||
                       merged.field("document_number").grade == Grade::Unconfirmed ||
                       merged.field("surname").grade >= Grade::Unconfirmed || merged.lines.empty();
    if (!clear) out[i] = {};
  }
  return out;
}

void Clustering::count() {
  PersonCount& count = out_.count;
  count.images = records_.size();
  count.documents = out_.documents.size();
  count.unread_images = options_.unread_images;
  count.waiting_pages = options_.waiting_pages;
  count.expected = out_.persons.size();
  for (const Tie& tie : words_.same) may_be_.push_back(std::minmax(tie.a, tie.b));
  std::erase_if(may_be_, [&](const PairIndex& pair) { return apart(pair.first, pair.second); });
  count.lower = surely_different(clearly_read(), may_be_);
  count.upper = sure_.count() + options_.unread_images + options_.waiting_pages;
  for (const IdentityDocument& document : out_.documents) {
    if (document.sure_records > 1) count.upper += surely_apart(document) - 1;
  }
  count.lower = std::min(count.lower, count.expected);
  count.upper = std::max(count.upper, count.expected);
}

Resolution Clustering::run() {
  out_.documents = group_documents(records_, records_apart());
  groups_ = Groups(out_.documents.size());
  sure_ = Groups(out_.documents.size());
  compare();
  hear();
  join_decided();
  join_likely();
  join_sure();
  persons();
  count();
  return std::move(out_);
}

}  // namespace

Resolution resolve_persons(const std::vector<IdentityRecord>& records, const std::vector<Decision>& decisions,
                           const ResolveOptions& options) {
  return Clustering(records, decisions, options).run();
}

}  // namespace careo
