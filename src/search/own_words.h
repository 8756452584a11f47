// SPDX-License-Identifier: Apache-2.0
// What a mail says itself: its text without what it quotes of others.
#pragma once

#include <string>
#include <string_view>

namespace careo {

/// Without lines that begin with '>', the line that introduces them ("On ... wrote:"), and all behind a rule of the
/// kind
/// "-----Original Message-----" or a header block of Outlook ("From:", "Sent:") where something stands before it: a
/// mail that only forwards says what it forwards. Without what its pages say and do not show, too, which stands behind
/// it in brackets (unpack/mail/unshown.h). English, Spanish, Russian, Ukrainian, German, French.
std::string own_words(std::string_view text);

}  // namespace careo
