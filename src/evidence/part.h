// SPDX-License-Identifier: Apache-2.0
// A part: one thing found inside another, known by its bytes and by what was said about how to read them.
#pragma once

#include <cstdint>
#include <string>

#include "base/hash.h"

namespace careo {

/// What the surroundings say about a part's bytes and what changes how they are read. Only what matters is kept: a
/// JPEG is a JPEG whatever a header calls it, so binary formats carry no hints and their copies meet as one part;
/// the same text as koi8-r and as windows-1251 is two parts.
struct Hints {
  std::string media_type;  ///< lower case, e.g. "text/plain"; only for types that content cannot tell apart
  std::string charset;     ///< lower case, as declared
  std::string password;    ///< which password of the case's list opened it: its label, never itself
  auto operator<=>(const Hints&) const = default;

  /// "charset=koi8-r;type=text%2Fplain": keys in this order, values percent-encoded, empty ones left out.
  std::string canonical() const;
  /// Malformed unless `text` is exactly what canonical() prints.
  static Result<Hints> parse(std::string_view text);
};

/// SHA-256 over a part's canonical line (docs/formats/trail.md): the name of a part everywhere.
using PartId = Sha256;

struct Part {
  Sha256 sha256;
  std::uint64_t length = 0;
  Hints hints;
  auto operator<=>(const Part&) const = default;

  /// "part <sha256> <length> <hints>".
  std::string canonical() const;
  PartId id() const { return careo::sha256(canonical()); }
};

/// Percent-encodes every byte but A-Z a-z 0-9 . _ - (upper-case digits), so that any name is one word of a trail.
std::string percent_encode(std::string_view text);
/// Malformed where a byte should have been encoded, was encoded needlessly, or with lower-case digits.
Result<std::string> percent_decode(std::string_view text);

}  // namespace careo
