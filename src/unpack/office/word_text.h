// SPDX-License-Identifier: Apache-2.0
// The running text of a Word document, in the order and with the marks of office_text.h: the page, then headers,
// footnotes, endnotes, comments, text boxes. Instructions of fields are left out, their results stand.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "evidence/reading.h"
#include "unpack/office/word_file.h"

namespace careo {

struct WordText {
  std::string utf8;
  Grade grade = Grade::Checked;    ///< Unconfirmed where the charset of an old document was guessed
  std::vector<std::string> links;  ///< addresses of hyperlinks
  bool cut = false;                ///< more than `most` bytes of it
  std::set<std::string> unread;    ///< why something that the page shows is not given
};

WordText word_text(const WordFile& file, std::uint64_t most);

/// Who saved the document and where to, oldest first: "NAME PATH" (SttbSavedBy, [MS-DOC] 2.9.287).
std::vector<std::string> word_saved_by(const WordFile& file);

}  // namespace careo
