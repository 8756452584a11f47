// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "unpack/compound/compound.h"
#include "unpack/compound/parts.h"
#include "unpack/mail/reading.h"
#include "unpack/mail/unshown.h"
#include "unpack/outlook/msg_item.h"
#include "unpack/outlook/msg_mail.h"
#include "unpack/outlook/msg_text.h"
#include "unpack/sniff.h"
#include "unpack/text/html_page.h"

namespace careo {
namespace {

constexpr std::string_view kName = "msg/7";
constexpr std::string_view kType = "application/vnd.ms-outlook";

/// Reads one message, part by part.
class MsgReader {
 public:
  MsgReader(CompoundFile& file, const MsgMessage& message, std::uint64_t size, const Budget& budget, Sink& sink)
      : file_(file), message_(message), budget_(budget), sink_(sink), parts_(file, size, budget, sink) {}

  Result<void> read() {
    MsgText body = read_msg_text(message_, budget_.text_bytes);
    for (std::string& why : body.unread) sink_.unread({{}, 0, std::move(why)});
    if (message_.properties.damaged()) sink_.unread({{}, 0, "the list of properties is damaged"});
    if (message_.cut) sink_.unread({{}, 0, "more recipients and attachments than are read"});
    if (is_mail(message_)) TRY(sink_.reading(msg_mail_reading(message_, body.utf8, digests())));
    if (auto page = page_reading({}, body.properties, kName)) TRY(sink_.reading(std::move(*page)));
    TRY(item(&body));
    put_behind(&body.utf8, body.unshown);
    TRY(text(std::move(body.utf8), body.grade));
    for (const MsgAttachment& one : message_.attachments) TRY(attachment(one));
    if (!body.rtf.empty())
      TRY(parts_.made(Step::node((std::uint64_t{mapi::kRtf} << 16U) | mapi::kBinary), body.rtf, "message.rtf",
                      "text/rtf"));
    for (const MsgPicture& one : body.pictures) TRY(parts_.made(Step::node(one.node), one.bytes, "", one.media_type));
    return parts_.settle();
  }

 private:
  std::vector<Sha256> digests() {
    std::vector<Sha256> out;
    for (const MsgAttachment& one : message_.attachments) {
      if (one.data == nullptr) continue;
      const bool stream = one.data->kind == CompoundEntry::Kind::Stream;
      const Result<Buffer> bytes = stream ? file_.read(*one.data, kHashedBytes) : Result<Buffer>(Buffer());
      out.push_back(!stream ? attached_mail_hash() : attachment_hash(bytes ? *bytes : Buffer()));
    }
    return out;
  }

  // What a contact or an appointment says in its fields stands before its body, so that it is found.
  Result<void> item(MsgText* body) {
    if (std::optional<Card> card = msg_card(message_)) {
      card->note = std::move(body->utf8);
      body->utf8 = card_text(*card);
      return sink_.reading(card_reading(*card, kName));
    }
    if (std::optional<CalendarEntry> entry = msg_calendar_entry(message_)) {
      entry->text = std::move(body->utf8);
      body->utf8 = calendar_text(*entry);
      return sink_.reading(calendar_reading(*entry, kName));
    }
    return {};
  }

  Result<void> text(std::string utf8, Grade grade) {
    if (trim(utf8).empty()) return {};
    Text out;
    out.utf8 = std::move(utf8);
    out.grade = grade;
    out.reader = kName;
    return sink_.text(std::move(out));
  }

  Result<void> attachment(const MsgAttachment& one) {
    if (one.data == nullptr) {
      if (one.method == MsgAttachment::Method::ByValue)
        sink_.unread({{}, 0, "an attachment without bytes: " + one.name});
      return {};
    }
    if (one.data->kind == CompoundEntry::Kind::Stream) return parts_.stream(*one.data, one.name, one.media_type);
    const bool message = file_.find(one.data->id, "__properties_version1.0") != nullptr;
    if (message) return parts_.storage(*one.data, message_subtree(file_, *one.data), one.name, std::string(kType));
    return parts_.storage(*one.data, subtree(file_, *one.data), one.name, "application/x-ole-storage");
  }

  CompoundFile& file_;
  const MsgMessage& message_;
  const Budget& budget_;
  Sink& sink_;
  CompoundParts parts_;
};

class MsgOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override { return CompoundFile::may(head) && sniff(head) == kType; }
  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    CompoundFile file = TRY(CompoundFile::open(part));
    const MsgMessage message = TRY(read_msg(file));
    sink.media_type(kType);
    return MsgReader(file, message, part.size(), budget, sink).read();
  }
};

}  // namespace

const Opener* msg_opener() {
  static const MsgOpener opener;
  return &opener;
}

}  // namespace careo
