// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/mail.h"

#include <algorithm>

#include "unpack/account.h"
#include "unpack/mail/beginning.h"
#include "unpack/mail/mime.h"
#include "unpack/mail/reading.h"
#include "unpack/mail/text.h"
#include "unpack/mail/unshown.h"
#include "unpack/mail/wide.h"
#include "unpack/text/html_page.h"

namespace careo {
namespace {

constexpr std::string_view kName = "mail/7";
// A mail is held whole. No mail server passes a mail of this size; what lies behind it is Unread.
constexpr std::uint64_t kMaxMail = 256ULL << 20;

bool hinted(const Hints& hints) {
  return hints.media_type == "message/rfc822" || hints.media_type == "message/global" ||
         hints.media_type == "message/news" || hints.media_type == "text/rfc822-headers" ||
         hints.media_type == "message/rfc822-headers" || hints.media_type == "message/global-headers";
}

class MailOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }

  bool may(Bytes head, const Hints& hints) const override {
    return hinted(hints) || looks_like_mail(head) || begins_parts(head) ||
           looks_like_mail(bytes_of(wide_beginning(head)));
  }

  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    const Bytes bytes = TRY(part.at(0, std::min(part.size(), kMaxMail)));
    if (looks_like_mail(bytes_of(wide_beginning(bytes)))) return give_narrow(part, "message/rfc822", budget, sink);
    sink.media_type("message/rfc822");
    const ParsedMail mail = parse_mail(bytes, {.depth = budget.mime_depth});
    MailText text = read_mail_text(mail);
    TRY(sink.reading(read_mail_fields(mail, text)));
    if (auto page = page_reading({}, text.properties, kName)) TRY(sink.reading(std::move(*page)));
    put_behind(&text.utf8, text.unshown);
    TRY(send_text(budget, &text, sink));
    Account account;
    TRY(send_children(budget, &text, sink, &account));
    for (Unread& unread : text.unread) {
      const std::uint64_t begin = unread.region.bytes ? unread.region.bytes->begin : 0;
      account.unread({begin, unread.length}, std::move(unread.reason), sink);
    }
    if (mail.fields_cut) account.unread({}, "header field limit", sink);
    if (part.size() > bytes.size()) account.unread({bytes.size(), part.size() - bytes.size()}, "mail size limit", sink);
    account.settle(part.size(), sink);
    return {};
  }

 private:
  static Result<void> send_text(const Budget& budget, MailText* text, Sink& sink) {
    if (text->utf8.empty()) return {};
    if (text->utf8.size() > budget.text_bytes) {
      std::size_t end = budget.text_bytes;
      while (end > 0 && (static_cast<unsigned char>(text->utf8[end]) & 0xC0) == 0x80) --end;  // not inside a letter
      text->utf8.resize(end);
      sink.unread({{}, 0, "text limit"});
    }
    Text out;
    out.utf8 = std::move(text->utf8);
    out.grade = text->grade;
    out.reader = kName;
    return sink.text(std::move(out));
  }

  static Result<void> send_children(const Budget& budget, MailText* text, Sink& sink, Account* account) {
    std::uint64_t sent = 0;
    for (MailChild& child : text->children) {
      const bool too_deep = budget.depth_left == 0;
      const ByteRun run{child.begin, child.end - child.begin};
      if (too_deep || sent >= budget.children) {
        account->unread(run, too_deep ? "nested too deep" : "child limit", sink);
        continue;
      }
      ++sent;
      account->add(Claim::By::Child, run);
      TRY(send_child(std::move(child), sink));
    }
    return {};
  }

  static Result<void> send_child(MailChild child, Sink& sink) {
    if (!child.bytes) return sink.child(std::move(child.child));
    TRY(sink.derived(std::move(child.child)));
    TRY(sink.derived_bytes(*child.bytes));
    return sink.derived_end();
  }
};

}  // namespace

const Opener* mail_opener() {
  static const MailOpener opener;
  return &opener;
}

}  // namespace careo
