// SPDX-License-Identifier: Apache-2.0
// Mails and mailboxes that a program of Windows saved as "Unicode": UTF-16, with a byte order mark or without.
#pragma once

#include <string>
#include <string_view>

#include "evidence/opener.h"

namespace careo {

struct Wide {
  std::string_view charset;  ///< "utf-16le", "utf-16be"; "" where the bytes are letters themselves
  std::size_t mark = 0;      ///< bytes of the byte order mark
};
Wide wide_of(Bytes head);

/// The first bytes of a wide text as UTF-8; "" where it is none.
std::string wide_beginning(Bytes head);

/// The whole part as one child in UTF-8, to be read as `media_type`.
/// REQUIRES: wide_of() of its first bytes names a charset.
Result<void> give_narrow(PartBytes& part, std::string_view media_type, const Budget& budget, Sink& sink);

}  // namespace careo
