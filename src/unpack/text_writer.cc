// SPDX-License-Identifier: Apache-2.0
#include "unpack/text_writer.h"

#include "base/text.h"

namespace careo {

std::string text_limit(const Budget& budget) {
  return "limit: more than " + std::to_string(budget.text_bytes) + " bytes of text";
}

Result<void> TextWriter::give(std::string utf8, std::optional<std::uint32_t> page, Grade grade) {
  Text out;
  out.region.page = page;
  out.reader = reader_;
  out.grade = grade;
  const std::uint64_t left = budget_.text_bytes - std::min(budget_.text_bytes, given_);
  if (utf8.size() > left) {
    sink_.unread({out.region, 0, text_limit(budget_)});
    utf8 = clean_utf8(utf8.substr(0, left)).text;
  }
  given_ += utf8.size();
  out.utf8 = std::move(utf8);
  return trim(out.utf8).empty() ? Result<void>{} : sink_.text(std::move(out));
}

}  // namespace careo
