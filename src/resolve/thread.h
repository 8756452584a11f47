// SPDX-License-Identifier: Apache-2.0
// Which mails belong to one conversation: Zawinski's algorithm (jwz.org/doc/threading.html) on References and
// In-Reply-To, Outlook's Thread-Index, and the subject only where a mail has nothing else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace careo {

/// What threading needs to know of one mail.
struct ThreadMail {
  std::string message_id;
  std::vector<std::string> in_reply_to;
  std::vector<std::string> references;  ///< oldest first, as in the header
  std::string subject;
  std::string thread_index;  ///< as in the header: base64
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

/// Message-IDs that are answered or quoted by these mails and belong to none of them, sorted.
std::vector<std::string> missing_mails(const std::vector<ThreadMail>& mails);

}  // namespace careo
