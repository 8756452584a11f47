// SPDX-License-Identifier: Apache-2.0
// What is known of names without any case: variants of one given name across languages, names that are so common that
// sharing them says little, endings of patronymics. From resources/names/.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// True when a word of `a` and a word of `b` (folded Latin spellings) are forms of one given name: Jorge and George,
/// Aleksandr and Sasha.
bool are_variants(std::span<const std::string> a, std::span<const std::string> b);

/// True for a folded word that is one of the frequent given names of resources/names/variants.tsv.
bool is_common_given_name(std::string_view folded);

/// True for words that end as Russian and Ukrainian patronymics do: -ovich, -evna, -ович, ...
bool is_patronymic(std::string_view folded);

}  // namespace careo
