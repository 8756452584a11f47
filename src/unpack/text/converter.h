// SPDX-License-Identifier: Apache-2.0
// One charset, known by its name, to UTF-8: the names that files use, and ICU's converters behind them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace careo {

/// A charset's name as ICU knows it, in lower case, widened as the WHATWG Encoding Standard does.
std::string normalised_charset(std::string_view name);

/// Names that programs write who did not know the charset either. This and all below take normalised names.
bool says_no_charset(std::string_view name);
bool is_wide_charset(std::string_view name);    ///< UTF-16 or UTF-32
bool is_seven_bit_code(std::string_view name);  ///< bytes below 0x80 are not simply ASCII in it
bool is_known_charset(const std::string& name);

/// Appends `bytes` to `out`; the count of sequences that became U+FFFD, or nothing where the charset is unknown.
std::optional<std::uint64_t> append_as(Bytes bytes, std::string name, std::string* out);

}  // namespace careo
