// SPDX-License-Identifier: Apache-2.0
// Makes pictures to tune the finder on, of every trouble, with what their zones say. Usage: make_pages SEED EACH FOLDER
// [TROUBLE...] writes FOLDER/TROUBLE-N.jpg and FOLDER/list.tsv: file, trouble, lines; an empty cell between zones. See
// train/README.md.
#include <jpeglib.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "scene.h"

namespace {

// As colours with a warm cast, since cameras and scanners keep three channels; fine enough to leave the picture as it
// is.
bool save(const careo::Raster& grey, const std::string& path) {
  std::FILE* out = std::fopen(path.c_str(), "wb");
  if (out == nullptr) return false;
  jpeg_error_mgr errors;
  jpeg_compress_struct info;
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  jpeg_stdio_dest(&info, out);
  info.image_width = static_cast<JDIMENSION>(grey.width);
  info.image_height = static_cast<JDIMENSION>(grey.height);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 93, TRUE);
  jpeg_start_compress(&info, TRUE);
  std::vector<std::uint8_t> line(static_cast<std::size_t>(grey.width) * 3);
  for (int y = 0; y < grey.height; ++y) {
    for (std::size_t x = 0; x < static_cast<std::size_t>(grey.width); ++x) {
      const int v = grey.row(y)[x];
      line[3 * x] = static_cast<std::uint8_t>(v);
      line[3 * x + 1] = static_cast<std::uint8_t>(v * 249 / 255);
      line[3 * x + 2] = static_cast<std::uint8_t>(v * 236 / 255);
    }
    JSAMPROW row = line.data();
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  return std::fclose(out) == 0;
}

bool wanted(std::string_view name, int count, char** words) {
  for (int i = 0; i < count; ++i) {
    if (name == words[i]) return true;
  }
  return count == 0;
}

}  // namespace

int main(int count, char** words) {
  using namespace careo::train;
  if (count < 4) {
    std::fprintf(stderr, "usage: make_pages SEED EACH FOLDER [TROUBLE...]\n");
    return 2;
  }
  const std::string folder = words[3];
  std::FILE* list = std::fopen((folder + "/list.tsv").c_str(), "w");
  if (list == nullptr) return 3;
  for (const Trouble trouble : AllTroubles) {
    if (!wanted(name_of(trouble), count - 4, words + 4)) continue;
    // Each trouble has dice of its own, so that another trouble's changes move none of its pictures.
    Random random(std::strtoull(words[1], nullptr, 10) * 1000 + static_cast<std::uint64_t>(trouble));
    for (int i = 0; i < std::atoi(words[2]); ++i) {
      const Scene scene = random_scene(random, trouble);
      const std::string name = std::string(name_of(trouble)) + "-" + std::to_string(i) + ".jpg";
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
