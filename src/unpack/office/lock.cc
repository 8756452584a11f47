// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/lock.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <pugixml.hpp>

#include "base/transfer.h"
#include "unpack/cipher.h"
#include "unpack/little_endian.h"

namespace careo {
namespace {

/// Hashes for all words together: some ten seconds.
constexpr std::uint64_t kMostSpins = 30'000'000;
/// What Office writes is 100,000; [MS-OFFCRYPTO] allows a hundred times as many.
constexpr std::uint32_t kMostSpinsOfOne = 10'000'000;
constexpr std::size_t kSegment = 4096;  // 2.3.4.15
using BlockKey = std::array<std::uint8_t, 8>;
constexpr BlockKey kVerifierKey = {0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79};      // 2.3.4.13
constexpr BlockKey kVerifierHashKey = {0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e};  // 2.3.4.13
constexpr BlockKey kPackageKey = {0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6};       // 2.3.4.13

/// `salt` and the password, then the count before what came, `spins` times (2.3.4.7, 2.3.4.11).
Buffer spun(LockHash* hash, Bytes salt, Bytes password, std::uint32_t spins) {
  Buffer out = hash->of(salt, password);
  for (std::uint32_t i = 0; i < spins; ++i) {
    const std::array<std::uint8_t, 4> count = little_endian_of(i);
    hash->into(count, out, out.data());
  }
  return out;
}

/// Cut, or filled with 0x36 (2.3.4.11, 2.3.4.12).
Buffer fitted(Buffer bytes, std::size_t length) {
  bytes.resize(length, 0x36);
  return bytes;
}

using Attributes = std::map<std::string, std::string, std::less<>>;

Attributes attributes_of(const pugi::xml_node& node) {
  Attributes out;
  for (const pugi::xml_attribute& attribute : node.attributes()) out[attribute.name()] = attribute.value();
  return out;
}

std::uint32_t number(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  std::uint32_t out = 0;
  if (found != attributes.end())
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), out);
  return out;
}

std::string word(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

Buffer bytes_in(const Attributes& attributes, std::string_view name) {
  return decode_base64(bytes_of(word(attributes, name))).bytes;
}

bool is_key_length(std::uint32_t bytes) {
  return bytes == 16 || bytes == 24 || bytes == 32;
}

}  // namespace

Result<OfficeLock> OfficeLock::read(Bytes info) {
  const std::uint16_t major = u16_at(info, 0);
  const std::uint16_t minor = u16_at(info, 2);
  if (major == 4 && minor == 4) return agile(info);
  if (major >= 2 && major <= 4 && minor == 2) return standard(info);
  return fail(Fault::Unsupported,
              "a lock that is not read here: version " + std::to_string(major) + "." + std::to_string(minor));
}

// 2.3.4.5: the header of 2.3.2, then the verifier of 2.3.3.
Result<OfficeLock> OfficeLock::standard(Bytes info) {
  constexpr std::uint32_t kAes128 = 0x660E;
  constexpr std::uint32_t kAes256 = 0x6610;
  OfficeLock out;
  const std::uint32_t header = u32_at(info, 8);
  const std::uint32_t algorithm = u32_at(info, 12 + 8);
  if (algorithm < kAes128 || algorithm > kAes256) return fail(Fault::Unsupported, "a lock that is not AES");
  out.package_.key_bytes = u32_at(info, 12 + 16) / 8;
  if (!is_key_length(out.package_.key_bytes)) return fail(Fault::Malformed, "a key of no length");
  const Bytes verifier = slice(info, std::uint64_t{12} + header, 72);
  if (verifier.size() < 72 || u32_at(verifier, 0) != 16) return fail(Fault::Malformed, "no verifier");
  const auto take = [&](std::uint64_t at, std::uint64_t length) {
    const Bytes piece = slice(verifier, at, length);
    return Buffer(piece.begin(), piece.end());
  };
  out.password_.salt = take(4, 16);
  out.verifier_ = take(20, 16);
  out.verifier_hash_ = take(40, 32);
  return out;
}

// 2.3.4.10: a document of XML.
Result<OfficeLock> OfficeLock::agile(Bytes info) {
  const Bytes text = slice(info, 8, info.size());
  pugi::xml_document document;
  document.load_buffer(text.data(), text.size());
  const pugi::xml_node root = document.document_element();
  const Attributes data = attributes_of(root.child("keyData"));
  Attributes key;
  for (const pugi::xml_node& encryptor : root.child("keyEncryptors").children())
    for (const pugi::xml_node& child : encryptor.children())
      if (std::string_view(child.name()).ends_with("encryptedKey") && child.attribute("spinCount"))
        key = attributes_of(child);
  if (key.empty()) return fail(Fault::Unsupported, "a lock without a password");
  OfficeLock out;
  out.scheme_ = Scheme::Agile;
  out.package_ = TRY(cipher_of(data));
  out.password_ = TRY(cipher_of(key));
  out.spins_ = number(key, "spinCount");
  out.verifier_ = bytes_in(key, "encryptedVerifierHashInput");
  out.verifier_hash_ = bytes_in(key, "encryptedVerifierHashValue");
  out.locked_key_ = bytes_in(key, "encryptedKeyValue");
  if (out.spins_ > kMostSpinsOfOne) return fail(Fault::Malformed, "a lock that takes too long");
  if (out.verifier_.size() < 16 || out.verifier_hash_.size() < 16 || out.locked_key_.size() < out.package_.key_bytes)
    return fail(Fault::Malformed, "a lock without its key");
  return out;
}

Result<OfficeLock::Cipher> OfficeLock::cipher_of(const Attributes& attributes) {
  Cipher out;
  out.hash = word(attributes, "hashAlgorithm");
  out.key_bytes = number(attributes, "keyBits") / 8;
  out.block_bytes = number(attributes, "blockSize");
  out.salt = bytes_in(attributes, "saltValue");
  if (word(attributes, "cipherAlgorithm") != "AES" || word(attributes, "cipherChaining") != "ChainingModeCBC")
    return fail(Fault::Unsupported, "a lock that is not AES");
  if (!is_key_length(out.key_bytes) || out.block_bytes != 16) return fail(Fault::Malformed, "a key of no length");
  if (!LockHash::known(out.hash)) return fail(Fault::Unsupported, "a lock with an unknown hash");
  return out;
}

// 2.3.4.7, from "HFinal" on.
Buffer OfficeLock::standard_key(Bytes spun) const {
  LockHash hash(password_.hash);
  const Buffer last = hash.of(spun, little_endian_of(0));
  Buffer out;
  for (const auto pad : std::to_array<std::uint8_t>({0x36, 0x5C})) {
    Buffer block(64, pad);
    for (std::size_t i = 0; i < last.size(); ++i) block[i] ^= last[i];
    const Buffer half = hash.of(block);
    out.insert(out.end(), half.begin(), half.end());
  }
  out.resize(package_.key_bytes);
  return out;
}

std::optional<Buffer> OfficeLock::key_by(const std::string& password) const {
  LockHash hash(password_.hash);
  const Buffer spun = careo::spun(&hash, password_.salt, utf16le_of(password), spins_);
  if (scheme_ == Scheme::Standard) {
    const Buffer key = standard_key(spun);
    const Buffer wanted = hash.of(aes_decrypted(key, {}, verifier_));
    const Buffer said = aes_decrypted(key, {}, verifier_hash_);
    return std::equal(wanted.begin(), wanted.end(), said.begin()) ? std::optional(key) : std::nullopt;
  }
  const Buffer iv = fitted(password_.salt, password_.block_bytes);
  const auto opened = [&](const BlockKey& block, Bytes locked) {
    return aes_decrypted(fitted(hash.of(spun, block), password_.key_bytes), iv, locked);
  };
  const Buffer wanted = hash.of(opened(kVerifierKey, verifier_));
  const Buffer said = opened(kVerifierHashKey, verifier_hash_);
  if (said.size() < wanted.size() || !std::equal(wanted.begin(), wanted.end(), said.begin())) return std::nullopt;
  Buffer key = opened(kPackageKey, locked_key_);
  key.resize(package_.key_bytes);
  return key;
}

Result<Buffer> OfficeLock::key(std::span<const std::string> passwords) const {
  std::uint64_t left = std::max<std::uint64_t>(kMostSpins, spins_);
  if (std::optional<Buffer> key = key_by(std::string(kExcelsOwnPassword))) return std::move(*key);
  for (const std::string& password : passwords) {
    if (left < spins_) return fail(Fault::Denied, "a password is needed: more were given than can be tried");
    left -= spins_;
    if (std::optional<Buffer> key = key_by(password)) return std::move(*key);
  }
  return fail(Fault::Denied, "a password is needed");
}

// 2.3.4.4: its length, then the document; in segments of their own vectors where it is agile (2.3.4.15).
Result<Buffer> OfficeLock::open(Bytes package, Bytes key) const {
  const std::uint64_t length = u32_at(package, 0) | std::uint64_t{u32_at(package, 4)} << 32U;
  const Bytes locked = slice(package, 8, package.size());
  if (length > locked.size()) return fail(Fault::Malformed, "ends early");
  Buffer out;
  if (scheme_ == Scheme::Standard) {
    out = aes_decrypted(key, {}, locked);
  } else {
    LockHash hash(package_.hash);
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < locked.size(); at += kSegment) {
      const Buffer iv = fitted(hash.of(package_.salt, little_endian_of(number++)), package_.block_bytes);
      const Buffer piece = aes_decrypted(key, iv, slice(locked, at, kSegment));
      out.insert(out.end(), piece.begin(), piece.end());
    }
  }
  if (out.size() < length) return fail(Fault::Malformed, "ends early");
  out.resize(length);
  return out;
}

}  // namespace careo
