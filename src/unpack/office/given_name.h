// SPDX-License-Identifier: Apache-2.0
// Names of things in office documents: those that a person may have given, and those that programs number.
#pragma once

#include <string_view>

namespace careo {

/// Of shapes, pictures and tables (docPr and cNvPr; ECMA-376 part 1, 20.4.2.5, 19.3.1.12). False for what programs
/// write in any language: words and a number ("TextBox 3", "Рисунок 1", "Shape1", in Spanish "3 Imagen"), "Google
/// Shape;54;p13", "image3.png", "officeArt object" (Apple Pages).
bool is_given_name(std::string_view name);

/// Of bookmarks (17.13.6.2). False for those that begin with "_", as Word's own do, and for those of links, forms and
/// Google's documents ("OLE_LINK1", "Text1", "kix.9x", "id.gjdgxs").
bool is_given_bookmark(std::string_view name);

}  // namespace careo
