// SPDX-License-Identifier: Apache-2.0
// What an office package says of itself: properties of the document, those that users added, and where it points to.
#pragma once

#include <set>
#include <string>

#include "unpack/office/package.h"

namespace careo {

struct OfficeProperties {
  std::string value;       ///< of a reading "document" (docs/formats/documents.md), "{}" where nothing is said
  std::size_t beyond = 0;  ///< addresses that are too many
};

/// `addresses` are those of the texts.
OfficeProperties properties_of(const OfficePackage& package, const std::set<std::string>& addresses);

/// True for the members that properties_of() reads.
bool holds_properties(std::string_view member);

}  // namespace careo
