// SPDX-License-Identifier: Apache-2.0
// Which parts came with which source, as rows of the search index. Derived from the catalog, as of one position of the
// log: a part that stands in two sources is of both.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/doc_set.h"
#include "store/case.h"

namespace careo {

class Origins {
 public:
  struct From {
    SourceId source;
    std::string word;  ///< what `source:` is followed by: its name where that says one source alone, else its id
    std::string name;  ///< for people; may be typed as well
    DocSet rows;
  };

  /// Walks all parts below each source.
  static Result<Origins> of(Case& held);

  const std::vector<From>& all() const { return all_; }
  /// Of every source that is called so, by id or by name; `value` in lower case.
  DocSet rows(std::string_view value) const;

 private:
  std::vector<From> all_;
};

/// A source's name for people: the last step of its label. The way to it on a machine is nobody's business.
std::string name_of(const Source& source);

}  // namespace careo
