// SPDX-License-Identifier: Apache-2.0
// OpenDocument XML with the prefixes that all programs give to its namespaces.
#pragma once

#include <pugixml.hpp>

namespace careo {

/// Gives all elements the usual prefixes; nothing to do in what the usual programs write.
void rename_prefixes(const pugi::xml_document& document);

}  // namespace careo
