// SPDX-License-Identifier: Apache-2.0
// A disk in memory that remembers every change in order, and can show what a power cut would have left at any moment:
// every synced byte, and of the rest any part. It also breaks on demand. For tests of what must survive.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"

namespace careo {

/// The medium under any number of disks. Copies are the same medium. One thread.
///
/// What a cut may lose (the rules of POSIX, harsher than any one file system): each 512-byte sector of a write, each
/// change of length, each creation, renaming and removal, independently of all others, unless a sync of that file (for
/// its bytes and length) or of the folder (for names) came after it. A lost sector inside the length reads as what was
/// there before, or zeros.
class ReplayMedium {
 public:
  ReplayMedium() : state_(std::make_shared<State>()) {}

  /// A disk on this medium; the medium lives as long as the last of its disks.
  std::unique_ptr<Disk> disk();

  /// How many changes and syncs were asked for so far.
  std::size_t events() const;

  /// What is left when the power goes after the first `events` of them. `seed` chooses what of the unsynced is lost;
  /// seed 0 loses all of it, seed 1 nothing.
  ReplayMedium after_cut(std::size_t events, std::uint64_t seed) const;

  /// From now on the `nth` (from 0) write, truncation, creation or sync fails: half of a write is done before.
  enum class Failing {
    Once,      ///< that one call
    FromThen,  ///< that one and all later ones, until heal(): a full or dead disk
  };
  void fail_at(std::size_t nth, Failing failing, std::string words);
  void heal();

  /// What the `number`th event was, for a person who looks for a fault: "write 000001.seg 48+1000".
  std::string describe(std::size_t number) const;

  /// The files as they are, for tests that look for planted words or flip bits.
  std::vector<std::string> names() const;
  Buffer contents(const std::string& name) const;
  void replace(const std::string& name, Buffer bytes);

 private:
  friend class ReplayFile;
  friend class ReplayFolder;

  struct Event {
    enum class Kind { Create, Write, Truncate, SyncFile, Rename, Remove, SyncFolder };
    Kind kind = Kind::SyncFolder;
    std::size_t file = 0;
    std::string name;
    std::string to;
    std::uint64_t offset = 0;  ///< or the new length
    Buffer bytes;
  };
  struct State {
    std::map<std::string, std::size_t> names;  ///< to the number of the file
    std::vector<Buffer> files;
    std::vector<Event> events;
    bool locked = false;
    std::optional<std::size_t> fail_in;
    Failing failing = Failing::Once;
    std::string words;
    /// What was there before the first event: a medium made by after_cut starts with files.
    std::map<std::string, std::size_t> first_names;
    std::vector<Buffer> first_files;

    /// Io when this call is the one that must fail.
    Result<void> may();
  };
  std::shared_ptr<State> state_;
};

}  // namespace careo
