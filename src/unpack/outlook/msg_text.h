// SPDX-License-Identifier: Apache-2.0
// The body of an Outlook message: plain text, HTML, or RTF that was made of either ([MS-OXBBODY], [MS-OXRTFEX]).
#pragma once

#include <string>

#include "unpack/outlook/msg_message.h"

namespace careo {

struct MsgText {
  std::string utf8;
  Grade grade = Grade::Checked;
  /// Rich text that holds pictures or objects, or that is all there is: a part of its own.
  Buffer rtf;
  std::string damage;
};

/// Plain text; the HTML or the rich text where there is none, or behind it where it says much more.
MsgText read_msg_text(const MsgMessage& message, std::uint64_t most);

}  // namespace careo
