// SPDX-License-Identifier: Apache-2.0
#include "unpack/compound/file.h"

#include <algorithm>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::array<std::uint8_t, 8> kMagic = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
// [MS-CFB] 2.1: sector numbers above this one are marks.
constexpr std::uint32_t kMostSector = 0xFFFFFFFA;
constexpr std::uint32_t kFree = 0xFFFFFFFF;
constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr std::uint64_t kEntrySize = 128;
// Streams may be read twice (a text, and a child of it); more than this beyond that is a trick.
constexpr std::uint64_t kReadSlack = 64ULL << 20;
constexpr std::uint64_t kPiece = 1ULL << 18;

std::string utf8_of_wide(std::u16string_view wide) {
  std::string out;
  for (std::size_t i = 0; i < wide.size(); ++i) {
    char32_t c = wide[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < wide.size() && wide[i + 1] >= 0xDC00 && wide[i + 1] < 0xE000)
      c = 0x10000 + ((c - 0xD800) << 10U) + (wide[++i] - 0xDC00U);
    if (c >= 0xD800 && c < 0xE000) c = 0xFFFD;
    append_utf8(&out, c);
  }
  return out;
}

/// A sector that writers leave behind when they move their tables: nothing of the documents stands in it.
bool is_old_table(Bytes sector, std::uint64_t sectors_in_file) {
  Cursor numbers(sector);
  bool table = true;
  while (table && numbers.left() >= 4) {
    const std::uint32_t next = *numbers.u32le();
    table = next < sectors_in_file || next >= kMostSector;
  }
  if (table) return true;
  for (std::uint64_t at = 0; at + kEntrySize <= sector.size(); at += kEntrySize) {
    const Bytes entry = slice(sector, at, kEntrySize);
    const unsigned name_bytes = entry[64] + entry[65] * 256U;
    if (name_bytes > 64 || name_bytes % 2 != 0 || entry[66] > 5 || entry[67] > 1) return false;
  }
  return true;
}

}  // namespace

/// [MS-CFB] 2.2, what of it is needed.
struct CompoundFile::Header {
  std::uint16_t major = 0;
  std::uint32_t table_sectors = 0;
  std::uint32_t directory = 0;
  std::uint32_t small_table = 0;
  std::uint32_t more_tables = 0;
  std::array<std::uint32_t, 109> tables{};

  Result<void> read(Bytes head, unsigned* sector_shift, unsigned* small_shift, std::uint32_t* small_below) {
    Cursor in(head);
    TRY(in.seek(26));
    major = TRY(in.u16le());
    TRY(in.u16le());
    *sector_shift = TRY(in.u16le());
    *small_shift = TRY(in.u16le());
    TRY(in.seek(44));
    table_sectors = TRY(in.u32le());
    directory = TRY(in.u32le());
    TRY(in.u32le());
    *small_below = TRY(in.u32le());
    small_table = TRY(in.u32le());
    TRY(in.u32le());
    more_tables = TRY(in.u32le());
    TRY(in.u32le());
    for (std::uint32_t& table : tables) table = TRY(in.u32le());
    // Both sizes of the standard, and what lies between: some writers chose others, and every reader obeys them.
    if (*sector_shift < 7 || *sector_shift > 16) return fail(Fault::Malformed, "an impossible sector size");
    if (*small_shift > *sector_shift || *small_shift < 2) *small_shift = 6;
    return {};
  }
};

bool CompoundFile::may(Bytes head) {
  return head.size() >= kMagic.size() && std::equal(kMagic.begin(), kMagic.end(), head.begin());
}

Result<CompoundFile> CompoundFile::open(PartBytes& part) {
  CompoundFile out(part);
  Header header;
  const Bytes head = TRY(part.at(0, 512));
  if (!may(head)) return fail(Fault::Malformed, "not a compound file");
  TRY(header.read(head, &out.sector_shift_, &out.small_shift_, &out.small_below_));
  TRY(out.read_tables(header));
  return out;
}

void CompoundFile::note(std::string what) {
  if (std::find(damage_.begin(), damage_.end(), what) == damage_.end()) damage_.push_back(std::move(what));
}

std::uint64_t CompoundFile::sectors_in_file() const {
  const std::uint64_t size = 1ULL << sector_shift_;
  return part_->size() <= size ? 0 : (part_->size() - 1) >> sector_shift_;
}

Result<void> CompoundFile::read_tables(const Header& header) {
  used_.assign(sectors_in_file(), false);
  TRY(read_allocation(header));
  TRY(read_directory(header.directory));
  const std::vector<std::uint32_t> small = chain(table_, header.small_table, used_.size());
  mark(small, &used_);
  for (const std::uint32_t sector : small) {
    const Bytes bytes = TRY(part_->at(sector_at(sector), 1ULL << sector_shift_));
    Cursor in(bytes);
    while (in.left() >= 4) small_table_.push_back(*in.u32le());
  }
  const std::uint64_t size = root().size;
  small_stream_ = chain(table_, root().start, used_.size());
  if (small_stream_.size() < (size + (1ULL << sector_shift_) - 1) >> sector_shift_) note("small streams end early");
  mark(small_stream_, &used_);
  small_used_.assign(
      std::min<std::uint64_t>(small_table_.size(), (small_stream_.size() << sector_shift_) >> small_shift_), false);
  read_tree();
  return {};
}

Result<void> CompoundFile::read_allocation(const Header& header) {
  std::vector<std::uint32_t> sectors;
  const std::uint64_t in_file = sectors_in_file();
  const std::uint64_t numbers = (1ULL << sector_shift_) / 4;
  const std::uint64_t needed = (in_file + numbers - 1) / numbers;  // what lies behind speaks of no sector
  const auto take = [&](std::uint32_t sector) {
    if (sector < in_file && sectors.size() < needed) sectors.push_back(sector);
  };
  for (const std::uint32_t sector : header.tables) take(sector);
  std::uint32_t more = header.more_tables;
  for (std::uint64_t i = 0; more < in_file && i <= in_file / numbers; ++i) {
    mark({more}, &used_);
    const Bytes bytes = TRY(part_->at(sector_at(more), 1ULL << sector_shift_));
    Cursor in(bytes);
    while (in.left() > 4) take(*in.u32le());
    more = in.u32le().value_or(kNone);
  }
  mark(sectors, &used_);
  for (const std::uint32_t sector : sectors) {
    const Bytes bytes = TRY(part_->at(sector_at(sector), 1ULL << sector_shift_));
    Cursor in(bytes);
    while (in.left() >= 4) table_.push_back(*in.u32le());
    table_.resize((table_.size() + numbers - 1) / numbers * numbers, kFree);
  }
  if (table_.size() < in_file) note("the allocation table ends early");
  if (table_.size() > in_file) table_.resize(in_file);
  return {};
}

std::vector<std::uint32_t> CompoundFile::chain(const std::vector<std::uint32_t>& table, std::uint32_t first,
                                               std::uint64_t most) const {
  std::vector<std::uint32_t> out;
  most = std::min<std::uint64_t>(most, table.size());  // what is longer runs in a circle, whatever size is stated
  for (std::uint32_t at = first; at < table.size() && at < kMostSector && out.size() < most; at = table[at])
    out.push_back(at);
  return out;
}

bool CompoundFile::mark(const std::vector<std::uint32_t>& sectors, std::vector<bool>* used) {
  for (const std::uint32_t sector : sectors) {
    if (sector >= used->size()) continue;
    if ((*used)[sector]) return false;  // its chain from here on is another's
    (*used)[sector] = true;
  }
  return true;
}

Result<void> CompoundFile::read_directory(std::uint32_t first) {
  const std::vector<std::uint32_t> sectors = chain(table_, first, used_.size());
  if (!mark(sectors, &used_)) note("the directory runs in a circle");
  std::uint32_t id = 0;
  for (const std::uint32_t sector : sectors) {
    const Bytes bytes = TRY(part_->at(sector_at(sector), 1ULL << sector_shift_));
    for (std::uint64_t at = 0; at + kEntrySize <= bytes.size(); at += kEntrySize, ++id) {
      Cursor in(slice(bytes, at, kEntrySize));
      CompoundEntry entry;
      entry.id = id;
      for (int i = 0; i < 32; ++i) {
        const auto unit = static_cast<char16_t>(*in.u16le());
        if (unit == 0) break;
        entry.wide += unit;
      }
      TRY(in.seek(64));
      const std::uint16_t name_bytes = *in.u16le();
      if (name_bytes >= 2 && entry.wide.size() > name_bytes / 2U - 1) entry.wide.resize(name_bytes / 2U - 1);
      const std::uint8_t type = *in.u8();
      TRY(in.seek(68));
      const Links links = {*in.u32le(), *in.u32le(), *in.u32le()};
      const Bytes clsid = *in.take(16);
      std::copy(clsid.begin(), clsid.end(), entry.clsid.begin());
      TRY(in.seek(116));
      entry.start = *in.u32le();
      entry.size = *in.u64le();
      // Version 3 leaves the upper half undefined ([MS-CFB] 2.6.1).
      if (sector_shift_ < 12) entry.size &= 0xFFFFFFFF;
      if (id == 0 ? type != 5 : (type != 1 && type != 2)) {
        if (id == 0) return fail(Fault::Malformed, "the directory has no root");
        continue;
      }
      entry.kind = id == 0     ? CompoundEntry::Kind::Root
                   : type == 1 ? CompoundEntry::Kind::Storage
                               : CompoundEntry::Kind::Stream;
      entry.name = utf8_of_wide(entry.wide);
      entry.lost = id != 0;
      entry.parent = kNone;
      entries_.push_back(std::move(entry));
      links_.push_back(links);
    }
  }
  if (entries_.empty()) return fail(Fault::Malformed, "no directory");
  return {};
}

// Siblings hang in a binary tree below their storage's entry; each entry is taken where it is met first.
void CompoundFile::read_tree() {
  std::vector<std::size_t> index(entries_.back().id + std::size_t{1}, SIZE_MAX);
  for (std::size_t i = 0; i < entries_.size(); ++i) index[entries_[i].id] = i;
  struct Waiting {
    std::uint32_t id, parent;
  };
  std::vector<Waiting> stack = {{links_[0].child, 0}};
  while (!stack.empty()) {
    const Waiting top = stack.back();
    stack.pop_back();
    if (top.id >= index.size() || index[top.id] == SIZE_MAX) continue;
    CompoundEntry& entry = entries_[index[top.id]];
    if (!entry.lost) continue;
    entry.lost = false;
    entry.parent = top.parent;
    const Links& links = links_[index[top.id]];
    if (entry.kind == CompoundEntry::Kind::Storage) stack.push_back({links.child, entry.id});
    stack.push_back({links.right, top.parent});
    stack.push_back({links.left, top.parent});
  }
  links_ = {};
  for (std::size_t i = 0; i < entries_.size(); ++i) by_parent_.push_back(i);
  std::stable_sort(by_parent_.begin(), by_parent_.end(),
                   [this](std::size_t a, std::size_t b) { return entries_[a].parent < entries_[b].parent; });
}

std::vector<const CompoundEntry*> CompoundFile::inside(std::uint32_t storage) const {
  const auto less = [this](std::size_t index, std::uint32_t parent) { return entries_[index].parent < parent; };
  std::vector<const CompoundEntry*> out;
  for (auto it = std::lower_bound(by_parent_.begin(), by_parent_.end(), storage, less);
       it != by_parent_.end() && entries_[*it].parent == storage; ++it)
    out.push_back(&entries_[*it]);
  return out;
}

const CompoundEntry* CompoundFile::find(std::uint32_t storage, std::string_view name) const {
  for (const CompoundEntry* entry : inside(storage))
    if (equal_ignoring_case(entry->name, name)) return entry;
  return nullptr;
}

bool CompoundFile::is_small(const CompoundEntry& stream) const {
  return stream.kind != CompoundEntry::Kind::Root && stream.size < small_below_;
}

std::vector<std::uint32_t> CompoundFile::chain_of(const CompoundEntry& stream) const {
  const unsigned shift = is_small(stream) ? small_shift_ : sector_shift_;
  const std::uint64_t needed = (stream.size >> shift) + ((stream.size & ((1ULL << shift) - 1)) != 0 ? 1 : 0);
  return chain(is_small(stream) ? small_table_ : table_, stream.start, needed);
}

ByteRun CompoundFile::sector_run(std::uint64_t sector, std::uint64_t length) const {
  const std::uint64_t at = sector_at(sector);
  return {at, at >= part_->size() ? 0 : std::min(length, part_->size() - at)};
}

ByteRun CompoundFile::small_run(std::uint64_t sector, std::uint64_t length) const {
  const std::uint64_t at = sector << small_shift_;
  if (at >> sector_shift_ >= small_stream_.size()) return {};
  ByteRun out = sector_run(small_stream_[at >> sector_shift_], 1ULL << sector_shift_);
  const std::uint64_t inside = at & ((1ULL << sector_shift_) - 1);
  if (out.length <= inside) return {};
  return {out.offset + inside, std::min(length, out.length - inside)};
}

std::vector<ByteRun> CompoundFile::runs(const CompoundEntry& stream) const {
  std::vector<ByteRun> out;
  const bool small = is_small(stream);
  const std::uint64_t size = 1ULL << (small ? small_shift_ : sector_shift_);
  std::uint64_t left = stream.size;
  for (const std::uint32_t sector : chain_of(stream)) {
    const std::uint64_t wanted = std::min(left, size);
    const ByteRun run = small ? small_run(sector, wanted) : sector_run(sector, wanted);
    if (run.length == 0) break;
    if (!out.empty() && out.back().end() == run.offset) {
      out.back().length += run.length;
    } else {
      out.push_back(run);
    }
    left -= run.length;
    if (run.length < wanted) break;
  }
  return out;
}

Result<void> CompoundFile::pour(const CompoundEntry& stream, const std::function<Result<void>(Bytes)>& take) {
  for (const ByteRun& run : runs(stream)) TRY(pour(run, take));
  return {};
}

Result<void> CompoundFile::pour(const ByteRun& run, const std::function<Result<void>(Bytes)>& take) {
  for (std::uint64_t at = 0; at < run.length; at += kPiece) {
    const std::uint64_t length = std::min(kPiece, run.length - at);
    total_read_ += length;
    if (total_read_ > part_->size() * 3 + kReadSlack) return fail(Fault::Refused, "streams share their bytes");
    TRY(take(TRY(part_->at(run.offset + at, length))));
  }
  return {};
}

Result<Buffer> CompoundFile::read(const CompoundEntry& stream, std::uint64_t most) {
  Buffer out;
  CompoundEntry front = stream;
  // A stream keeps its table whatever is asked of it.
  const bool cut = most < stream.size && (most >= small_below_ || is_small(stream));
  if (cut) front.size = most;
  TRY(pour(front, [&](Bytes bytes) -> Result<void> {
    const Bytes wanted = slice(bytes, 0, most - std::min<std::uint64_t>(most, out.size()));
    out.insert(out.end(), wanted.begin(), wanted.end());
    return {};
  }));
  return out;
}

bool CompoundFile::own(const CompoundEntry& stream) {
  return mark(chain_of(stream), is_small(stream) ? &small_used_ : &used_);
}

Result<std::vector<ByteRun>> CompoundFile::leftovers() {
  std::vector<ByteRun> out;
  const auto look_at = [&](ByteRun run) -> Result<void> {
    if (run.length == 0) return {};
    const Bytes bytes = TRY(part_->at(run.offset, run.length));
    if (std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b == 0 || b == 0xFF; })) return {};
    if (is_old_table(bytes, used_.size())) return {};
    if (!out.empty() && out.back().end() == run.offset) {
      out.back().length += run.length;
    } else {
      out.push_back(run);
    }
    return {};
  };
  for (std::size_t i = 0; i < used_.size(); ++i)
    if (!used_[i]) TRY(look_at(sector_run(i, 1ULL << sector_shift_)));
  for (std::size_t i = 0; i < small_used_.size(); ++i)
    if (!small_used_[i]) TRY(look_at(small_run(i, 1ULL << small_shift_)));
  return out;
}

}  // namespace careo
