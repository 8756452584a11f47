// SPDX-License-Identifier: Apache-2.0
// Makes pictures to tune the finder on, of every trouble, with what their zones say. Usage: make_pages SEED EACH FOLDER
// writes FOLDER/TROUBLE-N.pgm and FOLDER/list.tsv: file, trouble, lines; an empty cell between zones. See
// train/README.md.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "scene.h"

namespace {

bool save(const careo::Raster& grey, const std::string& path) {
  std::FILE* out = std::fopen(path.c_str(), "wb");
  if (out == nullptr) return false;
  std::fprintf(out, "P5\n%d %d\n255\n", grey.width, grey.height);
  std::fwrite(grey.pixels.data(), 1, grey.pixels.size(), out);
  return std::fclose(out) == 0;
}

}  // namespace

int main(int count, char** words) {
  using namespace careo::train;
  if (count != 4) {
    std::fprintf(stderr, "usage: make_pages SEED EACH FOLDER\n");
    return 2;
  }
  const std::string folder = words[3];
  std::FILE* list = std::fopen((folder + "/list.tsv").c_str(), "w");
  if (list == nullptr) return 3;
  for (const Trouble trouble : AllTroubles) {
    // Each trouble has dice of its own, so that another trouble's changes move none of its pictures.
    Random random(std::strtoull(words[1], nullptr, 10) * 1000 + static_cast<std::uint64_t>(trouble));
    for (int i = 0; i < std::atoi(words[2]); ++i) {
      const Scene scene = random_scene(random, trouble);
      const std::string name = std::string(name_of(trouble)) + "-" + std::to_string(i) + ".pgm";
      if (!save(scene.grey, folder + "/" + name)) return 3;
      std::fprintf(list, "%s\t%s", name.c_str(), name_of(trouble));
      for (std::size_t z = 0; z < scene.zones.size(); ++z) {
        if (z > 0) std::fprintf(list, "\t");
        for (const std::string& line : scene.zones[z]) std::fprintf(list, "\t%s", line.c_str());
      }
      std::fprintf(list, "\n");
    }
  }
  return std::fclose(list) == 0 ? 0 : 3;
}
