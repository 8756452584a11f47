// SPDX-License-Identifier: Apache-2.0
// Naughty strings (../shared/data/hostile/naughty-strings.txt): each reader gives JSON with spans inside the text.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/json.h"
#include "base/text.h"
#include "read/contact.h"
#include "read/date/date.h"
#include "read/figure/figure.h"
#include "read/name.h"
#include "read/statement/statement.h"

namespace careo {
namespace {

void check(const std::string& utf8) {
  Text text;
  text.utf8 = clean_utf8(utf8).text;
  const std::uint64_t length = code_points(text.utf8);
  for (const char* language : {"", "en", "es", "ru", "uk"}) {
    text.language = language;
    for (const TextReader* reader :
         {&contact_reader(), &date_reader(), &figure_reader(), &statement_reader(), &name_reader()})
      for (const Reading& reading : reader->read(text)) {
        ASSERT_TRUE(Json::parse(reading.value)) << reading.value;
        ASSERT_TRUE(reading.region.text);
        ASSERT_LT(reading.region.text->begin, reading.region.text->end);
        ASSERT_LE(reading.region.text->end, length);
      }
  }
}

TEST(HostileText, NaughtyStrings) {
  std::ifstream file(CAREO_SOURCE_DIR "/../shared/data/hostile/naughty-strings.txt");
  if (!file) GTEST_SKIP() << "skipped: ../shared/data/hostile/naughty-strings.txt is not here";
  for (std::string line; std::getline(file, line);) {
    check(line);
    check("“" + line + "”, said " + line + ", about 200 " + line + " on 3 May " + line);
  }
}

TEST(HostileText, NothingAndMuch) {
  check("");
  check(" \n\n ");
  check(std::string(300000, '('));
  std::string quotes;
  for (int i = 0; i < 20000; ++i) quotes += "“ said ";
  check(quotes);
}

}  // namespace
}  // namespace careo
