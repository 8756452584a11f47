// SPDX-License-Identifier: Apache-2.0
// The texts of a presentation before 2007, in the shape and with the marks that PPTX gives: a text for each slide with
// its notes and comments, and one for what stands on all of them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "unpack/office/powerpoint_file.h"

namespace careo {

struct PptText {
  std::vector<std::string> slides;
  std::string
      everywhere;  ///< headers and footers, what masters show beside their places; all texts where no slide is told
  std::vector<std::string> links;
  std::vector<std::string> damage;
  std::set<std::string> unread;  ///< why something that a slide shows is not given
  bool cut = false;              ///< at `most` bytes
};

PptText ppt_text(const PptFile& file, std::uint64_t most);

}  // namespace careo
