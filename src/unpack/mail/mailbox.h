// SPDX-License-Identifier: Apache-2.0
// A file of many mails (mbox, every variant, and MMDF), cut apart without holding it. Rules: docs/formats/mail.md.
#pragma once

#include <string_view>

#include "evidence/opener.h"

namespace careo {

const Opener* mailbox_opener();  ///< "mailbox/5"

/// How surely a line "From ..." begins a mail.
enum class FromLine {
  No,
  Weak,    ///< only where a header follows and a blank line or the file's begin stands before it
  Strong,  ///< a sender and a date as mail programs write them
};
/// `line` without its line end.
FromLine from_line(std::string_view line);

}  // namespace careo
