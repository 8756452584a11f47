// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/lock.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <pugixml.hpp>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/little_endian.h"

namespace careo {
namespace {

/// Hashes for all words together: some ten seconds.
constexpr std::uint64_t kMostSpins = 30'000'000;
/// What Office writes is 100,000; [MS-OFFCRYPTO] allows a hundred times as many.
constexpr std::uint32_t kMostSpinsOfOne = 10'000'000;
constexpr std::string_view kExcelsOwn = "VelvetSweatshop";  // [MS-OFFCRYPTO] 2.3.4.13, note: for read-only workbooks
constexpr std::size_t kSegment = 4096;                      // 2.3.4.15
using BlockKey = std::array<std::uint8_t, 8>;
constexpr BlockKey kVerifierKey = {0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79};      // 2.3.4.13
constexpr BlockKey kVerifierHashKey = {0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e};  // 2.3.4.13
constexpr BlockKey kPackageKey = {0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6};       // 2.3.4.13

struct FreeDigest {
  void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
template <typename T>
using Owned = std::unique_ptr<T, FreeDigest>;

/// One hash function, used over and over. REQUIRES: known(name).
class Hasher {
 public:
  static bool known(const std::string& name) {
    return Owned<EVP_MD>(EVP_MD_fetch(nullptr, name.c_str(), nullptr)) != nullptr;
  }
  explicit Hasher(const std::string& name)
      : digest_(EVP_MD_fetch(nullptr, name.c_str(), nullptr)), context_(EVP_MD_CTX_new()) {}

  Buffer of(Bytes a, Bytes b) {
    Buffer out(static_cast<std::size_t>(EVP_MD_get_size(digest_.get())));
    into(a, b, out.data());
    return out;
  }
  /// `salt` and the password, then the count before what came, `spins` times (2.3.4.7, 2.3.4.11).
  Buffer spun(Bytes salt, Bytes password, std::uint32_t spins) {
    Buffer out = of(salt, password);
    for (std::uint32_t i = 0; i < spins; ++i) {
      const std::array<std::uint8_t, 4> count = little_endian(i);
      into(count, out, out.data());
    }
    return out;
  }
  static std::array<std::uint8_t, 4> little_endian(std::uint32_t number) {
    return {static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(number >> 8U),
            static_cast<std::uint8_t>(number >> 16U), static_cast<std::uint8_t>(number >> 24U)};
  }

 private:
  void into(Bytes a, Bytes b, std::uint8_t* out) {
    EVP_DigestInit_ex2(context_.get(), digest_.get(), nullptr);
    EVP_DigestUpdate(context_.get(), a.data(), a.size());
    EVP_DigestUpdate(context_.get(), b.data(), b.size());
    EVP_DigestFinal_ex(context_.get(), out, nullptr);
  }

  Owned<EVP_MD> digest_;
  Owned<EVP_MD_CTX> context_;
};

/// AES without padding; CBC where there is an `iv`, else ECB. What is no whole block at the end is left out.
Buffer decrypted(Bytes key, Bytes iv, Bytes bytes) {
  const std::string name = "AES-" + std::to_string(key.size() * 8) + (iv.empty() ? "-ECB" : "-CBC");
  const Owned<EVP_CIPHER> cipher(EVP_CIPHER_fetch(nullptr, name.c_str(), nullptr));
  const Owned<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
  Buffer out(bytes.size() / 16 * 16);
  int length = 0;
  if (cipher == nullptr || (!iv.empty() && iv.size() != 16)) return {};
  EVP_DecryptInit_ex2(context.get(), cipher.get(), key.data(), iv.empty() ? nullptr : iv.data(), nullptr);
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  EVP_DecryptUpdate(context.get(), out.data(), &length, bytes.data(), static_cast<int>(out.size()));
  return out;
}

/// Cut, or filled with 0x36 (2.3.4.11, 2.3.4.12).
Buffer fitted(Buffer bytes, std::size_t length) {
  bytes.resize(length, 0x36);
  return bytes;
}

Buffer utf16_of(std::string_view utf8) {
  Buffer out;
  const auto add = [&out](char32_t unit) {
    out.push_back(static_cast<std::uint8_t>(unit));
    out.push_back(static_cast<std::uint8_t>(unit >> 8U));
  };
  for (const char32_t c : utf32_of(utf8)) {
    if (c >= 0x10000) add(0xD800 + ((c - 0x10000) >> 10U));
    add(c >= 0x10000 ? 0xDC00 + ((c - 0x10000) & 0x3FFU) : c);
  }
  return out;
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
  if (!Hasher::known(out.hash)) return fail(Fault::Unsupported, "a lock with an unknown hash");
  return out;
}

// 2.3.4.7, from "HFinal" on.
Buffer OfficeLock::standard_key(Bytes spun) const {
  Hasher hash(password_.hash);
  const Buffer last = hash.of(spun, Hasher::little_endian(0));
  Buffer out;
  for (const auto pad : std::to_array<std::uint8_t>({0x36, 0x5C})) {
    Buffer block(64, pad);
    for (std::size_t i = 0; i < last.size(); ++i) block[i] ^= last[i];
    const Buffer half = hash.of(block, {});
    out.insert(out.end(), half.begin(), half.end());
  }
  out.resize(package_.key_bytes);
  return out;
}

std::optional<Buffer> OfficeLock::key_by(const std::string& password) const {
  Hasher hash(password_.hash);
  const Buffer spun = hash.spun(password_.salt, utf16_of(password), spins_);
  if (scheme_ == Scheme::Standard) {
    const Buffer key = standard_key(spun);
    const Buffer wanted = hash.of(decrypted(key, {}, verifier_), {});
    const Buffer said = decrypted(key, {}, verifier_hash_);
    return std::equal(wanted.begin(), wanted.end(), said.begin()) ? std::optional(key) : std::nullopt;
  }
  const Buffer iv = fitted(password_.salt, password_.block_bytes);
  const auto opened = [&](const BlockKey& block, Bytes locked) {
    return decrypted(fitted(hash.of(spun, block), password_.key_bytes), iv, locked);
  };
  const Buffer wanted = hash.of(opened(kVerifierKey, verifier_), {});
  const Buffer said = opened(kVerifierHashKey, verifier_hash_);
  if (said.size() < wanted.size() || !std::equal(wanted.begin(), wanted.end(), said.begin())) return std::nullopt;
  Buffer key = opened(kPackageKey, locked_key_);
  key.resize(package_.key_bytes);
  return key;
}

Result<Buffer> OfficeLock::key(std::span<const std::string> passwords) const {
  std::uint64_t left = std::max<std::uint64_t>(kMostSpins, spins_);
  if (std::optional<Buffer> key = key_by(std::string(kExcelsOwn))) return std::move(*key);
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
    out = decrypted(key, {}, locked);
  } else {
    Hasher hash(package_.hash);
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < locked.size(); at += kSegment) {
      const Buffer iv = fitted(hash.of(package_.salt, Hasher::little_endian(number++)), package_.block_bytes);
      const Buffer piece = decrypted(key, iv, slice(locked, at, kSegment));
      out.insert(out.end(), piece.begin(), piece.end());
    }
  }
  if (out.size() < length) return fail(Fault::Malformed, "ends early");
  out.resize(length);
  return out;
}

}  // namespace careo
