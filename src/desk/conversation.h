// SPDX-License-Identifier: Apache-2.0
// Mails in their conversations: which belong together, and which are answered here without being here.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "desk/progress.h"
#include "store/case.h"

namespace careo {

/// One mail of a conversation.
struct ConversationMail {
  Trail trail;
  std::string subject;
  std::string date;  ///< ISO 8601 or ""
};

/// The mails of a case by conversation. Every mail has to be looked at to know one conversation: a desk keeps this.
class Conversations {
 public:
  static Result<Conversations> of(Case& store, const StopFlag& stop = kNeverStopped);

  /// The mails in one conversation with this one, itself among them, oldest first; empty where the part is no mail.
  Result<std::vector<ConversationMail>> with(Case& store, const PartId& part) const;
  /// Message-IDs that mails here answer or quote, and that no mail here has: they must have existed. Sorted.
  const std::vector<std::string>& missing() const { return missing_; }
  std::uint64_t mails() const { return thread_of_.size(); }
  /// Of these, those that carry a signature; whether it holds is not said by this.
  std::uint64_t with_signature() const { return with_signature_; }

 private:
  struct Mail {
    PartId part;
    Instant date = 0;  ///< 0 where unknown
  };
  std::vector<std::vector<Mail>> threads_;  ///< each oldest first
  std::unordered_map<PartId, std::uint32_t> thread_of_;
  std::vector<std::string> missing_;
  std::uint64_t with_signature_ = 0;
};

/// missing() without the conversations: a mail takes some 50 bytes then. Tells `progress` how many of `total` parts
/// were looked at; Refused where it is stopped.
Result<std::vector<std::string>> missing_mails(Case& store, std::uint64_t total, Progress& progress,
                                               const StopFlag& stop);

}  // namespace careo
