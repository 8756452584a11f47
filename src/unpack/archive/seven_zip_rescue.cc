// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/seven_zip_rescue.h"

#include <lzma.h>

#include "unpack/account.h"
#include "unpack/archive/seven_zip.h"
#include "unpack/member.h"

namespace careo {
namespace {

constexpr std::uint64_t kFirst = 32;  // behind the signature header
constexpr std::uint64_t kPiece = 256U << 10U;
/// The dictionary that the lost header would name: as large as that of 7-Zip's highest level, since a larger one than
/// was used does no harm.
constexpr std::uint32_t kDictionary = 256U << 20U;

/// One stream of LZMA2 without a container.
class Lzma2 {
 public:
  Lzma2() {
    lzma_options_lzma options{};
    options.dict_size = kDictionary;
    const lzma_filter filters[] = {{LZMA_FILTER_LZMA2, &options}, {LZMA_VLI_UNKNOWN, nullptr}};
    good_ = lzma_raw_decoder(&stream_, filters) == LZMA_OK;
  }
  ~Lzma2() { lzma_end(&stream_); }
  Lzma2(const Lzma2&) = delete;
  Lzma2& operator=(const Lzma2&) = delete;

  bool good() const { return good_; }
  std::uint64_t used() const { return stream_.total_in; }
  /// True where the stream goes on behind `in`.
  Result<bool> feed(Bytes in, const std::function<Result<void>(Bytes)>& take) {
    Buffer room(kPiece);
    stream_.next_in = in.data();
    stream_.avail_in = in.size();
    for (;;) {
      stream_.next_out = room.data();
      stream_.avail_out = room.size();
      const lzma_ret status = lzma_code(&stream_, LZMA_RUN);
      const Bytes made(room.data(), room.size() - stream_.avail_out);
      if (!made.empty()) TRY(take(made));
      if (status == LZMA_STREAM_END) ended_ = true;
      if (status != LZMA_OK) return false;
      if (stream_.avail_in == 0 && stream_.avail_out != 0) return true;
    }
  }
  bool ended() const { return ended_; }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool good_ = false;
  bool ended_ = false;
};

/// A stream begins with a chunk that resets the dictionary: bytes as they are (1), or packed (from 0xE0 on) under
/// properties of at most (4 * 5 + 4) * 9 + 8, its first byte zero (xz-file-format 5.3.1, and the decoder of LZMA).
bool begins_lzma2(Bytes head) {
  if (head.size() < 7) return false;
  return head[0] == 1 || (head[0] >= 0xE0 && head[5] <= 224 && head[6] == 0);
}

/// How far a stream was read, and whether that is its end.
struct Read {
  std::uint64_t end = 0;
  bool whole = false;
};

/// The stream at `at`; nothing of it where there is none, or no more is wanted.
Result<Read> give_stream(PartBytes& part, std::uint64_t at, std::uint64_t number, MemberWriter* writer) {
  Lzma2 stream;
  if (!begins_lzma2(TRY(part.at(at, 7))) || !stream.good()) return Read{at, false};
  Child child;
  child.step = Step::entry(number);
  child.name = "recovered stream " + std::to_string(number + 1);
  const Result<void> begun = writer->begin(std::move(child));
  if (!begun && writer->over().empty()) return tl::unexpected(begun.error());
  if (!begun) return Read{at, false};
  for (bool more = true; more;) {
    const Bytes piece = TRY(part.at(at + stream.used(), kPiece));
    if (piece.empty()) break;
    const Result<bool> fed = stream.feed(piece, [&](Bytes made) { return writer->write(made); });
    if (!fed && writer->over().empty()) return tl::unexpected(fed.error());
    more = fed && *fed;
  }
  TRY(writer->end());
  return Read{at + stream.used(), stream.ended()};
}

}  // namespace

Result<bool> rescue_seven_zip(PartBytes& part, const Budget& budget, Sink& sink) {
  const Result<SevenZipHead> head = read_seven_zip_head(part);
  if (!head && head.error().fault != Fault::Malformed) return false;
  // A program that is stopped while it writes leaves a header of no length at no place.
  if (head && (head->header.length > 0 || part.size() == kFirst)) return false;
  const std::string why = "the header of the archive is missing: cut off; names of files are lost";
  if (part.size() <= kFirst || !begins_lzma2(TRY(part.at(kFirst, 7)))) return fail(Fault::Malformed, why);
  MemberWriter writer(&sink, budget, part.size());
  std::uint64_t at = kFirst;
  bool more = true;
  for (std::uint64_t number = 0; more; ++number) {
    const Read read = TRY(give_stream(part, at, number, &writer));
    at = read.end;
    more = read.whole;
  }
  if (!writer.over().empty()) sink.unread({{}, 0, writer.over()});
  Account account;
  account.unread({at, part.size() - at}, why, sink);
  account.settle(part.size(), sink);
  return true;
}

}  // namespace careo
