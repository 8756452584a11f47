// SPDX-License-Identifier: Apache-2.0
// Papers of the same invented states that have no machine-readable zone: licences, national cards, military books,
// birth certificates, migration cards, entry stamps, and picture pages photographed without their zone.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/hash.h"
#include "drawing.h"
#include "goods.h"

namespace careo::sample {

/// One picture of such a paper.
struct BarePaper {
  std::string name;   ///< of the file
  std::string bytes;  ///< JPEG
  Sha256 digest;
  std::string kind;  ///< "driving licence", ..., "passport" for a page without its zone
  Language language = Language::English;
  int person = 0;
  Rendering rendering = Rendering::Scan;
  Quality quality = Quality::Good;
  int turn = 0;
};

/// So many for that many pictures of documents: few, since each may be anyone's and raises the upper bound of persons.
int bare_papers_for(int images);

/// REQUIRES: a plan with persons. The same seed gives the same papers, whatever else the leak holds.
Result<std::vector<BarePaper>> make_bare_papers(std::uint64_t seed, int count, const Plan& plan, Artist* artist);

}  // namespace careo::sample
