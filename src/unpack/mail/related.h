// SPDX-License-Identifier: Apache-2.0
// Which part of a multipart/related is its root, and which pages are only frames of it: RFC 2387 and 2557.
#pragma once

#include <vector>

#include "unpack/mail/mime.h"

namespace careo {

/// For each part: is it a page in HTML beside the root of its multipart/related, with an address or id of its own by
/// which the root shows it? Such a page is no text of the mail.
std::vector<bool> frames_of(const ParsedMail& mail);

}  // namespace careo
