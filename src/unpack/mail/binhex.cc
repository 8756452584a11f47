// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/binhex.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "base/transfer.h"

namespace careo {
namespace {

constexpr std::string_view kMark = "(This file must be converted with BinHex";
constexpr std::string_view kLetters = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";
// Runs unpack to 255 bytes for two: a file of an old Mac is far smaller, and so are all that fit into one mail.
constexpr std::size_t kMost = 64U << 20;

constexpr std::array<std::int8_t, 256> kValues = [] {
  std::array<std::int8_t, 256> out{};
  out.fill(-1);
  for (std::size_t i = 0; i < kLetters.size(); ++i)
    out[static_cast<unsigned char>(kLetters[i])] = static_cast<std::int8_t>(i);
  return out;
}();

/// Six bits a letter, then runs: 0x90 and how often the byte before it stands; 0x90 0 is 0x90 itself.
class Unpacker {
 public:
  explicit Unpacker(std::size_t most) : most_(most) {}

  void letter(std::uint8_t value) {
    held_ = (held_ << 6) | value;
    bits_ += 6;
    if (bits_ < 8) return;
    bits_ -= 8;
    packed(static_cast<std::uint8_t>(held_ >> bits_));
  }
  bool full() const { return out_.size() >= most_; }
  Buffer take() { return std::move(out_); }

 private:
  void packed(std::uint8_t byte) {
    if (run_) {
      run_ = false;
      if (byte == 0) {
        out_.push_back(0x90);
      } else if (!out_.empty()) {
        out_.insert(out_.end(), byte - 1U, std::uint8_t{out_.back()});
      }
    } else if (byte == 0x90) {
      run_ = true;
    } else {
      out_.push_back(byte);
    }
  }

  std::size_t most_;
  Buffer out_;
  std::uint32_t held_ = 0;
  int bits_ = 0;
  bool run_ = false;
};

/// CRC-CCITT, from zero (RFC 1741, appendix A).
std::uint16_t crc_of(Bytes bytes) {
  std::uint32_t crc = 0;
  for (const std::uint8_t byte : bytes) {
    crc ^= static_cast<std::uint32_t>(byte) << 8;
    for (int i = 0; i < 8; ++i) crc = (crc << 1) ^ ((crc & 0x8000U) != 0 ? 0x1021U : 0U);
    crc &= 0xFFFFU;
  }
  return static_cast<std::uint16_t>(crc);
}

std::uint32_t big(Bytes bytes, std::size_t at, std::size_t count) {
  std::uint32_t out = 0;
  for (const std::uint8_t byte : slice(bytes, at, count)) out = out << 8 | byte;
  return out;
}

/// Takes the file apart: a header, the data, the resources, a checksum behind each.
class Reader {
 public:
  explicit Reader(Bytes bytes) : bytes_(bytes) {}

  bool read(BinhexFile* file) {
    const std::size_t name = bytes_.empty() ? 0 : bytes_[0];
    const std::size_t header = 1 + name + 1 + 4 + 4 + 2 + 4 + 4;  // name, version, type, creator, flags, both lengths
    if (name == 0 || name > 63 || bytes_.size() < header + 2) return false;
    file->name = std::string(text_of(slice(bytes_, 1, name)));
    const std::uint32_t data = big(bytes_, header - 8, 4);
    const std::uint32_t resources = big(bytes_, header - 4, 4);
    if (!checked(header)) return false;
    file->data = fork(data, file);
    file->resources = fork(resources, file);
    return true;
  }

 private:
  // The next `size` bytes, whose checksum stands behind them.
  bool checked(std::size_t size) {
    const bool right = big(bytes_, at_ + size, 2) == crc_of(slice(bytes_, at_, size));
    at_ += size + 2;
    return right;
  }

  Buffer fork(std::size_t size, BinhexFile* file) {
    const Bytes all = slice(bytes_, at_, size);
    if (at_ + size + 2 > bytes_.size()) {
      if (file->damage.empty()) file->damage = "a file in BinHex that ends early";
      at_ = bytes_.size();
    } else if (!checked(size)) {
      file->damage = "a file in BinHex whose checksum does not match";
    }
    return Buffer(all.begin(), all.end());
  }

  Bytes bytes_;
  std::size_t at_ = 0;
};

/// But for blanks.
bool begins_line(std::string_view text, std::size_t at) {
  const std::size_t last = text.substr(0, at).find_last_not_of(" \t");
  return last == text.npos || text[last] == '\n' || text[last] == '\r';
}

std::optional<BinhexFile> read_at(Bytes bytes, std::size_t mark, std::size_t most) {
  const std::string_view text = text_of(bytes);
  if (!begins_line(text, mark)) return std::nullopt;
  const std::size_t colon = text.find_first_not_of("\r\n\t ", any_line_end(bytes, mark));
  if (colon == text.npos || text[colon] != ':') return std::nullopt;
  Unpacker unpacker(most);
  std::size_t at = colon + 1;
  for (; at < bytes.size() && !unpacker.full(); ++at) {
    const int value = kValues[bytes[at]];
    if (value >= 0) unpacker.letter(static_cast<std::uint8_t>(value));
    const bool blank = text[at] == '\r' || text[at] == '\n' || text[at] == ' ' || text[at] == '\t';
    if (value < 0 && !blank) break;
  }
  BinhexFile out;
  out.begin = mark;
  out.end = at < bytes.size() && text[at] == ':' ? any_line_end(bytes, at) : at;
  if (!Reader(unpacker.take()).read(&out)) return std::nullopt;
  return out;
}

}  // namespace

std::vector<BinhexFile> find_binhex(Bytes bytes) {
  const std::string_view text = text_of(bytes);
  std::vector<BinhexFile> out;
  std::size_t room = kMost;
  for (std::size_t at = 0; (at = text.find(kMark, at)) != text.npos;) {
    std::optional<BinhexFile> file = read_at(bytes, at, room);
    at = file ? file->end : at + kMark.size();
    if (!file) continue;
    room -= std::min(room, file->data.size() + file->resources.size());
    out.push_back(std::move(*file));
  }
  return out;
}

}  // namespace careo
