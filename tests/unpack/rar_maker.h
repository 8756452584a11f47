// SPDX-License-Identifier: Apache-2.0
// Writes small locked RAR archives of stored files: RAR 4 (2.9 to 4.x) and RAR 5 (RARLAB's technical note).
#pragma once

#include <openssl/hmac.h>
#include <zlib.h>

#include <string>
#include <vector>

#include "unpack/cipher.h"
#include "unpack/lock_maker.h"

namespace careo {

struct RarFile {
  std::string name, data;
  bool locked = true;
};
enum class RarNames { Open, Hidden };

inline std::uint32_t rar_crc(const std::string& bytes) {
  return static_cast<std::uint32_t>(::crc32(0, raw(bytes), static_cast<uInt>(bytes.size())));
}
inline std::string le16(std::uint64_t number) {
  return le32(static_cast<std::uint32_t>(number)).substr(0, 2);
}

class Rar4Maker {
 public:
  /// `password` as UTF-16, little endian.
  static std::string make(const std::vector<RarFile>& files, const std::string& password, RarNames names) {
    const bool hidden = names == RarNames::Hidden;
    const Rar4Maker maker(password);
    std::string out = std::string("Rar!\x1A\x07\0", 7) + header(0x73, hidden ? 0x80 : 0, std::string(6, '\0'));
    const auto put = [&](const std::string& block) {
      out += hidden ? maker.salt_ + maker.locked(filled(block)) : block;
    };
    for (const RarFile& file : files) {
      const std::string data = file.locked ? maker.locked(filled(file.data)) : file.data;
      const auto size = [](const std::string& text) { return le32(static_cast<std::uint32_t>(text.size())); };
      put(header(0x74, file.locked ? 0x8404 : 0x8000,
                 size(data) + size(file.data) + '\0' + le32(rar_crc(file.data)) + le32(0x4D784137) + "\x1D\x30" +
                     le16(file.name.size()) + le32(0x20) + file.name + (file.locked ? maker.salt_ : "")));
      out += data;
    }
    put(header(0x7B, 0x4000, ""));
    return out;
  }

 private:
  explicit Rar4Maker(const std::string& password) {
    std::string rounds;
    for (std::uint32_t i = 0; i < 1U << 18U; ++i) {
      rounds += password + salt_ + le32(i).substr(0, 3);
      if (i % (1U << 14U) == 0) iv_ += hashed("SHA1", rounds)[19];
    }
    const std::string digest = hashed("SHA1", rounds);
    for (std::size_t i = 0; i < 16; ++i) key_ += digest[i / 4 * 4 + 3 - i % 4];
  }
  std::string locked(const std::string& bytes) const { return encrypted("AES-128-CBC", key_, iv_, bytes); }
  static std::string header(int type, std::uint64_t flags, const std::string& rest) {
    const std::string body = static_cast<char>(type) + le16(flags) + le16(7 + rest.size()) + rest;
    return le16(rar_crc(body)) + body;
  }

  std::string salt_ = "of salt!";
  std::string key_, iv_;
};

class Rar5Maker {
 public:
  enum class Checksums { Plain, Tweaked };

  static std::string make(const std::vector<RarFile>& files, const std::string& password, RarNames names,
                          Checksums checksums = Checksums::Tweaked) {
    const bool hidden = names == RarNames::Hidden;
    const Rar5Maker maker(password);
    std::string out = std::string("Rar!\x1A\x07\1\0", 8);
    if (hidden) out += header(std::string("\4\0\0\1", 4) + kCount + maker.salt_ + maker.check_);
    const auto put = [&](const std::string& block) { out += hidden ? maker.iv_ + maker.locked(filled(block)) : block; };
    put(header(std::string("\1\0\0", 3)));
    for (const RarFile& file : files) {
      const bool tweaked = file.locked && checksums == Checksums::Tweaked;
      const std::string data = file.locked ? maker.locked(filled(file.data)) : file.data;
      std::string record =
          std::string("\1\0", 2) + (tweaked ? '\3' : '\1') + kCount + maker.salt_ + maker.iv_ + maker.check_;
      record = vint(record.size()) + record;
      const std::uint32_t crc = tweaked ? maker.tweak(rar_crc(file.data)) : rar_crc(file.data);
      // Type, flags (extra, data), their sizes; flags (checksum), size, attributes, checksum, method, system, name.
      put(header('\2' + std::string(1, file.locked ? '\3' : '\2') + (file.locked ? vint(record.size()) : "") +
                 vint(data.size()) + '\4' + vint(file.data.size()) + '\0' + le32(crc) + std::string(2, '\0') +
                 vint(file.name.size()) + file.name + (file.locked ? record : "")));
      out += data;
    }
    put(header(std::string("\5\0\0", 3)));
    return out;
  }

 private:
  static constexpr char kCount = 3;  // 2^3 rounds
  explicit Rar5Maker(const std::string& password) {
    const auto derive = [&](std::uint32_t rounds) {
      const Buffer made = pbkdf2("SHA256", bytes_of(password), bytes_of(salt_), rounds, 32);
      return std::string(made.begin(), made.end());
    };
    key_ = derive(8);
    hash_key_ = derive(8 + 16);
    const std::string long_check = derive(8 + 32);
    check_ = std::string(8, '\0');
    for (std::size_t i = 0; i < 32; ++i) check_[i % 8] = static_cast<char>(check_[i % 8] ^ long_check[i]);
    check_ += hashed("SHA256", check_).substr(0, 4);
  }
  std::string locked(const std::string& bytes) const { return encrypted("AES-256-CBC", key_, iv_, bytes); }
  std::uint32_t tweak(std::uint32_t crc) const {
    unsigned char mac[32];
    HMAC(EVP_sha256(), hash_key_.data(), static_cast<int>(hash_key_.size()), raw(le32(crc)), 4, mac, nullptr);
    std::uint32_t out = 0;
    for (unsigned i = 0; i < 32; ++i) out ^= std::uint32_t{mac[i]} << (i % 4 * 8);
    return out;
  }
  static std::string vint(std::uint64_t value) {
    std::string out;
    for (; value >= 0x80; value >>= 7U) out += static_cast<char>(value | 0x80U);
    return out + static_cast<char>(value);
  }
  static std::string header(const std::string& body) {
    const std::string sized = vint(body.size()) + body;
    return le32(rar_crc(sized)) + sized;
  }

  std::string salt_ = "sixteen of salt!";
  std::string iv_ = "sixteen of a vec";
  std::string key_, hash_key_, check_;
};

}  // namespace careo
