// SPDX-License-Identifier: Apache-2.0
// File descriptors, socket pairs and packets, as far as the wire needs them.
#pragma once

#include "base/descriptor.h"
#include "wire/frame.h"

namespace careo {

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
