// SPDX-License-Identifier: Apache-2.0
// Locked things that are damaged or cut off: whatever breaks, the word is at hand and every byte is claimed once.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "unpack/archive/archive.h"
#include "unpack/collected.h"
#include "unpack/office/office.h"

namespace careo {
namespace {

namespace fs = std::filesystem;

TEST(Unlocking, HoldsUnderDamage) {
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(CAREO_SOURCE_DIR "/tests/fuzz/corpus/unlock")) {
    SCOPED_TRACE(entry.path().filename().string());
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string file{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const bool office = entry.path().extension() == ".odt";
    const int rounds = entry.path().extension() == ".rar4" ? 40 : 300;  // a key of RAR 4 takes 0.01 s
    std::mt19937 dice(3);
    for (int round = 0; round < rounds; ++round) {
      std::string broken = file;
      for (int i = 0; i < 3; ++i) broken[8 + dice() % (broken.size() - 8)] = static_cast<char>(dice());
      if (dice() % 4 == 0) broken.resize(dice() % broken.size());
      const Opener& opener = office ? *office_opener() : *archive_opener();
      if (!opener.may(bytes_of(broken), {})) continue;
      const Collected got = collect(opener, broken, {}, {}, {"w"});
      EXPECT_TRUE(got.type.starts_with("error") || got.adds_up(broken.size()));
      for (const Buffer& inside : got.derived_data)
        if (!inside.empty() && opener.may(inside, {})) (void)collect(opener, text_of(inside));
    }
    ++files;
  }
  EXPECT_GE(files, 9U);
}

}  // namespace
}  // namespace careo
