// SPDX-License-Identifier: Apache-2.0
// The first byte picks a charset, the rest is decoded as it: always UTF-8, never a crash in ICU or uchardet.
#include <array>
#include <cstdlib>

#include "base/text.h"
#include "unpack/mail/content_type.h"
#include "unpack/mail/header.h"
#include "unpack/text/charset.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  constexpr auto kNames = std::to_array<std::string_view>(
      {"",         "utf-8",          "us-ascii",    "koi8-r",         "koi8-u", "windows-1251",
       "cp866",    "x-mac-cyrillic", "iso-2022-jp", "iso-2022-kr",    "utf-7",  "utf-16",
       "utf-16le", "utf-32",         "gb18030",     "hz-gb-2312",     "big5",   "euc-jp",
       "euc-kr",   "shift_jis",      "ibm-037",     "no-such-charset"});
  if (size == 0) return 0;
  const Bytes rest(data + 1, size - 1);
  if (!is_utf8(decode_text(rest, kNames[data[0] % kNames.size()]).utf8)) std::abort();
  if (!is_utf8(decode_header(text_of(rest), {kNames[data[0] % kNames.size()]}))) std::abort();
  for (const Parameter& parameter : parse_content_type(text_of(rest)).parameters)
    if (parameter.name != "boundary" && !is_utf8(parameter.value)) std::abort();  // a boundary stays as it stands
  return 0;
}
