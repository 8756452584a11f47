// SPDX-License-Identifier: Apache-2.0
// Writes ZIP files, honest ones and others: every field of every header can be told to lie.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace careo {

inline std::string deflated(std::string_view text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

struct ZipMember {
  std::string name;
  std::string data;  ///< unpacked
  std::uint16_t method = 8;
  std::uint16_t flags = 0;
  std::uint16_t made_by = 0;
  std::uint32_t attributes = 0;
  std::string name_in_directory = {};     ///< where it differs
  std::int64_t header_in_directory = -1;  ///< where it lies
  std::uint32_t crc_xor = 0;              ///< spoils the checksum
  std::string comment = {};
  bool wide_descriptor = false;  ///< sizes of 64 bits follow the data, though none needs them
  enum class In { Both, StreamOnly, DirectoryOnly } in = In::Both;
};

class ZipMaker {
 public:
  ZipMaker& add(ZipMember member) {
    const std::string packed = member.method == 8 ? deflated(member.data) : member.data;
    const auto crc = static_cast<std::uint32_t>(
        ::crc32(0, reinterpret_cast<const Bytef*>(member.data.data()), static_cast<uInt>(member.data.size())) ^
        member.crc_xor);
    const bool streamed = (member.flags & 8U) != 0;
    const std::uint64_t header = out_.size();
    if (member.in != ZipMember::In::DirectoryOnly) {
      out_.u32le(0x04034b50).u16le(20).u16le(member.flags).u16le(member.method).u32le(0);
      out_.u32le(streamed ? 0 : crc)
          .u32le(streamed ? 0 : u32(packed.size()))
          .u32le(streamed ? 0 : u32(member.data.size()));
      out_.u16le(u16(member.name.size())).u16le(0).raw(bytes_of(member.name)).raw(bytes_of(packed));
      if (streamed) descriptor(member, crc, packed.size());
    }
    if (member.in == ZipMember::In::StreamOnly) return *this;
    const std::string& name = member.name_in_directory.empty() ? member.name : member.name_in_directory;
    const auto at =
        member.header_in_directory < 0 ? u32(header) : static_cast<std::uint32_t>(member.header_in_directory);
    directory_.u32le(0x02014b50).u16le(member.made_by).u16le(20).u16le(member.flags).u16le(member.method).u32le(0);
    directory_.u32le(crc)
        .u32le(u32(packed.size()))
        .u32le(u32(member.data.size()))
        .u16le(u16(name.size()))
        .u16le(0)
        .u16le(u16(member.comment.size()));
    directory_.u32le(0).u32le(member.attributes).u32le(at).raw(bytes_of(name)).raw(bytes_of(member.comment));
    ++count_;
    return *this;
  }
  ZipMaker& add(std::string name, std::string data) {
    ZipMember member;
    member.name = std::move(name);
    member.data = std::move(data);
    return add(std::move(member));
  }
  ZipMaker& raw(std::string_view bytes) {
    out_.raw(bytes_of(bytes));
    return *this;
  }
  std::uint64_t size() const { return out_.size(); }

  enum class Form { Plain, Zip64 };
  std::string finish(Form form = Form::Plain, std::string_view comment = {}) {
    const std::uint64_t offset = out_.size();
    const std::uint64_t length = directory_.size();
    out_.raw(directory_.bytes());
    if (form == Form::Zip64) {
      const std::uint64_t at = out_.size();
      out_.u32le(0x06064b50).u64le(44).u16le(45).u16le(45).u32le(0).u32le(0);
      out_.u64le(count_).u64le(count_).u64le(length).u64le(offset);
      out_.u32le(0x07064b50).u32le(0).u64le(at).u32le(1);
    }
    const bool wide = form == Form::Zip64;
    const auto count = static_cast<std::uint16_t>(wide ? 0xffff : count_);
    out_.u32le(0x06054b50).u16le(0).u16le(0).u16le(count).u16le(count);
    out_.u32le(wide ? 0xffffffff : u32(length)).u32le(wide ? 0xffffffff : u32(offset));
    out_.u16le(u16(comment.size())).raw(bytes_of(comment));
    return std::string(text_of(out_.bytes()));
  }

 private:
  void descriptor(const ZipMember& member, std::uint32_t crc, std::uint64_t packed) {
    out_.u32le(0x08074b50).u32le(crc);
    if (member.wide_descriptor) {
      out_.u64le(packed).u64le(member.data.size());
    } else {
      out_.u32le(u32(packed)).u32le(u32(member.data.size()));
    }
  }
  static std::uint32_t u32(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
  static std::uint16_t u16(std::uint64_t value) { return static_cast<std::uint16_t>(value); }
  Packer out_;
  Packer directory_;
  std::uint64_t count_ = 0;
};

}  // namespace careo
