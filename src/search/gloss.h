// SPDX-License-Identifier: Apache-2.0
// The same word in other languages: what ~ before a word of a query finds. From resources/glosses/words.tsv, some 160
// things that mails, forms and contracts speak of, in English, Spanish, Russian and Ukrainian.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/query.h"

namespace careo {

/// All forms of every thing that the phrase is a form of, the phrase itself first and each once; only the phrase where
/// nothing is known of it. Field and exactness are the phrase's own.
std::vector<Phrase> glosses_of(const Phrase& phrase);

/// A query of bare words with ~ before each that has glosses; "" where none has, or where it is more than bare words.
std::string with_glosses(std::string_view query);

}  // namespace careo
