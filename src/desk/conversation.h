// SPDX-License-Identifier: Apache-2.0
// Mails in their conversations: which belong together, and which are answered here without being here.
#pragma once

#include <string>
#include <vector>

#include "desk/progress.h"
#include "desk/session.h"

namespace careo {

/// One mail of a conversation.
struct ConversationMail {
  Trail trail;
  std::string subject;
  std::string date;  ///< ISO 8601 or ""
};

/// The mails in one conversation with this one (resolve/thread.h), itself among them, oldest first; empty where the
/// part is no mail. Only those are looked at to which an id, a Thread-Index or a subject leads, however many the case
/// holds.
Result<std::vector<ConversationMail>> conversation_with(Session& session, const PartId& part);

/// What the mails of a case say together.
struct MailAccount {
  std::uint64_t mails = 0;
  std::uint64_t with_signature = 0;  ///< whether it holds is not said by this
  /// Message-IDs that mails here answer or quote, and that no mail here has: they must have existed. Sorted.
  std::vector<std::string> missing;
};

/// Looks at every mail; one takes some 50 bytes meanwhile. Tells `progress` how many of `total` parts were looked at;
/// Refused where it is stopped.
Result<MailAccount> account_of_mails(Case& store, std::uint64_t total, Progress& progress, const StopFlag& stop);

}  // namespace careo
