// SPDX-License-Identifier: Apache-2.0
#include "read/contact.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

std::string first(std::string_view text) {
  const Tokens tokens(text);
  const auto found = contacts_in(tokens);
  return found.empty() ? "" : found[0].value;
}

TEST(Contact, ReadsAddressesAndNumbers) {
  EXPECT_EQ(first("Write to <Ana.Perez+x@Correo.Example.org>."), "ana.perez+x@correo.example.org");
  EXPECT_EQ(first("call +53 7 555-01-01 today"), "+5375550101");
  EXPECT_EQ(first("tel. 555 01 01 22"), "555010122");
  EXPECT_EQ(first("see https://example.org/a?b=1, please"), "https://example.org/a?b=1");
  EXPECT_EQ(first("тел.: 8 (999) 123-45-67"), "89991234567");
}

// The number of a list is none of the number that it counts.
TEST(Contact, ReadsNumbersOfAList) {
  EXPECT_EQ(first("phone numbers:\n1. 9498888888\n2. 9497777777"), "9498888888");
  EXPECT_EQ(first("phone: 12) 555 01 01 22"), "555010122");
  EXPECT_EQ(first("tel. 1.555.010.1122"), "15550101122");
}

TEST(Contact, LeavesOutWhatIsNone) {
  for (const char* text : {"a @ b", "@handle", "12 34 56 78 90", "user@localhost", "1,234,567 people"})
    EXPECT_EQ(first(text), "") << text;
}

}  // namespace
}  // namespace careo
