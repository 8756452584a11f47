// SPDX-License-Identifier: Apache-2.0
// Names of persons in text: runs of capitalised words that something besides the capitals calls a name.
#pragma once

#include <string_view>
#include <vector>

#include "evidence/opener.h"
#include "read/token.h"

namespace careo {

struct NameMention {
  std::size_t from = 0;  ///< tokens, without titles
  std::size_t to = 0;
  /// What makes it a person's name: "given name", "title", "patronymic", "called so", "role behind it", or "named
  /// before" for a surname alone.
  std::string_view because;
};

/// Two to six capitalised words (particles between them) that begin with a frequent given name, follow a title or hold
/// a patronymic; then every later surname of one of them alone. Places and bodies of two capitalised words are none.
std::vector<NameMention> names_in(const Tokens& tokens, std::string_view language);

/// kind "name": value {"name","because"}. Reader "name/1".
const TextReader& name_reader();

}  // namespace careo
