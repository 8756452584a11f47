// SPDX-License-Identifier: Apache-2.0
// What the locks of documents and archives are made of, over OpenSSL: hash functions, keys out of passwords, ciphers.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"

struct evp_md_st;
struct evp_md_ctx_st;

namespace careo {

/// Hash functions by OpenSSL's names ("SHA1", "SHA256", "SHA512"), one used over and over.
class LockHash {
 public:
  static bool known(const std::string& name);
  /// REQUIRES: known(name).
  explicit LockHash(const std::string& name);

  std::size_t length() const;
  Buffer of(Bytes a, Bytes b = {});
  /// The same into `out`, which holds length() bytes and may be `a` or `b` itself.
  void into(Bytes a, Bytes b, std::uint8_t* out);
  /// The digest of what `before` has been fed, which goes on to be fed.
  Buffer so_far() const;
  void feed(Bytes bytes);
  /// A new beginning for feed().
  void restart();

 private:
  struct Free {
    void operator()(evp_md_st* digest) const;
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_st, Free> digest_;
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

/// AES of 128, 192 or 256 bits without padding; CBC where there is an `iv`, else ECB. What is no whole block at the end
/// is left out. Empty where key or vector have no length of AES.
Buffer aes_decrypted(Bytes key, Bytes iv, Bytes bytes);
/// Blowfish in cipher feedback of 64 bits. Empty where this machine's OpenSSL has no legacy provider.
Buffer blowfish_decrypted(Bytes key, Bytes iv, Bytes bytes);
/// RC4 from its begin. Empty where this machine's OpenSSL has no legacy provider.
Buffer rc4_decrypted(Bytes key, Bytes bytes);
/// Loads the module that Blowfish and RC4 come in, which cannot be done in confinement.
void warm_up_ciphers();

/// RFC 8018, section 5.2, with the HMAC of `hash`. REQUIRES: LockHash::known(hash), rounds > 0.
Buffer pbkdf2(const std::string& hash, Bytes password, Bytes salt, std::uint32_t rounds, std::size_t length);

/// RFC 2104. REQUIRES: LockHash::known(hash).
Buffer hmac(const std::string& hash, Bytes key, Bytes bytes);

/// UTF-16, little endian: how the locks of Microsoft, 7-Zip and RAR write a password.
Buffer utf16le_of(std::string_view utf8);
std::array<std::uint8_t, 4> little_endian_of(std::uint32_t number);

}  // namespace careo
