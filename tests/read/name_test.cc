// SPDX-License-Identifier: Apache-2.0
#include "read/name.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace careo {
namespace {

std::vector<std::string> names(std::string_view text, std::string_view language) {
  std::vector<std::string> out;
  Text source;
  source.utf8 = text;
  source.language = language;
  for (const Reading& reading : name_reader().read(source)) out.push_back((*Json::parse(reading.value))["name"].text());
  return out;
}

using Strings = std::vector<std::string>;

TEST(Name, NeedsMoreThanCapitals) {
  EXPECT_EQ(names("Then Miguel Díaz-Canel met Orla Tenbrook, the harbour master.", "en"),
            (Strings{"Miguel Díaz-Canel", "Orla Tenbrook"}));
  EXPECT_EQ(names("Lieutenant Oosting saw Dr. J. Petrakov's list.", "en"), (Strings{"Oosting", "J. Petrakov"}));
  EXPECT_EQ(names("a nombre de Ulpiano de la Torre Seco", "es"), (Strings{"Ulpiano de la Torre Seco"}));
  EXPECT_EQ(names("встреча с Иваном и Сергей Петрович Лужин там", "ru"), (Strings{"Сергей Петрович Лужин"}));
  EXPECT_TRUE(names("The Foreign Ministry and the World Food Program in New York on Monday", "en").empty());
}

TEST(Name, KnowsASurnameAgain) {
  EXPECT_EQ(names("Ana Ruiz came. Later Ruiz left for Havana.", "en"), (Strings{"Ana Ruiz", "Ruiz"}));
}

}  // namespace
}  // namespace careo
