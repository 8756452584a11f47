// SPDX-License-Identifier: Apache-2.0
// What OpenDocument (ODF 1.3 part 3) holds and no page shows: controls, variables, names, entries, former contents.
#pragma once

#include <pugixml.hpp>
#include <set>
#include <string>

#include "unpack/office/package.h"

namespace careo {

/// A line for each thing below `root` that is not on its page.
std::string odf_beside(const pugi::xml_node& root);

/// Adds where the elements below `root` point to, outside of the package: "hyperlink http://...", "image ...".
void add_odf_addresses(const pugi::xml_node& root, const OfficePackage& package, std::set<std::string>* addresses);

}  // namespace careo
