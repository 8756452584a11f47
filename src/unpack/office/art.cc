// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/art.h"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "unpack/little_endian.h"

namespace careo {
namespace {

constexpr std::uint64_t kHeader = 8;
constexpr std::uint16_t kStoreEntry =
    0xF007;  // of the store of pictures; the picture may stand behind 36 bytes and a name
constexpr std::uint64_t kEntryHead = 36;

/// Records of pictures ([MS-ODRAW] 2.2.23). `one_id` is the instance that says that one checksum precedes, not two.
struct Kind {
  std::uint16_t type;
  std::string_view extension;
  bool metafile;
};
constexpr std::array kKinds = {
    Kind{0xF01A, ".emf", true},  Kind{0xF01B, ".wmf", true},  Kind{0xF01C, ".pict", true}, Kind{0xF01D, ".jpg", false},
    Kind{0xF01E, ".png", false}, Kind{0xF01F, ".bmp", false}, Kind{0xF029, ".tif", false}, Kind{0xF02A, ".jpg", false},
};

struct Record {
  std::uint16_t version = 0;   // 4 bits; 15: a container
  std::uint16_t instance = 0;  // 12 bits
  std::uint16_t type = 0;
  std::uint64_t length = 0;
};

std::optional<Record> record_at(Bytes bytes, std::uint64_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < kHeader) return std::nullopt;
  Record out;
  out.version = u16_at(bytes, offset) & 15U;
  out.instance = static_cast<std::uint16_t>(u16_at(bytes, offset) >> 4U);
  out.type = u16_at(bytes, offset + 2);
  out.length = u32_at(bytes, offset + 4);
  if (out.type < 0xF000) return std::nullopt;
  return out;
}

}  // namespace

std::optional<OfficePicture> picture_at(Bytes bytes, std::uint64_t offset) {
  const std::optional<Record> record = record_at(bytes, offset);
  if (!record) return std::nullopt;
  for (const Kind& kind : kKinds) {
    if (kind.type != record->type) continue;
    constexpr std::uint64_t kId = 16;
    constexpr std::uint64_t kMetafileHead = 34;
    // The low bit of the instance says that a second id follows the first; metafiles of Office 97 to 2003 have it too.
    const std::uint64_t ids = kId * (1 + (record->instance & 1U));
    const std::uint64_t head = ids + (kind.metafile ? kMetafileHead : 1);
    const std::uint64_t there = std::min<std::uint64_t>(record->length, bytes.size() - offset - kHeader);
    if (there <= head) return std::nullopt;
    OfficePicture out;
    out.record = {offset, kHeader + there};
    out.data = {offset + kHeader + head, there - head};
    out.extension = kind.extension;
    out.packed = kind.metafile && u8_at(bytes, offset + kHeader + ids + 32) == 0;
    out.bare = record->type == 0xF01F;
    return out;
  }
  return std::nullopt;
}

// Containers are entered by standing on what is in them: their records follow each other without a gap.
std::vector<OfficePicture> pictures_in(Bytes bytes, std::uint64_t offset, std::size_t most, bool* broken) {
  std::vector<OfficePicture> out;
  while (out.size() < most) {
    const std::optional<Record> record = record_at(bytes, offset);
    if (!record) break;
    if (std::optional<OfficePicture> picture = picture_at(bytes, offset)) {
      offset += kHeader + record->length;  // behind the bytes where they end early
      out.push_back(std::move(*picture));
    } else if (record->type == kStoreEntry) {
      const std::uint64_t name = u8_at(bytes, offset + kHeader + 33);
      const std::uint64_t inside = kEntryHead + name;
      const bool holds = record->length > inside && record_at(bytes, offset + kHeader + inside);
      offset += kHeader + (holds ? inside : record->length);
    } else {
      offset += kHeader + (record->version == 15 ? 0 : record->length);
    }
  }
  // Zeros may fill the end.
  const Bytes rest = slice(bytes, offset, bytes.size());
  const bool full = out.size() >= most;
  if (!full && (offset > bytes.size() || std::any_of(rest.begin(), rest.end(), [](auto byte) { return byte != 0; })))
    *broken = true;
  return out;
}

std::vector<DelayedPicture> delayed_pictures(Bytes bytes, std::size_t most) {
  std::vector<DelayedPicture> out;
  std::uint64_t offset = 0;
  while (out.size() < most) {
    const std::optional<Record> record = record_at(bytes, offset);
    if (!record) break;
    constexpr std::uint32_t kNone = 0xFFFFFFFF;
    const bool entry = record->type == kStoreEntry;
    if (entry && u32_at(bytes, offset + kHeader + 20) > 0 && u32_at(bytes, offset + kHeader + 28) != kNone)
      out.push_back({u32_at(bytes, offset + kHeader + 28), u32_at(bytes, offset + kHeader + 24) > 0});
    offset += kHeader + (record->version == 15 && !entry ? 0 : record->length);
  }
  return out;
}

Result<Buffer> unzlib(Bytes packed, std::uint64_t most) {
  struct Stream : z_stream {
    Stream() : z_stream{} {}
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() { inflateEnd(this); }
  } stream;
  if (inflateInit(&stream) != Z_OK) return fail(Fault::Io, "no memory to unpack");
  stream.next_in = const_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(packed.size(), UINT32_MAX));
  Buffer out;
  std::array<std::uint8_t, 1U << 16U> piece;
  for (int status = Z_OK; status == Z_OK;) {
    stream.next_out = piece.data();
    stream.avail_out = piece.size();
    status = inflate(&stream, Z_NO_FLUSH);
    const std::size_t came = piece.size() - stream.avail_out;
    if (came > most - out.size())
      return fail(Fault::Refused, "unpacks to more than " + std::to_string(most) + " bytes");
    out.insert(out.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(came));
    if (came == 0 && stream.avail_in == 0) break;
  }
  return out;
}

Result<std::optional<Buffer>> made_picture(Bytes data, const OfficePicture& picture, std::uint64_t most) {
  if (picture.packed) return TRY(unzlib(data, most));
  if (!picture.bare) return std::nullopt;
  // BITMAPFILEHEADER: the pixels stand behind the information header and its palette.
  const std::uint32_t head = u32_at(data, 0);
  const unsigned bits = u16_at(data, 14);
  std::uint32_t colours = u32_at(data, 32);
  if (colours == 0 && bits <= 8) colours = 1U << bits;
  const std::uint32_t masks = u32_at(data, 16) == 3 && head == 40 ? 12 : 0;
  constexpr std::uint32_t kFileHead = 14;
  Packer out;
  out.u8('B').u8('M').u32le(static_cast<std::uint32_t>(data.size() + kFileHead)).u32le(0);
  out.u32le(kFileHead + head + masks + std::min(colours, 256U) * 4).raw(data);
  return out.take();
}

}  // namespace careo
