// SPDX-License-Identifier: Apache-2.0
// Letters as lexicons are keyed: lower case, Latin accents gone, ё as е, ’ as '.
#pragma once

#include <string>
#include <string_view>

namespace careo {

bool is_letter(char32_t c);  ///< letters and the marks that belong to them; not the ordinal signs ª and º
bool is_upper(char32_t c);
char32_t fold_letter(char32_t c);
/// Never longer than `text` in bytes, except where a lower case is longer than its capital in UTF-8.
std::string fold(std::string_view text);

}  // namespace careo
