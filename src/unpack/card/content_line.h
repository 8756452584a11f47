// SPDX-License-Identifier: Apache-2.0
// The lines of vCard (RFC 2426, 6350, and 2.1 before them) and iCalendar (RFC 5545): NAME;PARAMETER=VALUE:VALUE,
// folded.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "unpack/account.h"

namespace careo {

struct ContentLine {
  std::string name;                                             ///< upper case, without its group
  std::string group;                                            ///< "item1" of "item1.EMAIL", or ""
  std::vector<std::pair<std::string, std::string>> parameters;  ///< names in upper case; a bare one is a TYPE
  std::string value;  ///< UTF-8, unfolded, transfer encoding undone unless base64
  ByteRun line;       ///< where it stands, with its folds and line end
  ByteRun written;    ///< where its value stands

  /// The values of a parameter, joined by spaces, lower case for TYPE; "" where absent.
  std::string parameter(std::string_view name) const;
  bool base64() const;
};

/// A file of UTF-16 or UTF-32 as UTF-8; nothing where letters are bytes. What is cut out of it has no place in the
/// file.
std::optional<Buffer> in_utf8(Bytes file);

/// Do these first bytes of a file begin with that line, behind a mark of byte order and blanks?
bool begins_with_line(Bytes head, std::string_view line);

class ContentLines {
 public:
  /// `charset` is that of the file; lines of vCard 2.1 may name their own.
  ContentLines(Bytes file, std::string charset) : file_(file), charset_(std::move(charset)) {}
  /// The next line that has a name; false at the end.
  bool next(ContentLine* out);
  /// Lines passed over since they have no name, as UTF-8, one below the other.
  const std::string& nameless() const { return nameless_; }

 private:
  std::string unfolded(std::size_t* end);

  Bytes file_;
  std::string charset_;
  std::string nameless_;
  std::size_t at_ = 0;
};

/// The pieces of a value at `separator`, with backslashes resolved.
std::vector<std::string> split_value(std::string_view value, char separator);
std::string unescape_value(std::string_view value);

/// What no field of a card or entry holds, under its own name in lower case without "x-": what comes again is joined,
/// a line each.
using OtherFields = std::vector<std::pair<std::string, std::string>>;
void add_other(std::string_view name, std::string_view text, OtherFields* fields);
/// What a line's parameters say beside those in `told`, as "email marks": "a@b.example: TYPE=work, PREF=1".
void add_marks(const ContentLine& line, std::initializer_list<std::string_view> told, OtherFields* fields);

}  // namespace careo
