// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/zip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>

#include "base/text.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::uint32_t LocalMark = 0x04034b50;
constexpr std::uint32_t EntryMark = 0x02014b50;
constexpr std::uint32_t DescriptorMark = 0x08074b50;
constexpr std::uint32_t EndMark = 0x06054b50;
constexpr std::uint32_t End64Mark = 0x06064b50;
constexpr std::uint32_t Locator64Mark = 0x07064b50;
constexpr std::size_t EndLength = 22;
constexpr std::size_t LongestComment = 0xffff;
constexpr std::uint32_t Saturated32 = 0xffffffff;  // "see the zip64 field"
constexpr std::uint64_t MostDirectoryBytes = 256ULL << 20U;
constexpr std::uint64_t Chunk = 256U << 10U;

Result<Buffer> fetch(PartBytes& bytes, std::uint64_t offset, std::uint64_t length) {
  const Bytes got = TRY(bytes.at(offset, length));
  return Buffer(got.begin(), got.end());
}

struct End {
  std::uint64_t at = 0;
  std::uint64_t behind = 0;
  std::uint64_t count = 0;
  std::uint64_t length = 0;
  std::uint64_t offset = 0;
  std::string comment = {};
  bool spanned = false;
};

/// As names are: UTF-8 where the flag says so or it is well-formed, else by guess.
std::string decoded(Bytes raw, std::uint16_t flags) {
  if (raw.empty()) return {};
  if ((flags & 0x0800U) != 0 || is_utf8(text_of(raw))) return clean_utf8(text_of(raw)).text;
  return decode_text(raw, "").utf8;
}

Result<End> parse_end(Bytes tail, std::size_t at, std::uint64_t base) {
  Cursor in(tail.subspan(at));
  if (TRY(in.u32le()) != EndMark) return fail(Fault::NotFound, "no end record");
  End end;
  const std::uint16_t disk = TRY(in.u16le());
  const std::uint16_t first_disk = TRY(in.u16le());
  const std::uint16_t here = TRY(in.u16le());
  end.count = TRY(in.u16le());
  end.length = TRY(in.u32le());
  end.offset = TRY(in.u32le());
  const std::uint16_t comment = TRY(in.u16le());
  end.at = base + at;
  const Bytes said = TRY(in.take(std::min<std::uint64_t>(comment, in.left())));
  end.behind = end.at + EndLength + said.size();
  end.comment = decoded(said, 0);
  end.spanned = (disk != 0 && disk != 0xffff) || (first_disk != 0 && first_disk != 0xffff) || here != end.count;
  return end;
}

/// The last record whose comment reaches exactly the end of the part wins; else the last one there is.
Result<End> find_end(PartBytes& bytes) {
  const std::uint64_t size = bytes.size();
  const std::uint64_t base = size > EndLength + LongestComment ? size - EndLength - LongestComment : 0;
  const Buffer tail = TRY(fetch(bytes, base, size - base));
  Result<End> last = fail(Fault::NotFound, "no end record");
  if (tail.size() < EndLength) return last;
  for (std::size_t at = tail.size() - EndLength + 1; at-- > 0;) {
    if (tail[at] != 'P' || tail[at + 1] != 'K') continue;
    Result<End> end = parse_end(tail, at, base);
    if (!end) continue;
    if (end->behind == size) return end;
    if (!last) last = std::move(end);
  }
  return last;
}

/// Replaces what does not fit 32 bits (APPNOTE 4.3.14, 4.3.15).
Result<void> widen(PartBytes& bytes, End* end) {
  if (end->at < 20) return {};
  const Buffer locator = TRY(fetch(bytes, end->at - 20, 20));
  Cursor in(locator);
  if (TRY(in.u32le()) != Locator64Mark) return {};
  TRY(in.u32le());  // disk
  std::uint64_t at = TRY(in.u64le());
  Buffer record = TRY(fetch(bytes, at, 56));
  if (record.size() < 56 || TRY(Cursor(record).u32le()) != End64Mark) {
    // Bytes before the archive shift every offset; the record usually stands right before its locator.
    if (end->at < 76) return {};
    at = end->at - 76;
    record = TRY(fetch(bytes, at, 56));
  }
  Cursor wide(record);
  if (TRY(wide.u32le()) != End64Mark) return {};
  TRY(wide.seek(24));
  TRY(wide.u64le());
  end->count = TRY(wide.u64le());
  end->length = TRY(wide.u64le());
  end->offset = TRY(wide.u64le());
  end->at = at;
  end->spanned = false;
  return {};
}

struct Extra {
  std::optional<Bytes> zip64;
  std::optional<Bytes> unicode_name;
};

Extra parse_extra(Bytes extra) {
  Extra out;
  Cursor in(extra);
  while (in.left() >= 4) {
    const std::uint16_t id = *in.u16le();
    const std::uint16_t length = *in.u16le();
    const Result<Bytes> body = in.take(std::min<std::uint64_t>(length, in.left()));
    if (!body) break;
    if (id == 0x0001) out.zip64 = *body;
    if (id == 0x7075) out.unicode_name = *body;  // APPNOTE 4.6.9: version, CRC of the other name, name
  }
  return out;
}

std::string name_of(Bytes raw, std::uint16_t flags, const Extra& extra) {
  if (extra.unicode_name && extra.unicode_name->size() > 5) {
    return clean_utf8(text_of(extra.unicode_name->subspan(5))).text;
  }
  return decoded(raw, flags);
}

/// The zip64 field holds only those values that are saturated, in a fixed order.
void widen_entry(const Extra& extra, ZipEntry* entry, bool with_offset) {
  if (!extra.zip64) return;
  Cursor in(*extra.zip64);
  const auto widen_one = [&](std::uint64_t* value) {
    if (*value != Saturated32) return;
    if (const Result<std::uint64_t> wide = in.u64le()) *value = *wide;
  };
  widen_one(&entry->size);
  widen_one(&entry->packed);
  if (with_offset) widen_one(&entry->header);
}

Result<ZipEntry> parse_entry(Cursor* in) {
  if (TRY(in->u32le()) != EntryMark) return fail(Fault::Malformed, "no entry where the directory should go on");
  ZipEntry out;
  out.made_by = TRY(in->u16le());
  TRY(in->u16le());  // version needed
  out.flags = TRY(in->u16le());
  out.method = TRY(in->u16le());
  TRY(in->u32le());  // time and date: no zone, two-second steps; the member's own dates are better
  out.crc32 = TRY(in->u32le());
  out.packed = TRY(in->u32le());
  out.size = TRY(in->u32le());
  const std::uint16_t name = TRY(in->u16le());
  const std::uint16_t extra_length = TRY(in->u16le());
  const std::uint16_t comment = TRY(in->u16le());
  TRY(in->u32le());  // disk, internal attributes
  out.attributes = TRY(in->u32le());
  out.header = TRY(in->u32le());
  const Bytes raw = TRY(in->take(name));
  const Extra extra = parse_extra(TRY(in->take(extra_length)));
  out.comment = decoded(TRY(in->take(comment)), out.flags);
  widen_entry(extra, &out, true);
  out.name = name_of(raw, out.flags, extra);
  return out;
}

}  // namespace

Result<ZipDirectory> read_zip_directory(PartBytes& bytes, std::uint64_t most) {
  End end = TRY(find_end(bytes));
  TRY(widen(bytes, &end));
  ZipDirectory out;
  out.stated = end.count;
  out.spanned = end.spanned;
  out.end = end.behind;
  out.comment = std::move(end.comment);
  const std::uint64_t length = std::min({end.length, end.at, MostDirectoryBytes});
  // Where the directory really stands tells how many bytes were put before the archive.
  const std::uint64_t real = end.at - length;
  std::uint64_t shift = end.offset < real ? real - end.offset : 0;
  Buffer records = TRY(fetch(bytes, real, length));
  if (length > 0 && (records.size() < 4 || *Cursor(records).u32le() != EntryMark) && end.offset < end.at) {
    shift = 0;
    records = TRY(fetch(bytes, end.offset, std::min(end.at - end.offset, MostDirectoryBytes)));
  }
  out.offset = end.offset + shift;
  Cursor in(records);
  while (in.left() >= 4 && out.entries.size() < end.count) {
    if (out.entries.size() >= most) {
      out.damage = "limit: more than " + std::to_string(most) + " members";
      return out;
    }
    Result<ZipEntry> entry = parse_entry(&in);
    if (!entry) {
      out.damage = entry.error().message;
      return out;
    }
    const bool fits = entry->header <= std::numeric_limits<std::uint64_t>::max() - shift;
    entry->header = fits ? entry->header + shift : std::numeric_limits<std::uint64_t>::max();
    out.entries.push_back(std::move(*entry));
  }
  if (out.entries.size() < end.count) out.damage = "the directory ends early";
  return out;
}

Result<ZipEntry> read_zip_local(PartBytes& bytes, std::uint64_t offset) {
  if (offset >= bytes.size() || bytes.size() - offset < 30) return fail(Fault::NotFound, "no local header there");
  const Buffer head = TRY(fetch(bytes, offset, 30));
  Cursor in(head);
  if (TRY(in.u32le()) != LocalMark) return fail(Fault::NotFound, "no local header there");
  ZipEntry out;
  out.header = offset;
  TRY(in.u16le());
  out.flags = TRY(in.u16le());
  out.method = TRY(in.u16le());
  TRY(in.u32le());
  out.crc32 = TRY(in.u32le());
  out.packed = TRY(in.u32le());
  out.size = TRY(in.u32le());
  const std::uint16_t name = TRY(in.u16le());
  const std::uint16_t extra_length = TRY(in.u16le());
  const Buffer rest = TRY(fetch(bytes, offset + 30, std::uint64_t{name} + extra_length));
  if (rest.size() < std::size_t{name} + extra_length) return fail(Fault::Malformed, "a local header ends early");
  const Extra extra = parse_extra(Bytes(rest).subspan(name));
  widen_entry(extra, &out, false);
  out.name = name_of(Bytes(rest).first(name), out.flags, extra);
  out.data = offset + 30 + name + extra_length;
  return out;
}

namespace {

Result<ZipUnpacked> copy_stored(PartBytes& bytes, std::uint64_t offset, std::uint64_t packed, const BytesTaker& take) {
  ZipUnpacked out;
  while (out.consumed < packed) {
    const Bytes got = TRY(bytes.at(offset + out.consumed, std::min(Chunk, packed - out.consumed)));
    if (got.empty()) {
      out.damage = "ends early";
      return out;
    }
    out.crc32 = static_cast<std::uint32_t>(::crc32(out.crc32, got.data(), static_cast<uInt>(got.size())));
    out.consumed += got.size();
    out.produced += got.size();
    TRY(take(got));
  }
  return out;
}

struct Inflater {
  z_stream stream{};
  bool ready = inflateInit2(&stream, -MAX_WBITS) == Z_OK;
  Inflater() = default;
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() {
    if (ready) inflateEnd(&stream);
  }
};

/// Feeds one piece; true when the data came to its own end or broke (then `out->damage` says so).
Result<bool> inflate_piece(Inflater* inflater, Bytes piece, Buffer* room, ZipUnpacked* out, const BytesTaker& take) {
  z_stream& stream = inflater->stream;
  stream.next_in = const_cast<Bytef*>(piece.data());
  stream.avail_in = static_cast<uInt>(piece.size());
  for (;;) {
    stream.next_out = room->data();
    stream.avail_out = static_cast<uInt>(room->size());
    const uInt before = stream.avail_in;
    const int status = inflate(&stream, Z_NO_FLUSH);
    const Bytes made(room->data(), room->size() - stream.avail_out);
    out->consumed += before - stream.avail_in;
    out->produced += made.size();
    out->crc32 = static_cast<std::uint32_t>(::crc32(out->crc32, made.data(), static_cast<uInt>(made.size())));
    if (!made.empty()) TRY(take(made));
    if (status == Z_STREAM_END) return true;
    if (status != Z_OK && status != Z_BUF_ERROR) {
      out->damage = "broken deflate data";
      return true;
    }
    if (stream.avail_in == 0 && stream.avail_out != 0) return false;
  }
}

Result<ZipUnpacked> inflate_all(PartBytes& bytes, std::uint64_t offset, std::uint64_t packed, const BytesTaker& take) {
  ZipUnpacked out;
  Inflater inflater;
  if (!inflater.ready) return fail(Fault::Refused, "no memory to inflate");
  Buffer room(Chunk);
  std::uint64_t at = 0;
  while (at < packed) {
    // The view dies with the next call to `bytes`, and the taker may be one.
    const Buffer piece = TRY(fetch(bytes, offset + at, std::min(Chunk, packed - at)));
    if (piece.empty()) break;
    at += piece.size();
    if (TRY(inflate_piece(&inflater, piece, &room, &out, take))) return out;
  }
  out.damage = "ends early";
  return out;
}

constexpr std::size_t kMostDescriptor = 24;

/// APPNOTE 4.3.9: an optional mark, CRC, then both sizes in 32 or (zip64) 64 bits. Which of the two, the
/// sizes tell and the mark of what comes next.
std::size_t descriptor_length(Bytes behind, const ZipEntry& entry) {
  Cursor in(behind);
  const Result<std::uint32_t> mark = in.u32le();
  const std::size_t start = mark && *mark == DescriptorMark ? 4 : 0;
  const auto size_of = [&](std::size_t width) {
    return width == 4 ? in.u32le().map([](std::uint32_t v) { return std::uint64_t{v}; }) : in.u64le();
  };
  std::optional<std::size_t> out;
  for (const std::size_t width : {4U, 8U}) {
    if (!in.seek(start + 4)) break;
    const Result<std::uint64_t> packed = size_of(width);
    const Result<std::uint64_t> size = size_of(width);
    if (!packed || *packed != entry.packed) continue;
    const std::size_t length = start + 4 + 2 * width;
    if (size && *size == entry.size && text_of(slice(behind, length, 2)) == "PK") return length;
    if (!out) out = length;
  }
  return out.value_or(start == 4 ? 16 : 0);
}

}  // namespace

Result<ZipUnpacked> unpack_zip_data(PartBytes& bytes, std::uint64_t offset, std::uint64_t packed, std::uint16_t method,
                                    const BytesTaker& take) {
  if (offset > bytes.size()) return fail(Fault::Malformed, "data outside of the file");
  const std::uint64_t there = std::min(packed, bytes.size() - offset);
  Result<ZipUnpacked> out = fail(Fault::Unsupported, "compression method " + std::to_string(method));
  if (method == 0) out = copy_stored(bytes, offset, there, take);
  if (method == 8) out = inflate_all(bytes, offset, there, take);
  if (out && method == 0 && there < packed && packed != std::numeric_limits<std::uint64_t>::max()) {
    out->damage = "ends early";
  }
  return out;
}

std::uint64_t end_of_member(PartBytes& bytes, const ZipEntry& entry) {
  const std::uint64_t size = bytes.size();
  const std::uint64_t end = entry.packed > size - std::min(size, entry.data) ? size : entry.data + entry.packed;
  if (!entry.streamed()) return end;
  const Result<Buffer> behind = fetch(bytes, end, kMostDescriptor + 2);
  return behind ? std::min(size, end + descriptor_length(*behind, entry)) : end;
}

std::vector<ZipEntry> scan_zip(PartBytes& bytes, std::uint64_t from, std::uint64_t to, std::uint64_t most) {
  std::vector<ZipEntry> out;
  std::uint64_t at = from;
  while (at < to && out.size() < most) {
    Result<ZipEntry> entry = read_zip_local(bytes, at);
    if (!entry || entry->data > to) break;
    if (entry->streamed() && entry->packed == 0) {
      if (entry->method != 8) break;  // nothing tells where it ends
      const Result<ZipUnpacked> end =
          unpack_zip_data(bytes, entry->data, to - entry->data, 8, [](Bytes) -> Result<void> { return {}; });
      if (!end) break;
      entry->packed = end->consumed;
      entry->size = end->produced;
      entry->crc32 = end->crc32;
    }
    at = end_of_member(bytes, *entry);
    out.push_back(std::move(*entry));
  }
  return out;
}

Result<Buffer> read_zip_member(PartBytes& bytes, const ZipEntry& entry, std::uint64_t most, std::string* damage) {
  if (entry.encrypted()) return fail(Fault::Denied, "a password is needed");
  const ZipEntry local = TRY(read_zip_local(bytes, entry.header));
  Buffer out;
  const BytesTaker take = [&](Bytes piece) -> Result<void> {
    if (out.size() + piece.size() > most) return fail(Fault::Refused, "limit: a member of more than the size allowed");
    out.insert(out.end(), piece.begin(), piece.end());
    return {};
  };
  const ZipUnpacked end = TRY(unpack_zip_data(bytes, local.data, entry.packed, entry.method, take));
  std::string why = end.damage;
  if (why.empty() && end.crc32 != entry.crc32) why = "checksum does not match";
  if (why.empty()) return out;
  if (damage == nullptr) return fail(Fault::Malformed, why);
  *damage = why;
  return out;
}

}  // namespace careo
