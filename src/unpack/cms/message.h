// SPDX-License-Identifier: Apache-2.0
// A message of the Cryptographic Message Syntax (RFC 5652; PKCS #7 before it): what was signed or encrypted, by and for
// whom. Nothing is verified and nothing decrypted.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unpack/cms/certificate.h"

namespace careo {

struct CmsSigner {
  CertificateName certificate;
  std::string signed_at;  ///< as the signer says, ISO 8601 (11.3); "" where nothing is said
};

struct CmsMessage {
  enum class Type { Signed, Encrypted, Other };
  Type type = Type::Other;
  std::string object;        ///< the identifier of its type
  std::string content_type;  ///< the identifier of what was signed
  /// Where the pieces of what was signed stand; empty where it stands elsewhere (a detached signature).
  std::vector<std::pair<std::size_t, std::size_t>> content;
  bool detached = true;
  std::vector<CmsSigner> signers;
  std::vector<Certificate> certificates;
  std::vector<CertificateName> recipients;  ///< whose keys open it
  std::size_t end = 0;                      ///< behind the message
  bool whole = true;                        ///< false where it ends early
  bool damaged = false;                     ///< something in it is no value that may stand there
  bool cut = false;                         ///< more signers, certificates, recipients or pieces than are read

  const Certificate* certificate_of(const CertificateName& name) const;
};

/// Do the bytes begin like a message, in DER or BER?
bool begins_cms(Bytes head);

/// Never fails: what is damaged is left out. Time linear in the bytes.
CmsMessage read_cms(Bytes bytes);

}  // namespace careo
