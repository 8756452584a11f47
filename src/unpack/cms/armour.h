// SPDX-License-Identifier: Apache-2.0
// A message of CMS written as text: between lines of RFC 7468 ("-----BEGIN PKCS7-----"), or as base64 alone, as
// programs of Russian signatures save it.
#pragma once

#include <optional>

#include "base/bytes.h"

namespace careo {

struct Armour {
  Buffer message;         ///< decoded
  std::size_t end = 0;    ///< behind it in the text
  std::uint64_t bad = 0;  ///< letters that are no base64
};

/// Does a text begin with such a message?
bool begins_armoured_cms(Bytes head);

/// Nothing where it does not.
std::optional<Armour> undo_armour(Bytes text);

}  // namespace careo
