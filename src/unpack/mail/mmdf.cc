// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/mmdf.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "unpack/account.h"
#include "unpack/mail/beginning.h"

namespace careo {
namespace {

constexpr std::string_view kMark = "\x01\x01\x01\x01";
constexpr std::size_t kLongestLine = 6;  // with CR LF
// As of mailboxes: one request to the desk, and what is looked at of a mail to see its header.
constexpr std::uint64_t kWindow = 4ULL << 20;
constexpr std::uint64_t kLookAhead = 8192;

/// Length of the line of four Ctrl-A at `at`, 0 where it is another. `ends`: nothing follows `text`.
std::size_t separator_at(std::string_view text, std::size_t at, bool ends) {
  const std::string_view behind = text.substr(at + kMark.size(), 2);
  if (at > 0 && text[at - 1] != '\n') return 0;
  if (behind.starts_with('\n')) return kMark.size() + 1;
  if (behind == "\r\n") return kMark.size() + 2;
  return ends && behind.empty() ? kMark.size() : 0;
}

/// What stands between the lines, in order.
struct Between {
  std::vector<ByteRun> runs;
  std::uint64_t begin = 0;  ///< of what has not been looked at
};

class Search {
 public:
  Search(PartBytes& part, std::uint64_t most) : part_(part), most_(most) {}

  Result<Between> run() {
    const std::uint64_t size = part_.size();
    for (std::uint64_t at = 0; at < size;) {
      const std::string_view text = text_of(TRY(part_.at(at, kWindow)));
      const bool last = at + text.size() >= size;
      if (!last && text.size() <= kLongestLine + 1) return fail(Fault::Io, "the part ends before its size");
      // A window begins with the last byte of the one before; a line that may be cut is looked at in the next.
      if (!look(text, at, last)) return std::move(out_);
      at += last ? text.size() : text.size() - kLongestLine - 1;
    }
    gap(size, size);
    return std::move(out_);
  }

 private:
  bool look(std::string_view text, std::uint64_t offset, bool last) {
    const std::size_t end = last ? text.size() : text.size() - kLongestLine;
    for (std::size_t at = text.find(kMark, offset == 0 ? 0 : 1); at < end; at = text.find(kMark, at + 1)) {
      const std::size_t length = separator_at(text, at, last);
      if (length > 0 && !gap(offset + at, offset + at + length)) return false;
    }
    return true;
  }

  /// False where no more are taken.
  bool gap(std::uint64_t end, std::uint64_t next) {
    if (end > out_.begin && out_.runs.size() >= most_) return false;
    if (end > out_.begin) out_.runs.push_back({out_.begin, end - out_.begin});
    out_.begin = next;
    return true;
  }

  PartBytes& part_;
  std::uint64_t most_;
  Between out_;
};

Child child_of(ByteRun run, Bytes head) {
  Child out;
  out.step = Step::range(run.offset, run.length);
  if (looks_like_mail(head)) out.hints.media_type = out.media_type = "message/rfc822";
  return out;
}

}  // namespace

bool begins_mmdf(Bytes head) {
  const std::string_view text = text_of(head);
  if (!text.starts_with(kMark)) return false;
  const std::size_t line = separator_at(text, 0, false);
  return line > 0 && looks_like_mail(slice(head, line));
}

Result<void> read_mmdf(PartBytes& part, const Budget& budget, Sink& sink) {
  sink.media_type("application/x-mmdf");
  const Between found = TRY(Search(part, budget.depth_left == 0 ? 0 : budget.children).run());
  Account account;
  for (const ByteRun run : found.runs) {
    const Bytes head = TRY(part.at(run.offset, std::min(run.length, kLookAhead)));
    const bool blank = trim(text_of(head)).empty() && run.length <= kLookAhead;
    if (blank) continue;
    account.add(Claim::By::Child, run);
    TRY(sink.child(child_of(run, head)));
  }
  if (found.begin < part.size()) {
    const char* const why = budget.depth_left == 0 ? "nested too deep" : "child limit";
    account.unread({found.begin, part.size() - found.begin}, why, sink);
  }
  account.settle(part.size(), sink);
  return {};
}

}  // namespace careo
