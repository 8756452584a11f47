// SPDX-License-Identifier: Apache-2.0
// What stands in an office package and belongs to no page: building blocks, custom XML, cached tables, masters.
#pragma once

#include <set>
#include <string>

#include "unpack/office/package.h"

namespace careo {

/// The words of an XML member that no page shows; "" where there are none. Placeholders of masters and settings of
/// programs are passed over. What is damaged the package says. `addresses` gets those of fields, `unread` why something
/// is not given.
std::string text_of_leftover(const OfficePackage& package, const std::string& name, std::set<std::string>* addresses,
                             std::set<std::string>* unread);

}  // namespace careo
