// SPDX-License-Identifier: Apache-2.0
// The lock of Office documents before 2007: RC4 with a key for each block of a stream, made of the password by MD5
// ([MS-OFFCRYPTO] 2.3.6) or by SHA-1 (2.3.5, "CryptoAPI"). The XOR of Excel 5 and Word 6 (2.3.7) stays locked.
#pragma once

#include <span>
#include <string>

#include "base/bytes.h"

namespace careo {

class Rc4Lock {
 public:
  /// Of an encryption header, from its version on: Unsupported for another cipher, Malformed for none at all.
  static Result<Rc4Lock> read(Bytes header);

  /// Takes the first word (UTF-8) that opens it. Tried first: the word that Excel itself uses for workbooks that are
  /// read-only. Denied where none opens it.
  Result<void> open(std::span<const std::string> passwords);

  /// A whole stream, whose key is another one every `block` bytes.
  /// REQUIRES: open() found the word.
  Buffer decrypted(Bytes stream, std::size_t block) const;
  /// Bytes under the key of one block, from its begin.
  Buffer decrypted_block(Bytes bytes, std::uint32_t number) const { return rc4(key_, bytes, number); }

 private:
  enum class Scheme { Md5, CryptoApi };
  Buffer key_by(const std::string& password) const;
  bool opens(Bytes key) const;
  Buffer rc4(Bytes key, Bytes bytes, std::uint32_t block) const;

  Scheme scheme_ = Scheme::Md5;
  std::size_t key_bytes_ = 5;
  Buffer salt_, verifier_;  // the verifier and its hash, locked in one run
  Buffer key_;              // what the blocks' keys are made of
};

}  // namespace careo
