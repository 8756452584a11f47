// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/lines.h"

#include <cstring>

#include "unpack/mail/mac_lines.h"

namespace careo {

char line_end_of(Bytes bytes) {
  return has_mac_lines(bytes) ? '\r' : '\n';
}

MailLine line_at(Bytes bytes, std::size_t at, char line_end) {
  MailLine out;
  out.begin = at;
  const void* lf = at < bytes.size() ? std::memchr(bytes.data() + at, line_end, bytes.size() - at) : nullptr;
  out.end =
      lf == nullptr ? bytes.size() : static_cast<std::size_t>(static_cast<const std::uint8_t*>(lf) - bytes.data());
  out.next = lf == nullptr ? bytes.size() : out.end + 1;
  if (out.end > at && bytes[out.end - 1] == '\r') --out.end;
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
