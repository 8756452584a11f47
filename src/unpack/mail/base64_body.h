// SPDX-License-Identifier: Apache-2.0
// Where a body in base64 ends and somebody's words begin: mailing lists and scanners of mail put their footers behind
// it, and some programs call plain text base64.
#pragma once

#include <cstdint>

#include "base/bytes.h"

namespace careo {

struct Base64Body {
  std::size_t end = 0;    ///< behind its last line; what follows is words, or blank
  std::uint64_t bad = 0;  ///< bytes before `end` that are no base64 (RFC 2045, section 6.8)
  bool any = false;       ///< false where no line of it is base64: the text is as it stands
};

/// Time linear in the body. Blank lines, several blocks one behind the other, quoting marks before lines and "!" behind
/// them are passed over; words between two lines of base64 count as bad.
Base64Body find_base64(Bytes body);

}  // namespace careo
