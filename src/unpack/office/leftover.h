// SPDX-License-Identifier: Apache-2.0
// What stands in an office package and belongs to no page: building blocks, custom XML, cached tables, masters.
#pragma once

#include <set>
#include <string>

#include "unpack/office/package.h"
#include "unpack/office/text.h"

namespace careo {

/// The words of an XML member that no page shows; "" where there are none. Placeholders of masters and settings of
/// programs are passed over. What is damaged the package says. `context` is the document's, for members without styles
/// and lists of their own; those that are read for one are added to `again`.
std::string text_of_leftover(const OfficePackage& package, const std::string& name, OoxmlContext* context,
                             std::set<std::string>* again);

}  // namespace careo
