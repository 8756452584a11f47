// SPDX-License-Identifier: Apache-2.0
// The addresses of From, To, Cc and their kin: RFC 5322 section 3.4 and its obsolete forms, groups and comments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "unpack/mail/header.h"

namespace careo {

struct MailAddress {
  std::string name;     ///< as people read it, UTF-8; the comment where there is no phrase; "" where none
  std::string address;  ///< as written, without angle brackets, route and comments; "" where only a name stands
  std::string group;    ///< the group it is listed in, or ""
  bool operator==(const MailAddress&) const = default;
};

struct AddressList {
  std::vector<MailAddress> addresses;
  std::vector<std::string> groups;  ///< every group named, empty ones too ("undisclosed-recipients:;")
  bool cut = false;                 ///< more than kMaxAddresses stood there
};

/// More recipients than any real list; each costs memory.
inline constexpr std::size_t kMaxAddresses = 20'000;

AddressList parse_addresses(std::string_view value, HeaderCharset charset = {});

}  // namespace careo
