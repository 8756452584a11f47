// SPDX-License-Identifier: Apache-2.0
// A message as an MSG file keeps it: its properties, recipients and attachments ([MS-OXMSG]). Borrows the file.
#pragma once

#include <string>
#include <vector>

#include "unpack/mail/address.h"
#include "unpack/outlook/msg_properties.h"

namespace careo {

struct MsgRecipient {
  enum class As { Originator, To, Cc, Bcc };
  As as = As::To;
  MailAddress address;  ///< SMTP where it is known, else what the directory calls it ("/o=.../cn=...")
};

struct MsgAttachment {
  /// [MS-OXCMSG] 2.2.2.9
  enum class Method { None, ByValue, Reference, Message, Object };
  Method method = Method::ByValue;
  std::uint32_t storage = 0;
  std::string name;
  std::string media_type;
  std::string path;                     ///< of a reference
  const CompoundEntry* data = nullptr;  ///< a stream, or a storage for messages and objects
};

struct MsgMessage {
  MsgProperties properties;
  MsgNames names;
  unsigned code_page = 0;  ///< of text of the old kind; 0: guessed
  std::vector<MsgRecipient> recipients;
  std::vector<MsgAttachment> attachments;
  std::string message_class;  ///< "IPM.Note"
  bool cut = false;           ///< more recipients or attachments than are read

  std::string text(std::uint16_t id) const { return properties.text(id, code_page); }
  std::string named_text(const mapi::Guid& set, std::uint32_t number) const { return text(names.id(set, number)); }
  /// True where the class is `wanted` or one below it ("IPM.Note.SMIME" is an "IPM.Note").
  bool is(std::string_view wanted) const;
};

Result<MsgMessage> read_msg(CompoundFile& file);

}  // namespace careo
