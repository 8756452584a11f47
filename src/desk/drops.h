// SPDX-License-Identifier: Apache-2.0
// A leak that came twice: what a later drop has that the earlier one had not, what it has otherwise, and what is gone.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/case.h"

namespace careo {

enum class Change { New, Changed, Gone };
std::string_view name_of(Change change);

struct DropChange {
  Change change = Change::New;
  Trail trail;  ///< in the later drop; of what is gone, in the earlier one
  std::string name;
  auto operator<=>(const DropChange&) const = default;
};

/// One source, held against the earlier one of the same leak.
struct Drop {
  Source source;
  std::optional<Source> earlier;  ///< none: nothing in the case is an earlier drop of it
  struct Files {
    std::uint64_t fresh = 0, changed = 0, gone = 0, same = 0;  ///< by path below the source, then by bytes
  } files;
  struct Parts {
    std::uint64_t fresh = 0, gone = 0, same = 0;  ///< everything found inside, at any depth, each once
  } parts;
  /// Files, and what stands directly inside those that changed: the mails of a mailbox that grew. Sorted.
  std::vector<DropChange> changes;
};

/// The wanted sources in the order of receiving. An earlier drop of the same leak is the source before it that shares
/// most files, at least half of those of the smaller one; where files share names only, something inside must be the
/// same.
Result<std::vector<Drop>> drops(Case& store, const std::function<bool(const SourceId&)>& wanted);

}  // namespace careo
