// SPDX-License-Identifier: Apache-2.0
// The use cases that feed a case: adding sources, adding articles, reading files without a case.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "desk/intake.h"
#include "desk/session.h"

namespace careo {

enum class Patience {
  Documents,   ///< return when everything is opened and looked at: mails, documents, identity documents (1 and 2)
  Everything,  ///< also dates, figures and contacts in texts, and text out of pictures (stages 3 and 4)
};

struct AddRequest {
  std::vector<std::string> paths;
  SourceNote note;
  Patience patience = Patience::Documents;
  IntakeOptions intake;
};

/// What marks a source as an article: its `how`.
inline constexpr std::string_view kArticle = "article";

/// Adds each path as a source of its own; without paths, goes on with what waits. Refused with "stopped" when
/// interrupted: a repeat resumes.
Result<void> add(Session& session, const AddRequest& request, Progress& progress, const StopFlag& stop);

/// Reads a round of what came as a stream; its pages are looked at when all rounds came.
Result<void> add_round(Session& session, const Gathering& round, const IntakeOptions& options, Progress& progress,
                       const StopFlag& stop);

/// Looks at the pages that are still to be looked at.
Result<void> look(Session& session, const IntakeOptions& options, Progress& progress, const StopFlag& stop);

/// Adds files as articles: their statements and figures are read at once.
Result<void> add_articles(Session& session, const AddRequest& request, Progress& progress, const StopFlag& stop);

/// Reads a source that the case holds already as an article.
Result<void> read_article(Session& session, const Source& source, const IntakeOptions& options, Progress& progress,
                          const StopFlag& stop);

/// One part met while reading files without a case, with what came of it at one stage.
struct Met {
  std::string file;  ///< as the caller named it
  Trail trail;
  PartRow part;
  Outcome outcome;
  /// The picture at a region of it as PNG, drawn by a confined worker. Good only while it is being told.
  std::function<Result<Buffer>(const Region&, int max_side)> picture;
};

/// What is said last of a file.
struct FileEnd {
  std::string file;
  std::string outcome, reason;
  std::uint64_t parts = 0;
  std::uint64_t unread = 0;
};

/// Unpacks and reads files in a throwaway case; tells every outcome of every part, file by file, in order of places.
/// A file that cannot be read at all is a FileEnd with "failed", not an error.
Result<void> read_files(const AddRequest& request, Progress& progress, const StopFlag& stop,
                        const std::function<void(const Met&)>& met, const std::function<void(const FileEnd&)>& end);

}  // namespace careo
