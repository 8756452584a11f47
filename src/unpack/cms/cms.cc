// SPDX-License-Identifier: Apache-2.0
#include "unpack/cms/cms.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "unpack/account.h"
#include "unpack/cms/armour.h"
#include "unpack/cms/message.h"
#include "unpack/cms/reading.h"
#include "unpack/member.h"

namespace careo {
namespace {

constexpr std::string_view kName = "cms/1";
// A message is held whole, like a mail; what lies behind it is Unread.
constexpr std::uint64_t kMostBytes = 256ULL << 20;

/// What S/MIME signs is a part of a mail: a header and a body (RFC 8551, section 3.1).
bool begins_like_entity(Bytes content) {
  const std::string_view text = trim(text_of(slice(content, 0, 256)));
  for (const std::string_view field : {"content-type:", "content-transfer-encoding:", "mime-version:"})
    if (starts_with_ignoring_case(text, field)) return true;
  return false;
}

class CmsOpening {
 public:
  /// `in_place`: the message is the part, not written as text in it.
  CmsOpening(Bytes message, bool in_place, const Budget& budget, Sink& sink)
      : bytes_(message), in_place_(in_place), message_(read_cms(message)), budget_(budget), sink_(sink) {}

  const CmsMessage& message() const { return message_; }

  Result<void> give(std::uint64_t size, Account* account) {
    const bool apart = message_.detached && !message_.damaged && !message_.signers.empty();
    sink_.media_type(apart ? "application/pkcs7-signature" : "application/pkcs7-mime");
    TRY(sink_.reading(cms_reading(message_, kName)));
    TRY(give_text());
    if (message_.cut) sink_.unread({{}, 0, "limit: more signers, certificates, recipients or pieces than are read"});
    if (message_.damaged && message_.whole) sink_.unread({{}, 0, "damaged: what was signed may be lost"});
    if (!message_.whole) sink_.unread({{}, 0, "ends early"});
    if (!message_.content.empty()) TRY(content(size, account));
    if (message_.type == CmsMessage::Type::Encrypted)
      return fail(Fault::Denied, "encrypted for the keys of its recipients");
    return {};
  }

 private:
  Result<void> give_text() {
    Text text;
    text.utf8 = cms_text(message_);
    text.grade = Grade::Unconfirmed;
    text.reader = kName;
    if (text.utf8.size() > budget_.text_bytes) {
      text.utf8 = clean_utf8(std::string_view(text.utf8).substr(0, budget_.text_bytes)).text;
      sink_.unread({{}, 0, "text limit"});
    }
    return text.utf8.empty() ? Result<void>{} : sink_.text(std::move(text));
  }

  Bytes piece(const std::pair<std::size_t, std::size_t>& run) const {
    return slice(bytes_, run.first, run.second - run.first);
  }

  // What was signed: a range where it stands in one piece, else its pieces one behind the other.
  Result<void> content(std::uint64_t size, Account* account) {
    const auto [begin, end] = std::pair(message_.content.front().first, message_.content.back().second);
    const ByteRun run{begin, end - begin};
    if (budget_.depth_left == 0 || budget_.children == 0) {
      account->unread(in_place_ ? run : ByteRun{}, "nested too deep", sink_);
      return {};
    }
    const Bytes head = piece(message_.content.front());
    Child child;
    if (begins_like_entity(head)) child.hints.media_type = child.media_type = "message/rfc822";
    if (in_place_) account->add(Claim::By::Child, run);
    MemberWriter writer(&sink_, budget_, size);
    if (in_place_ && message_.content.size() == 1) {
      child.step = Step::range(run.offset, run.length);
      return writer.plain(std::move(child), slice(head, 0, 4096));
    }
    child.step = Step::node(begin);
    TRY(writer.begin(std::move(child)));
    for (const auto& one : message_.content) TRY(writer.write(piece(one)));
    return writer.end();
  }

  Bytes bytes_;
  bool in_place_;
  CmsMessage message_;
  const Budget& budget_;
  Sink& sink_;
};

class CmsOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override { return begins_cms(head) || begins_armoured_cms(head); }

  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    const Bytes bytes = TRY(part.at(0, std::min(part.size(), kMostBytes)));
    Account account;
    std::optional<Armour> armour = begins_cms(bytes) ? std::nullopt : undo_armour(bytes);
    const Bytes message = armour ? Bytes(armour->message) : bytes;
    CmsOpening opening(message, !armour, budget, sink);
    if (armour && armour->bad > 0) sink.unread({{}, 0, "letters that are no base64"});
    TRY(opening.give(part.size(), &account));
    if (armour && opening.message().end < message.size()) sink.unread({{}, 0, "bytes behind the message"});
    const std::size_t end = armour ? armour->end : opening.message().end;
    const std::string_view behind = text_of(slice(bytes, end));
    if (behind.find_first_not_of(std::string_view(" \t\r\n\0", 5)) != behind.npos)
      account.unread({end, bytes.size() - end}, "bytes behind the message", sink);
    if (part.size() > bytes.size()) account.unread({bytes.size(), part.size() - bytes.size()}, "size limit", sink);
    account.settle(part.size(), sink);
    return {};
  }
};

}  // namespace

const Opener* cms_opener() {
  static const CmsOpener opener;
  return &opener;
}

}  // namespace careo
