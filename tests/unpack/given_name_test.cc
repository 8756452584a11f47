// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/given_name.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

TEST(GivenName, WhatProgramsNumberIsNone) {
  for (const std::string_view made :
       {"", "Picture 3", "TextBox 12", "Рисунок 1", "图片 1", "Shape1", "Title 1", "Google Shape;54;p13", "image3.png",
        "Rectangle: Rounded Corners 5", "3 Imagen", "2 Marcador de contenido", "10 CuadroTexto", "0 Título",
        "officeArt object", "Picture"})
    EXPECT_FALSE(is_given_name(made)) << made;
}

TEST(GivenName, WhatAPersonMayHaveWrittenIsOne) {
  for (const std::string_view given :
       {"stamp of the mayor", "scan_0815.jpg", "2 casas", "Imagen del alcalde", "12 Monkeys", "firma Ana 3b"})
    EXPECT_TRUE(is_given_name(given)) << given;
}

TEST(GivenName, BookmarksOfProgramsAreNone) {
  for (const std::string_view made : {"_GoBack", "OLE_LINK1", "Text7", "kix.9x", "id.gjdgxs", "h.30j0zll",
                                      "docs-internal-guid-5d2a8f3c-7fff-1e2d-7a0b-0c6f3f1f2f3a"})
    EXPECT_FALSE(is_given_bookmark(made)) << made;
  EXPECT_TRUE(is_given_bookmark("the_price"));
}

}  // namespace
}  // namespace careo
