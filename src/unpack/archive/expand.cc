// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/expand.h"

#include <archive.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include "base/text.h"
#include "unpack/archive/behind.h"
#include "unpack/archive/stream_unpacker.h"
#include "unpack/text/charset.h"
#include "unpack/text_writer.h"

namespace careo {
namespace {

constexpr std::string_view kName = "expand/2";
// Read from the desk and handed to the unpacker in pieces of this size.
constexpr std::uint64_t kPiece = 1ULL << 20;
constexpr std::size_t kRoom = 256 * 1024;
// What is looked at for the words before a stream.
constexpr std::size_t kHead = 64 * 1024;
// Small files of zeros are packed a thousand times over by honest programs; only beyond this is the ratio looked at.
constexpr std::uint64_t kFreeBytes = 16ULL << 20;

struct Magic {
  std::string_view bytes;
  Packing packing;
};
constexpr Magic kMagic[] = {
    {std::string_view("\x1F\x8B\x08", 3), Packing::Gzip},
    {std::string_view("\xFD"
                      "7zXZ\0",
                      6),
     Packing::Xz},
    {std::string_view("\x28\xB5\x2F\xFD", 4), Packing::Zstd},
    {std::string_view("\x1F\x9D", 2), Packing::Compress},
};

int add_filter(struct archive* archive, Packing packing) {
  return packing == Packing::Zstd ? archive_read_support_filter_zstd(archive)
                                  : archive_read_support_filter_compress(archive);
}

/// Feeds a part to libarchive.
struct Feed {
  PartBytes* part = nullptr;
  std::uint64_t at = 0;
  Buffer piece;  // libarchive keeps the pointer until it asks again
  std::optional<Error> error;
};

la_ssize_t read_piece(struct archive*, void* data, const void** buffer) {
  Feed* const feed = static_cast<Feed*>(data);
  Result<Bytes> bytes = feed->part->at(feed->at, kPiece);
  if (!bytes) {
    feed->error = std::move(bytes).error();
    return -1;
  }
  feed->piece.assign(bytes->begin(), bytes->end());
  feed->at += feed->piece.size();
  *buffer = feed->piece.data();
  return static_cast<la_ssize_t>(feed->piece.size());
}

/// What a gzip header says beside its stream (RFC 1952, section 2.3.1): ISO 8859-1 by the letter, anything in the wild.
struct GzipWords {
  std::string name;
  std::string comment;
};

GzipWords gzip_words(Bytes head) {
  constexpr std::uint8_t kExtra = 4;
  constexpr std::uint8_t kName = 8;
  constexpr std::uint8_t kComment = 16;
  if (head.size() < 12) return {};
  std::size_t at = 10;
  if ((head[3] & kExtra) != 0) at += 2 + head[10] + head[11] * std::size_t{256};
  const auto string_behind = [&](std::uint8_t flag) -> std::string {
    if ((head[3] & flag) == 0) return {};
    const std::string_view rest = text_of(slice(head, at, head.size()));
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    at += end + 1;
    const std::string said = decode_text(bytes_of(rest.substr(0, end)), {}).utf8;
    return end < rest.size() ? said : said + "\u2026";  // longer than what is looked at
  };
  GzipWords out;
  out.name = string_behind(kName);
  out.comment = string_behind(kComment);
  return out;
}

class Expansion {
 public:
  Expansion(PartBytes& part, const Budget& budget, Sink& sink) : part_(part), budget_(budget), sink_(sink) {
    feed_.part = &part;
  }

  Result<void> run(Packing packing, std::string name) {
    sink_.expect(1);
    if (budget_.depth_left == 0 || budget_.children == 0) {
      sink_.claim(Claim::By::Unread, part_.size());
      note("nested too deep", part_.size());
      return {};
    }
    Child child;
    child.step = Step::expand(packing);
    child.name = std::move(name);
    TRY(sink_.derived(std::move(child)));
    const std::unique_ptr<StreamUnpacker> unpacker = stream_unpacker(packing);
    if (unpacker) {
      TRY(drive(*unpacker));
    } else {
      TRY(by_libarchive(packing));
    }
    TRY(sink_.derived_end());
    claim_all();
    return {};
  }

 private:
  Result<void> drive(StreamUnpacker& unpacker) {
    Buffer out(kRoom);
    for (;;) {
      const Bytes in = TRY(part_.at(used_, kPiece));
      const bool last = used_ + in.size() >= part_.size();
      const auto input = last ? StreamUnpacker::Input::Last : StreamUnpacker::Input::More;
      std::size_t at = 0;
      for (;;) {
        const StreamUnpacker::Step done = unpacker.step(in.subspan(at), input, out);
        at += done.used;
        feed_.at = used_ + at;
        if (!TRY(take(Bytes(out.data(), done.made)))) return {};
        if (done.state == StreamUnpacker::State::End) return behind(used_ + at);
        if (done.state == StreamUnpacker::State::Damaged) return stop("packed stream damaged");
        if (done.state == StreamUnpacker::State::TooLarge) return stop("unpacking needs too much memory");
        if (done.used > 0 || done.made > 0) {
          idle_ = 0;
          continue;
        }
        // Twice nothing: a stream may need one step to see that its next member begins.
        if (++idle_ > 1) break;
      }
      if (last) return stop("packed stream ends early");
      if (at == 0) return stop("packed stream damaged");
      used_ += at;
      idle_ = 0;
    }
  }

  Result<void> stop(std::string reason) {
    note(std::move(reason), 0);
    return {};
  }

  // Anything but zeros behind the stream is something that nobody unpacked.
  Result<void> behind(std::uint64_t end) {
    if (!TRY(only_zeros(part_, end, part_.size()))) behind_ = end;
    return {};
  }

  void claim_all() {
    const std::uint64_t end = behind_.value_or(part_.size());
    sink_.claim(Claim::By::Child, end);
    if (end == part_.size()) return;
    Unread rest;
    rest.region.bytes = Region::Span{end, part_.size()};
    rest.length = part_.size() - end;
    rest.reason = "bytes behind the packed stream";
    sink_.claim(Claim::By::Unread, rest.length);
    sink_.unread(std::move(rest));
  }

  Result<void> by_libarchive(Packing packing) {
    const std::unique_ptr<struct archive, int (*)(struct archive*)> archive(archive_read_new(), archive_read_free);
    if (!archive) return fail(Fault::Io, "no memory for the unpacker");
    add_filter(archive.get(), packing);
    archive_read_support_format_raw(archive.get());
    archive_read_support_format_empty(archive.get());
    return stream(archive.get());
  }

  Result<void> stream(struct archive* archive) {
    struct archive_entry* entry = nullptr;
    int status = archive_read_open(archive, &feed_, nullptr, read_piece, nullptr);
    if (status == ARCHIVE_OK) status = archive_read_next_header(archive, &entry);
    if (status == ARCHIVE_EOF) return {};  // an empty stream
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return damaged(archive);
    for (;;) {
      const void* data = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0;
      status = archive_read_data_block(archive, &data, &size, &offset);
      if (status == ARCHIVE_EOF) return {};
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return damaged(archive);
      if (!TRY(take(Bytes(static_cast<const std::uint8_t*>(data), size)))) return {};
    }
  }

  // False where a budget is spent.
  Result<bool> take(Bytes bytes) {
    const std::uint64_t left = budget_.bytes_out - std::min(out_, budget_.bytes_out);
    const std::uint64_t count = std::min<std::uint64_t>(bytes.size(), left);
    if (count > 0) TRY(sink_.derived_bytes(bytes.first(count)));
    out_ += count;
    if (count < bytes.size()) {
      note("unpacked size limit", 0);
      return false;
    }
    if (out_ > kFreeBytes && out_ - kFreeBytes > budget_.ratio * std::max<std::uint64_t>(feed_.at, 1)) {
      note("unpacking ratio limit", 0);
      return false;
    }
    return true;
  }

  Result<void> damaged(struct archive* archive) {
    if (feed_.error) return tl::unexpected<Error>(*feed_.error);
    const char* const why = archive_error_string(archive);
    const bool truncated = why != nullptr && std::strstr(why, "runcated") != nullptr;
    note(truncated || feed_.at >= part_.size() ? "packed stream ends early" : "packed stream damaged", 0);
    return {};
  }

  void note(std::string reason, std::uint64_t length) {
    Unread made;
    made.length = length;
    made.reason = std::move(reason);
    sink_.unread(std::move(made));
  }

  PartBytes& part_;
  const Budget& budget_;
  Sink& sink_;
  Feed feed_;
  std::uint64_t out_ = 0;
  std::uint64_t used_ = 0;  // of the part, up to the present piece
  int idle_ = 0;
  std::optional<std::uint64_t> behind_;
};

class ExpandOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override { return packing_of(head).has_value(); }

  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    const Bytes head = TRY(part.at(0, kHead));
    const std::optional<Packing> packing = packing_of(head);
    if (!packing) return fail(Fault::Unsupported, "no packed stream");
    sink.media_type("application/" + std::string(*packing == Packing::Gzip ? "gzip" : "x-") +
                    std::string(*packing == Packing::Gzip ? "" : name_of(*packing)));
    GzipWords words = *packing == Packing::Gzip ? gzip_words(head) : GzipWords();
    TRY(give_comment(std::string(trim(words.comment)), budget, sink));
    return Expansion(part, budget, sink).run(*packing, std::move(words.name));
  }

 private:
  static Result<void> give_comment(std::string comment, const Budget& budget, Sink& sink) {
    if (comment.empty()) return {};
    tidy_text(&comment);
    return TextWriter(kName, budget, sink).give("[comment: " + comment + "]");
  }
};

}  // namespace

std::optional<Packing> packing_of(Bytes head) {
  const std::string_view text = text_of(head);
  for (const Magic& magic : kMagic)
    if (text.starts_with(magic.bytes)) return magic.packing;
  // "BZh1".."BZh9" and the block's magic (digits of pi), so that text that begins "BZh" is not taken.
  if (text.starts_with("BZh") && text.size() >= 10 && text[3] >= '1' && text[3] <= '9' &&
      (text.substr(4, 6) == "1AY&SY" || text.substr(4, 6) == "\x17\x72\x45\x38\x50\x90"))
    return Packing::Bzip2;
  // LZMA alone has no magic: its usual properties byte, a power-of-two dictionary, and a size that is unknown.
  if (text.size() >= 13 && text.starts_with(std::string_view("\x5D\0\0", 3)) &&
      text.substr(5, 8) == "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF")
    return Packing::Lzma;
  return std::nullopt;
}

const Opener* expand_opener() {
  static const ExpandOpener opener;
  return &opener;
}

}  // namespace careo
