// SPDX-License-Identifier: Apache-2.0
// What a mail's header says beside sender, receivers, dates and subject: the way it came, and all that programs and
// servers put down, as in X-Originating-IP.
#pragma once

#include <span>

#include "base/json.h"
#include "unpack/mail/header.h"

namespace careo {

/// Writes the members "hops" (each Received line, RFC 5321, section 4.4, the youngest first) and "fields" (all fields
/// that no other member of the reading `mail` is made of) where there are any. Signatures, which no person reads, are
/// left out: they stand in the mail. At most 100 hops, 200 fields, and 4,096 bytes of each value.
void write_other_fields(std::span<const HeaderField> fields, HeaderCharset charset, JsonWriter* json);

/// A field's value as it is given: decoded, at most 4,096 bytes and a mark that it was longer.
std::string field_value(std::string_view raw, HeaderCharset charset);

}  // namespace careo
