// SPDX-License-Identifier: Apache-2.0
// Confinement must change no text and no pixel. A library that misses a file it loads late says nothing about it, so
// only comparing finds it. All files: parity_wire FOLDER.
#include "wire/parity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace careo {
namespace {

constexpr const char* kWorker = CAREO_BINARY_DIR "/careo-worker";

void expect_parity(const std::string& folder, std::size_t most) {
  if (!std::filesystem::exists(kWorker)) GTEST_SKIP() << "skipped: careo-worker is not built";
  const std::string data = std::string(CAREO_SOURCE_DIR "/../shared/data/") + folder;
  if (!std::filesystem::exists(data)) GTEST_SKIP() << "skipped: no data in ../shared/data/" << folder;
  const ParityCount got = compare_confinement(kWorker, data, most);
  EXPECT_GE(got.parts, std::min<std::size_t>(most, 10));
  EXPECT_EQ(got.refused_files, 0U);
  for (const std::string& difference : got.differences) ADD_FAILURE() << difference;
}

TEST(Parity, Mail) {
  expect_parity("mail", 30);
}

TEST(Parity, Messages) {
  expect_parity("msg", 60);
}

TEST(Parity, Pdf) {
  expect_parity("hostile/pdf", 20);
}

}  // namespace
}  // namespace careo
