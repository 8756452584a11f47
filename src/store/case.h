// SPDX-License-Identifier: Apache-2.0
// A case on disk: the sealed log that is the truth, and the catalog derived from it.
//
// One writer at a time. Reading calls are safe beside each other on one thread; see docs/formats/log.md.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "evidence/decision.h"
#include "evidence/outcome.h"
#include "evidence/source.h"
#include "store/join_keys.h"

namespace careo {

class Database;

/// What opens a case: exactly one is set.
struct Key {
  std::string passphrase;
  std::string key_file;  ///< path; never inside the case
  std::string recovery;  ///< the words of the recovery sheet
  std::string bytes;     ///< 32 bytes that a key file would hold, for a case that lives no longer than its process
};

/// What place of a part the inventory and the faces show.
struct PlaceRow {
  PartId part;
  std::optional<PartId> parent;  ///< none: the file of a source
  SourceId source;               ///< of root places
  Step step;
  std::string name;
};

/// A part as the catalog knows it.
struct PartRow {
  Part part;
  PartId id;
  std::string media_type;
  std::optional<State> state;  ///< none: waiting to be opened, or to be looked at
  std::string reason;
  std::string title;  ///< subject or name, for lists
  std::string date;   ///< ISO 8601 or ""

  /// "read", "cut", "kept", "failed" or "waiting".
  std::string_view outcome() const { return state ? name_of(*state) : "waiting"; }
};

/// An opened part as the catalog alone tells it: for walks that look into few outcomes.
struct OpenedRow {
  PartId part;
  std::uint64_t length = 0;
  std::string media_type;
  std::string date;            ///< of a mail, as it says; ISO 8601 or ""
  std::uint64_t children = 0;  ///< directly inside it
  bool mail = false;           ///< a reading of kind "mail" stands in it
  bool in_mail = false;        ///< each of its places is inside a mail
};

/// The account of every part (architecture: "The inventory cannot flatter itself").
struct Inventory {
  std::uint64_t parts = 0, read = 0, cut = 0, kept = 0, duplicate = 0, failed = 0, waiting = 0, bytes = 0;
  std::uint64_t forgotten = 0;            ///< parts that were here; in none of the others
  std::optional<std::uint64_t> expected;  ///< sum of the containers' own counts where every container gives one
  bool adds_up = true;
  struct Row {
    Trail trail;
    std::string name, outcome, reason, media_type;
    std::uint64_t bytes = 0;
    std::uint64_t unread = 0;
    bool adds_up = true;
  };
  std::vector<Row> rows;  ///< parts that were not simply read, and containers whose sums are off; sorted by trail
  struct Folder {
    SourceId source;
    std::string path;
  };
  std::vector<Folder> empty_folders;  ///< of the sources, by source and path; no parts, and in none of the numbers
};

/// How parts ended, each counted once.
struct EndedAs {
  std::uint64_t read = 0, cut = 0, kept = 0, failed = 0, waiting = 0;
};

/// What stands directly inside a part.
struct ContentRow {
  Trail trail;
  std::string name;  ///< as the container names it
  PartRow part;
  std::uint64_t children = 0;  ///< directly inside it
  EndedAs below;               ///< itself and all inside it, at any depth
  bool first = true;           ///< false: a further place of a part that stands elsewhere too
};
struct Contents {
  std::uint64_t total = 0;  ///< places at this level; `rows` is a page of them
  EndedAs below;
  std::vector<ContentRow> rows;
};

/// What stays of something that was forgotten: that it was here, who took it out and why, and by what it is known
/// should it come again. Nothing of what it was.
struct Tombstone {
  Instant at = 0;
  std::string by;
  std::string reason;
  std::uint64_t parts = 0;
  std::array<std::uint8_t, 16> salt{};
  std::vector<Sha256> digests;  ///< SHA-256 over the salt and the hash of each part's bytes; sorted
  std::vector<Sha256> emptied;  ///< the same of what held them, and lost its own bytes

  Sha256 digest_of(const Sha256& bytes) const;
  bool holds(const Sha256& bytes) const;
  bool was_emptied(const Sha256& bytes) const;
};

/// What forgetting does, before and after it was done. Rows are sorted by trail.
struct Forgetting {
  struct Row {
    Trail trail;
    std::string name;
    std::uint64_t bytes = 0;
    auto operator<=>(const Row&) const = default;
  };
  std::uint64_t parts = 0;      ///< that go
  std::uint64_t decisions = 0;  ///< that go: those that name one of them
  std::vector<Row> goes;        ///< each place of what was named, and each part inside it that stands nowhere else
  std::vector<Row> hollow;      ///< what held it: stays with all else that was read, but loses its own bytes
  std::vector<Row> stays;       ///< was inside it too, and stands elsewhere, or is read otherwise there
  std::vector<Row> mentions;    ///< what held it and has its name in a text or reading of its own
};

/// What check() found: every damaged record is named.
struct CheckReport {
  std::string digest;
  std::uint64_t segments = 0, records = 0, bytes = 0;
  struct Damage {
    std::string segment;
    std::uint64_t offset = 0;
    std::string what;  ///< what stood there, as far as the catalog or the index of the log can tell
  };
  std::vector<Damage> damaged;
};

/// Where long work of the case itself stands: making the catalog anew, checking.
struct Headway {
  enum class Unit { Bytes, Outcomes };
  std::string_view phase;
  std::uint64_t done = 0, total = 0;
  Unit unit = Unit::Bytes;
};
/// Told often, must be cheap. Its error ends the work, and is what the work comes to.
using Watch = std::function<Result<void>(const Headway&)>;

class Case {
 public:
  enum class Access { Read, Write };
  /// Makes a case; returns the recovery words, to be printed once and kept on paper.
  static Result<std::string> create(const std::string& path, const Key& key);
  /// Denied for a wrong key; Refused where another writer holds it; Malformed where the log is damaged beyond its
  /// last acknowledged group. The catalog is brought up to the log's end (or rebuilt) before this returns.
  static Result<std::unique_ptr<Case>> open(const std::string& path, const Key& key, Access access,
                                            const Watch& watch = {});
  virtual ~Case() = default;

  // Writing: nothing is acknowledged before commit() returns. commit() is one fsync.
  virtual Result<void> put(const Source& source) = 0;
  virtual Result<void> put(const Outcome& outcome) = 0;  ///< again for the same key: the newer stands
  virtual Result<void> put(Outcome* outcome) = 0;        ///< the same, where two lists of its children are too many
  virtual Result<void> put(const Decision& decision) = 0;
  /// Kept bytes of a part that cannot be recomputed (source files, unpacked members), streamed in.
  virtual Result<void> keep_begin() = 0;
  virtual Result<void> keep(Bytes bytes) = 0;
  /// Ends the stream: `part` names the bytes, whose hash and length the store has checked. Does nothing more where
  /// they are kept already.
  virtual Result<void> keep_end(const Part& part) = 0;
  virtual Result<void> keep_abandon() = 0;
  /// Kept bytes can be read as those of this part before a place leads to it. Nothing of it is written in the log.
  virtual Result<void> announce(const Part& part) = 0;
  virtual Result<void> commit() = 0;
  /// Shows what was acknowledged to those who read beside the writer: else they see it some groups later.
  virtual Result<void> publish() = 0;
  /// Lets go of memory that only spares work: before something large comes in.
  virtual void shed() = 0;
  virtual std::uint64_t pending_bytes() const = 0;  ///< since the last commit
  /// The case as it is now, open for reading once more, for another thread: what is written here meanwhile is not seen
  /// there. Commits first. Unsupported where what is derived lives in memory. REQUIRES: ended before this case.
  virtual Result<std::unique_ptr<Case>> beside() = 0;

  // Reading.
  virtual Result<std::vector<Source>> sources() = 0;
  virtual bool has(const PartId& part, Stage stage) = 0;  ///< an outcome stands
  virtual bool keeps(const PartId& part) = 0;             ///< its bytes are kept in the log itself
  virtual Result<bool> stands(const PartId& part) = 0;    ///< a place leads to it from a source
  virtual Result<PartRow> part(const PartId& id) = 0;
  virtual Result<Outcome> outcome(const PartId& part, Stage stage) = 0;
  virtual Result<std::uint64_t> length(const PartId& part) = 0;
  /// Bytes of a part, from the log or recomputed along a place's Range steps.
  virtual Result<Buffer> bytes(const PartId& part, std::uint64_t offset, std::uint64_t length) = 0;
  virtual Result<std::vector<PlaceRow>> places(const PartId& part) = 0;
  virtual Result<Trail> trail(const PartId& part) = 0;  ///< its first place: fewest steps, then smallest
  virtual Result<PartId> find(const Trail& trail) = 0;  ///< the part a trail leads to; the region is ignored
  /// Every part that waits for `stage`: a place stands, and no outcome; to be opened, also one whose bytes had vanished
  /// and are kept by now; to be looked at, only what has pages to draw. Sorted by id.
  virtual Result<std::vector<PartId>> waiting(Stage stage) = 0;
  /// The same without what vanished, of the later stages what was opened, a page at a time and in order of finding: a
  /// queue of millions stands in the catalog and nowhere else. `place` begins at 0 and moves on; what is found
  /// meanwhile comes behind it, but for a part whose place had gone: nothing waits where a page is empty that began at
  /// 0.
  struct Waiting {
    Part part;
    std::uint32_t depth = 0;  ///< fewest steps from a source
  };
  virtual Result<std::vector<Waiting>> waiting(Stage stage, std::uint64_t* place, std::uint64_t limit) = 0;
  virtual Result<std::uint64_t> count_waiting(Stage stage) = 0;
  /// Parts whose bytes had vanished when they were to be opened, and are kept by now.
  virtual Result<std::vector<Waiting>> returned() = 0;
  /// Every opened part of these media types without an outcome of `stage`, in order of finding. "image/" is all images.
  virtual Result<std::vector<PartId>> opened_without(Stage stage, const std::vector<std::string>& types) = 0;
  /// Every part whose outcome of `stage` is cut or failed. Sorted by id.
  virtual Result<std::vector<PartId>> unfinished(Stage stage) = 0;
  /// Calls `row` for each reading of a kind in every outcome, in order of (part, region); stops on its error.
  virtual Result<void> readings(std::string_view kind,
                                const std::function<Result<void>(const PartId&, const Reading&)>& row) = 0;
  virtual Result<std::vector<Decision>> decisions() = 0;
  /// Without rows and folders where only the sums are asked for: a leak that was handed over twice has as many rows as
  /// parts.
  enum class Rows { All, None };
  virtual Result<Inventory> inventory(Rows rows = Rows::All) = 0;
  /// One level of the inventory: inside a part, or (a trail without steps) the files of a source. In order of finding.
  virtual Result<Contents> contents(const Trail& trail, std::uint64_t offset, std::uint64_t limit) = 0;
  /// The part that a trail leads to and all inside it at any depth, each once; a trail without steps: all of a source.
  virtual Result<std::vector<PartId>> below(const Trail& trail) = 0;
  enum class Depth { Digest, EveryByte };
  virtual Result<CheckReport> check(Depth depth, const Watch& watch = {}) = 0;
  /// What stands at a trail, everywhere it stands, with all inside it; a trail without steps: a whole source. NotFound
  /// where nothing does.
  virtual Result<Forgetting> would_forget(const Trail& trail) = 0;
  /// Does it, for good: the keys leave, and what is derived is made anew. REQUIRES: nothing holds index_database(), and
  /// nobody reads beside. Where it is interrupted, the next opening ends it.
  virtual Result<Forgetting> forget(const Trail& trail, Instant at, std::string by, std::string reason) = 0;
  virtual Result<std::vector<Tombstone>> tombstones() = 0;  ///< in the order of forgetting
  /// What stands and was forgotten before, or was emptied and has its bytes: it came again inside something that was
  /// added later. In the order of the catalog.
  virtual Result<std::vector<PartId>> come_again() = 0;
  /// The derived database, for rooms that keep an index beside the catalog (search/). It has its own key.
  virtual Database& index_database() = 0;
  /// How far the log goes, for what is derived from it: grows with every commit.
  virtual std::uint64_t log_position() const = 0;
  /// Outcomes behind a log position, in log order: what a derived index has not yet seen. Of parts that stand only.
  virtual Result<void> outcomes_since(std::uint64_t position,
                                      const std::function<Result<void>(const Outcome&)>& row) = 0;
  virtual Result<std::uint64_t> count_outcomes_since(std::uint64_t position) = 0;
  /// Every part that was opened and stands, in log order, without a look into the log.
  virtual Result<void> opened(const std::function<Result<void>(const OpenedRow&)>& row) = 0;
  /// The parts in which a value of that kind was read, sorted by id. The key is as store/join_keys.h makes it.
  virtual Result<std::vector<PartId>> joined(JoinKind kind, std::string_view key) = 0;
};

}  // namespace careo
