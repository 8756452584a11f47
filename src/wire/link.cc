// SPDX-License-Identifier: Apache-2.0
#include "wire/link.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "wire/channel.h"

namespace careo {
namespace {

constexpr std::size_t kPagesKept = 8;  // 8 MB: a container's directory and the member being read, both ends of a PDF

}  // namespace

Result<std::optional<Frame>> Link::next() {
  for (;;) {
    auto frame = TRY(in_.next());
    if (frame) return frame;
    const auto space = in_.room();
    const ssize_t got = ::read(fd_, space.data(), space.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_error("reading from the desk");
    if (got == 0) return std::optional<Frame>();
    in_.filled(static_cast<std::size_t>(got));
  }
}

Result<Bytes> Link::pull(std::uint64_t offset, std::uint64_t length) {
  TRY(out.put(FrameType::Pull, pack(PullMessage{offset, length})));
  TRY(out.flush());
  const auto frame = TRY(next());
  if (!frame || frame->type != FrameType::Page) return fail(Fault::Io, "the desk is gone");
  const PageMessage page = TRY(page_in(frame->payload));
  if (!page.there || page.bytes.size() != length) return fail(Fault::Io, "the part is no longer there");
  return page.bytes;
}

Result<Bytes> LinkedBytes::page(std::uint64_t number) {
  const auto known = std::find_if(pages_.begin(), pages_.end(), [&](const Page& p) { return p.number == number; });
  if (known != pages_.end()) {
    std::rotate(pages_.begin(), known, known + 1);
    return Bytes(pages_.front().bytes);
  }
  const std::uint64_t offset = number * kPageBytes;
  const auto pulled = link_->pull(offset, std::min<std::uint64_t>(kPageBytes, size_ - offset));
  if (!pulled) {
    vanished_ = true;
    return tl::unexpected<Error>(pulled.error());
  }
  if (pages_.size() == kPagesKept) pages_.pop_back();
  pages_.push_front({number, Buffer(pulled->begin(), pulled->end())});
  return Bytes(pages_.front().bytes);
}

Result<Bytes> LinkedBytes::at(std::uint64_t offset, std::uint64_t length) {
  if (inside_) return slice(*inside_, offset, length);
  if (offset >= size_ || length == 0) return Bytes();
  length = std::min(length, size_ - offset);
  const std::uint64_t first = offset / kPageBytes;
  const std::uint64_t last = (offset + length - 1) / kPageBytes;
  if (first == last) return slice(TRY(page(first)), offset - first * kPageBytes, length);
  joined_.clear();
  joined_.reserve(length);
  for (std::uint64_t number = first; number <= last; ++number) {
    const Bytes whole = TRY(page(number));
    const std::uint64_t begin = number == first ? offset - first * kPageBytes : 0;
    const Bytes piece = slice(whole, begin, length - joined_.size());
    joined_.insert(joined_.end(), piece.begin(), piece.end());
  }
  return Bytes(joined_);
}

}  // namespace careo
