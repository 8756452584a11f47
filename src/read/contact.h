// SPDX-License-Identifier: Apache-2.0
// Mail addresses, telephone numbers and web addresses in text.
#pragma once

#include <string>
#include <vector>

#include "evidence/opener.h"
#include "read/token.h"

namespace careo {

struct ContactMention {
  enum class Type { Mail, Phone, Web };
  std::size_t from = 0;  ///< tokens
  std::size_t to = 0;
  Type type = Type::Mail;
  std::string value = {};  ///< mail: lower case; phone: "+" and digits, or digits alone; web: as written
};

std::vector<ContactMention> contacts_in(const Tokens& tokens);

/// kind "contact": value {"type":"mail"|"phone"|"web","value"}. Reader "contact/2".
const TextReader& contact_reader();

}  // namespace careo
