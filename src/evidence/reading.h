// SPDX-License-Identifier: Apache-2.0
// A reading: one value read from one part, as written and as understood.
#pragma once

#include <string>
#include <string_view>

#include "evidence/trail.h"

namespace careo {

/// How far a reading may be trusted to say what stands there. "Checked" means read right, never genuine.
enum class Grade {
  Inconsistent,  ///< what was read contradicts itself: a failed check digit, an impossible date
  Doubtful,      ///< read, but other readings are nearly as likely
  Unconfirmed,   ///< read clearly, with nothing to check it against
  Checked,       ///< proved by a check digit with no blind partner, or by a second witness
};

std::string_view name_of(Grade grade);
Result<Grade> parse_grade(std::string_view word);

/// Anchored to (part, region, kind): a better reader shows as a difference and orphans nothing.
struct Reading {
  std::string kind;   ///< "mail", "mrz", "date", ... as docs/formats/json.md lists them
  Region region;      ///< where in its part
  std::string raw;    ///< as written there, UTF-8
  std::string value;  ///< as understood: one JSON value, its shape set by `kind`
  Grade grade = Grade::Unconfirmed;
  std::string reader;  ///< name and version of who read it: "mrz/1"
  bool operator==(const Reading&) const = default;
};

/// The text of a part, or of one page of it: UTF-8, and what it was made from.
struct Text {
  Region region;  ///< empty, or a page
  std::string utf8;
  std::string language;          ///< ISO 639-1, or "" where it could not be told
  Grade grade = Grade::Checked;  ///< Checked: decoded as declared; Unconfirmed: charset guessed; Doubtful: OCR
  std::string reader;
  bool operator==(const Text&) const = default;
};

}  // namespace careo
