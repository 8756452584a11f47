// SPDX-License-Identifier: Apache-2.0
// Web archives (WARC, ISO 28500) by our own hands: each record says what it is and how long, and its bytes stand as
// they are. libarchive gives responses and resources alone, without their addresses' dates.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "unpack/account.h"
#include "unpack/archive/archive.h"
#include "unpack/archive/http_body.h"
#include "unpack/member.h"
#include "unpack/sniff.h"
#include "unpack/text/charset.h"
#include "unpack/text_writer.h"

namespace careo {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kName = "warc/2";
constexpr std::string_view kType = "application/warc";
constexpr std::uint64_t kMostHead = 64U << 10U;
constexpr std::uint64_t kUsualHead = 2U << 10U;
/// Places at which no record stands where one should. A file that has more of them was made to cost time.
constexpr int kMostLost = 1000;
constexpr std::string_view kMark = "WARC/";

/// Section 4: a record's head, and where its block stands.
struct Record {
  std::string type, date, address, media_type;
  std::uint64_t begin = 0;
  ByteRun block;
  std::uint64_t end = 0;  ///< behind the two line ends that follow the block, if they do
};

std::string printed(std::string_view bytes) {
  return printable(is_utf8(bytes) ? std::string(bytes) : decode_text(bytes_of(bytes), "").utf8);
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::uint64_t out = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return out;
}

/// The head that begins at `at`, with its blank line; "" where none does.
Result<std::string> head_at(PartBytes& part, std::uint64_t at) {
  for (const std::uint64_t most : {kUsualHead, kMostHead}) {
    const std::string_view piece = text_of(TRY(part.at(at, most)));
    const std::size_t end = end_of_head(piece);
    if (!piece.starts_with(kMark)) break;
    if (end != piece.npos) return std::string(piece.substr(0, end));
  }
  return std::string();
}

/// The record at `at`; nothing where none stands there.
Result<std::optional<Record>> record_at(PartBytes& part, std::uint64_t at) {
  const std::string head = TRY(head_at(part, at));
  if (head.empty()) return std::optional<Record>();
  Record out;
  std::optional<std::uint64_t> length;
  for (const std::string_view line : split(head, '\n')) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos) continue;
    const std::string_view name = trim(line.substr(0, colon));
    const std::string_view value = trim(line.substr(colon + 1));
    if (equal_ignoring_case(name, "WARC-Type")) out.type = printed(value);
    if (equal_ignoring_case(name, "WARC-Date")) out.date = printed(value);
    if (equal_ignoring_case(name, "WARC-Target-URI")) out.address = printed(value);
    if (equal_ignoring_case(name, "Content-Type")) out.media_type = printed(value);
    if (equal_ignoring_case(name, "Content-Length")) length = number_in(value);
  }
  if (!length) return std::optional<Record>();
  out.begin = at;
  out.block = {at + head.size(), *length};
  out.end = out.block.end();
  for (const char c : "\r\n\r\n"sv) {
    const Bytes next = TRY(part.at(out.end, 1));
    if (!next.empty() && static_cast<char>(next[0]) == c) ++out.end;
  }
  return out;
}

class Walk {
 public:
  Walk(PartBytes& part, const Budget& budget, Sink& sink)
      : part_(part), budget_(budget), sink_(sink), writer_(&sink, budget, part.size()) {}

  Result<void> run() {
    std::uint64_t records = 0;
    while (at_ < part_.size() && writer_.over().empty() && lost_ < kMostLost) {
      const std::optional<Record> record = TRY(record_at(part_, at_));
      if (!record) {
        TRY(lost());
        continue;
      }
      TRY(give(*record));
      ++records;
    }
    const bool lost = writer_.over().empty() && at_ < part_.size();
    if (lost || !writer_.over().empty())
      account_.unread({at_, part_.size() - at_}, lost ? "limit: too many places without a record" : writer_.over(),
                      sink_);
    for (const auto& [packing, count] : packed_still_)
      account_.unread({}, std::to_string(count) + " answers packed as " + packing + ", which is not undone", sink_);
    account_.settle(part_.size(), sink_);
    if (records == 0) return fail(Fault::Malformed, "no record");
    return TextWriter(kName, budget_, sink_).give(std::move(text_));
  }

 private:
  Result<void> give(const Record& record) {
    const ByteRun block{record.block.offset, std::min(record.block.length, part_.size() - record.block.offset)};
    const std::string head = TRY(http_head(record, block));
    say("[" + record.type + (record.date.empty() ? "" : " " + record.date) +
        (record.address.empty() ? "" : ": " + record.address) + "]");
    if (!head.empty()) say(printed_lines(head));
    TRY(body(record, {block.offset + head.size(), block.length - head.size()}, http_coding(head)));
    if (!writer_.over().empty()) return {};
    if (block.length < record.block.length) account_.unread({}, "the last record ends early", sink_);
    at_ = std::min(record.end, part_.size());
    return {};
  }

  /// RFC 9112, 2.1: what a server answered stands before what it sent. "" where none does.
  Result<std::string> http_head(const Record& record, ByteRun block) {
    if (record.type != "response" || !record.media_type.starts_with("application/http")) return std::string();
    const std::string_view piece = text_of(TRY(part_.at(block.offset, std::min(block.length, kMostHead))));
    const std::size_t end = end_of_head(piece);
    return std::string(piece.starts_with("HTTP/") && end != piece.npos ? piece.substr(0, end) : "");
  }

  Result<void> body(const Record& record, ByteRun run, const HttpCoding& coding) {
    const HttpBody sent = TRY(http_body(part_, run, coding));
    if (!sent.packed_still.empty()) ++packed_still_[sent.packed_still];
    if (sent.kind == HttpBody::Kind::AsItStands) return child(record, run);
    if (sent.kind == HttpBody::Kind::Nothing) return {};
    return undone(record, run, sent);
  }

  /// What the server sent without chunks and packing, as far as they can be undone.
  Result<void> undone(const Record& record, ByteRun run, const HttpBody& sent) {
    Child child;
    child.name = name_of(record);
    child.step = Step::member(record.begin);
    const Result<void> begun = writer_.begin(std::move(child));
    if (!begun) return writer_.over().empty() ? begun : Result<void>{};
    const auto write = [this](Bytes bytes) { return writer_.write(bytes); };
    const Result<HttpUndone> done = undo_http(part_, run, sent, write);
    if (!done && writer_.over().empty()) return tl::unexpected(done.error());
    TRY(writer_.end());
    const std::uint64_t end = done ? done->end : run.end();
    account_.add(Claim::By::Child, {run.offset, end - run.offset});
    if (!done) at_ = std::min(record.end, part_.size());
    if (done && !done->damage.empty()) account_.unread({end, run.end() - end}, done->damage, sink_);
    return {};
  }

  Result<void> child(const Record& record, ByteRun run) {
    if (run.length == 0) return {};
    Child child;
    child.name = name_of(record);
    child.step = Step::range(run.offset, run.length);
    const Bytes head = TRY(part_.at(run.offset, std::min<std::uint64_t>(run.length, 4096)));
    const Buffer kept(head.begin(), head.end());
    const Result<void> given = writer_.plain(std::move(child), kept);
    if (!given) return writer_.over().empty() ? given : Result<void>{};
    account_.add(Claim::By::Child, run);
    return {};
  }

  static std::string name_of(const Record& record) {
    // Only these hold what stood at the address; others say something of it.
    const bool content = record.type == "response" || record.type == "resource" || record.type == "conversion";
    if (content && !record.address.empty()) return record.address;
    return record.type + (record.address.empty() ? "" : " " + record.address);
  }

  /// On to the next record.
  Result<void> lost() {
    const std::uint64_t begin = at_;
    ++lost_;
    for (++at_; at_ < part_.size();) {
      const std::string_view piece = text_of(TRY(part_.at(at_, kMostHead)));
      const std::size_t found = piece.find("\nWARC/");
      const bool more = at_ + piece.size() < part_.size() && piece.size() > kMark.size();
      at_ += found != piece.npos ? found + 1 : more ? piece.size() - kMark.size() : piece.size();
      if (found != piece.npos || piece.empty()) break;
    }
    at_ = std::min(at_, part_.size());
    account_.unread({begin, at_ - begin}, "no record where one should stand", sink_);
    return {};
  }

  static std::string printed_lines(std::string_view head) {
    std::string out;
    for (const std::string_view line : split(head, '\n'))
      if (!trim(line).empty()) out += (out.empty() ? "" : "\n") + printed(trim(line));
    return out;
  }

  void say(const std::string& line) {
    if (text_.size() <= budget_.text_bytes) text_ += line + "\n";
  }

  PartBytes& part_;
  const Budget& budget_;
  Sink& sink_;
  MemberWriter writer_;
  Account account_;
  std::uint64_t at_ = 0;
  int lost_ = 0;
  std::map<std::string, std::uint64_t> packed_still_;  // answers, by what is not undone
  std::string text_;
};

class WarcOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override { return sniff(head) == kType; }
  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    sink.media_type(kType);
    return Walk(part, budget, sink).run();
  }
};

}  // namespace

const Opener* warc_opener() {
  static const WarcOpener opener;
  return &opener;
}

}  // namespace careo
