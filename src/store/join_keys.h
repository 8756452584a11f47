// SPDX-License-Identifier: Apache-2.0
// The values by which parts meet one another, taken out of readings: addresses, message ids, document numbers, dates.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/outcome.h"

namespace careo {

/// Numbers are stored in the catalog: new kinds go to the end.
enum class JoinKind : std::uint8_t {
  Address,         ///< of mail, in lower case
  AddressName,     ///< the name beside an address, as written
  MessageId,       ///< of the mail itself, without angle brackets
  Answers,         ///< a message id that the mail answers or refers to
  Date,            ///< ISO 8601, of a mail
  DocumentNumber,  ///< of an identity document, as understood
  Conversation,    ///< as a mail's Thread-Index names it: conversation_key()
};

struct JoinKey {
  JoinKind kind = JoinKind::Address;
  std::string key;
  Region region;
  bool operator==(const JoinKey&) const = default;
};

/// What a list shows of a part, from its mail reading; empty where it has none.
struct Caption {
  std::string title;
  std::string date;
};

/// The key by which a Message-ID joins, as a reading has it: without blanks and angle brackets. Some programs wrote
/// more words there: the first.
std::string message_id_key(std::string_view id);
/// What all mails of an Outlook conversation have in common, hexadecimal: the first 22 bytes of the Thread-Index, five
/// more come with each answer (MS-OXOMSG, section 2.2.1.3). "" where these are not there.
std::string conversation_key(std::string_view thread_index);

/// The keys of an outcome, each once; at most 4096. JSON is parsed only for readings of kind mail and mrz.
std::vector<JoinKey> join_keys(const Outcome& outcome, Caption* caption);

}  // namespace careo
