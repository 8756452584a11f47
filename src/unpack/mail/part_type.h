// SPDX-License-Identifier: Apache-2.0
// What kind of part a header makes, where it says so once, twice or not at all.
#pragma once

#include "unpack/mail/mime.h"

namespace careo {

/// The Content-Type that counts. Of several the first, unless only a later one has a boundary: the parts that it parts
/// would be lost in a text. "" (data() == nullptr) where there is none.
std::string_view content_type_of(const ParsedMail& mail, const MimePart& part);

/// Sets kind, type, disposition and encoding of a part whose fields have been read.
void classify(const ParsedMail& mail, MimePart* part);

/// Does a body that claims no encoding hold nothing but base64 of a format that is known by its first bytes? Programs
/// that made parts by hand forgot to say so.
bool is_unsaid_base64(Bytes body);

}  // namespace careo
