// SPDX-License-Identifier: Apache-2.0
// Mails in their conversations: which belong together, and which are answered here without being here.
#pragma once

#include <string>
#include <vector>

#include "store/case.h"

namespace careo {

/// One mail of a conversation.
struct ConversationMail {
  Trail trail;
  std::string subject;
  std::string date;  ///< ISO 8601 or ""
};

/// The mails in one conversation with this one, itself among them, oldest first; empty where the part is no mail.
Result<std::vector<ConversationMail>> conversation_of(Case& store, const PartId& part);

/// Message-IDs that mails here answer or quote, and that no mail here has: they must have existed. Sorted.
Result<std::vector<std::string>> missing_from(Case& store);

}  // namespace careo
