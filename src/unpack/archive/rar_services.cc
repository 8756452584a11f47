// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/rar_services.h"

#include "base/text.h"
#include "unpack/archive/rar_lock.h"
#include "unpack/archive/rar_number.h"
#include "unpack/archive/rar_old.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::uint64_t kMostBlocks = 1'000'000;
constexpr std::uint64_t kMostHeader = 2U << 20U;
constexpr std::uint64_t kMostComment = 256U << 10U;  // RAR itself takes no more
constexpr std::uint64_t kMostComments = 32U << 20U;  // all of an archive
constexpr std::uint64_t kMostTold = 100;

/// One header, as far as it is needed here.
struct Block {
  bool service = false;
  bool ends = false;  ///< of the archive, or of what can be read of it
  bool stored = false;
  bool locked = false;
  std::string name;  ///< of a service
  std::uint64_t data = 0;
  std::uint64_t length = 0;
};

/// RAR 5: the fields of a service are those of a file.
Result<void> read_fields5(Cursor* in, std::uint64_t extra, Block* out) {
  const std::uint64_t flags = TRY(rar_number(in));
  TRY(rar_number(in));  // the size
  TRY(rar_number(in));  // attributes
  if ((flags & 2U) != 0) TRY(in->u32le());
  if ((flags & 4U) != 0) TRY(in->u32le());
  out->stored = (TRY(rar_number(in)) >> 7U & 7U) == 0;
  TRY(rar_number(in));  // the system
  out->name = text_of(TRY(in->take(TRY(rar_number(in)))));
  while (extra > 0 && !in->done()) {  // records; the first of all kinds is a lock
    const std::uint64_t size = TRY(rar_number(in));
    Cursor record(TRY(in->take(size)));
    if (TRY(rar_number(&record)) == 1) out->locked = true;
  }
  return {};
}

Result<Block> block5(PartBytes& part, std::uint64_t at) {
  constexpr std::uint64_t kLead = 14;  // a checksum and the length of the longest size
  Cursor lead(TRY(part.at(at, kLead)));
  TRY(lead.u32le());
  const std::uint64_t size = TRY(rar_number(&lead));
  const std::uint64_t begin = at + lead.position();
  if (size == 0 || size > kMostHeader) return fail(Fault::Malformed, "a header is damaged");
  const Bytes header = TRY(part.at(begin, size));
  Cursor in(header);
  const std::uint64_t type = TRY(rar_number(&in));
  const std::uint64_t flags = TRY(rar_number(&in));
  const std::uint64_t extra = (flags & 1U) != 0 ? TRY(rar_number(&in)) : 0;
  Block out;
  out.length = (flags & 2U) != 0 ? TRY(rar_number(&in)) : 0;
  out.data = begin + size;
  out.service = type == 3;
  out.ends = type == 4 || type == 5;
  if (out.service) TRY(read_fields5(&in, extra, &out));
  return out;
}

/// RAR 4: a checksum, a type, flags, a size; of a file or a sub block two lengths and more, and of large ones the upper
/// halves of these.
Result<Block> block4(PartBytes& part, std::uint64_t at, RarServices* services) {
  constexpr std::uint64_t kHead = 7, kMain = 0x73, kFile = 0x74, kSub = 0x7A, kEnd = 0x7B, kLarge = 0x100;
  Cursor lead(TRY(part.at(at, kHead)));
  TRY(lead.u16le());
  const std::uint64_t type = TRY(lead.u8());
  const std::uint64_t flags = TRY(lead.u16le());
  const std::uint64_t size = TRY(lead.u16le());
  if (size < kHead) return fail(Fault::Malformed, "a header is damaged");
  const Bytes header = TRY(part.at(at, size));
  if (header.size() < size) return fail(Fault::Malformed, "a header ends early");
  read_old_header(header, at, services);
  Cursor in(header.subspan(kHead));
  Block out;
  out.data = at + size;
  out.ends = type == kEnd || (type == kMain && (flags & 0x80U) != 0);
  if ((flags & 0x8000U) != 0) out.length = TRY(in.u32le());
  out.service = type == kSub;
  if (type != kFile && type != kSub) return out;
  TRY(in.take(4 + 1 + 4 + 4 + 1));  // the size, the system, a checksum, a time, a version
  out.stored = TRY(in.u8()) == 0x30;
  const std::uint64_t length = TRY(in.u16le());
  TRY(in.take(4));  // attributes
  if ((flags & kLarge) != 0) {
    out.length |= static_cast<std::uint64_t>(TRY(in.u32le())) << 32U;
    TRY(in.take(4));
  }
  if (!out.service) return out;
  out.name = text_of(TRY(in.take(length)));
  out.locked = (flags & 4U) != 0;
  return out;
}

Result<void> take(PartBytes& part, const Block& block, RarServices* out) {
  const bool comment = block.name == "CMT";
  if (!comment && block.name != "STM") return {};
  const bool plain = comment && block.stored && !block.locked && block.length <= kMostComment;
  if (plain) {
    out->comment(TRY(part.at(block.data, block.length)), "");
  } else {
    out->tell(!comment       ? "a stream beside a file (NTFS)"
              : block.locked ? "locked: a comment"
                             : "a comment that is packed");
  }
  return {};
}

}  // namespace

void RarServices::comment(Bytes bytes, const std::string& on) {
  comment_bytes += bytes.size() + on.size();
  if (comment_bytes > kMostComments) return tell("limit: too many comments: one" + on);
  std::string text = decode_text(bytes, "").utf8;
  text.resize(std::min(text.find('\0'), text.size()));
  tidy_text(&text);
  if (!trim(text).empty()) comments.push_back("[comment" + on + ": " + std::string(trim(text)) + "]");
}

void RarServices::tell(std::string what) {
  if (++told <= kMostTold) unread.push_back(std::move(what));
}

Result<RarServices> rar_services(PartBytes& part) {
  RarServices out;
  const bool fifth = is_rar5(part);
  std::uint64_t at = fifth ? 8 : 7;
  for (std::uint64_t i = 0; i < kMostBlocks && at < part.size(); ++i) {
    const Result<Block> block = fifth ? block5(part, at) : block4(part, at, &out);
    if (!block && block.error().fault == Fault::Io) return tl::unexpected(block.error());
    if (!block || block->ends) break;
    if (block->service) TRY(take(part, *block, &out));
    if (block->length > part.size() - std::min(part.size(), block->data)) break;
    at = block->data + block->length;
  }
  if (out.told > kMostTold) out.unread.push_back(std::to_string(out.told - kMostTold) + " more comments or streams");
  return out;
}

}  // namespace careo
