// SPDX-License-Identifier: Apache-2.0
// The words that identity documents print around what they say: titles, labels of fields, words of stamps. From
// resources/documents/identity.tsv.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// A word of a line: folded letters or digits, and the bytes [begin, end) of the line it was made from.
struct PrintedToken {
  std::string folded;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_number() const { return !folded.empty() && folded.front() >= '0' && folded.front() <= '9'; }
};

/// Runs of letters and runs of digits, each a token: "15MAR63" is three. № and N.º are "no".
std::vector<PrintedToken> printed_tokens(std::string_view line);

enum class IdentityRole { Title, Label, Border, Form };

struct IdentityPhrase {
  IdentityRole role = IdentityRole::Label;
  std::string_view what;  ///< the field of a label, what the title says the paper is
  std::string_view text;  ///< the phrase, folded
  std::size_t first = 0;  ///< token
  std::size_t count = 0;  ///< tokens
};

/// The phrases in `tokens`, the longest at each place, in order, none inside another. Words of six letters and more
/// may have one letter wrong: labels are printed small.
std::vector<IdentityPhrase> identity_phrases(const std::vector<PrintedToken>& tokens);

/// Whether a folded word is one of some label's: "given" is, where the "names" behind it were not recognised.
bool is_label_word(std::string_view folded);

/// The number of the month that a folded word begins, 1..12, or 0.
int month_begun_by(std::string_view folded);

}  // namespace careo
