// SPDX-License-Identifier: Apache-2.0
// Any text at all as a page: nothing, or a candidate with words that fired.
#include <cstdlib>

#include "base/bytes.h"
#include "read/candidate.h"
#include "resolve/printed.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = careo::text_of({data, size});
  const auto page = careo::candidate_page(text);
  if (page && (page->seems.empty() || page->words.empty())) std::abort();
  for (const careo::PrintedDate& date : careo::printed_dates(text))
    if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) std::abort();
  (void)careo::printed_numbers(text);
  for (const std::string& name : careo::printed_names(text)) (void)careo::spells(name, "NAME", true);
  return 0;
}
