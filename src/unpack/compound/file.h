// SPDX-License-Identifier: Apache-2.0
// A compound file ([MS-CFB], "OLE2"): a file system in a file, whose streams are chains of sectors. MSG, DOC, XLS, PPT
// and embedded objects are kept so.
//
// Not safe to share between threads: it pulls from its part. Chains are bounded by the count of sectors, so cycles end;
// nothing recurses; memory is that of the allocation tables and the directory.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "unpack/account.h"

namespace careo {

struct CompoundEntry {
  enum class Kind { Root, Storage, Stream };
  Kind kind = Kind::Stream;
  std::uint32_t id = 0;  ///< its number in the directory: what a step `object:` names
  std::uint32_t parent = 0;
  bool lost = false;  ///< in no storage's tree: its `parent` is unknown
  std::string name;   ///< UTF-8
  std::u16string wide;
  std::array<std::uint8_t, 16> clsid{};
  std::uint32_t start = 0;
  std::uint64_t size = 0;
};

class CompoundFile {
 public:
  /// Malformed where there is no directory to read. `part` is borrowed.
  static Result<CompoundFile> open(PartBytes& part);
  /// The magic number that every compound file begins with.
  static bool may(Bytes head);

  /// Root first, then by number in the directory.
  const std::vector<CompoundEntry>& entries() const { return entries_; }
  const CompoundEntry& root() const { return entries_.front(); }
  /// Compares ASCII letters without case, as the format does; nullptr where there is none.
  const CompoundEntry* find(std::uint32_t storage, std::string_view name) const;
  std::vector<const CompoundEntry*> inside(std::uint32_t storage) const;

  /// Where a stream's bytes stand, in order, neighbours joined. Shorter than its size where the chain breaks.
  std::vector<ByteRun> runs(const CompoundEntry& stream) const;
  /// The first `most` bytes of a stream. Refused where streams that share sectors make more of the file than it holds.
  Result<Buffer> read(const CompoundEntry& stream, std::uint64_t most = UINT64_MAX);
  /// What its first bytes are, to tell its type by.
  Result<Bytes> head(const ByteRun& run) { return part_->at(run.offset, std::min<std::uint64_t>(run.length, 4096)); }
  /// Hands over the whole stream in pieces.
  Result<void> pour(const CompoundEntry& stream, const std::function<Result<void>(Bytes)>& take);
  /// The same of one run of the file.
  Result<void> pour(const ByteRun& run, const std::function<Result<void>(Bytes)>& take);

  /// True once for each stream: its sectors belong to it from now on. False where another stream or the file's own
  /// tables have one of them already.
  bool own(const CompoundEntry& stream);
  /// Runs that no stream and no table uses and that hold more than filling or an old table. Costs a pass over them.
  Result<std::vector<ByteRun>> leftovers();

  /// What is broken, in a few words; empty where nothing is.
  const std::vector<std::string>& damage() const { return damage_; }

 private:
  struct Header;
  struct Links {
    std::uint32_t left, right, child;
  };
  explicit CompoundFile(PartBytes& part) : part_(&part) {}

  Result<void> read_tables(const Header& header);
  Result<void> read_allocation(const Header& header);
  Result<void> read_directory(std::uint32_t first);
  void read_tree();
  void note(std::string what);
  std::uint64_t sector_at(std::uint64_t number) const { return (number + 1) << sector_shift_; }
  std::uint64_t sectors_in_file() const;
  std::vector<std::uint32_t> chain(const std::vector<std::uint32_t>& table, std::uint32_t first,
                                   std::uint64_t most) const;
  bool is_small(const CompoundEntry& stream) const;
  std::vector<std::uint32_t> chain_of(const CompoundEntry& stream) const;
  ByteRun sector_run(std::uint64_t sector, std::uint64_t length) const;
  ByteRun small_run(std::uint64_t sector, std::uint64_t length) const;
  bool mark(const std::vector<std::uint32_t>& sectors, std::vector<bool>* used);

  PartBytes* part_;
  unsigned sector_shift_ = 9;
  unsigned small_shift_ = 6;
  std::uint32_t small_below_ = 4096;
  std::vector<std::uint32_t> table_;         // the next sector of each sector
  std::vector<std::uint32_t> small_table_;   // the same for the sectors inside the root's stream
  std::vector<std::uint32_t> small_stream_;  // the sectors that hold the small ones
  std::vector<CompoundEntry> entries_;
  std::vector<Links> links_;            // of entries_, until the tree is read
  std::vector<std::size_t> by_parent_;  // indices of entries_, sorted by parent
  std::vector<bool> used_;              // by a stream or a table
  std::vector<bool> small_used_;
  std::vector<std::string> damage_;
  std::uint64_t total_read_ = 0;
};

}  // namespace careo
