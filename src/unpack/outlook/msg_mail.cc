// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/msg_mail.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "base/transfer.h"
#include "unpack/mail/date.h"
#include "unpack/mail/mime.h"
#include "unpack/mail/other_fields.h"
#include "unpack/mail/reading.h"
#include "unpack/outlook/mapi_text.h"

namespace careo {
namespace {

constexpr std::string_view kReader = "msg/7";

/// The address that the header gives to a name that the directory knows only by its own path.
std::string address_in_header(const ParsedMail& header, std::string_view field, std::string_view name) {
  if (name.empty()) return {};
  for (const MailAddress& known : parse_addresses(header.field(header.parts[0], field)).addresses)
    if (known.name == name && known.address.find('@') != std::string::npos) return known.address;
  return {};
}

/// Names as the display fields list them: "Ana; Luis".
std::vector<MailAddress> names_only(std::string_view list) {
  std::vector<MailAddress> out;
  for (const std::string_view piece : split(list, ';')) {
    const std::string_view name = trim(piece);
    if (name.empty() || out.size() >= kMaxAddresses) continue;
    MailAddress one;
    (name.find('@') == std::string_view::npos ? one.name : one.address) = name;
    out.push_back(std::move(one));
  }
  return out;
}

MailAddress person(const MsgMessage& message, std::uint16_t name, std::uint16_t smtp, std::uint16_t address) {
  MailAddress out;
  out.name = message.text(name);
  out.address = message.text(smtp);
  if (out.address.empty()) out.address = message.text(address);
  if (out.name == out.address) out.name.clear();
  return out;
}

class MsgMailWriter {
 public:
  MsgMailWriter(const MsgMessage& message, std::string_view text)
      : message_(message),
        text_(text),
        header_text_(message.text(mapi::kHeaders)),
        header_(parse_mail(bytes_of(header_text_))) {}

  std::string write(std::vector<Sha256> digests) {
    json_.object();
    people();
    const std::string when = date();
    const std::string subject = msg_subject();
    json_.member("subject", subject);
    const std::string id = first_id(mapi::kMessageId, "message-id");
    json_.member("message_id", id);
    ids("in_reply_to", mapi::kInReplyTo, "in-reply-to");
    ids("references", mapi::kReferences, "references");
    const std::string index = encode_base64(message_.properties.bytes(mapi::kConversationIndex, 4096));
    if (!index.empty()) json_.member("thread_index", index);
    received();
    attachments();
    json_.member("signature", is_signed() ? "present" : "unsigned");
    json_.member("key", mail_key(MailKey{.message_id = id,
                                         .date = when,
                                         .from = sender_,
                                         .subject = subject,
                                         .text = text_,
                                         .attachments = std::move(digests)}));
    outlook_fields();
    json_.end();
    return json_.take();
  }

 private:
  std::string_view field(std::string_view name) const { return header_.field(header_.parts[0], name); }

  void write_people(std::string_view key, std::vector<MailAddress> people, std::string_view header_field) {
    json_.key(key).array();
    for (MailAddress& one : people) {
      if (one.address.find('@') == std::string::npos) {
        std::string known = address_in_header(header_, header_field, one.name);
        if (!known.empty()) one.address = std::move(known);
      }
      if (key == "from" && sender_.empty()) sender_ = lower_ascii(one.address);
      json_.object().member("name", one.name).member("address", one.address).end();
    }
    json_.end();
  }

  void people() {
    std::vector<MailAddress> senders = msg_senders(message_);
    std::vector<MailAddress> from;
    if (!senders.empty()) from.push_back(senders[0]);
    if (from.empty()) from = parse_addresses(field("from")).addresses;
    write_people("from", std::move(from), "from");
    write_people("to", msg_recipients(message_, MsgRecipient::As::To), "to");
    write_people("cc", msg_recipients(message_, MsgRecipient::As::Cc), "cc");
    write_people("bcc", msg_recipients(message_, MsgRecipient::As::Bcc), "bcc");
    std::vector<MailAddress> reply = parse_addresses(field("reply-to")).addresses;
    if (reply.empty()) reply = names_only(message_.text(mapi::kReplyNames));
    if (!reply.empty()) write_people("reply_to", std::move(reply), "reply-to");
    if (senders.size() > 1) write_people("sender", {senders[1]}, "sender");
  }

  // When it was sent; the header knows in which zone. A draft has neither: when it was made.
  std::string date() {
    const std::string raw = decode_header(field("date"));
    const auto parsed = parse_mail_date(raw);
    std::optional<Instant> at = message_.properties.time(mapi::kSubmitTime);
    if (!at && parsed) at = parsed->instant();
    for (const std::uint16_t id : {mapi::kDeliveryTime, mapi::kCreated})
      if (!at) at = message_.properties.time(id);
    const std::string out = at ? iso(*at) : std::string();
    json_.key("date");
    at ? json_.text(out) : json_.null();
    json_.member("date_raw", raw);
    json_.key("offset");
    parsed && parsed->offset ? json_.number(std::int64_t{*parsed->offset}) : json_.null();
    return out;
  }

  std::string msg_subject() const {
    std::string out = without_subject_marks(message_.text(mapi::kSubject));
    if (out.empty()) out = message_.text(mapi::kSubjectPrefix) + message_.text(mapi::kNormalizedSubject);
    return out;
  }

  std::vector<std::string> ids_of(std::uint16_t id, std::string_view name) const {
    std::vector<std::string> out = parse_message_ids(message_.text(id));
    return out.empty() ? parse_message_ids(field(name)) : out;
  }
  std::string first_id(std::uint16_t id, std::string_view name) const {
    const std::vector<std::string> all = ids_of(id, name);
    return all.empty() ? std::string() : all[0];
  }
  void ids(std::string_view key, std::uint16_t id, std::string_view name) {
    json_.key(key).array();
    for (const std::string& one : ids_of(id, name)) json_.text(one);
    json_.end();
  }

  void received() {
    std::int64_t count = 0;
    for (const HeaderField& one : header_.fields) count += equal_ignoring_case(one.name, "received") ? 1 : 0;
    json_.member("received", count);
    const auto at = message_.properties.time(mapi::kDeliveryTime);
    if (at) json_.member("received_at", iso(*at));
    write_other_fields(header_.fields, {}, &json_);
  }

  void attachments() {
    json_.key("attachments").array();
    for (const MsgAttachment& one : message_.attachments) {
      json_.object().member("name", one.name).member("media_type", one.media_type);
      if (!one.path.empty()) json_.member("path", one.path);
      json_.end();
    }
    json_.end();
  }

  bool is_signed() const {
    return field("dkim-signature").data() != nullptr || message_.is("IPM.Note.SMIME.MultipartSigned") ||
           message_.is("IPM.Note.Secure.Sign");
  }

  void outlook_fields() {
    json_.member("class", message_.message_class);
    const std::int64_t importance = message_.properties.number(mapi::kImportance).value_or(1);
    if (importance != 1) json_.member("importance", importance == 0 ? "low" : "high");
    const std::int64_t sensitivity = message_.properties.number(mapi::kSensitivity).value_or(0);
    constexpr std::string_view kSensitivities[] = {"", "personal", "private", "confidential"};
    if (sensitivity > 0 && sensitivity < 4) json_.member("sensitivity", kSensitivities[sensitivity]);
    constexpr std::int64_t kUnsent = 0x08;
    if ((message_.properties.number(mapi::kMessageFlags).value_or(0) & kUnsent) != 0) json_.key("unsent").boolean(true);
    const std::vector<std::string> categories =
        message_.properties.texts(message_.names.id(mapi::kPublicStrings, "Keywords"), message_.code_page);
    if (categories.empty()) return;
    json_.key("categories").array();
    for (const std::string& category : categories) json_.text(category);
    json_.end();
  }

  const MsgMessage& message_;
  std::string_view text_;
  std::string header_text_;
  ParsedMail header_;
  std::string sender_;
  JsonWriter json_;
};

}  // namespace

std::vector<MailAddress> msg_senders(const MsgMessage& message) {
  const MailAddress represented =
      person(message, mapi::kRepresentingName, mapi::kRepresentingSmtp, mapi::kRepresentingAddress);
  const MailAddress sender = person(message, mapi::kSenderName, mapi::kSenderSmtp, mapi::kSenderAddress);
  std::vector<MailAddress> out;
  for (const MailAddress& one : {represented, sender}) {
    const bool known = std::any_of(out.begin(), out.end(), [&](const MailAddress& other) {
      return one.address.empty() ? other.name == one.name : equal_ignoring_case(other.address, one.address);
    });
    if (!known && !(one.name.empty() && one.address.empty())) out.push_back(one);
  }
  return out;
}

std::vector<MailAddress> msg_recipients(const MsgMessage& message, MsgRecipient::As as) {
  std::vector<MailAddress> out;
  for (const MsgRecipient& recipient : message.recipients)
    if (recipient.as == as) out.push_back(recipient.address);
  if (!message.recipients.empty()) return out;
  const std::uint16_t shown = as == MsgRecipient::As::To   ? mapi::kDisplayTo
                              : as == MsgRecipient::As::Cc ? mapi::kDisplayCc
                                                           : mapi::kDisplayBcc;
  return as == MsgRecipient::As::Originator ? out : names_only(message.text(shown));
}

Reading msg_mail_reading(const MsgMessage& message, std::string_view text, std::vector<Sha256> digests) {
  Reading out;
  out.kind = "mail";
  out.value = MsgMailWriter(message, text).write(std::move(digests));
  out.grade = Grade::Unconfirmed;
  out.reader = kReader;
  return out;
}

}  // namespace careo
