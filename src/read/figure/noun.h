// SPDX-License-Identifier: Apache-2.0
// What a number counts: the noun behind it and the rest of its clause.
#pragma once

#include <string_view>
#include <vector>

#include "read/figure/figure.h"

namespace careo {

/// Fills `counted`, `thing`, `predicate` and, where no unit of measure stands, `unit` and `kind`; the counted noun is
/// then the figure's unit and part of its span. `taken`: tokens of dates and addresses, where a noun ends.
void count_noun(const Tokens& tokens, std::string_view language, const std::vector<bool>& taken, FigureMention* figure);

/// "The passports are about 200", "el número de pasaportes asciende a 200": the noun in front of a figure that counts
/// nothing behind it. Sets `counted`, `thing`, `unit` and `kind`; the span stays.
void count_noun_before(const Tokens& tokens, std::string_view language, const std::vector<bool>& taken,
                       FigureMention* figure);

/// The thing that `noun` (a folded noun phrase) names in resources/things, by its longest part; "" where unknown.
std::string_view thing_of(std::string_view language, std::string_view noun);

/// First token of the sentence that token `i` stands in, and the token behind its last.
std::size_t sentence_start(const Tokens& tokens, std::size_t i);
std::size_t sentence_end(const Tokens& tokens, std::size_t i);
/// True where a sentence ends in front of token `i`.
bool sentence_breaks(const Tokens& tokens, std::size_t i);

}  // namespace careo
