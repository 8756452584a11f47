// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/mapi_text.h"

#include "base/text.h"
#include "unpack/outlook/mapi.h"

namespace careo {

DecodedText decode_mapi_text(Bytes bytes, std::uint16_t type, unsigned code_page) {
  // Some writers put UTF-16 where they declare the old kind; no text of that kind has a NUL behind its first letter.
  const bool wide = type == mapi::kUnicode || (bytes.size() >= 4 && bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0);
  std::size_t end = 0;
  const std::size_t step = wide ? 2 : 1;
  while (end + step <= bytes.size() && (bytes[end] != 0 || (wide && bytes[end + 1] != 0))) end += step;
  const std::string charset = wide ? "utf-16le" : code_page == 0 ? std::string() : charset_of_code_page(code_page);
  return decode_text(bytes.first(end), charset);
}

std::string without_subject_marks(std::string subject) {
  std::size_t at = 0;
  while (at < subject.size() && subject[at] == '\x01') {
    if (++at < subject.size()) next_code_point(subject, &at);
  }
  return subject.substr(at);
}

}  // namespace careo
