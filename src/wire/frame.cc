// SPDX-License-Identifier: Apache-2.0
#include "wire/frame.h"

#include <algorithm>
#include <cstring>

namespace careo {
namespace {

constexpr std::size_t kFirstRoom = 64U << 10;  // a child that reads one small file touches no more
constexpr std::size_t kRoom = 256U << 10;      // one system call fetches about this much where more comes

struct Header {
  const FrameKind* kind = nullptr;
  std::uint32_t length = 0;
};

Result<Header> parse_header(Bytes bytes) {
  Cursor in(bytes);
  Header out;
  out.length = TRY(in.u32le());
  out.kind = kind_of(TRY(in.u8()));
  if (out.kind == nullptr) return fail(Fault::Malformed, "a frame of an unknown type");
  if (out.length > out.kind->most)
    return fail(Fault::Malformed, "a frame above its limit: " + std::string(out.kind->name));
  return out;
}

}  // namespace

const FrameKind* kind_of(std::uint8_t type) {
  for (const FrameKind& kind : kFrameKinds)
    if (static_cast<std::uint8_t>(kind.type) == type) return &kind;
  return nullptr;
}

void append_frame(Buffer* out, FrameType type, Bytes payload) {
  const auto length = static_cast<std::uint32_t>(payload.size());
  const std::array<std::uint8_t, kFrameHeader> header = {
      static_cast<std::uint8_t>(length), static_cast<std::uint8_t>(length >> 8),
      static_cast<std::uint8_t>(length >> 16), static_cast<std::uint8_t>(length >> 24),
      static_cast<std::uint8_t>(type)};
  out->insert(out->end(), header.begin(), header.end());
  out->insert(out->end(), payload.begin(), payload.end());
}

Result<Frame> parse_packet(Bytes packet) {
  const Header header = TRY(parse_header(packet));
  if (packet.size() != kFrameHeader + header.length) return fail(Fault::Malformed, "a packet that is not one frame");
  return Frame{header.kind->type, packet.subspan(kFrameHeader)};
}

std::span<std::uint8_t> FrameReader::room() {
  if (buffer_.empty()) buffer_.resize(kFirstRoom);
  const bool full = end_ == buffer_.size();
  if (begin_ == end_) begin_ = end_ = 0;
  if (full || buffer_.size() - end_ < std::min(buffer_.size(), kRoom) / 4) {
    // Move what is left to the front; grow only for a stream that fills it or a frame that needs it (bounded by the
    // largest limit).
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
    end_ -= begin_;
    begin_ = 0;
    if (buffer_.size() - end_ < kRoom) buffer_.resize(std::max(end_ + kRoom, std::min(end_ * 2, end_ + (8U << 20))));
  }
  return {buffer_.data() + end_, buffer_.size() - end_};
}

void FrameReader::filled(std::size_t count) {
  end_ += count;
}

void FrameReader::feed(Bytes bytes) {
  while (!bytes.empty()) {
    const auto space = room();
    const std::size_t count = std::min(space.size(), bytes.size());
    std::memcpy(space.data(), bytes.data(), count);
    filled(count);
    bytes = bytes.subspan(count);
  }
}

Result<std::optional<Frame>> FrameReader::next() {
  if (broken_) return fail(Fault::Malformed, "a broken stream of frames");
  const Bytes ready(buffer_.data() + begin_, end_ - begin_);
  if (ready.size() < kFrameHeader) return std::optional<Frame>();
  const auto header = parse_header(ready);
  if (!header) {
    broken_ = true;
    return tl::unexpected<Error>(header.error());
  }
  if (ready.size() - kFrameHeader < header->length) return std::optional<Frame>();
  begin_ += kFrameHeader + header->length;
  return std::optional<Frame>(Frame{header->kind->type, ready.subspan(kFrameHeader, header->length)});
}

}  // namespace careo
