// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/mac_lines.h"

#include <algorithm>

#include "base/text.h"
#include "unpack/mail/lines.h"

namespace careo {
namespace {

/// The lines before the first blank one end with CR, and two of them at least are fields.
bool begins_with_mac_header(std::string_view text) {
  constexpr int kLeastFields = 2;
  int fields = 0;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of('\r'), text.size()));
  for (bool first = true; !text.empty(); first = false) {
    const std::size_t end = text.find_first_of("\r\n");
    if (end == std::string_view::npos) break;
    if (text[end] == '\n') return false;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (text.starts_with('\n')) return false;
    if (line.empty()) break;
    if (first && (line.starts_with("From ") || line.starts_with(">From "))) continue;
    if (field_name_length(line) > 0) ++fields;
  }
  return fields >= kLeastFields;
}

}  // namespace

bool has_mac_lines(Bytes head) {
  const std::string_view text = text_of(slice(head, 0, kMacLinesLooked));
  if (text.find('\r') == std::string_view::npos) return false;
  return text.find('\n') == std::string_view::npos || begins_with_mac_header(text);
}

Buffer with_line_feeds(Bytes bytes) {
  Buffer out(bytes.begin(), bytes.end());
  std::replace(out.begin(), out.end(), std::uint8_t{'\r'}, std::uint8_t{'\n'});
  return out;
}

Result<Bytes> MacLines::at(std::uint64_t offset, std::uint64_t length) {
  held_ = with_line_feeds(TRY(part_.at(offset, length)));
  return Bytes(held_);
}

}  // namespace careo
