// SPDX-License-Identifier: Apache-2.0
#include "unpack/database/journal.h"

#include <algorithm>
#include <array>
#include <bit>

#include "unpack/database/record.h"

namespace careo {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kMagic = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"sv;
constexpr std::string_view kDatabase = "SQLite format 3\0"sv;
constexpr std::uint64_t kHeader = 28;
constexpr std::uint64_t kHead = 64U << 10U;  // what may() is given

std::uint32_t number(Bytes bytes, std::uint64_t at) {
  return static_cast<std::uint32_t>(sqlite_number(bytes, at, 4));
}

bool is_size(std::uint32_t size) {
  return size >= 512 && size <= 65536 && std::has_single_bit(size);
}

/// What the records of one header share.
struct Layout {
  std::uint32_t sector = 0;  ///< what the header is padded to, and where each begins
  std::uint32_t page = 0;
  std::uint32_t nonce = 0;
  std::uint64_t record() const { return 8 + std::uint64_t{page}; }
};

/// The nonce by which a record's checksum would be right: every 200th byte of the page, from its end on, is added to
/// it.
std::uint32_t nonce_of(Bytes record, std::uint32_t page) {
  std::uint32_t out = number(record, 4 + std::uint64_t{page});
  for (std::uint32_t at = page - 200; at < page && at > 0; at -= 200) out -= record[4 + at];
  return out;
}

bool has_magic(Bytes bytes) {
  return text_of(bytes).starts_with(kMagic);
}

std::optional<Layout> layout_in(Bytes header) {
  Layout out{number(header, 20), number(header, 24), number(header, 12)};
  if (!has_magic(header) || header.size() < kHeader || !is_size(out.page)) return std::nullopt;
  if (out.sector < 32 || out.sector > 65536 || !std::has_single_bit(out.sector)) return std::nullopt;
  return out;
}

/// Of a header that was not put to disk yet: its mark and its count are zeros until that is done, as SQLite writes it
/// (pager.c, writeJournalHdr), and a crash, or a copy of a database in use, leaves it so.
std::optional<Layout> unsynced(Bytes header, const Layout& before) {
  const Layout out{number(header, 20), number(header, 24), number(header, 12)};
  const Bytes mark = slice(header, 0, kMagic.size() + 4);
  const bool zeros = std::all_of(mark.begin(), mark.end(), [](std::uint8_t byte) { return byte == 0; });
  if (header.size() < kHeader || !zeros || out.sector != before.sector || out.page != before.page) return std::nullopt;
  return out;
}

/// Of a header that is zeros now: pages of which the first is that of a database, or two whose checksums agree.
std::optional<Layout> guessed(Bytes head) {
  const auto used = static_cast<std::uint64_t>(
      std::find_if(head.begin(), head.end(), [](std::uint8_t byte) { return byte != 0; }) - head.begin());
  for (const std::uint32_t sector : {4096U, 512U, 1024U, 2048U, 8192U, 16384U, 32768U}) {
    const Bytes record = slice(head, sector, head.size());
    if (used < sector || number(record, 0) == 0) continue;
    const bool first = number(record, 0) == 1 && text_of(record).substr(4).starts_with(kDatabase);
    for (std::uint32_t page = 512; page <= 65536; page *= 2) {
      if (first && sqlite_number(record, 20, 2) != page % 65536 + page / 65536) continue;
      const std::uint64_t length = 8 + std::uint64_t{page};
      const Bytes second = slice(record, length, length);
      const bool two = second.size() == length && number(second, 0) != 0;
      if (two && nonce_of(record, page) == nonce_of(second, page)) return Layout{sector, page, nonce_of(record, page)};
      if (first && record.size() >= length) return Layout{sector, page, nonce_of(record, page)};
    }
  }
  return std::nullopt;
}

}  // namespace

bool SqliteJournal::may(Bytes head) {
  return head.size() > kHeader && (has_magic(head) || guessed(head));
}

Result<SqliteLog> SqliteJournal::read(PartBytes& bytes) {
  const Bytes view = TRY(bytes.at(0, kHead));
  const bool done = !has_magic(view);
  std::optional<Layout> layout = done ? guessed(view) : layout_in(view);
  if (!layout) return fail(Fault::Malformed, "no header of a journal of SQLite");
  const std::uint32_t page = layout->page;
  SqliteLog out;
  out.journal = true;
  out.page_size = page;
  out.end = std::min<std::uint64_t>(layout->sector, bytes.size());
  while (out.end + layout->record() <= bytes.size()) {
    // What was put to disk at another time has a header of its own, at the next sector.
    const std::uint64_t next = (out.end + layout->sector - 1) / layout->sector * layout->sector;
    const Bytes header = TRY(bytes.at(next, kHeader));
    std::optional<Layout> more = layout_in(header);
    if (!more) more = unsynced(header, *layout);
    if (more && more->page == page && !done) {
      layout = more;
      out.end = next + layout->sector;
      continue;
    }
    const Bytes record = TRY(bytes.at(out.end, layout->record()));
    if (record.size() < layout->record()) break;
    const bool whole = nonce_of(record, page) == layout->nonce;
    out.frames.push_back(
        {number(record, 0), false, out.end + 4, whole ? SqliteLog::State::Before : SqliteLog::State::LeftOver});
    out.end += layout->record();
  }
  return out;
}

}  // namespace careo
