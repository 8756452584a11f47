// SPDX-License-Identifier: Apache-2.0
// parity_wire FOLDER [MOST]: does confinement change anything that the real worker reads?
#include "wire/parity.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::size_t most = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : SIZE_MAX;
  const auto got = careo::compare_confinement(CAREO_BINARY_DIR "/careo-worker", argv[1], most);
  for (const std::string& difference : got.differences) std::printf("%s\n", difference.c_str());
  std::printf(
      "%zu parts: %zu read, %zu cut, %zu kept, %zu failed; %zu texts of %zu bytes; %zu refused files; %zu drawn\n",
      got.parts, got.states[0], got.states[1], got.states[2], got.states[3], got.texts, got.text_bytes,
      got.refused_files, got.pictures);
  std::printf("%zu differ; confined %.2f s, open %.2f s\n", got.differences.size(), got.confined_seconds,
              got.open_seconds);
  return got.differences.empty() ? 0 : 1;
}
