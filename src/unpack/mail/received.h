// SPDX-License-Identifier: Apache-2.0
// A Received line (RFC 5321, section 4.4), as the many servers that write it understand it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "unpack/mail/date.h"

namespace careo {

struct Received {
  std::string from;       ///< what the sending side called itself: a host name or an address without brackets
  std::string from_ip;    ///< its address as the receiving side saw it
  std::string from_name;  ///< the name that address had by reverse look-up
  std::string by;
  std::string recipient;  ///< "for"
  std::string with;       ///< protocol: "ESMTPS"
  std::string via;
  std::string id;
  std::string tls_version;
  std::string tls_cipher;
  std::optional<MailDate> date;
};

Received parse_received(std::string_view value);

}  // namespace careo
