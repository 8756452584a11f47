// SPDX-License-Identifier: Apache-2.0
#include "unpack/cipher.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/provider.h>

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace careo {
namespace {

struct FreeCipher {
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
template <typename T>
using Owned = std::unique_ptr<T, FreeCipher>;

Buffer decrypted_by(const EVP_CIPHER* cipher, Bytes key, Bytes iv, Bytes bytes) {
  if (cipher == nullptr || bytes.size() > std::numeric_limits<int>::max()) return {};
  const Owned<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
  Buffer out(bytes.size());
  int length = 0;
  if (EVP_DecryptInit_ex2(context.get(), cipher, nullptr, nullptr, nullptr) != 1 ||
      EVP_CIPHER_CTX_set_key_length(context.get(), static_cast<int>(key.size())) != 1)
    return {};
  EVP_DecryptInit_ex2(context.get(), nullptr, key.data(), iv.empty() ? nullptr : iv.data(), nullptr);
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  EVP_DecryptUpdate(context.get(), out.data(), &length, bytes.data(), static_cast<int>(bytes.size()));
  return out;
}

/// A library of its own: loading the old ciphers into the common one would unload the new ones.
OSSL_LIB_CTX* old_ciphers() {
  static OSSL_LIB_CTX* const library = [] {
    OSSL_LIB_CTX* const made = OSSL_LIB_CTX_new();
    if (made != nullptr) OSSL_PROVIDER_load(made, "legacy");
    return made;
  }();
  return library;
}

}  // namespace

void LockHash::Free::operator()(EVP_MD* digest) const {
  EVP_MD_free(digest);
}
void LockHash::Free::operator()(EVP_MD_CTX* context) const {
  EVP_MD_CTX_free(context);
}

bool LockHash::known(const std::string& name) {
  return std::unique_ptr<EVP_MD, Free>(EVP_MD_fetch(nullptr, name.c_str(), nullptr)) != nullptr;
}

LockHash::LockHash(const std::string& name)
    : digest_(EVP_MD_fetch(nullptr, name.c_str(), nullptr)), context_(EVP_MD_CTX_new()) {
  restart();
}

std::size_t LockHash::length() const {
  return static_cast<std::size_t>(EVP_MD_get_size(digest_.get()));
}

Buffer LockHash::of(Bytes a, Bytes b) {
  Buffer out(length());
  into(a, b, out.data());
  return out;
}

void LockHash::into(Bytes a, Bytes b, std::uint8_t* out) {
  restart();
  feed(a);
  feed(b);
  EVP_DigestFinal_ex(context_.get(), out, nullptr);
}

Buffer LockHash::so_far() const {
  const std::unique_ptr<EVP_MD_CTX, Free> copy(EVP_MD_CTX_new());
  Buffer out(length());
  EVP_MD_CTX_copy_ex(copy.get(), context_.get());
  EVP_DigestFinal_ex(copy.get(), out.data(), nullptr);
  return out;
}

void LockHash::feed(Bytes bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

void LockHash::restart() {
  EVP_DigestInit_ex2(context_.get(), digest_.get(), nullptr);
}

Buffer aes_decrypted(Bytes key, Bytes iv, Bytes bytes) {
  if (!iv.empty() && iv.size() != 16) return {};
  const std::string name = "AES-" + std::to_string(key.size() * 8) + (iv.empty() ? "-ECB" : "-CBC");
  const Owned<EVP_CIPHER> cipher(EVP_CIPHER_fetch(nullptr, name.c_str(), nullptr));
  return decrypted_by(cipher.get(), key, iv, slice(bytes, 0, bytes.size() / 16 * 16));
}

Buffer blowfish_decrypted(Bytes key, Bytes iv, Bytes bytes) {
  if (iv.size() != 8) return {};
  const Owned<EVP_CIPHER> cipher(EVP_CIPHER_fetch(old_ciphers(), "BF-CFB", nullptr));
  return decrypted_by(cipher.get(), key, iv, bytes);
}

Buffer rc4_decrypted(Bytes key, Bytes bytes) {
  const Owned<EVP_CIPHER> cipher(EVP_CIPHER_fetch(old_ciphers(), "RC4", nullptr));
  return decrypted_by(cipher.get(), key, {}, bytes);
}

void warm_up_ciphers() {
  static_cast<void>(old_ciphers());
}

Buffer pbkdf2(const std::string& hash, Bytes password, Bytes salt, std::uint32_t rounds, std::size_t length) {
  Buffer out(length);
  const std::unique_ptr<EVP_MD, void (*)(EVP_MD*)> digest(EVP_MD_fetch(nullptr, hash.c_str(), nullptr), EVP_MD_free);
  PKCS5_PBKDF2_HMAC(text_of(password).data(), static_cast<int>(password.size()), salt.data(),
                    static_cast<int>(salt.size()), static_cast<int>(rounds), digest.get(), static_cast<int>(length),
                    out.data());
  return out;
}

Buffer hmac(const std::string& hash, Bytes key, Bytes bytes) {
  Buffer out(EVP_MAX_MD_SIZE);
  unsigned length = 0;
  const std::unique_ptr<EVP_MD, void (*)(EVP_MD*)> digest(EVP_MD_fetch(nullptr, hash.c_str(), nullptr), EVP_MD_free);
  HMAC(digest.get(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(), out.data(), &length);
  out.resize(length);
  return out;
}

Buffer utf16le_of(std::string_view utf8) {
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

std::array<std::uint8_t, 4> little_endian_of(std::uint32_t number) {
  return {static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(number >> 8U),
          static_cast<std::uint8_t>(number >> 16U), static_cast<std::uint8_t>(number >> 24U)};
}

}  // namespace careo
