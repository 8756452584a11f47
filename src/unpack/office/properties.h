// SPDX-License-Identifier: Apache-2.0
// What an office package says of itself: properties of the document, those that users added, and where it points to.
#pragma once

#include <set>
#include <string>

#include "unpack/office/package.h"

namespace careo {

/// The value of a reading "document" (docs/formats/documents.md), "{}" where nothing is said. `addresses` are those of
/// the texts.
std::string properties_of(const OfficePackage& package, const std::set<std::string>& addresses);

}  // namespace careo
