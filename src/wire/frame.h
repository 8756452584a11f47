// SPDX-License-Identifier: Apache-2.0
// Frames: the only thing that crosses between the desk and a worker. A length, a type, a payload; every type has its
// own limit, so a decoder never holds more than one payload. The bytes are described in docs/formats/wire.md.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace careo {

enum class FrameType : std::uint8_t {
  // desk to child
  Job = 0x01,
  Go = 0x02,
  Page = 0x03,
  Render = 0x04,
  Passwords = 0x05,
  // desk to warm parent, one packet each
  Spawn = 0x10,
  Stop = 0x11,
  // child to desk
  Ready = 0x20,
  Begin = 0x21,
  Child = 0x22,
  Derived = 0x23,
  DerivedBytes = 0x24,
  DerivedEnd = 0x25,
  Text = 0x26,
  Reading = 0x27,
  Unread = 0x28,
  Claim = 0x29,
  Expect = 0x2a,
  MediaType = 0x2b,
  Elsewhere = 0x2c,
  Done = 0x2d,
  Pull = 0x2e,
  Png = 0x2f,
  // warm parent to desk, one packet each
  Hello = 0x40,
  Refused = 0x41,
  Ended = 0x42,
};

/// Bytes of one page reply, and of one chunk of derived bytes.
inline constexpr std::uint32_t kPageBytes = 1U << 20;
/// A batch holds at most this many jobs and this many bytes inside its frames; larger parts are pulled.
inline constexpr std::size_t kBatchJobs = 1024;
inline constexpr std::uint64_t kBatchBytes = 16ULL << 20;

/// What a type is called in errors, and the most bytes its payload may have.
struct FrameKind {
  FrameType type;
  std::string_view name;
  std::uint32_t most;
};

/// Reasons for the limits: a text may be as long as Budget::text_bytes and its frame's other fields; readings and
/// children hold names and values; what travels between parent and desk fits one small packet.
inline constexpr std::array<FrameKind, 26> kFrameKinds = {{
    {FrameType::Job, "job", (16U << 20) + (64U << 10)},
    {FrameType::Go, "go", 16},
    {FrameType::Page, "page", kPageBytes + 16},
    {FrameType::Render, "render", 64U << 10},
    {FrameType::Passwords, "passwords", 1U << 20},
    {FrameType::Spawn, "spawn", 64},
    {FrameType::Stop, "stop", 0},
    {FrameType::Ready, "ready", 16},
    {FrameType::Begin, "begin", 16},
    {FrameType::Child, "child", 256U << 10},
    {FrameType::Derived, "derived", 256U << 10},
    {FrameType::DerivedBytes, "derived bytes", kPageBytes},
    {FrameType::DerivedEnd, "derived end", 1},
    {FrameType::Text, "text", (64U << 20) + (64U << 10)},
    {FrameType::Reading, "reading", 4U << 20},
    {FrameType::Unread, "unread", 64U << 10},
    {FrameType::Claim, "claim", 16},
    {FrameType::Expect, "expect", 16},
    {FrameType::MediaType, "media type", 1024},
    {FrameType::Elsewhere, "elsewhere", 0},
    {FrameType::Done, "done", 64U << 10},
    {FrameType::Pull, "pull", 32},
    {FrameType::Png, "png", 64U << 20},
    {FrameType::Hello, "hello", 16},
    {FrameType::Refused, "refused", 512},
    {FrameType::Ended, "ended", 64},
}};

/// Null for a type that does not exist.
const FrameKind* kind_of(std::uint8_t type);

/// A view: `payload` lives until the reader is fed or asked again.
struct Frame {
  FrameType type = FrameType::Go;
  Bytes payload;
};

inline constexpr std::size_t kFrameHeader = 5;  ///< u32le payload length, u8 type

/// Appends a whole frame to `out`. REQUIRES: the payload keeps the type's limit.
void append_frame(Buffer* out, FrameType type, Bytes payload);

/// Exactly one frame in one packet; Malformed for anything else.
Result<Frame> parse_packet(Bytes packet);

/// Cuts a stream of bytes into frames. Trusts nothing: an unknown type or a length above the type's limit is Malformed
/// at once, before the payload is waited for. Not safe to share between threads.
class FrameReader {
 public:
  /// Where to read the next bytes of the stream into: at least 16 KiB. `filled` says how many came.
  std::span<std::uint8_t> room();
  void filled(std::size_t count);
  void feed(Bytes bytes);  ///< the same by copy

  /// The next whole frame, or nothing until more bytes came. After Malformed it stays Malformed.
  Result<std::optional<Frame>> next();
  /// True between two frames: an end of the stream here is an orderly one.
  bool at_boundary() const { return begin_ == end_; }

 private:
  Buffer buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool broken_ = false;
};

}  // namespace careo
