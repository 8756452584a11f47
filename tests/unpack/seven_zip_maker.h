// SPDX-License-Identifier: Apache-2.0
// Writes small 7z archives (7zFormat.txt of the LZMA SDK), one file a folder, locked or not.
#pragma once

#include <lzma.h>
#include <zlib.h>

#include <string>
#include <utility>
#include <vector>

#include "unpack/lock_maker.h"

namespace careo {

struct SevenZipFile {
  std::string name, data;
  enum class Method { Copy, Lzma } method = Method::Copy;
  bool locked = true;
};

class SevenZipMaker {
 public:
  enum class Header { Open, Locked };

  /// `password` as UTF-16, little endian; hashed in 2^3 rounds.
  static std::string make(const std::vector<SevenZipFile>& files, const std::string& password,
                          Header header = Header::Open) {
    const SevenZipMaker maker(password);
    std::string packed;
    std::string sizes;
    std::string folders;
    std::string unpacked;
    std::string sums;
    std::string names;
    for (const SevenZipFile& file : files) {
      maker.add(file, &packed, &sizes, &folders, &unpacked, &sums);
      for (const char c : file.name + '\0') names += {c, '\0'};
    }
    const std::string count = number(files.size());
    // Digests of the folders stand as those of their only files (0x08, 0x0A).
    const std::string main = streams(0, count, sizes, folders, unpacked) + "\x08\x0A\x01" + sums + std::string(2, '\0');
    std::string text = "\x01\x04" + main + "\x05" + count + "\x11" + number(names.size() + 1) + '\0' + names;
    text += std::string(2, '\0');
    if (header == Header::Locked) {
      const std::string plain = std::exchange(text, "\x17");
      std::string packed_header, size, folder, length, sum;
      maker.add({"", plain, SevenZipFile::Method::Lzma, true}, &packed_header, &size, &folder, &length, &sum);
      text += streams(packed.size(), number(1), size, folder, length, "\x0A\x01" + sum) + '\0';
      packed += packed_header;
    }
    const std::string start = le64(packed.size()) + le64(text.size()) + crc(text);
    return std::string("7z\xBC\xAF\x27\x1C\0\4", 8) + crc(start) + start + packed + text;
  }

 private:
  explicit SevenZipMaker(const std::string& password) {
    std::string rounds;
    for (std::uint32_t i = 0; i < 8; ++i) rounds += salt_ + password + le64(i);
    key_ = hashed("SHA256", rounds);
  }

  void add(const SevenZipFile& file, std::string* packed, std::string* sizes, std::string* folders,
           std::string* unpacked, std::string* sums) const {
    const bool lzma = file.method == SevenZipFile::Method::Lzma;
    const std::string own = lzma ? compressed(file.data) : file.data;
    const std::string given = file.locked ? encrypted("AES-256-CBC", key_, iv_, filled(own)) : own;
    const std::string coder = lzma ? std::string("\x23\3\1\1\5\x5D\0\0\1\0", 10) : std::string("\1\0", 2);
    // Two bytes of lengths: a salt of 4, a vector of 16, 2^3 rounds.
    const std::string lock = "\x24\x06\xF1\x07\x01" + number(2 + salt_.size() + iv_.size()) + "\xC3\x3F" + salt_ + iv_;
    *packed += given;
    *sizes += number(given.size());
    *folders += file.locked ? (lzma ? '\2' + lock + coder + '\1' + '\0' : '\1' + lock) : '\1' + coder;
    if (file.locked && lzma) *unpacked += number(own.size());
    *unpacked += number(file.data.size());
    *sums += crc(file.data);
  }

  static std::string streams(std::size_t at, const std::string& count, const std::string& sizes,
                             const std::string& folders, const std::string& unpacked, const std::string& sums = {}) {
    return "\x06" + number(at) + count + "\x09" + sizes + std::string("\0\x07\x0B", 3) + count + '\0' + folders +
           "\x0C" + unpacked + sums + '\0';
  }
  static std::string number(std::size_t value) {  // REQUIRES: value < 16384
    if (value < 0x80) return std::string(1, static_cast<char>(value));
    return {static_cast<char>(0x80U | value >> 8U), static_cast<char>(value)};
  }
  static std::string le64(std::uint64_t value) {
    return le32(static_cast<std::uint32_t>(value)) + le32(static_cast<std::uint32_t>(value >> 32U));
  }
  static std::string crc(const std::string& bytes) {
    return le32(static_cast<std::uint32_t>(::crc32(0, raw(bytes), static_cast<uInt>(bytes.size()))));
  }
  static std::string compressed(const std::string& text) {
    lzma_options_lzma options;
    lzma_lzma_preset(&options, 6);
    options.dict_size = 1U << 16U;
    const lzma_filter filters[] = {{LZMA_FILTER_LZMA1, &options}, {LZMA_VLI_UNKNOWN, nullptr}};
    std::string out(text.size() * 2 + 1024, '\0');
    std::size_t at = 0;
    lzma_raw_buffer_encode(filters, nullptr, raw(text), text.size(), reinterpret_cast<std::uint8_t*>(out.data()), &at,
                           out.size());
    out.resize(at);
    return out;
  }

  std::string salt_ = "salt";
  std::string iv_ = "sixteen of a vec";
  std::string key_;
};

}  // namespace careo
