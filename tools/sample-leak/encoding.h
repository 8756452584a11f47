// SPDX-License-Identifier: Apache-2.0
// How text travels in mail: charsets, transfer encodings, encoded words (RFC 2045, 2047, 2231).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace careo::sample {

enum class Transfer { SevenBit, EightBit, QuotedPrintable, Base64 };
std::string_view name_of(Transfer transfer);

/// UTF-8 to "us-ascii", "iso-8859-1", "windows-1251", "koi8-r", "koi8-u" or "utf-8"; nothing where a letter has no
/// place there. Typographic quotes, dashes and the like become their plain cousins first where the charset lacks them.
std::optional<std::string> encode(std::string_view utf8, std::string_view charset);

std::string base64(std::string_view bytes);                     ///< one line
std::string base64_lines(std::string_view bytes);               ///< lines of 76, each ended
std::string quoted_printable(std::string_view bytes);           ///< text with '\n' line ends, soft breaks at 76
std::string transferred(std::string_view bytes, Transfer how);  ///< of a body

/// A header's value: as it is where ASCII, else encoded words of at most 75 characters, folded.
enum class Word { Base64, Quoted };
std::string header_text(std::string_view utf8, std::string_view charset, Word how);
/// A parameter `name` with an RFC 2231 value: name*=charset''..., continued over several lines where long.
std::string parameter(std::string_view name, std::string_view utf8, std::string_view charset);

bool is_ascii(std::string_view text);

}  // namespace careo::sample
