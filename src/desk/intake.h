// SPDX-License-Identifier: Apache-2.0
// The one way in: from gathered files to acknowledged outcomes, over any number of workers.
#pragma once

#include <memory>
#include <mutex>

#include "desk/gather.h"
#include "desk/groups.h"
#include "search/index.h"
#include "store/case.h"
#include "wire/crew.h"

namespace careo {

struct IntakeOptions {
  CrewOptions crew;
  unsigned crews = 2;                 ///< one thread each; the outcomes are the same for any number
  Indexing indexing = Indexing::Yes;  ///< No: nobody will search (`careo read`)
  unsigned limits = 1;                ///< times the usual limits of time, memory, size and count (`careo retry`)
  /// The lock of a case that other threads ask meanwhile; it outlives the work. None: nobody asks.
  std::recursive_mutex* guard = nullptr;
};

/// Feeds a case. Interrupted anywhere, a repeat of the same calls resumes: what is acknowledged is not done again.
class Intake {
 public:
  Intake(Case& store, SearchIndex& index, IntakeOptions options, Progress& progress, const StopFlag& stop);
  ~Intake();

  /// Records the source and keeps the bytes of its files. A file that is gone or changed since it was hashed ends as
  /// failed: vanished. What was forgotten here before is left out, and told to the progress.
  Result<void> keep(Gathering gathering);

  /// Takes in a file or a folder in rounds, small files first, and opens all of one before the next comes. Killed
  /// anywhere: what came is a source that says how many files are to come; the same call goes on.
  Result<void> take_in(const std::string& path, const SourceNote& note);

  /// Takes in a round of what came as a stream, its bytes kept already, and opens all of it.
  Result<void> take_round(const Gathering& round);

  /// Opens every part that waits, and the parts found in them, until none waits.
  Result<void> open_all();
  /// Looks at the pages of every document that must be drawn for it: behind all texts, since a page may take a second.
  Result<void> look_all();
  /// Reads dates, figures and contacts in the texts of every part that has some.
  Result<void> mine_all();
  /// Reads the articles of a source: statements too.
  Result<void> mine_articles(const Source& source);
  /// Recognises text in every picture part without text of its own. Seconds a page.
  Result<void> recognise_all();

  /// Reads parts again that were read before, and what is found in them for the first time. An outcome takes the place
  /// of the one that stands where supersedes() says so; replaced() names those of the last call.
  Result<void> open_again(const std::vector<PartId>& parts);
  Result<void> look_again(const std::vector<PartId>& parts);
  Result<void> mine_again(const std::vector<PartId>& parts, bool article);
  Result<void> recognise_again(const std::vector<PartId>& parts);
  const std::vector<PartId>& replaced() const;

  /// Merges the index: worth its time after a large add.
  Result<void> settle();

  const Tally& tally() const;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace careo
