// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/mailbox.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/text.h"
#include "unpack/mail/beginning.h"
#include "unpack/mail/mac_lines.h"
#include "unpack/mail/mailbox_count.h"
#include "unpack/mail/mime.h"
#include "unpack/mail/mmdf.h"
#include "unpack/mail/wide.h"

namespace careo {
namespace {

constexpr std::string_view kName = "mailbox/5";
constexpr std::string_view kMark = "From ";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// One request to the desk; small against the memory of a worker, large against the cost of asking.
constexpr std::uint64_t kWindow = 4ULL << 20;
// What is looked at behind a From_ line to see whether a header follows.
constexpr std::uint64_t kLookAhead = 8192;
// Each look at a declared end may cost two windows; a hostile mailbox could ask for one a mail.
constexpr std::uint64_t kMaxLooksAhead = 1000;
// "\r\n\r\n" before a From_ line.
constexpr std::uint64_t kLookBack = 4;

/// The bytes of the mailbox through one window that moves forward, and back where it must.
class Window {
 public:
  Window(PartBytes& part, SeparatorCount* count) : part_(part), count_(count), size_(part.size()) {}

  std::uint64_t size() const { return size_; }

  /// At least [begin, begin+wanted), cut at the end of the part; the view lives until the next call.
  Result<Bytes> at(std::uint64_t begin, std::uint64_t wanted) {
    const std::uint64_t end = std::min(size_, begin + wanted);
    if (begin < begin_ || end > begin_ + bytes_.size()) {
      bytes_ = TRY(part_.at(begin, std::max(wanted, kWindow)));
      begin_ = begin;
      feed();
    }
    return slice(bytes_, begin - begin_);
  }

 private:
  // The second, independent scan sees every byte once, in order.
  void feed() {
    const std::uint64_t end = begin_ + bytes_.size();
    if (fed_ < begin_ || end <= fed_) return;
    count_->feed(slice(bytes_, fed_ - begin_));
    fed_ = end;
  }

  PartBytes& part_;
  SeparatorCount* count_;
  std::uint64_t size_;
  std::uint64_t begin_ = 0;
  std::uint64_t fed_ = 0;
  Bytes bytes_;
};

struct Separator {
  std::uint64_t begin = 0;  ///< of the From_ line
  std::uint64_t mail = 0;   ///< behind it
};

class MailboxReader {
 public:
  MailboxReader(PartBytes& part, const Budget& budget, Sink& sink)
      : window_(part, &count_), budget_(budget), sink_(sink) {}

  Result<void> read() {
    sink_.media_type("application/mbox");
    const std::uint64_t begin = text_of(TRY(window_.at(0, kByteOrderMark.size()))).starts_with(kByteOrderMark) ? 3 : 0;
    if (begin > 0) sink_.claim(Claim::By::Structure, begin);
    std::optional<Separator> here = TRY(next(begin));
    TRY(preface(begin, here ? here->begin : window_.size()));
    while (here) {
      if (children_ >= budget_.children || budget_.depth_left == 0) return give_up(here->begin);
      const std::optional<Separator> there = TRY(next(here->mail));
      sink_.claim(Claim::By::Structure, here->mail - here->begin);
      TRY(mail(here->mail, there ? there->begin : window_.size()));
      here = there;
    }
    const std::uint64_t counted = count_.finish() + preface_mails_;
    sink_.expect(counted - std::min(counted, declared_inside_));
    return {};
  }

 private:
  // Mails cut out of a longer file may lack their first From_ line; anything else before one is nothing we know.
  Result<void> preface(std::uint64_t begin, std::uint64_t end) {
    if (end == begin) return {};
    const Bytes head = slice(TRY(window_.at(begin, std::min(end - begin, kLookAhead))), 0, end - begin);
    if (looks_like_mail(head) && budget_.depth_left > 0) {
      preface_mails_ = 1;
      return mail(begin, end);
    }
    const std::string_view text = text_of(head);
    if (head.size() == end - begin && text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
      sink_.claim(Claim::By::Structure, end - begin);
      return {};
    }
    unread(begin, end, "no mail begins here");
    return {};
  }

  Result<void> mail(std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t mail_end = TRY(without_separator(begin, end));
    Child child;
    child.step = Step::range(begin, mail_end - begin);
    child.hints.media_type = "message/rfc822";
    child.media_type = "message/rfc822";
    ++children_;
    sink_.claim(Claim::By::Child, mail_end - begin);
    sink_.claim(Claim::By::Structure, end - mail_end);
    return sink_.child(std::move(child));
  }

  // The blank line between a mail and the next From_ line belongs to the mailbox (RFC 4155, appendix A).
  Result<std::uint64_t> without_separator(std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t tail = std::min<std::uint64_t>(kLookBack, end - begin);
    const std::string_view text = text_of(slice(TRY(window_.at(end - tail, tail)), 0, tail));
    if (text.ends_with("\n\r\n")) return end - 2;
    if (text.ends_with("\n\n")) return end - 1;
    return end;
  }

  Result<void> give_up(std::uint64_t at) {
    unread(at, window_.size(), budget_.depth_left == 0 ? "nested too deep" : "child limit");
    return {};
  }

  void unread(std::uint64_t begin, std::uint64_t end, std::string reason) {
    Unread made;
    made.region.bytes = Region::Span{begin, end};
    made.length = end - begin;
    made.reason = std::move(reason);
    sink_.claim(Claim::By::Unread, made.length);
    sink_.unread(std::move(made));
  }

  // The first From_ line at or behind `from`, which is the begin of a line.
  Result<std::optional<Separator>> next(std::uint64_t from) {
    mail_begin_ = from;
    length_known_ = false;
    for (std::uint64_t at = from; at < window_.size();) {
      const std::optional<std::uint64_t> candidate = TRY(candidate_from(at));
      if (!candidate) return std::optional<Separator>();
      const std::optional<Separator> found = TRY(judge(*candidate));
      if (found) return found;
      at = *candidate + kMark.size();
    }
    return std::optional<Separator>();
  }

  Result<std::optional<std::uint64_t>> candidate_from(std::uint64_t at) {
    constexpr std::string_view kLineMark = "\nFrom ";
    const Bytes first = TRY(window_.at(at, kMark.size()));
    if (at == mail_begin_ && text_of(first).starts_with(kMark)) return std::optional(at);
    while (at < window_.size()) {
      const Bytes bytes = TRY(window_.at(at, kLineMark.size()));
      const void* found = memmem(bytes.data(), bytes.size(), kLineMark.data(), kLineMark.size());
      if (found != nullptr) {
        const auto offset = static_cast<std::uint64_t>(static_cast<const std::uint8_t*>(found) - bytes.data());
        return std::optional(at + offset + 1);
      }
      if (at + bytes.size() >= window_.size()) break;
      at += bytes.size() - (kLineMark.size() - 1);
    }
    return std::optional<std::uint64_t>();
  }

  Result<std::optional<Separator>> judge(std::uint64_t at) {
    const std::uint64_t back = std::min(at, kLookBack);
    const Bytes around = TRY(window_.at(at - back, back + kLookAhead));
    const std::string_view before = text_of(slice(around, 0, back));
    const std::string_view here = text_of(slice(around, back, kLookAhead));
    const std::size_t line_end = here.find('\n');
    // No From_ line is that long; and without its end nothing can follow it.
    if (line_end == std::string_view::npos && here.size() >= kLookAhead) return std::optional<Separator>();
    const std::size_t end = line_end == std::string_view::npos ? here.size() : line_end + 1;
    const bool first_line_blank = before == "\n" || before == "\r\n";  // all there is before it
    const bool after_blank =
        at == 0 || at == mail_begin_ || first_line_blank || before.ends_with("\n\n") || before.ends_with("\n\r\n");
    const Verdict verdict = begins_mail(here.substr(0, end), after_blank, here.substr(end));
    if (verdict == Verdict::No) return std::optional<Separator>();
    if (verdict == Verdict::Doubtful && TRY(inside_declared_length(at))) {
      ++declared_inside_;
      return std::optional<Separator>();
    }
    return std::optional(Separator{at, at + end});
  }

  enum class Verdict { No, Doubtful, Sure };

  static Verdict begins_mail(std::string_view line, bool after_blank, std::string_view below) {
    const FromLine kind = from_line(trim(line));
    if (kind == FromLine::No) return Verdict::No;
    if (kind == FromLine::Strong && after_blank) return Verdict::Sure;
    return header_follows(below) && (after_blank || kind == FromLine::Strong) ? Verdict::Doubtful : Verdict::No;
  }

  // Doubtful From_ lines count as text where the mail's own Content-Length (mboxcl) reaches over them and ends exactly
  // where another mail or the file's end is. A sure one always counts: a false length must hide no mail.
  Result<bool> inside_declared_length(std::uint64_t at) {
    if (!length_known_) {
      length_known_ = true;
      declared_end_ = TRY(declared_end());
    }
    return declared_end_ > at;
  }

  Result<std::uint64_t> declared_end() {
    constexpr std::uint64_t kHeader = 64 * 1024;
    const Bytes head = slice(TRY(window_.at(mail_begin_, kHeader)), 0, kHeader);
    const ParsedMail mail = parse_mail(head, {.depth = 0, .parts = 1});
    const std::string value = unfold(mail.field(mail.parts[0], "content-length"));
    std::uint64_t length = 0;
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), length);
    if (parsed.ec != std::errc() || mail.parts[0].body >= head.size()) return 0;
    const std::uint64_t body = mail_begin_ + mail.parts[0].body;
    if (length > window_.size() - body || ++looks_ahead_ > kMaxLooksAhead) return 0;
    const std::uint64_t end = body + length;
    std::string_view behind = text_of(slice(TRY(window_.at(end, 64)), 0, 64));
    while (!behind.empty() && (behind.front() == '\n' || behind.front() == '\r')) behind.remove_prefix(1);
    return behind.empty() || behind.starts_with(kMark) ? end : 0;
  }

  SeparatorCount count_;
  Window window_;
  const Budget& budget_;
  Sink& sink_;
  std::uint64_t mail_begin_ = 0;  // of the mail being searched for its end
  std::uint64_t children_ = 0;
  std::uint64_t preface_mails_ = 0;
  std::uint64_t declared_end_ = 0;
  std::uint64_t declared_inside_ = 0;
  std::uint64_t looks_ahead_ = 0;
  bool length_known_ = false;
};

class MailboxOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }

  bool may(Bytes head, const Hints& hints) const override {
    if (hints.media_type == "application/mbox") return true;
    return begins(head) || begins_mmdf(head) || begins(bytes_of(wide_beginning(head)));
  }

  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    MacLines mac(bytes);
    const Bytes head = TRY(bytes.at(0, kMacLinesLooked));
    if (begins_mmdf(head)) return read_mmdf(bytes, budget, sink);
    if (begins(bytes_of(wide_beginning(head)))) return give_narrow(bytes, "application/mbox", budget, sink);
    const bool is_mac = has_mac_lines(head);
    return MailboxReader(is_mac ? static_cast<PartBytes&>(mac) : bytes, budget, sink).read();
  }

 private:
  static bool begins(Bytes head) {
    return has_mac_lines(head) ? begins_mailbox(with_line_feeds(head)) : begins_mailbox(head);
  }

  static bool begins_mailbox(Bytes head) {
    const std::string_view text = text_of(head);
    const std::size_t mark = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    const std::size_t begin = std::min(text.find_first_not_of("\r\n", mark), text.size());
    if (!text.substr(begin).starts_with(kMark)) return false;
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const FromLine kind = from_line(trim(text.substr(begin, end - begin)));
    if (kind == FromLine::No) return false;
    return kind == FromLine::Strong || header_follows(text.substr(std::min(end + 1, text.size())));
  }
};

}  // namespace

const Opener* mailbox_opener() {
  static const MailboxOpener opener;
  return &opener;
}

}  // namespace careo
