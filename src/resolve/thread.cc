// SPDX-License-Identifier: Apache-2.0
#include "resolve/thread.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "base/text.h"

namespace careo {
namespace {

// What mail programs put before the subject of an answer or a forward, in the languages they speak.
constexpr auto kPrefixes = std::to_array<std::string_view>({
    "re",     "fw", "fwd",  "aw",   "wg",  "sv",    "vs",        "vb",   "antw", "odp",  "rif",
    "res",    "rv", "enc",  "tr",   "r",   "i",     "ynt",       "доб",  "отв",  "на",   "ответ",
    "пересл", "от", "вiдп", "відп", "пер", "reenv", "reenviado", "回复", "答复", "转发",
});

// Takes "Re:", "RE[2]:", "Fwd :" or "[list]" from the front; false where none stands there. A tag in brackets goes
// only where something follows it.
bool take_prefix(std::string_view* subject, bool* reply) {
  *subject = trim(*subject);
  if (subject->starts_with('[')) {
    const std::size_t end = subject->find(']');
    if (end == std::string_view::npos || end > 40 || trim(subject->substr(end + 1)).empty()) return false;
    subject->remove_prefix(end + 1);
    return true;
  }
  const std::size_t colon = subject->find(':');
  if (colon == std::string_view::npos || colon > 24) return false;
  std::string_view word = trim(subject->substr(0, colon));
  const std::size_t count = word.find_first_of("[(^*");
  if (count != std::string_view::npos) word = trim(word.substr(0, count));
  for (const std::string_view prefix : kPrefixes) {
    // Cyrillic prefixes are compared with their capital first letter as well: two bytes apart in UTF-8.
    std::u32string folded = utf32_of(word);
    for (char32_t& c : folded)
      if (c >= U'А' && c <= U'Я') c += 32;
    if (!equal_ignoring_case(utf8_of(folded), prefix)) continue;
    subject->remove_prefix(colon + 1);
    *reply = true;
    return true;
  }
  return false;
}

std::string_view stripped(std::string_view subject, bool* reply) {
  // A subject of a thousand "Re:" is damage, not a thread of that depth.
  for (int i = 0; i < 100 && take_prefix(&subject, reply); ++i) {
  }
  return trim(subject);
}

/// Sets of nodes that grow together.
class Union {
 public:
  explicit Union(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t find(std::size_t node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }
  void join(std::size_t a, std::size_t b) { parent_[find(a)] = find(b); }
  std::size_t add() {
    parent_.push_back(parent_.size());
    return parent_.size() - 1;
  }

 private:
  std::vector<std::size_t> parent_;
};

class Threader {
 public:
  explicit Threader(const std::vector<ThreadMail>& mails) : mails_(mails), sets_(mails.size()) {}

  std::vector<ThreadPlace> run() {
    for (std::size_t i = 0; i < mails_.size(); ++i) join_by_ids(i);
    join_by_index();
    join_by_subject();
    return name_all();
  }

 private:
  void join_by_ids(std::size_t i) {
    for (const std::string& id : ids_of(mails_[i])) sets_.join(i, node_of(id));
  }

  std::size_t node_of(const std::string& id) {
    const auto [at, fresh] = nodes_.try_emplace(id, 0);
    if (fresh) at->second = sets_.add();
    return at->second;
  }

  void join_by_index() {
    std::unordered_map<std::string, std::size_t> conversations;
    for (std::size_t i = 0; i < mails_.size(); ++i) {
      const std::string& name = mails_[i].conversation;
      if (name.empty()) continue;
      const auto [at, fresh] = conversations.try_emplace(name, i);
      if (!fresh) sets_.join(i, at->second);
    }
  }

  void join_by_subject() {
    by_subject_.assign(mails_.size(), false);
    std::map<std::string, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < mails_.size(); ++i) {
      std::string subject = thread_subject(mails_[i].subject);
      if (subject.size() >= kShortestSubject) groups[std::move(subject)].push_back(i);
    }
    for (auto& [subject, group] : groups) {
      std::sort(group.begin(), group.end(),
                [&](std::size_t a, std::size_t b) { return stands_before(mails_[a], mails_[b]); });
      for (std::size_t k = 1; k < group.size(); ++k) {
        if (!follows_by_subject(mails_[group[k - 1]], mails_[group[k]])) continue;
        sets_.join(group[k], group[k - 1]);
        by_subject_[group[k]] = true;
      }
    }
  }

  // A thread is named by the smallest Message-ID known in it; a lone mail without one by its subject and date.
  std::vector<ThreadPlace> name_all() {
    std::unordered_map<std::size_t, std::string> smallest;
    for (const auto& [id, node] : nodes_) {
      std::string& name = smallest[sets_.find(node)];
      if (name.empty() || id < name) name = id;
    }
    for (std::size_t i = 0; i < mails_.size(); ++i) {
      std::string& name = smallest[sets_.find(i)];
      if (name.empty() || name[0] == '\n') {
        std::string own = "\n" + thread_subject(mails_[i].subject) + "\n" + iso(mails_[i].date);
        if (name.empty() || own < name) name = std::move(own);
      }
    }
    std::vector<ThreadPlace> out(mails_.size());
    for (std::size_t i = 0; i < mails_.size(); ++i) {
      const ThreadMail& mail = mails_[i];
      out[i].thread = sha256(smallest[sets_.find(i)]).hex().substr(0, 16);
      out[i].by_subject = by_subject_[i];
      if (!mail.references.empty()) {
        out[i].parent = mail.references.back();
      } else if (!mail.in_reply_to.empty()) {
        out[i].parent = mail.in_reply_to.front();
      }
      if (out[i].parent == mail.message_id) out[i].parent.clear();
    }
    return out;
  }

  const std::vector<ThreadMail>& mails_;
  Union sets_;
  std::unordered_map<std::string, std::size_t> nodes_;
  std::vector<bool> by_subject_;
};

}  // namespace

std::string thread_subject(std::string_view subject) {
  bool ignored = false;
  std::string out;
  for (const char c : stripped(subject, &ignored)) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out.push_back(blank ? ' ' : lower_ascii(c));
  }
  return out;
}

bool is_reply_subject(std::string_view subject) {
  bool reply = false;
  stripped(subject, &reply);
  return reply;
}

// Old programs put the sender's address into In-Reply-To: that counts where there is nothing better.
std::vector<std::string> ids_of(const ThreadMail& mail) {
  std::vector<std::string> out = mail.references.empty() ? mail.in_reply_to : mail.references;
  if (!mail.message_id.empty()) out.push_back(mail.message_id);
  return out;
}

bool stands_before(const ThreadMail& a, const ThreadMail& b) {
  if (a.date != b.date) return a.date < b.date;
  if (is_reply_subject(a.subject) != is_reply_subject(b.subject)) return is_reply_subject(b.subject);
  if (a.message_id != b.message_id) return a.message_id < b.message_id;
  return a.subject < b.subject;
}

// A mail whose subject says that it is an answer, and which names none, joins the youngest mail before it of that
// subject, if that is not too long ago.
bool follows_by_subject(const ThreadMail& before, const ThreadMail& mail) {
  if (!mail.references.empty() || !mail.in_reply_to.empty() || !mail.conversation.empty()) return false;
  if (!is_reply_subject(mail.subject) || mail.date == 0 || before.date == 0) return false;
  return mail.date - before.date <= kSubjectWindow;
}

std::vector<ThreadPlace> find_threads(const std::vector<ThreadMail>& mails) {
  return Threader(mails).run();
}

MissingMails::Name MissingMails::name_of(std::string_view message_id) {
  const Sha256 hash = sha256(message_id);
  Name out{};
  std::memcpy(out.data(), hash.bytes.data(), sizeof out);
  return out;
}

void MissingMails::want(const std::string& message_id) {
  if (!here_.contains(name_of(message_id))) wanted_.insert(message_id);
}

void MissingMails::add(std::string_view message_id, const std::vector<std::string>& in_reply_to,
                       const std::vector<std::string>& references) {
  here_.insert(name_of(message_id));
  if (const auto found = wanted_.find(message_id); found != wanted_.end()) wanted_.erase(found);
  for (const std::string& id : references) want(id);
  // Old programs put other words there.
  for (const std::string& id : in_reply_to)
    if (id.find('@') != std::string::npos) want(id);
}

}  // namespace careo
