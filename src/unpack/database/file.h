// SPDX-License-Identifier: Apache-2.0
// A database of SQLite 3 as pages, B-trees and records ("Database File Format", sqlite.org/fileformat2.html, sections 1
// and 2). Reads no SQL and runs none. Each page is read once, so that circles and shared pages end. One thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "evidence/opener.h"
#include "unpack/database/record.h"

namespace careo {

struct SqliteRow {
  std::int64_t rowid = 0;  ///< 0 in a table without rowids
  std::vector<SqliteValue> values;
  std::optional<std::size_t> beginning;  ///< sqlite_beginning() of one that goes on in other pages
};

/// Of its values alone: the id of a deleted row is lost with its first bytes.
std::size_t value_hash(const SqliteRow& row);

/// The bytes of a record, gathered from its pages.
struct SqlitePayload {
  Buffer bytes;
  std::vector<ByteRun> runs;  ///< in the file, one after the other
  bool whole = true;
};

class SqliteFile {
 public:
  enum class Encoding { Utf8 = 1, Utf16Le = 2, Utf16Be = 3 };
  using TakeRow = std::function<Result<void>(SqliteRow)>;

  static bool may(Bytes head);
  /// Malformed where the header is none, or tells sizes that cannot be. `bytes` is borrowed.
  static Result<SqliteFile> open(PartBytes& bytes);
  /// Pages that stand elsewhere than in their order, as in a log; there are none until put().
  static SqliteFile of_log(PartBytes& bytes, std::uint32_t page_size);
  /// The page stands at `offset` now. Takes over what a first page's header says.
  Result<void> put(std::uint32_t number, std::uint64_t offset);
  /// Pages of a log may be read once more.
  void again() { ++round_; }
  bool has(std::uint32_t number) const { return offset_of(number).has_value(); }
  /// Of pages in order, the last one that was read or that the header counts.
  std::uint32_t last_page() const;
  /// The kind of the page, as its first byte says; Other where it is absent or none of these.
  enum class PageKind { TableLeaf, IndexLeaf, TableInside, IndexInside, Other };
  Result<PageKind> kind(std::uint32_t number);
  /// The pages right below one; nothing of a leaf.
  Result<std::vector<std::uint32_t>> below(std::uint32_t number);
  /// The rows that stand in this page alone.
  Result<void> rows_in(std::uint32_t number, const TakeRow& take);
  std::uint64_t pages_read() const { return pages_read_; }

  std::uint32_t page_size() const { return page_size_; }
  std::uint32_t pages() const { return pages_; }                  ///< whole ones in the file
  std::uint32_t claimed_pages() const { return claimed_pages_; }  ///< as the header says; 0 where it does not
  Encoding encoding() const { return encoding_; }
  std::uint32_t free_pages() const { return free_pages_; }  ///< as the header says
  /// A log of changes (a file beside, "-wal") may hold what is newer.
  bool has_log() const { return has_log_; }

  /// Every row of the B-tree at page `root` in the order of its keys, of a table or of an index (which is how a table
  /// without rowids is kept). What is damaged is passed over and told in damage(); stops when `take` fails.
  Result<void> rows(std::uint32_t root, const TakeRow& take);

  /// The leaves that the last rows() went through.
  const std::vector<std::uint32_t>& leaves() const { return leaves_; }
  struct FreePage {
    std::uint32_t number = 0;
    std::uint32_t used = 0;  ///< its first bytes, which the list itself has taken
  };
  /// The pages that are held to be empty (section 1.5), but those that a table uses all the same.
  Result<std::vector<FreePage>> free_list();
  /// A page as it stands, whoever else has read it; empty outside of the file.
  Result<Buffer> page_bytes(std::uint32_t number);
  /// Where a page begins in the file, if it is there.
  std::optional<std::uint64_t> offset_of(std::uint32_t number) const;
  std::uint32_t usable() const { return usable_; }
  /// How much of a record of that size stands in its page.
  std::uint64_t local_length(std::uint64_t size, bool index) const;

  /// "page 7: ..." for each that could not be read, at most 100, and how many more.
  const std::vector<std::string>& damage() const { return damage_; }
  std::uint64_t damaged() const { return damaged_; }

 private:
  static constexpr std::size_t Header = 100;  // in the first page, before what all pages have
  struct Page {
    std::uint32_t number = 0;
    std::uint64_t offset = 0;  // in the file
    Buffer bytes;
    std::size_t begin() const { return number == 1 ? Header : 0; }
    std::uint8_t type() const;
    std::uint64_t count() const;                                 // of its cells
    std::vector<std::size_t> cells(std::uint32_t usable) const;  // where they begin, those that do so in it
  };
  struct Open {
    std::uint32_t page = 0;  // to be gone into, or 0
    SqliteRow row;           // and a row to be given
  };

  explicit SqliteFile(PartBytes& bytes) : bytes_(&bytes) {}
  bool first_time(std::uint32_t number);
  Result<Page> page(std::uint32_t number);
  void tell(std::uint32_t page, std::string_view what);
  Result<void> descend(const Page& page, std::vector<Open>* open);
  Result<SqliteRow> row(const Page& page, std::size_t at);
  Result<SqlitePayload> payload(const Page& page, std::size_t at, std::uint64_t size, bool index);

  PartBytes* bytes_;
  std::uint32_t page_size_ = 0;
  std::uint32_t usable_ = 0;  // without what is reserved at each page's end
  std::uint32_t pages_ = 0;
  std::uint32_t claimed_pages_ = 0;
  std::uint32_t free_pages_ = 0;
  std::uint32_t first_free_ = 0;
  std::vector<std::uint32_t> leaves_;
  Encoding encoding_ = Encoding::Utf8;
  bool has_log_ = false;
  bool in_order_ = true;
  struct Place {
    std::uint64_t offset = 0;
    std::uint64_t read_in = 0;  // which round
  };
  std::unordered_map<std::uint32_t, Place> places_;  // of pages that are not in order
  std::uint64_t round_ = 1;
  std::vector<bool> seen_;  // pages in order, by number
  std::uint64_t pages_read_ = 0;
  std::vector<std::string> damage_;
  std::uint64_t damaged_ = 0;
};

}  // namespace careo
