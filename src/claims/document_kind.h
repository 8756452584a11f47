// SPDX-License-Identifier: Apache-2.0
// What a document calls itself: the words it opens with, or failing those its name.
#pragma once

#include <string>
#include <string_view>

namespace careo {

/// "contracts", "tickets", ... (the things of resources/things) by the first twelve words of the text, then by the
/// name of the file; "" where neither says. A document that calls itself a contract is counted as one; whether it
/// binds anybody is not asked.
std::string kind_of_document(std::string_view text, std::string_view name);

/// The thing that a known form ("eticket", as docs/formats/forms.md names them) counts as; "" for forms that count as
/// none.
std::string_view thing_of_form(std::string_view form);

}  // namespace careo
