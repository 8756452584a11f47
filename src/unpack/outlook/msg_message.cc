// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/msg_message.h"

#include <algorithm>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::size_t kMostRecipients = kMaxAddresses;
constexpr std::size_t kMostAttachments = 100'000;
constexpr std::size_t kHeadOfMessage = 32;
constexpr std::size_t kHeadOfPart = 8;

MsgRecipient recipient_of(const MsgProperties& properties, unsigned code_page) {
  MsgRecipient out;
  const std::int64_t type = properties.number(mapi::kRecipientType).value_or(1) & 0x0F;
  out.as = type == 0   ? MsgRecipient::As::Originator
           : type == 2 ? MsgRecipient::As::Cc
           : type == 3 ? MsgRecipient::As::Bcc
                       : MsgRecipient::As::To;
  out.address.name = properties.text(mapi::kDisplayName, code_page);
  out.address.address = properties.text(mapi::kSmtpAddress, code_page);
  if (out.address.address.empty()) out.address.address = properties.text(mapi::kAddress, code_page);
  if (out.address.name == out.address.address) out.address.name.clear();
  return out;
}

MsgAttachment::Method method_of(std::int64_t number) {
  switch (number) {
    case 0: return MsgAttachment::Method::None;
    case 2:
    case 3:
    case 4:
    case 7: return MsgAttachment::Method::Reference;
    case 5: return MsgAttachment::Method::Message;
    case 6: return MsgAttachment::Method::Object;
    default: return MsgAttachment::Method::ByValue;
  }
}

MsgAttachment attachment_of(const MsgProperties& properties, std::uint32_t storage, unsigned code_page) {
  MsgAttachment out;
  out.storage = storage;
  out.method = method_of(properties.number(mapi::kAttachMethod).value_or(1));
  for (const std::uint16_t id : {mapi::kAttachLongName, mapi::kAttachName, mapi::kDisplayName})
    if (out.name.empty()) out.name = properties.text(id, code_page);
  out.media_type = lower_ascii(properties.text(mapi::kAttachMime, code_page));
  out.path = properties.text(mapi::kAttachLongPath, code_page);
  out.data = properties.entry(mapi::kAttachData);
  // What is there says more than what the method promises.
  if (out.data != nullptr && out.data->kind == CompoundEntry::Kind::Storage &&
      out.method != MsgAttachment::Method::Message)
    out.method = MsgAttachment::Method::Object;
  return out;
}

// "IPM.Note" and its like name the character set of their old texts; those that do not are guessed, text by text.
unsigned code_page_of(const MsgProperties& properties) {
  for (const std::uint16_t id : {mapi::kMessageCodePage, mapi::kInternetCodePage}) {
    const std::int64_t page = properties.number(id).value_or(0);
    if (page > 0 && page < 65536 && page != 1200) return static_cast<unsigned>(page);
  }
  return 0;
}

}  // namespace

bool MsgMessage::is(std::string_view wanted) const {
  return starts_with_ignoring_case(message_class, wanted) &&
         (message_class.size() == wanted.size() || message_class[wanted.size()] == '.');
}

Result<MsgMessage> read_msg(CompoundFile& file) {
  MsgMessage out;
  out.properties = MsgProperties::read(file, 0, kHeadOfMessage);
  out.names = TRY(MsgNames::read(file));
  out.code_page = code_page_of(out.properties);
  out.message_class = out.text(mapi::kMessageClass);
  // Children of a storage come in the order of the directory; their names carry the order of the message.
  std::vector<const CompoundEntry*> inside = file.inside(0);
  std::stable_sort(inside.begin(), inside.end(),
                   [](const CompoundEntry* a, const CompoundEntry* b) { return a->name < b->name; });
  for (const CompoundEntry* entry : inside) {
    if (entry->kind != CompoundEntry::Kind::Storage) continue;
    const bool recipient = starts_with_ignoring_case(entry->name, "__recip_version1.0_#");
    const bool attachment = starts_with_ignoring_case(entry->name, "__attach_version1.0_#");
    if (!recipient && !attachment) continue;
    if (out.recipients.size() >= kMostRecipients || out.attachments.size() >= kMostAttachments) {
      out.cut = true;
      break;
    }
    const MsgProperties properties = MsgProperties::read(file, entry->id, kHeadOfPart);
    if (recipient) out.recipients.push_back(recipient_of(properties, out.code_page));
    if (attachment) out.attachments.push_back(attachment_of(properties, entry->id, out.code_page));
  }
  return out;
}

}  // namespace careo
