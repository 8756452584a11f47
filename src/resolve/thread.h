// SPDX-License-Identifier: Apache-2.0
// Which mails belong to one conversation: Zawinski's algorithm (jwz.org/doc/threading.html) on References and
// In-Reply-To, Outlook's Thread-Index, and the subject only where a mail has nothing else.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/date.h"

namespace careo {

/// What threading needs to know of one mail.
struct ThreadMail {
  std::string message_id;
  std::vector<std::string> in_reply_to;
  std::vector<std::string> references;  ///< oldest first, as in the header
  std::string subject;
  std::string conversation;  ///< as its Thread-Index names it; "" where it has none
  Instant date = 0;          ///< 0 where unknown
};

struct ThreadPlace {
  std::string thread;       ///< the same for every mail of one conversation; 16 hexadecimal digits
  std::string parent;       ///< Message-ID of the mail it answers, whether that is here or not; "" for a first mail
  bool by_subject = false;  ///< only its subject put it there
};

/// One place a mail, in the order given. What it says of a mail does not depend on that order, and a thread keeps its
/// name as long as its oldest known Message-ID stays the smallest. Time n log n.
std::vector<ThreadPlace> find_threads(const std::vector<ThreadMail>& mails);

/// The subject without "Re:", "Fwd:", "AW:", "Отв:" and their kin, list tags in brackets before them, and needless
/// white space; ASCII letters in lower case.
std::string thread_subject(std::string_view subject);

/// True when `subject` says that the mail is an answer or a forward.
bool is_reply_subject(std::string_view subject);

// What ties mails together, for those who look for the mails of one conversation alone.

/// The ids that a mail shares with every mail of its conversation that has one of them: its own, and those it answers.
std::vector<std::string> ids_of(const ThreadMail& mail);

/// Mails of one subject stand in an order that does not depend on where they are found.
bool stands_before(const ThreadMail& a, const ThreadMail& b);

/// Does this mail follow, by its subject alone, the one that stands just before it among all mails of that subject?
bool follows_by_subject(const ThreadMail& before, const ThreadMail& mail);

/// Subjects of fewer bytes tie nothing.
inline constexpr std::size_t kShortestSubject = 4;
/// Answers to a mail that has no id of its own are held together by subject only this long, in seconds.
inline constexpr Instant kSubjectWindow = 60LL * 86400;

/// Message-IDs that are answered or quoted by some mails and belong to none of them, whatever the order in which the
/// mails come. Of a mail that is here 16 bytes are kept: of SHA-256, so that nobody can make two that are taken for
/// one.
class MissingMails {
 public:
  void add(std::string_view message_id, const std::vector<std::string>& in_reply_to,
           const std::vector<std::string>& references);
  std::vector<std::string> list() const { return {wanted_.begin(), wanted_.end()}; }  ///< sorted

 private:
  using Name = std::array<std::uint64_t, 2>;
  struct Hash {
    std::size_t operator()(const Name& name) const { return name[0]; }
  };
  static Name name_of(std::string_view message_id);
  void want(const std::string& message_id);

  std::unordered_set<Name, Hash> here_;
  std::set<std::string, std::less<>> wanted_;
};

}  // namespace careo
