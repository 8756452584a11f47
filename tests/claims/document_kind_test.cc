// SPDX-License-Identifier: Apache-2.0
#include "claims/document_kind.h"

#include <gtest/gtest.h>

#include "reference/form_template.h"
#include "reference/resources.h"

namespace careo {
namespace {

TEST(DocumentKind, WhatItOpensWithThenItsName) {
  EXPECT_EQ(kind_of_document("CONTRATO N. 4 entre las partes", "scan.pdf"), "contracts");
  EXPECT_EQ(kind_of_document("Dear all,", "ticket.pdf"), "tickets");
  EXPECT_EQ(kind_of_document("Dear all,", "note.txt"), "");
}

TEST(DocumentKind, AKnownFormMayCountAsAThing) {
  EXPECT_EQ(thing_of_form("military_service_contract"), "contracts");
  EXPECT_EQ(thing_of_form("boarding_pass"), "tickets");
  EXPECT_EQ(thing_of_form("invoice"), "");
  for (const auto& row : table_rows(resource("documents/forms.tsv"))) EXPECT_TRUE(is_known_form(row[0])) << row[0];
}

}  // namespace
}  // namespace careo
