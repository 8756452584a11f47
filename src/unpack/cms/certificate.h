// SPDX-License-Identifier: Apache-2.0
// What a certificate says of its holder (RFC 5280). Nothing is verified.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace careo {

/// An issuer's name and its number for a certificate, which together name one (RFC 5652, 10.2.4), or the identifier of
/// its key. Hexadecimal numbers.
struct CertificateName {
  std::string issuer;
  std::string serial;
  std::string key;
};

struct Certificate {
  CertificateName name;
  std::string subject;
  std::vector<std::string> emails;  ///< of the subject, and among its other names (4.2.1.6)
  std::string valid_from;           ///< ISO 8601
  std::string valid_to;

  bool is(const CertificateName& other) const;
};

/// Nothing where the bytes are none.
std::optional<Certificate> read_certificate(Bytes bytes);

/// "CN=Ana Torres, O=Example, C=ES": the parts of a Name as they stand, under the short names of RFC 4514 and of X.520,
/// OpenSSL's for those of Russia, numbers where there is none. `emails` gets the addresses in it.
std::string distinguished_name(Bytes content, std::vector<std::string>* emails);

/// A serial number as programs print it: hexadecimal, without the zero that keeps it positive.
std::string serial_number(Bytes content);

}  // namespace careo
