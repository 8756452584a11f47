// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/rc4_lock.h"

#include <algorithm>

#include "unpack/cipher.h"
#include "unpack/little_endian.h"
#include "unpack/office/lock.h"

namespace careo {
namespace {

constexpr std::size_t kSalt = 16;
constexpr std::size_t kVerifier = 16;

const char* hash_of(bool md5) {
  return md5 ? "MD5" : "SHA1";
}

Buffer cut(Buffer bytes, std::size_t length) {
  bytes.resize(length);
  return bytes;
}

Buffer copy(Bytes bytes) {
  return {bytes.begin(), bytes.end()};
}

}  // namespace

Result<Rc4Lock> Rc4Lock::read(Bytes header) {
  constexpr std::uint32_t kRc4 = 0x6801;
  constexpr std::uint32_t kSha1 = 0x8004;
  const std::uint16_t major = u16_at(header, 0);
  const std::uint16_t minor = u16_at(header, 2);
  Rc4Lock out;
  Bytes rest;
  if (major == 1 && minor == 1) {  // 2.3.6.1
    rest = slice(header, 4, header.size());
  } else if (major >= 2 && major <= 4 && minor == 2) {  // 2.3.5.1: a header (2.3.2), then a verifier (2.3.3)
    const Bytes how = slice(header, 12, u32_at(header, 8));
    if (u32_at(how, 8) != kRc4 || u32_at(how, 12) != kSha1)
      return fail(Fault::Unsupported, "a lock that is not RC4 with SHA-1");
    const std::uint32_t bits = u32_at(how, 16);
    if (bits % 8 != 0 || bits > 128 || (bits != 0 && bits < 40)) return fail(Fault::Malformed, "a key of no length");
    out.scheme_ = Scheme::CryptoApi;
    out.key_bytes_ = bits == 0 ? 5 : bits / 8;
    rest = slice(header, std::uint64_t{12} + u32_at(header, 8), header.size());
    if (u32_at(rest, 0) != kSalt) return fail(Fault::Malformed, "no verifier");
    rest = slice(rest, 4, rest.size());
  } else {
    return fail(Fault::Unsupported, "version " + std::to_string(major) + "." + std::to_string(minor));
  }
  out.salt_ = copy(slice(rest, 0, kSalt));
  out.verifier_ = copy(slice(rest, kSalt, kVerifier));
  const bool md5 = out.scheme_ == Scheme::Md5;
  const std::uint64_t hash_at = kSalt + kVerifier + (md5 ? 0 : 4);  // behind its length
  const Bytes hash = slice(rest, hash_at, LockHash(hash_of(md5)).length());
  if (hash.size() < LockHash(hash_of(md5)).length()) return fail(Fault::Malformed, "no verifier");
  out.verifier_.insert(out.verifier_.end(), hash.begin(), hash.end());
  return out;
}

// 2.3.6.2 and 2.3.5.2, up to the block's number.
Buffer Rc4Lock::key_by(const std::string& password) const {
  LockHash hash(hash_of(scheme_ == Scheme::Md5));
  const Buffer letters = utf16le_of(password);
  if (scheme_ == Scheme::CryptoApi) return hash.of(salt_, letters);
  constexpr std::size_t kTimes = 16;
  const Buffer first = cut(hash.of(letters), key_bytes_);
  Buffer all;
  for (std::size_t i = 0; i < kTimes; ++i) {
    all.insert(all.end(), first.begin(), first.end());
    all.insert(all.end(), salt_.begin(), salt_.end());
  }
  return cut(hash.of(all), key_bytes_);
}

Buffer Rc4Lock::rc4(Bytes key, Bytes bytes, std::uint32_t block) const {
  constexpr std::size_t kFull = 16;
  Buffer made = LockHash(hash_of(scheme_ == Scheme::Md5)).of(key, little_endian_of(block));
  if (scheme_ == Scheme::CryptoApi) {
    made.resize(key_bytes_);
    if (key_bytes_ == 5) made.resize(kFull);  // 40 bits are filled up with zeros
  }
  return rc4_decrypted(made, bytes);
}

bool Rc4Lock::opens(Bytes key) const {
  const Buffer clear = rc4(key, verifier_, 0);
  const Buffer wanted = LockHash(hash_of(scheme_ == Scheme::Md5)).of(slice(clear, 0, kVerifier));
  return clear.size() == kVerifier + wanted.size() &&
         std::equal(wanted.begin(), wanted.end(), clear.begin() + kVerifier);
}

Result<void> Rc4Lock::open(std::span<const std::string> passwords) {
  const auto takes = [this](const std::string& password) {
    key_ = key_by(password);
    return opens(key_);
  };
  if (rc4(Buffer(5), verifier_, 0).empty())
    return fail(Fault::Denied, "a password is needed (and OpenSSL's legacy module for RC4)");
  if (takes(std::string(kExcelsOwnPassword)) || std::any_of(passwords.begin(), passwords.end(), takes)) return {};
  return fail(Fault::Denied, "a password is needed");
}

Buffer Rc4Lock::decrypted(Bytes stream, std::size_t block) const {
  Buffer out;
  out.reserve(stream.size());
  for (std::size_t at = 0; at < stream.size(); at += block) {
    const Buffer piece = rc4(key_, slice(stream, at, block), static_cast<std::uint32_t>(at / block));
    out.insert(out.end(), piece.begin(), piece.end());
  }
  return out;
}

}  // namespace careo
