// SPDX-License-Identifier: Apache-2.0
// Making and opening a case.
#include <algorithm>
#include <filesystem>

#include "store/case_store.h"
#include "store/key_table.h"

namespace careo {
namespace {

constexpr const char* kCatalogFile = "catalog.db";
constexpr const char* kIndexFile = "index.db";
// The groups of a replay that go into one transaction: its pages stay in memory until then.
constexpr std::uint64_t kGroupsAtOnce = 64;

// SQLite gives a new file the rights of the process; ours are for their owner alone, so they are made first.
Result<bool> make_private(Disk* disk, const std::string& name) {
  if (disk->path(name).empty()) return false;
  auto made = disk->open(name, Disk::Mode::Create);
  if (made) return true;
  const auto existing = disk->open(name, Disk::Mode::Read);
  if (existing) return false;
  return tl::unexpected(std::move(made).error());
}

Result<void> remove_files(Disk* disk, const std::string& name) {
  const auto names = TRY(disk->list());
  for (const std::string& file : {name, name + "-wal", name + "-shm", name + "-journal"})
    if (std::binary_search(names.begin(), names.end(), file)) TRY(disk->remove(file));
  return {};
}

bool is_unusable(const Error& error) {
  return error.fault == Fault::Denied || error.fault == Fault::Malformed || error.fault == Fault::Bug ||
         error.fault == Fault::Unsupported;
}

}  // namespace

Result<std::string> Case::create(const std::string& path, const Key& key) {
  std::error_code ignored;
  const bool existed = std::filesystem::exists(path, ignored);
  auto disk = TRY(open_disk(path, Folder::Make));
  auto made = CaseStore::create_on(disk.get(), path, key);
  if (made) return made;
  // Half a case is none: the next attempt finds the folder as this one did.
  for (const std::string& name : TRY(disk->list())) TRY(disk->remove(name));
  disk.reset();
  if (!existed) std::filesystem::remove(path, ignored);
  return made;
}

Result<std::unique_ptr<Case>> Case::open(const std::string& path, const Key& key, Access access, const Watch& watch) {
  auto disk = open_disk(path, Folder::Existing);
  if (!disk) return wrap(std::move(disk).error(), "no case there");
  return TRY(CaseStore::open_on(TRY(std::move(disk)), path, key, access, kSegmentLimit, watch));
}

Result<std::string> CaseStore::create_on(Disk* disk, const std::string& folder, const Key& key) {
  TRY(disk->lock());
  const MadeKeyring made = TRY(make_keyring(disk, folder, key));
  TRY(LogWriter::create(disk, ChunkSealer(made.keys.log, made.keys.log_id)));
  disk->unlock();
  return made.recovery;
}

CaseStore::CaseStore(std::unique_ptr<Disk> disk, std::string folder, CaseKeys keys, Access access,
                     std::uint64_t segment_limit)
    : disk_(std::move(disk)),
      folder_(std::move(folder)),
      keys_(std::move(keys)),
      access_(access),
      reader_(disk_.get(), ChunkSealer(keys_.log, keys_.log_id, segment_limit)) {}

Result<std::unique_ptr<CaseStore>> CaseStore::open_on(std::unique_ptr<Disk> disk, const std::string& folder,
                                                      const Key& key, Access access, std::uint64_t segment_limit,
                                                      const Watch& watch) {
  OpenedKeyring keyring = TRY(open_keyring(disk.get(), folder, key));
  if (access == Access::Write) TRY(disk->lock());
  // A reader holds the case only while it brings the catalog up to date; where a writer is at work, it does that, and a
  // writer that comes waits for it.
  const bool held = access == Access::Write || disk->lock_for_a_moment().has_value();
  // Until it was locked another process may have forgotten something: the old keys would bring it back.
  if (held && fingerprint(disk.get()) != keyring.found) keyring = TRY(open_keyring(disk.get(), folder, key));
  std::unique_ptr<CaseStore> out(
      new CaseStore(std::move(disk), folder, std::move(keyring.keys), access, segment_limit));
  out->watch_ = watch;
  for (const std::string& name : keyring.damaged)
    out->found_at_open_.push_back({name, 0, "keyring: its copy was used"});
  auto ready = out->open_databases(held);
  if (!ready && access == Access::Read && ready.error().fault == Fault::Io) {
    out->found_at_open_.resize(keyring.damaged.size());
    ready = out->derive_in_memory();
  }
  if (ready && held && !out->in_memory_) ready = out->end_what_was_begun();
  if (ready && access == Access::Write) {
    out->writer_ = TRY(LogWriter::open(out->disk_.get(), out->reader_.sealer(), out->mark_));
    // What the walk saw behind the last commit is cut off now; its places will hold other chunks.
    out->reader_.forget();
    TRY(mend_keyring(out->disk_.get()));
    TRY(mend_key_table(out->disk_.get(), out->keys_));
    TRY(out->catalog_->database().begin());
  }
  if (access == Access::Read && held) out->disk_->unlock();
  if (!ready) return tl::unexpected(std::move(ready).error());
  out->watch_ = {};
  return out;
}

// Each database stands still for it in a transaction of reading: the writer goes on in the file beside it.
Result<std::unique_ptr<Case>> CaseStore::beside() {
  if (derived_path(kCatalogFile).empty()) return fail(Fault::Unsupported, "the catalog lives in memory");
  if (writer_ && !broken_) TRY(publish());
  std::unique_ptr<CaseStore> out(
      new CaseStore(TRY(open_disk(folder_, Folder::Existing)), folder_, keys_, Access::Read, kSegmentLimit));
  TRY(out->open_catalog());
  out->index_ = TRY(Database::open(out->derived_path(kIndexFile), keys_.index));
  for (Database* database : {&out->catalog_->database(), out->index_.get()})
    TRY(database->execute("BEGIN; SELECT count(*) FROM sqlite_master;"));
  out->mark_ = TRY(out->catalog_->mark());
  return out;
}

// A catalog that breaks while it is asked for a forgetting is made anew, once.
Result<void> CaseStore::end_what_was_begun() {
  auto ended = end_forgetting();
  if (ended || !is_unusable(ended.error())) return ended;
  found_at_open_.push_back({kCatalogFile, 0, "the catalog: made anew from the log"});
  TRY(remove_catalog());
  TRY(open_databases(true));
  return end_forgetting();
}

CaseStore::~CaseStore() {
  if (!catalog_ || !catalog_->database().in_transaction()) return;
  const bool whole = !broken_ && writer_ && writer_->pending_records() == 0;
  // Nothing is lost where this fails: the catalog is brought up to date from the log.
  if (whole) {
    static_cast<void>(catalog_->database().commit());
  } else {
    static_cast<void>(catalog_->database().rollback());
  }
}

// "" where what is derived lives in memory.
std::string CaseStore::derived_path(const char* name) const {
  return in_memory_ ? "" : disk_->path(name);
}

Result<void> CaseStore::open_catalog() {
  const bool made = !in_memory_ && TRY(make_private(disk_.get(), kCatalogFile));
  auto opened = Catalog::open(derived_path(kCatalogFile), keys_.catalog);
  if (!opened) return tl::unexpected(std::move(opened).error());
  catalog_ = std::move(*opened);
  mark_ = TRY(catalog_->mark());
  if (made) TRY(disk_->sync());
  return {};
}

Result<void> CaseStore::remove_catalog() {
  catalog_.reset();
  trails_.forget();
  return remove_files(disk_.get(), kCatalogFile);
}

Result<void> CaseStore::remove_derived() {
  TRY(remove_catalog());
  index_.reset();
  TRY(remove_files(disk_.get(), kIndexFile));
  return disk_->sync();
}

Result<void> CaseStore::open_databases(bool may_rebuild) {
  auto opened = open_catalog();
  if (!opened && !(may_rebuild && is_unusable(opened.error()))) return wrap(std::move(opened).error(), "the catalog");
  // One of another version is no damage, nor is one that went around damage before: the log may be mended by now.
  const bool anew = !opened || (may_rebuild && TRY(catalog_->is_partial()));
  if (!opened && opened.error().fault != Fault::Unsupported)
    found_at_open_.push_back({kCatalogFile, 0, "the catalog: made anew from the log"});
  if (anew) {
    TRY(remove_catalog());
    TRY(open_catalog());
  }
  const bool in_memory = derived_path(kCatalogFile).empty();
  const bool tolerant = access_ == Access::Read;
  TRY(expect_acknowledged(tolerant));
  if (may_rebuild || in_memory) TRY(catch_up(tolerant));
  if (!in_memory_) TRY(make_private(disk_.get(), kIndexFile));
  auto index = Database::open(derived_path(kIndexFile), keys_.index);
  if (!index && is_unusable(index.error()) && may_rebuild) {
    found_at_open_.push_back({kIndexFile, 0, "the index: made anew"});
    TRY(remove_files(disk_.get(), kIndexFile));
    TRY(make_private(disk_.get(), kIndexFile));
    index = Database::open(disk_->path(kIndexFile), keys_.index);
  }
  index_ = TRY(std::move(index));
  return {};
}

// On a read-only medium or a full disk a case can still be read: what is derived is derived anew, in memory.
Result<void> CaseStore::derive_in_memory() {
  in_memory_ = true;
  catalog_.reset();
  index_.reset();
  trails_.forget();
  return open_databases(false);
}

// The catalog only ever remembers what was acknowledged before: a log that ends earlier has lost something.
Result<void> CaseStore::expect_acknowledged(bool tolerant) {
  const ChunkPlace end = mark_.end.chunk;
  std::uint64_t size = 0;
  if (const auto file = reader_.segment(end.segment)) size = TRY((*file)->size());
  const bool begins_segment = end.offset == kSegmentHead && end.segment > 1;
  if (size >= end.offset || begins_segment) return {};
  const std::string what = "ends before what was acknowledged";
  if (!tolerant) return fail(Fault::Malformed, segment_name(end.segment) + " " + what);
  found_at_open_.push_back({segment_name(end.segment), size, what});
  return {};
}

Result<void> CaseStore::catch_up(bool tolerant) {
  auto done = catch_up_once(tolerant);
  if (!catalog_failed_) return done;
  catalog_failed_ = false;
  if (catalog_->database().in_transaction()) static_cast<void>(catalog_->database().rollback());
  // A catalog that breaks while it is used is made anew, once; damage of the log shows again and is told then.
  found_at_open_ = {{kCatalogFile, 0, "the catalog: made anew from the log"}};
  TRY(remove_catalog());
  TRY(open_catalog());
  return catch_up_once(tolerant);
}

// As far as there are files, whatever stands in them.
Result<ChunkPlace> CaseStore::end_of_log() {
  ChunkPlace out = mark_.end.chunk;
  for (const std::string& name : TRY(disk_->list())) out.segment = std::max(out.segment, segment_number(name));
  if (const auto file = reader_.segment(out.segment)) {
    const std::uint64_t size = TRY((*file)->size());
    out.offset = std::max(out.segment == mark_.end.chunk.segment ? mark_.end.chunk.offset : 0U,
                          static_cast<std::uint32_t>(std::min<std::uint64_t>(size, UINT32_MAX)));
  }
  return out;
}

Result<void> CaseStore::catch_up_once(bool tolerant) {
  Database& db = catalog_->database();
  TRY(db.begin());
  const bool from_start = mark_.sequence == 0;
  if (from_start && keys_.epoch > 0) TRY(take_key_table(tolerant));
  const std::string_view phase = from_start ? "making the catalog" : "bringing the catalog up to date";
  const ChunkSealer& sealer = reader_.sealer();
  const std::uint64_t begin = sealer.bytes_before(mark_.end.chunk);
  const std::uint64_t log_end = sealer.bytes_before(TRY(end_of_log()));
  std::uint64_t groups = 0;
  bool partial = false;
  LogVisitor visitor;
  visitor.record = [this](RecordKind kind, Address address) { return apply(kind, address); };
  visitor.group = [&](const LogMark& mark) -> Result<void> {
    mark_.end = mark.end;
    mark_.sequence = mark.sequence;
    mark_.records = mark.records;
    mark_.chain = mark.chain;
    TRY(in_catalog(catalog_->settle()));
    TRY(in_catalog(catalog_->set_mark(mark_)));
    TRY(tell(phase, sealer.bytes_before(mark.end.chunk) - begin, log_end - begin));
    if (++groups % kGroupsAtOnce != 0) return {};
    TRY(db.commit());
    return db.begin();
  };
  if (tolerant)
    visitor.damage = [&](ChunkPlace place, const std::string& what) {
      partial = true;
      found_at_open_.push_back({segment_name(place.segment), place.offset, what});
    };
  const LogMark from = mark_;
  LogMark end;
  TRY(walk_log(&reader_, from, visitor, &end));
  if (partial) TRY(in_catalog(catalog_->set_partial()));
  TRY(in_catalog(catalog_->merge_joins(1)));
  return in_catalog(db.commit());
}

// Marks a failure as the catalog's, which can be made anew, apart from the log's, which cannot.
Result<void> CaseStore::in_catalog(Result<void> done) {
  if (!done && is_unusable(done.error())) catalog_failed_ = true;
  return done;
}

// The keys of all records up to the last forgetting.
Result<void> CaseStore::take_key_table(bool tolerant) {
  auto taken = read_key_table(disk_.get(), keys_, [this](const NumberedKey& key) { return catalog_->add_key(key); });
  mark_.next_key = keys_.next_key;
  if (taken || !tolerant) return taken;
  found_at_open_.push_back({"", 0, taken.error().text()});
  return {};
}

// A key that stood before the last forgetting and is not there now has left with what it sealed.
Result<bool> CaseStore::is_forgotten(Address address) {
  if (address >= keys_.through) return false;
  auto query = TRY(catalog_->database().prepare("SELECT 1 FROM keys WHERE number=?1"));
  query.bind(1, TRY(key_number(address)));
  return !TRY(query.step());
}

// What one record says, put into the catalog. Keys come first in their group (walk_log).
Result<void> CaseStore::apply(RecordKind kind, Address address) {
  if (kind == RecordKind::Keys && address < keys_.through) return {};  // in the table, but for those that left
  if (kind < RecordKind::Piece || kind == RecordKind::Kept || kind == RecordKind::Forgotten)
    if (TRY(is_forgotten(address))) return {};
  switch (kind) {
    case RecordKind::Source:
      return in_catalog(
          catalog_->add_source(TRY(unpack_source(TRY(opened_record(address, kind)), keys_.compartment)), address));
    case RecordKind::Outcome:
      return in_catalog(catalog_->add_outcome(TRY(outcome_at(address)), address, TRY(key_number(address))));
    case RecordKind::Decision:
      return in_catalog(catalog_->add_decision(TRY(unpack_decision(TRY(opened_record(address, kind)))), address,
                                               TRY(key_number(address))));
    case RecordKind::Kept:
      return in_catalog(catalog_->add_kept(TRY(unpack_kept(TRY(opened_record(address, kind)))), address));
    case RecordKind::Keys:
      for (const NumberedKey& key : TRY(unpack_keys(TRY(opened_record(address, kind))))) {
        TRY(in_catalog(catalog_->add_key(key)));
        mark_.next_key = std::max(mark_.next_key, key.number + 1);
      }
      return {};
    case RecordKind::Forgotten: return in_catalog(catalog_->add_tombstone(address));
    case RecordKind::Piece:
    case RecordKind::Commit: return {};
  }
  return {};
}

}  // namespace careo
