// SPDX-License-Identifier: Apache-2.0
// Lines of a mail as they stand, and the names of fields at their begin.
#pragma once

#include <string_view>

#include "base/bytes.h"

namespace careo {

struct MailLine {
  std::size_t begin = 0;
  std::size_t end = 0;   ///< behind its text, before its line end
  std::size_t next = 0;  ///< behind its line end

  std::string_view text(Bytes bytes) const { return text_of(bytes.subspan(begin, end - begin)); }
};

enum class LineEnds {
  Lf,   ///< LF, with or without CR before it (RFC 5322, section 2.3)
  Any,  ///< CR alone too: unpack/mail/mac_lines.h
};
LineEnds line_ends_of(Bytes bytes);

MailLine line_at(Bytes bytes, std::size_t at, LineEnds ends);

/// Behind the line end of the line at `at`, or the size of `bytes`.
std::size_t next_line(Bytes bytes, std::size_t at, LineEnds ends);

/// The length of a field's name, up to its colon, or 0 where the line is no field. RFC 5322 allows bytes 33 to 126;
/// blanks before the colon are obsolete syntax.
std::size_t field_name_length(std::string_view line);

}  // namespace careo
