// SPDX-License-Identifier: Apache-2.0
// The other direction of what unpack/cipher.h undoes: for tests that lock something first.
#pragma once

#include <openssl/evp.h>
#include <openssl/provider.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>

namespace careo {

inline const unsigned char* raw(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// By a hash of OpenSSL's name: "SHA1", "SHA256", "SHA512".
inline std::string hashed(const std::string& hash, const std::string& bytes) {
  std::string out(64, '\0');
  unsigned length = 0;
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &length,
             EVP_get_digestbyname(hash.c_str()), nullptr);
  out.resize(length);
  return out;
}

/// By a cipher of OpenSSL's name, without padding.
inline std::string encrypted(const std::string& cipher, const std::string& key, const std::string& iv,
                             const std::string& bytes) {
  static OSSL_LIB_CTX* const old = [] {
    OSSL_LIB_CTX* const made = OSSL_LIB_CTX_new();
    OSSL_PROVIDER_load(made, "legacy");
    return made;
  }();
  EVP_CIPHER* how =
      EVP_CIPHER_fetch(cipher.starts_with("BF") || cipher == "RC4" ? old : nullptr, cipher.c_str(), nullptr);
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  std::string out(bytes.size(), '\0');
  int length = 0;
  EVP_EncryptInit_ex2(context, how, nullptr, nullptr, nullptr);
  EVP_CIPHER_CTX_set_key_length(context, static_cast<int>(key.size()));
  EVP_EncryptInit_ex2(context, nullptr, raw(key), iv.empty() ? nullptr : raw(iv), nullptr);
  EVP_CIPHER_CTX_set_padding(context, 0);
  EVP_EncryptUpdate(context, reinterpret_cast<unsigned char*>(out.data()), &length, raw(bytes),
                    static_cast<int>(bytes.size()));
  EVP_CIPHER_CTX_free(context);
  EVP_CIPHER_free(how);
  return out;
}

inline std::string le32(std::uint32_t number) {
  std::string out;
  for (unsigned i = 0; i < 4; ++i) out += static_cast<char>(number >> (8 * i));
  return out;
}

inline std::string filled(std::string bytes, char with = '\0') {
  bytes.resize((bytes.size() + 15) / 16 * 16, with);
  return bytes;
}

/// A document of ../shared/data, "" where there is none.
inline std::string shared_document(const std::string& name) {
  std::ifstream in(CAREO_SOURCE_DIR "/../shared/data/documents/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace careo
