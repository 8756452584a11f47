// SPDX-License-Identifier: Apache-2.0
#include "unpack/database/file.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

#include "unpack/database/record.h"

namespace careo {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kMagic = "SQLite format 3\0"sv;
constexpr std::size_t kMostDamage = 100;
constexpr std::uint64_t kMostRecord = 256U << 20U;  // held whole
enum PageType : std::uint8_t { kIndexInside = 2, kTableInside = 5, kIndexLeaf = 10, kTableLeaf = 13 };

}  // namespace

std::size_t value_hash(const SqliteRow& row) {
  std::size_t out = row.values.size();
  const auto mix = [&](std::size_t value) { out = (out ^ value) * 0x100000001B3ULL + (out >> 29U); };
  for (const SqliteValue& value : row.values) {
    mix(static_cast<std::size_t>(value.kind));
    mix(static_cast<std::size_t>(value.integer));
    mix(std::hash<double>{}(value.real));
    mix(std::hash<std::string_view>{}(text_of(value.bytes)));
  }
  return out;
}

std::uint8_t SqliteFile::Page::type() const {
  return bytes[begin()];
}

std::uint64_t SqliteFile::Page::count() const {
  return sqlite_number(bytes, begin() + 3, 2);
}

std::vector<std::size_t> SqliteFile::Page::cells(std::uint32_t usable) const {
  const bool inside = type() == kTableInside || type() == kIndexInside;
  std::vector<std::size_t> out;
  for (std::uint64_t i = 0; i < count(); ++i) {
    const std::uint64_t at = sqlite_number(bytes, begin() + (inside ? 12 : 8) + 2 * i, 2);
    if (at >= begin() + 8 && at + 4 < usable) out.push_back(at);
  }
  return out;
}

bool SqliteFile::may(Bytes head) {
  return text_of(head).starts_with(kMagic);
}

Result<SqliteFile> SqliteFile::open(PartBytes& bytes) {
  const Bytes view = TRY(bytes.at(0, Header));
  const Buffer head(view.begin(), view.end());
  if (!may(head) || head.size() < Header) return fail(Fault::Malformed, "no header of SQLite");
  SqliteFile out(bytes);
  const auto size = static_cast<std::uint32_t>(sqlite_number(head, 16, 2));
  out.page_size_ = size == 1 ? 65536 : size;
  if (out.page_size_ < 512 || !std::has_single_bit(out.page_size_)) return fail(Fault::Malformed, "no size of a page");
  out.usable_ = out.page_size_ - head[20];
  if (out.usable_ < 480) return fail(Fault::Malformed, "no room in a page");
  out.has_log_ = head[19] == 2;
  out.first_free_ = static_cast<std::uint32_t>(sqlite_number(head, 32, 4));
  out.free_pages_ = static_cast<std::uint32_t>(sqlite_number(head, 36, 4));
  const std::uint64_t encoding = sqlite_number(head, 56, 4);
  if (encoding >= 2 && encoding <= 3) out.encoding_ = static_cast<Encoding>(encoding);
  // Section 1.3.7: the count in the header is right where the last program to write knew of it.
  if (sqlite_number(head, 24, 4) == sqlite_number(head, 92, 4))
    out.claimed_pages_ = static_cast<std::uint32_t>(sqlite_number(head, 28, 4));
  out.pages_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(bytes.size() / out.page_size_, UINT32_MAX - 1));
  if (out.pages_ == 0) return fail(Fault::Malformed, "ends in its first page");
  out.seen_.assign(std::size_t{out.pages_} + 1, false);
  return out;
}

SqliteFile SqliteFile::of_log(PartBytes& bytes, std::uint32_t page_size) {
  SqliteFile out(bytes);
  out.page_size_ = out.usable_ = page_size;
  out.in_order_ = false;
  return out;
}

Result<void> SqliteFile::put(std::uint32_t number, std::uint64_t offset) {
  places_[number] = {offset, 0};
  pages_ = std::max(pages_, number);
  if (number != 1) return {};
  const Bytes head = TRY(bytes_->at(offset, Header));
  if (!may(head) || head.size() < Header) return {};
  if (page_size_ - head[20] >= 480) usable_ = page_size_ - head[20];
  const std::uint64_t encoding = sqlite_number(head, 56, 4);
  encoding_ = encoding >= 2 && encoding <= 3 ? static_cast<Encoding>(encoding) : Encoding::Utf8;
  return {};
}

std::optional<std::uint64_t> SqliteFile::offset_of(std::uint32_t number) const {
  if (number == 0 || number > pages_) return std::nullopt;
  if (in_order_) return std::uint64_t{number - 1} * page_size_;
  const auto found = places_.find(number);
  return found == places_.end() ? std::nullopt : std::optional(found->second.offset);
}

bool SqliteFile::first_time(std::uint32_t number) {
  if (!in_order_) return std::exchange(places_[number].read_in, round_) != round_;
  const bool first = !seen_[number];
  seen_[number] = true;
  return first;
}

std::uint32_t SqliteFile::last_page() const {
  std::uint32_t last = pages_;
  while (last > claimed_pages_ && claimed_pages_ > 0 && !seen_[last]) --last;
  return last;
}

Result<SqliteFile::PageKind> SqliteFile::kind(std::uint32_t number) {
  const auto offset = offset_of(number);
  if (!offset) return PageKind::Other;
  const Bytes byte = TRY(bytes_->at(*offset + (number == 1 ? Header : 0), 1));
  switch (byte.empty() ? 0 : byte[0]) {
    case kTableLeaf: return PageKind::TableLeaf;
    case kIndexLeaf: return PageKind::IndexLeaf;
    case kTableInside: return PageKind::TableInside;
    case kIndexInside: return PageKind::IndexInside;
    default: return PageKind::Other;
  }
}

void SqliteFile::tell(std::uint32_t page, std::string_view what) {
  ++damaged_;
  if (damage_.size() < kMostDamage) damage_.push_back("page " + std::to_string(page) + ": " + std::string(what));
}

Result<SqliteFile::Page> SqliteFile::page(std::uint32_t number) {
  const auto offset = offset_of(number);
  if (!offset) return fail(Fault::Malformed, "lies outside of the file");
  if (!first_time(number)) return fail(Fault::Malformed, "is used twice");
  ++pages_read_;
  const Bytes view = TRY(bytes_->at(*offset, page_size_));
  if (view.size() < page_size_) return fail(Fault::Malformed, "lies outside of the file");
  return Page{number, *offset, Buffer(view.begin(), view.end())};
}

Result<std::vector<std::uint32_t>> SqliteFile::below(std::uint32_t number) {
  const PageKind kind = TRY(this->kind(number));
  if (kind != PageKind::TableInside && kind != PageKind::IndexInside) return std::vector<std::uint32_t>{};
  const Page page = TRY(this->page(number));
  std::vector<std::uint32_t> out;
  for (const std::size_t at : page.cells(usable_))
    out.push_back(static_cast<std::uint32_t>(sqlite_number(page.bytes, at, 4)));
  out.push_back(static_cast<std::uint32_t>(sqlite_number(page.bytes, page.begin() + 8, 4)));
  return out;
}

Result<void> SqliteFile::rows_in(std::uint32_t number, const TakeRow& take) {
  const PageKind kind = TRY(this->kind(number));
  if (kind == PageKind::TableInside || kind == PageKind::Other) return {};
  const Page page = TRY(this->page(number));
  const std::size_t behind = kind == PageKind::IndexInside ? 4 : 0;
  for (const std::size_t at : page.cells(usable_)) TRY(take(TRY(row(page, at + behind))));
  if (page.cells(usable_).size() < page.count()) tell(number, "a row begins outside of it");
  return {};
}

Result<void> SqliteFile::rows(std::uint32_t root, const TakeRow& take) {
  leaves_.clear();
  std::vector<Open> open;
  open.push_back({root, {}});
  while (!open.empty()) {
    Open next = std::move(open.back());
    open.pop_back();
    if (next.page == 0) {
      TRY(take(std::move(next.row)));
      continue;
    }
    const Result<Page> got = page(next.page);
    if (!got && got.error().fault == Fault::Io) return tl::unexpected(got.error());
    if (!got) {
      tell(next.page, got.error().message);
      continue;
    }
    switch (got->type()) {
      case kTableLeaf:
      case kIndexLeaf:
        leaves_.push_back(next.page);
        for (const std::size_t at : got->cells(usable_)) TRY(take(TRY(row(*got, at))));
        break;
      case kTableInside:
      case kIndexInside: TRY(descend(*got, &open)); break;
      default: tell(next.page, "is no page of a table"); continue;
    }
    if (got->cells(usable_).size() < got->count()) tell(next.page, "a row begins outside of it");
  }
  return {};
}

/// Opens what stands below a page, its first part on top: each cell has the page on its left, and in an index a row.
Result<void> SqliteFile::descend(const Page& page, std::vector<Open>* open) {
  std::vector<Open> below;
  for (const std::size_t at : page.cells(usable_)) {
    below.push_back({static_cast<std::uint32_t>(sqlite_number(page.bytes, at, 4)), {}});
    if (page.type() == kIndexInside) below.push_back({0, TRY(row(page, at + 4))});
  }
  below.push_back({static_cast<std::uint32_t>(sqlite_number(page.bytes, page.begin() + 8, 4)), {}});
  std::move(below.rbegin(), below.rend(), std::back_inserter(*open));
  return {};
}

Result<SqliteRow> SqliteFile::row(const Page& page, std::size_t at) {
  const std::uint64_t size = sqlite_varint(page.bytes, &at);
  const bool index = page.type() != kTableLeaf;
  SqliteRow row;
  if (!index) row.rowid = std::bit_cast<std::int64_t>(sqlite_varint(page.bytes, &at));
  if (size > kMostRecord) {
    tell(page.number, "limit: a row of more than 256 MiB");
    return row;
  }
  const SqlitePayload record = TRY(payload(page, at, size, index));
  std::size_t type_at = 0;
  const std::uint64_t head = sqlite_varint(record.bytes, &type_at);
  if (!record.whole || head > record.bytes.size()) tell(page.number, "a row ends early");
  const std::uint64_t local = local_length(size, index);
  if (local < size) row.beginning = sqlite_beginning(slice(record.bytes, head, local - std::min(local, head)), size);
  std::uint64_t value_at = head;
  while (type_at < std::min<std::uint64_t>(head, record.bytes.size())) {
    const std::uint64_t type = sqlite_varint(record.bytes, &type_at);
    if (value_at > record.bytes.size()) break;
    row.values.push_back(sqlite_value_of(type, record.bytes, record.runs, value_at));
    value_at += std::min<std::uint64_t>(sqlite_length_of(type), kMostRecord);
  }
  return row;
}

/// Section 1.5: a trunk has the number of the next one, a count, and so many numbers of leaves. The circle that a
/// damaged list may be ends where it began.
Result<std::vector<SqliteFile::FreePage>> SqliteFile::free_list() {
  std::vector<FreePage> out;
  std::vector<bool> listed(std::size_t{pages_} + 1, false);
  const auto add = [&](std::uint64_t number, std::uint64_t used) {
    if (number == 0 || number > pages_ || listed[number] || seen_[number]) return false;
    listed[number] = true;
    out.push_back({static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(used)});
    return true;
  };
  for (std::uint64_t trunk = first_free_; trunk != 0;) {
    const Buffer bytes = TRY(page_bytes(static_cast<std::uint32_t>(std::min<std::uint64_t>(trunk, UINT32_MAX))));
    const std::uint64_t count = std::min<std::uint64_t>(sqlite_number(bytes, 4, 4), (usable_ - 8) / 4);
    if (!add(trunk, 8 + 4 * count)) break;
    for (std::uint64_t i = 0; i < count; ++i) add(sqlite_number(bytes, 8 + 4 * i, 4), 0);
    trunk = sqlite_number(bytes, 0, 4);
  }
  return out;
}

Result<Buffer> SqliteFile::page_bytes(std::uint32_t number) {
  const auto offset = offset_of(number);
  if (!offset) return Buffer{};
  const Bytes view = TRY(bytes_->at(*offset, page_size_));
  return Buffer(view.begin(), view.end());
}

/// Sections 1.6 and 1.7: how much of a record stands in the page itself.
std::uint64_t SqliteFile::local_length(std::uint64_t size, bool index) const {
  const std::uint64_t most = index ? (usable_ - 12) * 64U / 255U - 23U : usable_ - 35U;
  if (size <= most) return size;
  const std::uint64_t least = (usable_ - 12) * 32U / 255U - 23U;
  const std::uint64_t wanted = least + (size - least) % (usable_ - 4);
  return wanted <= most ? wanted : least;
}

Result<SqlitePayload> SqliteFile::payload(const Page& page, std::size_t at, std::uint64_t size, bool index) {
  SqlitePayload out;
  const auto add = [&](const Page& from, std::uint64_t begin, std::uint64_t length) {
    const Bytes piece = slice(from.bytes, begin, length);
    out.bytes.insert(out.bytes.end(), piece.begin(), piece.end());
    if (!piece.empty()) out.runs.push_back({from.offset + begin, piece.size()});
    return piece.size() == length;
  };
  const std::uint64_t local = local_length(size, index);
  out.whole = at + local <= usable_ && add(page, at, local);
  auto next = static_cast<std::uint32_t>(local < size ? sqlite_number(page.bytes, at + local, 4) : 0);
  while (out.whole && out.bytes.size() < size) {
    const Result<Page> more = this->page(next);
    if (!more && more.error().fault == Fault::Io) return tl::unexpected(more.error());
    if (!more) {
      tell(next, more.error().message);
      out.whole = false;
      break;
    }
    out.whole = add(*more, 4, std::min<std::uint64_t>(size - out.bytes.size(), usable_ - 4));
    next = static_cast<std::uint32_t>(sqlite_number(more->bytes, 0, 4));
  }
  return out;
}

}  // namespace careo
