// SPDX-License-Identifier: Apache-2.0
// What programs of mail note on a mail that they keep: above all that its owner deleted it and it was not yet taken out
// of the file.
#pragma once

#include <string>
#include <string_view>

#include "unpack/mail/mime.h"

namespace careo {

/// By Thunderbird (X-Mozilla-Status, "Expunged"), Evolution (X-Evolution, CAMEL_MESSAGE_DELETED), Pine, Mutt and the
/// IMAP server of the University of Washington (Status and X-Status, "D").
bool is_marked_deleted(const ParsedMail& mail);

/// "read, deleted": those of the number that Apple Mail keeps under "flags" of the property list behind a mail, as far
/// as they are known (jwz.org/hacks/emlx.pl); "" where there is none.
std::string apple_flags(std::string_view property_list);

}  // namespace careo
