// SPDX-License-Identifier: Apache-2.0
// The header fields of mail and what stands in them: RFC 5322, 2045-2047, 2231, 6532, and what real programs write.
//
// All functions take a field's value as it stands in the mail (folded, behind its colon), never fail, and take time
// linear in its length.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// One field; views into the mail.
struct HeaderField {
  std::string_view name;   ///< without the colon and white space before it
  std::string_view value;  ///< from behind the colon through its last line end
};

/// `fallback` is the charset of raw bytes above 0x7F that are not UTF-8 (mail from before RFC 6532): that of the mail's
/// text, or "" to guess.
struct HeaderCharset {
  std::string_view fallback;
};

/// Encoded words decoded (broken ones too), folds made single spaces, line ends and NULs made spaces, trimmed; UTF-8.
std::string decode_header(std::string_view value, HeaderCharset charset = {});

/// Behind the closed encoded word that begins at `at`, or npos where none does: marks of addresses may stand raw in it.
std::size_t end_of_encoded_word(std::string_view value, std::size_t at);

/// Folds made single spaces, trimmed; bytes otherwise as they stand.
std::string unfold(std::string_view value);

/// The ids of Message-ID, In-Reply-To, References: what stands in angle brackets, else each word with an '@' or, where
/// there is none, the whole. At most 2,000.
std::vector<std::string> parse_message_ids(std::string_view value);

/// A comment's or quoted string's end: the index behind its closing mark, or npos where it never closes.
/// REQUIRES: value[at] == '(' or value[at] == '"'.
std::size_t end_of_comment(std::string_view value, std::size_t at);
std::size_t end_of_quoted(std::string_view value, std::size_t at);
/// The inside of a quoted string or comment with its backslashes resolved and its folds made spaces.
std::string unquote(std::string_view inside);

/// Line ends and NULs made spaces from `from` on: inside a value they would let one header forge another wherever it is
/// printed.
void make_one_line(std::string* text, std::size_t from);

}  // namespace careo
