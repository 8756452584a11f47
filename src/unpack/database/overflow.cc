// SPDX-License-Identifier: Apache-2.0
#include "unpack/database/overflow.h"

#include <algorithm>
#include <unordered_set>

namespace careo {
FreedOverflow::FreedOverflow(SqliteFile& file, const std::vector<SqliteFile::FreePage>& free, std::uint64_t most)
    : file_(file), untouched_(std::size_t{file.pages()} + 1, false), most_(most), left_(most) {
  for (const SqliteFile::FreePage& page : free)
    if (page.used == 0 && page.number < untouched_.size()) untouched_[page.number] = true;
}

bool FreedOverflow::may(std::uint32_t next) const {
  return next > 1 && next <= std::max(file_.pages(), file_.claimed_pages());
}

Result<FreedOverflow::Rest> FreedOverflow::from(std::uint32_t next, std::uint64_t length, std::uint64_t* effort) {
  Rest out;
  SqlitePayload& payload = out.payload;
  const std::uint64_t a_page = file_.usable() - 4;
  std::unordered_set<std::uint32_t> read;
  while (payload.bytes.size() < length && left_ >= a_page && *effort > a_page) {
    if (next >= untouched_.size() || !untouched_[next] || !read.insert(next).second) break;
    *effort -= a_page;
    left_ -= a_page;
    const Buffer page = TRY(file_.page_bytes(next));
    const Bytes piece = slice(page, 4, std::min(length - payload.bytes.size(), a_page));
    payload.bytes.insert(payload.bytes.end(), piece.begin(), piece.end());
    payload.runs.push_back({file_.offset_of(next).value_or(0) + 4, piece.size()});
    out.pages.push_back(next);
    next = static_cast<std::uint32_t>(sqlite_number(page, 0, 4));
  }
  payload.whole = payload.bytes.size() == length && next == 0;
  return out;
}

}  // namespace careo
