// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/stream_unpacker.h"

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>

#include <algorithm>
#include <limits>

namespace careo {
namespace {

using State = StreamUnpacker::State;
using Input = StreamUnpacker::Input;

// xz -9 asks for 65 MiB; a header can ask for 4 GiB.
constexpr std::uint64_t kMemory = 512ULL << 20;

// The libraries write through a pointer that is not const, but only read.
template <typename Byte>
Byte* mutable_bytes(Bytes bytes) {
  return const_cast<Byte*>(reinterpret_cast<const Byte*>(bytes.data()));
}

unsigned clamped(std::size_t size) {
  return static_cast<unsigned>(std::min<std::size_t>(size, std::numeric_limits<unsigned>::max()));
}

/// RFC 1952, or one stream of RFC 1950.
class Gunzip : public StreamUnpacker {
 public:
  static constexpr int kGzipOnly = 16 + MAX_WBITS;
  static constexpr int kZlibOnly = MAX_WBITS;

  explicit Gunzip(int window) : gzip_(window == kGzipOnly) { good_ = inflateInit2(&stream_, window) == Z_OK; }
  ~Gunzip() override { inflateEnd(&stream_); }

  Step step(Bytes in, Input input, std::span<std::uint8_t> out) override {
    if (!good_) return {0, 0, State::TooLarge};
    if (between_) return next_member(in, input);
    stream_.next_in = mutable_bytes<Bytef>(in);
    stream_.avail_in = clamped(in.size());
    stream_.next_out = out.data();
    stream_.avail_out = clamped(out.size());
    const int status = inflate(&stream_, Z_NO_FLUSH);
    Step done;
    done.used = in.size() - stream_.avail_in;
    done.made = out.size() - stream_.avail_out;
    between_ = status == Z_STREAM_END;
    if (status == Z_MEM_ERROR) done.state = State::TooLarge;
    if (status == Z_DATA_ERROR || status == Z_NEED_DICT || status == Z_STREAM_ERROR) done.state = State::Damaged;
    return done;
  }

 private:
  // Another member may follow; anything else lies behind the stream.
  Step next_member(Bytes in, Input input) {
    if (!gzip_) return {0, 0, State::End};
    if (in.size() < 2 && input == Input::More) return {0, 0, State::More};
    if (in.size() < 2 || in[0] != 0x1F || in[1] != 0x8B) return {0, 0, State::End};
    between_ = false;
    good_ = inflateReset(&stream_) == Z_OK;
    return {0, 0, State::More};
  }

  z_stream stream_{};
  bool gzip_;
  bool good_ = false;
  bool between_ = false;
};

class Bunzip : public StreamUnpacker {
 public:
  Bunzip() { good_ = BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK; }
  ~Bunzip() override { BZ2_bzDecompressEnd(&stream_); }

  Step step(Bytes in, Input input, std::span<std::uint8_t> out) override {
    if (!good_) return {0, 0, State::TooLarge};
    if (between_) return next_stream(in, input);
    stream_.next_in = mutable_bytes<char>(in);
    stream_.avail_in = clamped(in.size());
    stream_.next_out = reinterpret_cast<char*>(out.data());
    stream_.avail_out = clamped(out.size());
    const int status = BZ2_bzDecompress(&stream_);
    Step done;
    done.used = in.size() - stream_.avail_in;
    done.made = out.size() - stream_.avail_out;
    between_ = status == BZ_STREAM_END;
    if (status == BZ_MEM_ERROR) done.state = State::TooLarge;
    if (status < 0 && status != BZ_MEM_ERROR) done.state = State::Damaged;
    return done;
  }

 private:
  Step next_stream(Bytes in, Input input) {
    if (in.size() < 3 && input == Input::More) return {0, 0, State::More};
    if (in.size() < 3 || in[0] != 'B' || in[1] != 'Z' || in[2] != 'h') return {0, 0, State::End};
    BZ2_bzDecompressEnd(&stream_);
    stream_ = {};
    between_ = false;
    good_ = BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK;
    return {0, 0, State::More};
  }

  bz_stream stream_{};
  bool good_ = false;
  bool between_ = false;
};

/// xz with all its streams, or the older .lzma.
class Unxz : public StreamUnpacker {
 public:
  explicit Unxz(Packing packing) {
    const lzma_ret status = packing == Packing::Xz ? lzma_stream_decoder(&stream_, kMemory, LZMA_CONCATENATED)
                                                   : lzma_alone_decoder(&stream_, kMemory);
    good_ = status == LZMA_OK;
  }
  ~Unxz() override { lzma_end(&stream_); }

  Step step(Bytes in, Input input, std::span<std::uint8_t> out) override {
    if (!good_) return {0, 0, State::TooLarge};
    stream_.next_in = in.data();
    stream_.avail_in = in.size();
    stream_.next_out = out.data();
    stream_.avail_out = out.size();
    const lzma_ret status = lzma_code(&stream_, input == Input::Last ? LZMA_FINISH : LZMA_RUN);
    Step done;
    done.used = in.size() - stream_.avail_in;
    done.made = out.size() - stream_.avail_out;
    if (status == LZMA_STREAM_END) done.state = State::End;
    if (status == LZMA_MEMLIMIT_ERROR || status == LZMA_MEM_ERROR) done.state = State::TooLarge;
    const bool fine = status == LZMA_OK || status == LZMA_BUF_ERROR || status == LZMA_NO_CHECK ||
                      status == LZMA_UNSUPPORTED_CHECK || status == LZMA_GET_CHECK;
    if (done.state == State::More && !fine) done.state = State::Damaged;
    return done;
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool good_ = false;
};

}  // namespace

std::unique_ptr<StreamUnpacker> stream_unpacker(Packing packing) {
  switch (packing) {
    case Packing::Gzip: return std::make_unique<Gunzip>(Gunzip::kGzipOnly);
    case Packing::Bzip2: return std::make_unique<Bunzip>();
    case Packing::Xz:
    case Packing::Lzma: return std::make_unique<Unxz>(packing);
    case Packing::Zstd:
    case Packing::Compress:
    case Packing::Cipher: return nullptr;
  }
  return nullptr;
}

std::unique_ptr<StreamUnpacker> zlib_unpacker() {
  return std::make_unique<Gunzip>(Gunzip::kZlibOnly);
}

}  // namespace careo
