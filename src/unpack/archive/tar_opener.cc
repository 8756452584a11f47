// SPDX-License-Identifier: Apache-2.0
// Tar by our own hands (POSIX.1-2017 pax, ustar, GNU and v7). A member's bytes stand in the archive as they are, so a
// child is a range of it: nothing is unpacked, and anyone can cut it out again.
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "unpack/archive/archive.h"
#include "unpack/archive/empty_folders.h"
#include "unpack/archive/said_of_members.h"
#include "unpack/archive/tar_header.h"
#include "unpack/member.h"
#include "unpack/sniff.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::string_view kName = "tar/6";
constexpr std::uint64_t Block = kTarBlock;
/// Long names and pax records: real ones are some hundred bytes.
constexpr std::uint64_t MostExtra = 1U << 20U;

/// May an archive go on with this block: a header, zeros, or its end?
bool goes_on(Bytes block) {
  return block.size() < Block || tar_header(block) ||
         std::all_of(block.begin(), block.end(), [](std::uint8_t b) { return b == 0; });
}

/// Bytes to the next header behind data of `size` bytes.
std::uint64_t padded_size(std::uint64_t size) {
  return size > UINT64_MAX - Block ? size : (size + Block - 1) / Block * Block;
}

bool is_regular(char type) {
  return type == '0' || type == 0 || type == '7';
}
/// What says more of the header that follows: pax (X: Solaris), and GNU long names and link targets.
bool is_record(char type) {
  return type == 'x' || type == 'X' || type == 'g' || type == 'L' || type == 'K';
}
/// Links, devices, folders and pipes. Any other type is read as a file, as POSIX asks for those that one does not know.
bool is_bare(char type) {
  return type >= '1' && type <= '6';
}

class Walk {
 public:
  Walk(PartBytes* bytes, const Budget& budget, Sink* sink)
      : bytes_(bytes), sink_(sink), writer_(sink, budget, bytes->size()), budget_(budget) {}

  Result<void> run() {
    // Archives that were put one behind the other (`cat`) are read one behind the other.
    do {
      TRY(archive());
      TRY(zeros());
    } while (TRY(begins_again()));
    sink_->expect(members_);
    TRY(finish());
    TRY(said_.give(kName, budget_, *sink_));
    return folders_.give(kName, budget_, *sink_);
  }

 private:
  /// Up to the two blocks of zeros that end an archive.
  Result<void> archive() {
    while (at_ < bytes_->size() && writer_.over().empty()) {
      const Bytes got = TRY(bytes_->at(at_, Block));
      const Buffer block(got.begin(), got.end());
      const bool zeros = std::all_of(block.begin(), block.end(), [](std::uint8_t b) { return b == 0; });
      if (zeros && ++zero_blocks_ >= 2) break;
      if (zeros) {
        claim(Claim::By::Structure, block.size());
        continue;
      }
      zero_blocks_ = 0;
      std::optional<TarHeader> header = tar_header(block);
      if (!header) header = TRY(bent_header(block));
      if (!header) {
        TRY(lost());
        continue;
      }
      TRY(entry(*header));
    }
    return {};
  }

  /// Claims the zeros that end an archive and fill its last record (20 blocks by habit), whole blocks of them.
  Result<void> zeros() {
    while (at_ < bytes_->size() && writer_.over().empty()) {
      const Bytes block = TRY(bytes_->at(at_, Block));
      if (std::any_of(block.begin(), block.end(), [](std::uint8_t b) { return b != 0; })) break;
      claim(Claim::By::Structure, block.size());
    }
    return {};
  }

  Result<bool> begins_again() {
    if (at_ >= bytes_->size() || !writer_.over().empty()) return false;
    const Bytes block = TRY(bytes_->at(at_, Block));
    if (!tar_header(block)) return false;
    zero_blocks_ = 0;
    return true;
  }

  void claim(Claim::By by, std::uint64_t length) {
    length = std::min(length, bytes_->size() - at_);
    if (length > 0 || by == Claim::By::Child) sink_->claim(by, length);
    at_ += length;
  }

  void unread(std::uint64_t length, std::string why) {
    length = std::min(length, bytes_->size() - at_);
    Region region;
    region.bytes = Region::Span{at_, at_ + length};
    sink_->unread({region, length, std::move(why)});
    claim(Claim::By::Unread, length);
  }

  /// Claims the zeros that end an archive and fill its last record (20 blocks by habit), names everything else.
  Result<void> finish() {
    if (!writer_.over().empty()) {
      unread(bytes_->size() - at_, writer_.over());
      return {};
    }
    std::uint64_t zeros = 0;
    for (std::uint64_t at = at_; at < bytes_->size();) {
      const Bytes piece = TRY(bytes_->at(at, 1U << 20U));
      const auto* end = std::find_if(piece.data(), piece.data() + piece.size(), [](std::uint8_t b) { return b != 0; });
      zeros += static_cast<std::uint64_t>(end - piece.data());
      if (end != piece.data() + piece.size() || piece.empty()) break;
      at += piece.size();
    }
    claim(Claim::By::Structure, zeros);
    if (at_ < bytes_->size()) unread(bytes_->size() - at_, "bytes behind the end of the archive");
    if (zero_blocks_ == 0) sink_->unread({{}, 0, "ends without its end mark: cut off"});
    return {};
  }

  /// A header whose checksum does not hold is one all the same where its magic stands and the archive goes on behind
  /// the data that it tells of.
  Result<std::optional<TarHeader>> bent_header(Bytes block) {
    if (block.size() < Block || tar_field(block, 257, 5) != "ustar") return std::nullopt;
    std::optional<TarHeader> out = tar_fields(block);
    const std::uint64_t left = bytes_->size() - at_ - block.size();
    if (!out || padded_size(out->size) > left) return std::nullopt;
    if (!goes_on(TRY(bytes_->at(at_ + Block + padded_size(out->size), Block)))) return std::nullopt;
    sink_->unread({{}, 0, "a header whose checksum does not match: " + text_of_name(out->name)});
    return out;
  }

  /// No header here: on to the next block that is one.
  Result<void> lost() {
    std::uint64_t next = at_ + Block;
    while (next < bytes_->size()) {
      const Bytes block = TRY(bytes_->at(next, Block));
      if (block.size() == Block && tar_header(block)) break;
      next += Block;
    }
    unread(next - at_, "no header where one should stand");
    return {};
  }

  Result<void> entry(TarHeader header) {
    claim(Claim::By::Structure, Block);
    if (is_record(header.type)) return extra(header);
    const TarExtra extra = std::exchange(extra_, {});
    if (extra.name) header.name = *extra.name;
    if (extra.size) header.size = *extra.size;
    const bool folder = header.type == '5' || (header.size == 0 && header.name.ends_with('/'));
    const std::string name = text_of_name(header.name);
    folder ? folders_.folder(name) : folders_.member(name);
    const bool link = header.type == '1' || header.type == '2';
    if (link) said_.link(name, text_of_name(extra.target.value_or(header.target)));
    said_.of(name, extra.said);
    if (header.type == 'S' || extra.sparse) {
      ++members_;
      unread(padded_size(header.size), "a sparse member: " + name);
      return {};
    }
    // Without data: folders, which old writers mark by their name alone, links, devices, labels.
    if (header.size == 0 && (!is_regular(header.type) || header.name.ends_with('/'))) return {};
    if (is_bare(header.type) && !TRY(data_stands(padded_size(header.size)))) return {};
    if (header.type == 'M') unread(0, "begins on another volume: " + name);
    return member(header);
  }

  /// A link, a device or a folder has no data by the standard, whatever size it states; but pax writers give a hard
  /// link the bytes of its file. They are there when no header follows at once, and one (or the end) does behind them.
  Result<bool> data_stands(std::uint64_t padded) {
    if (goes_on(TRY(bytes_->at(at_, Block)))) return false;
    return padded <= bytes_->size() - at_ && goes_on(TRY(bytes_->at(at_ + padded, Block)));
  }

  Result<void> member(const TarHeader& header) {
    ++members_;
    const std::string name = text_of_name(header.name);
    const std::uint64_t there = std::min(header.size, bytes_->size() - at_);
    Child child;
    child.step = Step::range(at_, there);
    child.name = name;
    const Bytes head = TRY(bytes_->at(at_, std::min<std::uint64_t>(there, 4096)));
    const Buffer kept(head.begin(), head.end());
    const Result<void> given = writer_.plain(std::move(child), kept);
    if (!given) return writer_.over().empty() ? given : Result<void>{};
    claim(Claim::By::Child, there);
    if (there < header.size) {
      sink_->unread({{}, header.size - there, "ends early: " + name});
      return {};
    }
    claim(Claim::By::Structure, (Block - header.size % Block) % Block);
    return {};
  }

  Result<void> extra(const TarHeader& header) {
    const Bytes got = TRY(bytes_->at(at_, std::min(header.size, MostExtra)));
    const std::string_view text = text_of(got);
    if (header.type == 'x' || header.type == 'X') read_pax(text, &extra_);
    if (header.type == 'L') extra_.name = std::string(text.substr(0, text.find('\0')));
    if (header.type == 'K') extra_.target = std::string(text.substr(0, text.find('\0')));
    if (header.type == 'g') {
      TarExtra of_all;
      read_pax(text, &of_all);
      said_.of({}, of_all.said);
    }
    claim(Claim::By::Structure, std::min(header.size, MostExtra));
    if (header.size > MostExtra) unread(header.size - MostExtra, "a header record of more than a mebibyte");
    claim(Claim::By::Structure, (Block - header.size % Block) % Block);
    return {};
  }

  static std::string text_of_name(const std::string& raw) {
    return is_utf8(raw) ? raw : decode_text(bytes_of(raw), "").utf8;
  }

  PartBytes* bytes_;
  Sink* sink_;
  MemberWriter writer_;
  const Budget& budget_;
  EmptyFolders folders_;
  SaidOfMembers said_;
  std::uint64_t at_ = 0;
  std::uint64_t members_ = 0;
  int zero_blocks_ = 0;
  TarExtra extra_;
};

class TarOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override { return sniff(head) == "application/x-tar"; }
  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    sink.media_type("application/x-tar");
    return Walk(&bytes, budget, &sink).run();
  }
};

}  // namespace

const Opener* tar_opener() {
  static const TarOpener opener;
  return &opener;
}

}  // namespace careo
