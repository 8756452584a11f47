// SPDX-License-Identifier: Apache-2.0
// File descriptors, socket pairs and packets, as far as the wire needs them.
#pragma once

#include <utility>

#include "wire/frame.h"

namespace careo {

/// Owns one file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      close();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void close();

 private:
  int fd_ = -1;
};

struct DescriptorPair {
  Descriptor ours;
  Descriptor theirs;
};

enum class Carrier {
  Stream,   ///< bytes in order: desk and child
  Packets,  ///< whole frames: desk and warm parent
};
/// Two connected UNIX sockets, both closed on exec.
Result<DescriptorPair> connected_pair(Carrier carrier);

/// Sends one frame as one packet; with `passed` >= 0 that descriptor goes along. Io when the other side is gone.
Result<void> send_packet(int fd, FrameType type, Bytes payload, int passed = -1);

/// One packet, and the descriptor that came with it, if any.
struct Packet {
  FrameType type = FrameType::Go;
  Buffer payload;
  Descriptor passed;
};
enum class Wait { Yes, No };
/// Nothing at the end of the stream, or (Wait::No) when no packet is there: `closed` tells the two apart.
struct Received {
  std::optional<Packet> packet;
  bool closed = false;
};
Result<Received> receive_packet(int fd, Wait wait);

/// "doing: what errno says".
tl::unexpected<Error> io_error(std::string doing);

}  // namespace careo
