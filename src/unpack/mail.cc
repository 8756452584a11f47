// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail.h"

#include <algorithm>

#include "unpack/mail_reading.h"
#include "unpack/mail_text.h"
#include "unpack/mime.h"

namespace careo {
namespace {

constexpr std::string_view kName = "mail/1";
// A mail is held whole. No mail server passes a mail of this size; what lies behind it is Unread.
constexpr std::uint64_t kMaxMail = 256ULL << 20;

bool hinted(const Hints& hints) {
  return hints.media_type == "message/rfc822" || hints.media_type == "message/global" ||
         hints.media_type == "message/news" || hints.media_type == "text/rfc822-headers" ||
         hints.media_type == "message/rfc822-headers" || hints.media_type == "message/global-headers";
}

/// A run of the mail that is not structure.
struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
  Claim::By by = Claim::By::Child;
};

class MailOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }

  bool may(Bytes head, const Hints& hints) const override { return hinted(hints) || looks_like_mail(head); }

  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    const Bytes bytes = TRY(part.at(0, std::min(part.size(), kMaxMail)));
    sink.media_type("message/rfc822");
    const ParsedMail mail = parse_mail(bytes, {.depth = budget.mime_depth});
    MailText text = read_mail_text(mail);
    TRY(sink.reading(read_mail_fields(mail, text)));
    TRY(send_text(budget, &text, sink));
    std::vector<Run> runs;
    TRY(send_children(budget, &text, sink, &runs));
    for (Unread& unread : text.unread) {
      runs.push_back({unread.region.bytes->begin, unread.region.bytes->end, Claim::By::Unread});
      sink.unread(std::move(unread));
    }
    if (mail.fields_cut) sink.unread(unread_run(0, 0, "header field limit"));
    if (part.size() > bytes.size()) {
      runs.push_back({bytes.size(), part.size(), Claim::By::Unread});
      sink.unread(unread_run(bytes.size(), part.size(), "mail size limit"));
    }
    claim_all(std::move(runs), part.size(), sink);
    return {};
  }

 private:
  static Unread unread_run(std::uint64_t begin, std::uint64_t end, std::string reason) {
    Unread out;
    if (end > begin) out.region.bytes = Region::Span{begin, end};
    out.length = end - begin;
    out.reason = std::move(reason);
    return out;
  }

  static Result<void> send_text(const Budget& budget, MailText* text, Sink& sink) {
    if (text->utf8.empty()) return {};
    if (text->utf8.size() > budget.text_bytes) {
      std::size_t end = budget.text_bytes;
      while (end > 0 && (static_cast<unsigned char>(text->utf8[end]) & 0xC0) == 0x80) --end;  // not inside a letter
      text->utf8.resize(end);
      sink.unread(unread_run(0, 0, "text limit"));
    }
    Text out;
    out.utf8 = std::move(text->utf8);
    out.grade = text->grade;
    out.reader = kName;
    return sink.text(std::move(out));
  }

  static Result<void> send_children(const Budget& budget, MailText* text, Sink& sink, std::vector<Run>* runs) {
    std::uint64_t sent = 0;
    for (MailChild& child : text->children) {
      const bool too_deep = budget.depth_left == 0;
      if (too_deep || sent >= budget.children) {
        runs->push_back({child.begin, child.end, Claim::By::Unread});
        sink.unread(unread_run(child.begin, child.end, too_deep ? "nested too deep" : "child limit"));
        continue;
      }
      ++sent;
      runs->push_back({child.begin, child.end, Claim::By::Child});
      TRY(sink.child(std::move(child.child)));
    }
    return {};
  }

  // Children and unread runs where they stand; all between them is headers, boundaries and text that was read here.
  static void claim_all(std::vector<Run> runs, std::uint64_t size, Sink& sink) {
    std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.begin < b.begin; });
    std::uint64_t at = 0;
    for (const Run& run : runs) {
      if (run.begin > at) sink.claim(Claim::By::Structure, run.begin - at);
      sink.claim(run.by, run.end - run.begin);
      at = run.end;
    }
    if (size > at) sink.claim(Claim::By::Structure, size - at);
  }
};

}  // namespace

const Opener* mail_opener() {
  static const MailOpener opener;
  return &opener;
}

}  // namespace careo
