// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/seven_zip.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace careo {
namespace {

constexpr std::array<std::uint8_t, 6> kMagic = {'7', 'z', 0xBC, 0xAF, 0x27, 0x1C};
constexpr std::uint64_t kHead = 32;
constexpr std::uint64_t kMostHeader = 64U << 20U;  // some 500,000 files
/// 7-Zip itself refuses a folder of more.
constexpr std::uint64_t kMostCoders = 32;

constexpr std::uint64_t kMostFolders = 500'000;

enum Mark : std::uint8_t {
  kEnd = 0x00,
  kHeader = 0x01,
  kMainStreams = 0x04,
  kPackInfo = 0x06,
  kUnpackInfo = 0x07,
  kSize = 0x09,
  kDigests = 0x0A,
  kFolder = 0x0B,
  kUnpackSizes = 0x0C,
  kEncodedHeader = 0x17,
};

std::uint32_t crc_of(Bytes bytes) {
  return static_cast<std::uint32_t>(::crc32(0, bytes.data(), static_cast<uInt>(bytes.size())));
}

void put(Packer* out, std::uint64_t value) {
  unsigned bytes = 0;
  while (bytes < 8 && value >> (7 * (bytes + 1)) != 0) ++bytes;
  const auto ones = static_cast<std::uint8_t>(0xFF00U >> bytes);
  out->u8(static_cast<std::uint8_t>(bytes == 8 ? 0xFF : ones | value >> (8 * bytes)));
  for (unsigned i = 0; i < bytes; ++i) out->u8(static_cast<std::uint8_t>(value >> (8 * i)));
}

Result<void> expect(Cursor* in, Mark mark) {
  return TRY(in->u8()) == mark ? Result<void>{} : fail(Fault::Malformed, "a broken 7z header");
}

/// As they stand: a byte for "all are there", else a bit each; then four bytes each.
Result<Bytes> digests(Cursor* in, Bytes all, std::uint64_t count) {
  const std::size_t begin = in->position();
  std::uint64_t there = count;
  if (TRY(in->u8()) == 0) {
    there = 0;
    for (const std::uint8_t byte : TRY(in->take((count + 7) / 8)))
      there += static_cast<std::uint64_t>(__builtin_popcount(byte));
  }
  if (there > all.size()) return fail(Fault::Malformed, "a broken 7z header");
  TRY(in->take(there * 4));
  return slice(all, begin, in->position() - begin);
}

Result<void> read_packed(Cursor* in, Bytes all, SevenZipStreams* out) {
  out->first = TRY(read_seven_zip_number(in));
  if (out->first > UINT64_MAX - kHead) return fail(Fault::Malformed, "a broken 7z header");
  out->first += kHead;
  const std::uint64_t count = TRY(read_seven_zip_number(in));
  for (;;) {
    const std::uint8_t mark = TRY(in->u8());
    if (mark == kEnd) break;
    if (mark == kSize) {
      for (std::uint64_t i = 0; i < count; ++i) out->packed_sizes.push_back(TRY(read_seven_zip_number(in)));
    } else if (mark == kDigests) {
      TRY(digests(in, all, count));
    } else {
      return fail(Fault::Malformed, "a broken 7z header");
    }
  }
  return out->packed_sizes.size() == count ? Result<void>{} : fail(Fault::Malformed, "a broken 7z header");
}

Result<SevenZipFolder> read_folder(Cursor* in) {
  SevenZipFolder out;
  std::uint64_t ins = 0;
  std::uint64_t outs = 0;
  const std::uint64_t count = TRY(read_seven_zip_number(in));
  if (count == 0 || count > kMostCoders) return fail(Fault::Malformed, "a folder without coders");
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint8_t flags = TRY(in->u8());
    SevenZipCoder coder;
    const Bytes id = TRY(in->take(flags & 0x0FU));
    coder.id.assign(id.begin(), id.end());
    if ((flags & 0x10U) != 0) {
      coder.ins = TRY(read_seven_zip_number(in));
      coder.outs = TRY(read_seven_zip_number(in));
    }
    if ((flags & 0x20U) != 0) {
      const Bytes properties = TRY(in->take(TRY(read_seven_zip_number(in))));
      coder.properties.assign(properties.begin(), properties.end());
    }
    if ((flags & 0xC0U) != 0 || coder.ins > kMostCoders || coder.outs > kMostCoders)
      return fail(Fault::Unsupported, "a coder of another kind");
    ins += coder.ins;
    outs += coder.outs;
    out.coders.push_back(std::move(coder));
  }
  if (outs == 0 || ins < outs - 1) return fail(Fault::Malformed, "a folder that leads nowhere");
  for (std::uint64_t i = 0; i + 1 < outs; ++i) {
    const std::uint64_t into = TRY(read_seven_zip_number(in));
    out.binds.emplace_back(into, TRY(read_seven_zip_number(in)));
  }
  const std::uint64_t packed = ins - (outs - 1);
  if (packed > 1) {
    for (std::uint64_t i = 0; i < packed; ++i) out.packed.push_back(TRY(read_seven_zip_number(in)));
    return out;
  }
  for (std::uint64_t i = 0; i < ins && out.packed.empty(); ++i) {
    const auto bound =
        std::any_of(out.binds.begin(), out.binds.end(), [&](const auto& bind) { return bind.first == i; });
    if (!bound) out.packed.push_back(i);
  }
  return out;
}

Result<void> read_folders(Cursor* in, Bytes all, SevenZipStreams* out) {
  TRY(expect(in, kFolder));
  const std::uint64_t count = TRY(read_seven_zip_number(in));
  if (count > kMostFolders) return fail(Fault::Refused, "limit: more than 500,000 folders");
  if (TRY(in->u8()) != 0) return fail(Fault::Unsupported, "7z tables outside of the header");
  for (std::uint64_t i = 0; i < count; ++i) out->folders.push_back(TRY(read_folder(in)));
  TRY(expect(in, kUnpackSizes));
  std::uint64_t streams = 0;
  for (SevenZipFolder& folder : out->folders) {
    for (const SevenZipCoder& coder : folder.coders)
      for (std::uint64_t i = 0; i < coder.outs; ++i) folder.sizes.push_back(TRY(read_seven_zip_number(in)));
    streams += folder.packed.size();
  }
  if (streams > out->packed_sizes.size()) return fail(Fault::Malformed, "folders without their bytes");
  std::uint8_t mark = TRY(in->u8());
  if (mark == kDigests) {
    const Bytes kept = TRY(digests(in, all, count));
    out->digests.assign(kept.begin(), kept.end());
    mark = TRY(in->u8());
  }
  return mark == kEnd ? Result<void>{} : fail(Fault::Malformed, "a broken 7z header");
}

Result<SevenZipStreams> read_streams(Cursor* in, Bytes all) {
  SevenZipStreams out;
  TRY(expect(in, kPackInfo));
  TRY(read_packed(in, all, &out));
  TRY(expect(in, kUnpackInfo));
  TRY(read_folders(in, all, &out));
  const Bytes rest = TRY(in->take(in->left()));
  out.rest.assign(rest.begin(), rest.end());
  return out;
}

void print_folder(const SevenZipFolder& folder, Packer* out) {
  put(out, folder.coders.size());
  for (const SevenZipCoder& coder : folder.coders) {
    const bool complex = coder.ins != 1 || coder.outs != 1;
    out->u8(
        static_cast<std::uint8_t>(coder.id.size() | (complex ? 0x10U : 0U) | (coder.properties.empty() ? 0U : 0x20U)));
    out->raw(coder.id);
    if (complex) {
      put(out, coder.ins);
      put(out, coder.outs);
    }
    if (coder.properties.empty()) continue;
    put(out, coder.properties.size());
    out->raw(coder.properties);
  }
  for (const auto& [into, from] : folder.binds) {
    put(out, into);
    put(out, from);
  }
  if (folder.packed.size() == 1) return;
  for (const std::uint64_t input : folder.packed) put(out, input);
}

}  // namespace

/// The first byte's leading ones count the bytes behind it; its other bits are the number's highest.
Result<std::uint64_t> read_seven_zip_number(Cursor* in) {
  const std::uint8_t first = TRY(in->u8());
  std::uint64_t out = 0;
  unsigned shift = 0;
  std::uint8_t mask = 0x80;
  for (; mask != 0 && (first & mask) != 0; mask >>= 1U, shift += 8) out |= std::uint64_t{TRY(in->u8())} << shift;
  if (mask != 0) out |= static_cast<std::uint64_t>(first & (mask - 1U)) << shift;
  return out;
}

Result<SevenZipHead> read_seven_zip_head(PartBytes& part) {
  Cursor in(TRY(part.at(0, kHead)));
  const Bytes magic = TRY(in.take(kMagic.size()));
  if (!std::equal(magic.begin(), magic.end(), kMagic.begin())) return fail(Fault::Malformed, "no 7z archive");
  TRY(in.seek(12));
  SevenZipHead out;
  const std::uint64_t offset = TRY(in.u64le());
  out.header.length = TRY(in.u64le());
  out.crc32 = TRY(in.u32le());
  const std::uint64_t behind = part.size() - kHead;
  if (out.header.length > behind || offset > behind - out.header.length)
    return fail(Fault::Malformed, "the 7z header is missing: cut off");
  if (out.header.length > kMostHeader) return fail(Fault::Refused, "limit: a header of more than 64 MiB");
  out.header.offset = kHead + offset;
  return out;
}

Result<SevenZipStreams> read_seven_zip_header(Bytes header) {
  Cursor in(header);
  TRY(expect(&in, kHeader));
  if (TRY(in.u8()) != kMainStreams) return fail(Fault::Unsupported, "a 7z header of another kind");
  return read_streams(&in, header);
}

bool is_packed_seven_zip_header(Bytes header) {
  return !header.empty() && header.front() == kEncodedHeader;
}

Result<SevenZipStreams> read_packed_seven_zip_header(Bytes header) {
  Cursor in(header);
  TRY(expect(&in, kEncodedHeader));
  return read_streams(&in, header);
}

Buffer print_seven_zip_header(const SevenZipStreams& streams) {
  Packer out;
  out.u8(kHeader).u8(kMainStreams).u8(kPackInfo);
  put(&out, 0);
  put(&out, streams.packed_sizes.size());
  out.u8(kSize);
  for (const std::uint64_t size : streams.packed_sizes) put(&out, size);
  out.u8(kEnd).u8(kUnpackInfo).u8(kFolder);
  put(&out, streams.folders.size());
  out.u8(0);
  for (const SevenZipFolder& folder : streams.folders) print_folder(folder, &out);
  out.u8(kUnpackSizes);
  for (const SevenZipFolder& folder : streams.folders)
    for (const std::uint64_t size : folder.sizes) put(&out, size);
  if (!streams.digests.empty()) out.u8(kDigests).raw(streams.digests);
  out.u8(kEnd).raw(streams.rest);
  return out.take();
}

Buffer print_seven_zip_head(std::uint64_t packed, Bytes header) {
  Packer start;
  start.u64le(packed).u64le(header.size()).u32le(crc_of(header));
  Packer out;
  out.raw(kMagic).u8(0).u8(4).u32le(crc_of(start.bytes())).raw(start.bytes());
  return out.take();
}

}  // namespace careo
