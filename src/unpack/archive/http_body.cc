// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/http_body.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/text.h"
#include "unpack/archive/stream_unpacker.h"

namespace careo {
namespace {

// Read from the desk and handed on in pieces of this size.
constexpr std::uint64_t kPiece = 1ULL << 20;
constexpr std::size_t kRoom = 256 * 1024;
// Servers write a size and seldom a word behind it.
constexpr std::size_t kLongestChunkLine = 1024;

/// The bytes of a run from its begin to its end.
class Forward {
 public:
  Forward(PartBytes& part, ByteRun run) : part_(part), at_(run.offset), end_(run.end()) {}

  std::uint64_t at() const { return at_; }
  std::uint64_t left() const { return end_ - at_; }
  void skip(std::uint64_t count) { at_ += count; }

  /// `wanted` bytes and maybe more, fewer at the end; valid until the next call.
  Result<Bytes> next(std::uint64_t wanted) {
    wanted = std::min(wanted, left());
    if (at_ < begin_ || at_ + wanted > begin_ + held_.size()) {
      const Bytes bytes = TRY(part_.at(at_, std::min(left(), std::max(wanted, kPiece))));
      held_.assign(bytes.begin(), bytes.end());
      begin_ = at_;
    }
    return slice(held_, at_ - begin_);
  }

 private:
  PartBytes& part_;
  std::uint64_t at_;
  std::uint64_t end_;
  std::uint64_t begin_ = 0;  // of what is held
  Buffer held_;
};

struct ChunkLine {
  std::uint64_t size = 0;
  std::size_t length = 0;  ///< of the line, with its end
};

/// "1a3;extension": programs put blanks around the size.
std::optional<ChunkLine> chunk_line(std::string_view text) {
  constexpr std::size_t kMostDigits = 15;
  const std::size_t end = text.substr(0, kLongestChunkLine).find('\n');
  if (end == text.npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  const std::string_view digits = trim(line.substr(0, line.find(';')));
  if (digits.empty() || digits.size() > kMostDigits) return std::nullopt;
  ChunkLine out;
  out.length = end + 1;
  for (const char c : digits) {
    const std::string_view hex = "0123456789abcdef";
    const std::size_t value = hex.find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
    if (value == hex.npos) return std::nullopt;
    out.size = out.size * 16 + value;
  }
  return out;
}

std::size_t line_end_of(std::string_view text) {
  return text.starts_with("\r\n") ? 2 : text.starts_with('\n') ? 1 : 0;
}

/// Hands on what stands in the chunks, or all where there are none.
class Chunks {
 public:
  Chunks(PartBytes& part, ByteRun run, const BytesTaker& take) : from_(part, run), take_(take) {}

  Result<HttpUndone> plain() {
    while (from_.left() > 0) TRY(give(from_.left()));
    return HttpUndone{from_.at(), {}};
  }

  Result<HttpUndone> chunked() {
    for (;;) {
      const std::uint64_t begin = from_.at();
      const std::optional<ChunkLine> line = chunk_line(text_of(TRY(from_.next(kLongestChunkLine))));
      if (!line) return HttpUndone{begin, from_.left() == 0 ? "chunks end early" : "chunks damaged"};
      from_.skip(line->length);
      if (line->size == 0) return last();
      if (line->size > from_.left()) {
        TRY(give(from_.left()));
        return HttpUndone{from_.at(), "chunks end early"};
      }
      TRY(give(line->size));
      from_.skip(line_end_of(text_of(TRY(from_.next(2)))));
    }
  }

 private:
  Result<HttpUndone> last() {
    from_.skip(line_end_of(text_of(TRY(from_.next(2)))));
    return HttpUndone{from_.at(), from_.left() == 0 ? "" : "bytes behind the last chunk"};
  }

  Result<void> give(std::uint64_t count) {
    while (count > 0) {
      const Bytes bytes = slice(TRY(from_.next(1)), 0, count);
      if (bytes.empty()) return fail(Fault::Io, "the part ends before its size");
      TRY(take_(bytes));
      from_.skip(bytes.size());
      count -= bytes.size();
    }
    return {};
  }

  Forward from_;
  const BytesTaker& take_;
};

/// Small pieces made large: each costs a message to the desk.
class Gathering {
 public:
  explicit Gathering(const BytesTaker& take) : take_(take) {}

  Result<void> add(Bytes bytes) {
    held_.insert(held_.end(), bytes.begin(), bytes.end());
    return held_.size() < kRoom ? Result<void>() : flush();
  }
  Result<void> flush() {
    if (held_.empty()) return {};
    TRY(take_(Bytes(held_)));
    held_.clear();
    return {};
  }

 private:
  const BytesTaker& take_;
  Buffer held_;
};

/// A packed stream that comes in pieces.
class Unpacking {
 public:
  Unpacking(std::unique_ptr<StreamUnpacker> unpacker, Gathering* out) : unpacker_(std::move(unpacker)), out_(out) {}

  Result<void> add(Bytes in) {
    kept_.insert(kept_.end(), in.begin(), in.end());
    const std::size_t used = TRY(drive(StreamUnpacker::Input::More));
    kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(used));
    return {};
  }

  /// What kept it from its end.
  Result<std::string> finish() {
    if (over_.empty()) TRY(drive(StreamUnpacker::Input::Last));
    if (over_.empty()) return std::string("packed stream ends early");
    return over_ == kWhole ? std::string() : over_;
  }

 private:
  static constexpr std::string_view kWhole = "whole";

  Result<std::size_t> drive(StreamUnpacker::Input input) {
    using State = StreamUnpacker::State;
    std::size_t used = 0;
    int idle = 0;
    // Twice nothing: a stream may need one step to see that its next member begins.
    while (over_.empty() && idle < 2) {
      const StreamUnpacker::Step done = unpacker_->step(slice(kept_, used), input, room_);
      used += done.used;
      TRY(out_->add(Bytes(room_).first(done.made)));
      idle = done.used > 0 || done.made > 0 ? 0 : idle + 1;
      if (done.state == State::Damaged) over_ = "packed stream damaged";
      if (done.state == State::TooLarge) over_ = "unpacking needs too much memory";
      if (done.state == State::End) over_ = kWhole;
    }
    const bool behind = over_ == kWhole && used < kept_.size();
    if (behind) over_ = "bytes behind the packed stream";
    return over_.empty() ? used : kept_.size();
  }

  std::unique_ptr<StreamUnpacker> unpacker_;
  Gathering* out_;
  Buffer kept_;  // what a step did not use
  Buffer room_ = Buffer(kRoom);
  std::string over_;
};

bool begins_deflate(Bytes head) {
  // RFC 1950, section 2.2: method 8, and a header that divides by 31. Some servers left it out.
  return head.size() >= 2 && (head[0] & 0x0FU) == 8 && (head[0] * 256U + head[1]) % 31 == 0;
}

/// Texts alone are packed so, and have no such letters.
bool has_controls(Bytes head) {
  constexpr std::size_t kLooked = 64;
  const Bytes looked = slice(head, 0, kLooked);
  return std::any_of(looked.begin(), looked.end(), [](std::uint8_t c) { return c < '\t' || (c > '\r' && c < ' '); });
}

}  // namespace

std::size_t end_of_head(std::string_view text) {
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    const std::size_t blank = line_end_of(text.substr(at + 1));
    if (blank > 0) return at + 1 + blank;
  }
  return text.npos;
}

HttpCoding http_coding(std::string_view head) {
  HttpCoding out;
  std::vector<std::string> transfer;
  for (const std::string_view line : split(head, '\n')) {
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view name = trim(line.substr(0, colon));
    const bool of_content = equal_ignoring_case(name, "Content-Encoding");
    if (!of_content && !equal_ignoring_case(name, "Transfer-Encoding")) continue;
    for (const std::string_view word : split(line.substr(std::min(colon + 1, line.size())), ',')) {
      const std::string coding = lower_ascii(trim(word));
      if (coding == "chunked") out.chunked = true;
      if (coding.empty() || coding == "chunked" || coding == "identity") continue;
      (of_content ? out.packings : transfer).push_back(coding == "x-gzip" ? "gzip" : coding);
    }
  }
  out.packings.insert(out.packings.end(), transfer.begin(), transfer.end());
  return out;
}

Result<HttpBody> http_body(PartBytes& part, ByteRun body, const HttpCoding& coding) {
  HttpBody out;
  Forward from(part, body);
  if (coding.chunked) {
    const std::optional<ChunkLine> line = chunk_line(text_of(TRY(from.next(kLongestChunkLine))));
    out.chunked = line.has_value();
    if (line) from.skip(line->length);
    if (line && line->size == 0) out.kind = HttpBody::Kind::Nothing;
  }
  const Bytes head = TRY(from.next(2));
  const std::string last = coding.packings.empty() ? std::string() : coding.packings.back();
  const bool gzip = last == "gzip" && text_of(head).starts_with("\x1F\x8B");
  const bool deflate = last == "deflate" && begins_deflate(head);
  if (gzip || deflate) out.packing = last;
  if ((last == "br" || last == "deflate") && !deflate && has_controls(head)) out.packed_still = last;
  if (out.kind != HttpBody::Kind::Nothing && (out.chunked || !out.packing.empty())) out.kind = HttpBody::Kind::Coded;
  return out;
}

Result<HttpUndone> undo_http(PartBytes& part, ByteRun run, const HttpBody& body, const BytesTaker& take) {
  Gathering out(take);
  std::optional<Unpacking> unpacking;
  if (body.packing == "gzip") unpacking.emplace(stream_unpacker(Packing::Gzip), &out);
  if (body.packing == "deflate") unpacking.emplace(zlib_unpacker(), &out);
  const BytesTaker next = [&](Bytes bytes) { return unpacking ? unpacking->add(bytes) : out.add(bytes); };
  Chunks chunks(part, run, next);
  HttpUndone undone = body.chunked ? TRY(chunks.chunked()) : TRY(chunks.plain());
  const std::string damage = unpacking ? TRY(unpacking->finish()) : std::string();
  TRY(out.flush());
  if (undone.damage.empty()) undone.damage = damage;
  return undone;
}

}  // namespace careo
