// SPDX-License-Identifier: Apache-2.0
// The body of an Outlook message: plain text, HTML, or RTF that was made of either ([MS-OXBBODY], [MS-OXRTFEX]).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "unpack/outlook/msg_message.h"

namespace careo {

/// What stands in a `data:` address of the HTML (unpack/text/data_address.h).
struct MsgPicture {
  std::uint64_t node = 0;  ///< the tag of the property times 2^32, and where in the HTML it begins
  std::string media_type;
  Buffer bytes;
};

struct MsgText {
  std::string utf8;
  Grade grade = Grade::Checked;
  /// What the HTML says and does not show (unpack/mail/unshown.h), and what it says of itself.
  std::string unshown;
  std::vector<std::pair<std::string, std::string>> properties;
  /// Rich text that holds pictures or objects, or that is all there is: a part of its own.
  Buffer rtf;
  std::vector<MsgPicture> pictures;
  std::vector<std::string> unread;  ///< in a few words each
};

/// Plain text; the HTML or the rich text where there is none, or behind it where it says much more.
MsgText read_msg_text(const MsgMessage& message, std::uint64_t most);

}  // namespace careo
