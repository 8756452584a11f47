// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/lines.h"

#include <cstring>

#include "base/transfer.h"
#include "unpack/mail/mac_lines.h"

namespace careo {

LineEnds line_ends_of(Bytes bytes) {
  return has_mac_lines(bytes) ? LineEnds::Any : LineEnds::Lf;
}

std::size_t next_line(Bytes bytes, std::size_t at, LineEnds ends) {
  if (at >= bytes.size()) return bytes.size();
  if (ends == LineEnds::Any) return any_line_end(bytes, at);
  const void* lf = std::memchr(bytes.data() + at, '\n', bytes.size() - at);
  return lf == nullptr ? bytes.size()
                       : static_cast<std::size_t>(static_cast<const std::uint8_t*>(lf) - bytes.data()) + 1;
}

MailLine line_at(Bytes bytes, std::size_t at, LineEnds ends) {
  MailLine out;
  out.begin = at;
  out.end = out.next = next_line(bytes, at, ends);
  if (out.end > at && bytes[out.end - 1] == '\n') --out.end;
  while (out.end > at && bytes[out.end - 1] == '\r') --out.end;  // two where a program wrote CR LF as a text
  return out;
}

std::size_t field_name_length(std::string_view line) {
  std::size_t i = 0;
  while (i < line.size() && line[i] > ' ' && line[i] < 0x7F && line[i] != ':') ++i;
  std::size_t colon = i;
  while (colon < line.size() && (line[colon] == ' ' || line[colon] == '\t')) ++colon;
  return i > 0 && colon < line.size() && line[colon] == ':' ? i : 0;
}

}  // namespace careo
