// SPDX-License-Identifier: Apache-2.0
// The lock of an Office document since 2007 ([MS-OFFCRYPTO] 2.3.4): a compound file with the streams EncryptionInfo,
// which says how, and EncryptedPackage, the document. AES alone; for RC4 see rc4_lock.h.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "base/bytes.h"

namespace careo {

/// What Excel itself locks workbooks by that are "recommended read-only" ([MS-OFFCRYPTO] 2.3.4.13, note).
inline constexpr std::string_view kExcelsOwnPassword = "VelvetSweatshop";

class OfficeLock {
 public:
  /// Of a stream EncryptionInfo: Unsupported for a cipher that is not read here, Malformed for none at all.
  static Result<OfficeLock> read(Bytes info);

  /// The key of the package, by the first word (UTF-8) that opens it. Tried first: the word that Excel uses by itself
  /// for "recommended read-only". Denied where none opens it, or where there are more than can be tried.
  Result<Buffer> key(std::span<const std::string> passwords) const;

  /// The document: a ZIP. Malformed where the stream is shorter than it says.
  Result<Buffer> open(Bytes package, Bytes key) const;

 private:
  enum class Scheme { Standard, Agile };  // 2.3.4.5, 2.3.4.10
  struct Cipher {
    std::string hash = "SHA1";  ///< as OpenSSL calls it
    std::uint32_t key_bytes = 16;
    std::uint32_t block_bytes = 16;
    Buffer salt;
  };

  static Result<OfficeLock> standard(Bytes info);
  static Result<OfficeLock> agile(Bytes info);
  static Result<Cipher> cipher_of(const std::map<std::string, std::string, std::less<>>& attributes);
  std::optional<Buffer> key_by(const std::string& password) const;
  Buffer standard_key(Bytes spun) const;

  Scheme scheme_ = Scheme::Standard;
  Cipher package_;   // of the document
  Cipher password_;  // of what the password opens
  std::uint32_t spins_ = 50000;
  Buffer verifier_, verifier_hash_, locked_key_;
};

}  // namespace careo
