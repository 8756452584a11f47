// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/zip_writer.h"

namespace careo {
namespace {

constexpr std::uint64_t kMost = 0xfffffffe;  // 0xffffffff means "see the zip64 field"
constexpr std::uint16_t kMostMembers = 0xfffe;
constexpr std::uint16_t kVersion = 20;            // 4.4.3.2: deflate
constexpr std::uint16_t kNamesAreUtf8 = 0x0800;   // 4.4.4, bit 11
constexpr std::uint32_t kFirstDate = 0x00210000;  // 1980-01-01: there is no "none"

std::uint32_t u32(std::uint64_t value) {
  return static_cast<std::uint32_t>(value);
}

}  // namespace

Result<void> ZipWriter::put(Bytes bytes) {
  at_ += bytes.size();
  return take_(bytes);
}

Result<void> ZipWriter::add(const Member& member, Bytes packed) {
  const std::uint64_t header = at_;
  if (member.size > kMost || at_ + packed.size() + directory_.size() > kMost - 0x20000 || count_ == kMostMembers ||
      member.name.size() > 0xffff)
    return fail(Fault::Refused, "limit: a package of more than 4 GiB");
  const auto common = [&](Packer* out) {
    out->u16le(kVersion).u16le(kNamesAreUtf8).u16le(member.method).u32le(kFirstDate).u32le(member.crc32);
    out->u32le(u32(packed.size())).u32le(u32(member.size)).u16le(static_cast<std::uint16_t>(member.name.size()));
  };
  Packer local;
  local.u32le(0x04034b50);
  common(&local);
  local.u16le(0).raw(bytes_of(member.name));
  TRY(put(local.bytes()));
  TRY(put(packed));
  directory_.u32le(0x02014b50).u16le(kVersion);
  common(&directory_);
  // No extra field, no comment, disk 0, no attributes.
  directory_.u16le(0).u16le(0).u16le(0).u16le(0).u32le(0).u32le(u32(header)).raw(bytes_of(member.name));
  ++count_;
  return {};
}

Result<void> ZipWriter::finish() {
  const std::uint64_t offset = at_;
  TRY(put(directory_.bytes()));
  Packer end;
  end.u32le(0x06054b50).u16le(0).u16le(0).u16le(count_).u16le(count_);
  end.u32le(u32(directory_.size())).u32le(u32(offset)).u16le(0);
  return put(end.bytes());
}

}  // namespace careo
