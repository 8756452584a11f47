// SPDX-License-Identifier: Apache-2.0
// The child's end of the wire: frames in, frames out, and the bytes of parts that are pulled page by page. One thread.
#pragma once

#include <deque>

#include "wire/message.h"
#include "wire/outbox.h"

namespace careo {

class Link {
 public:
  explicit Link(int fd) : fd_(fd), out(fd) {}

  /// The next frame of the desk; nothing at the end of the stream. Blocks.
  Result<std::optional<Frame>> next();
  /// Asks for up to kPageBytes and waits. Io when the part vanished or the desk is gone.
  Result<Bytes> pull(std::uint64_t offset, std::uint64_t length);

 private:
  int fd_;
  FrameReader in_;

 public:
  Outbox out;
};

/// The bytes of one part: inside the job's frame, or pulled in pages of which a few are kept.
class LinkedBytes final : public PartBytes {
 public:
  LinkedBytes(Link* link, std::uint64_t size, std::optional<Bytes> inside, std::span<const std::string> passwords)
      : link_(link), size_(size), inside_(inside), passwords_(passwords) {}
  std::uint64_t size() const override { return size_; }
  std::span<const std::string> passwords() const override { return passwords_; }
  Result<Bytes> at(std::uint64_t offset, std::uint64_t length) override;
  /// True once the desk said that the part is no longer there.
  bool vanished() const { return vanished_; }

 private:
  struct Page {
    std::uint64_t number = 0;
    Buffer bytes;
  };
  Result<Bytes> page(std::uint64_t number);

  Link* link_;
  std::uint64_t size_;
  std::optional<Bytes> inside_;
  std::span<const std::string> passwords_;
  std::deque<Page> pages_;  // the latest first
  Buffer joined_;
  bool vanished_ = false;
};

}  // namespace careo
