// SPDX-License-Identifier: Apache-2.0
// What RTF is written in (Rich Text Format 1.9.1, "RTF Syntax"): groups, control words and symbols, characters.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace careo {

struct RtfToken {
  enum class Kind {
    Open,
    Close,
    Letter,   ///< `byte`, as it stands
    Escaped,  ///< \'hh: `byte`
    Damaged,  ///< \' and no number behind it
    Symbol,   ///< `byte` behind a backslash
    Word      ///< `word`, `number`
  };
  Kind kind = Kind::Letter;
  std::size_t at = 0;  ///< where it begins in the file
  std::uint8_t byte = 0;
  std::string_view word;
  std::optional<std::int64_t> number;
};

/// Goes over a file once.
class RtfTokens {
 public:
  explicit RtfTokens(Bytes file) : file_(file) {}

  /// Nothing at the end. Line ends and NULs between letters are layout.
  std::optional<RtfToken> next();
  /// The bytes behind \bin, as many of them as there are.
  Bytes take(std::uint64_t length);
  std::size_t at() const { return at_; }
  Bytes rest() const { return file_.subspan(at_); }

 private:
  std::optional<RtfToken> behind_backslash();
  std::optional<RtfToken> escaped(std::size_t begin);
  RtfToken word(std::size_t begin);
  std::optional<std::int64_t> number();

  Bytes file_;
  std::size_t at_ = 0;
};

}  // namespace careo
