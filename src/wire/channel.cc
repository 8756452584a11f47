// SPDX-License-Identifier: Apache-2.0
#include "wire/channel.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace careo {
namespace {

constexpr std::size_t kPacketBytes = 1024;  // above every limit of frames that travel as packets

// Room for exactly one descriptor beside a packet.
struct PassedDescriptor {
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> bytes{};
};

void attach(msghdr* message, PassedDescriptor* room, int fd) {
  message->msg_control = room->bytes.data();
  message->msg_controllen = room->bytes.size();
  cmsghdr* header = CMSG_FIRSTHDR(message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
}

Descriptor passed_with(msghdr* message) {
  const cmsghdr* header = CMSG_FIRSTHDR(message);
  if (header == nullptr || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) return Descriptor();
  if (header->cmsg_len != CMSG_LEN(sizeof(int))) return Descriptor();
  int fd = -1;
  std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
  return Descriptor(fd);
}

}  // namespace

tl::unexpected<Error> io_error(std::string doing) {
  return fail(Fault::Io, std::move(doing) + ": " + std::strerror(errno));
}

Result<DescriptorPair> connected_pair(Carrier carrier) {
  std::array<int, 2> fds{};
  const int type = carrier == Carrier::Stream ? SOCK_STREAM : SOCK_SEQPACKET;
  if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, fds.data()) != 0) return io_error("a pair of sockets");
  return DescriptorPair{Descriptor(fds[0]), Descriptor(fds[1])};
}

Result<void> send_packet(int fd, FrameType type, Bytes payload, int passed) {
  Buffer bytes;
  append_frame(&bytes, type, payload);
  iovec piece{bytes.data(), bytes.size()};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  PassedDescriptor room;
  if (passed >= 0) attach(&message, &room, passed);
  ssize_t sent = -1;
  do {
    sent = ::sendmsg(fd, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  if (sent < 0) return io_error("sending to a worker");
  return {};
}

Result<Received> receive_packet(int fd, Wait wait) {
  std::array<std::uint8_t, kPacketBytes> bytes{};
  iovec piece{bytes.data(), bytes.size()};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  PassedDescriptor room;
  message.msg_control = room.bytes.data();
  message.msg_controllen = room.bytes.size();
  ssize_t got = -1;
  do {
    got = ::recvmsg(fd, &message, MSG_CMSG_CLOEXEC | (wait == Wait::No ? MSG_DONTWAIT : 0));
  } while (got < 0 && errno == EINTR);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return Received{};
  if (got < 0 && errno == ECONNRESET) return Received{.packet = {}, .closed = true};
  if (got < 0) return io_error("hearing from a worker");
  if (got == 0) return Received{.packet = {}, .closed = true};
  Descriptor passed = passed_with(&message);
  const Frame frame = TRY(parse_packet(Bytes(bytes.data(), static_cast<std::size_t>(got))));
  Received out;
  out.packet = Packet{frame.type, Buffer(frame.payload.begin(), frame.payload.end()), std::move(passed)};
  return out;
}

}  // namespace careo
