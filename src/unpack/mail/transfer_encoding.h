// SPDX-License-Identifier: Apache-2.0
// How a part's body is encoded.
#pragma once

#include <string_view>

namespace careo {

enum class TransferEncoding { Identity, Base64, QuotedPrintable, Uuencode };

/// "base64", and what programs make of it: "(comment) base64", "x-base64", "\"base64\"", "base64;", "quoted_printable".
/// Identity for all others. RFC 2045, section 6.
TransferEncoding transfer_encoding_of(std::string_view value);

}  // namespace careo
