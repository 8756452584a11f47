// SPDX-License-Identifier: Apache-2.0
// Any bytes as HTML: the text is UTF-8, and not longer than references can make it.
#include <cstdlib>

#include "base/text.h"
#include "unpack/text/html_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  const HtmlText got = html_text(Bytes(data, size), {});
  if (!is_utf8(got.utf8) || !is_utf8(got.title)) std::abort();
  // Three bytes of UTF-8 for one of another charset, and a line end before each.
  if (got.utf8.size() > size * 5 + 16) std::abort();
  const HtmlPage page = html_page(Bytes(data, size), {});
  if (page.text.utf8 != got.utf8 || !is_utf8(page.unseen)) std::abort();
  return 0;
}
