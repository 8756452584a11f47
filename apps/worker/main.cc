// SPDX-License-Identifier: Apache-2.0
// careo-worker: the only program that parses what others made. The desk starts it; it is of no use by hand. It links no
// store and no key.
#include <cstdio>
#include <string_view>

#include "read/readers.h"
#include "render/renderer.h"
#include "unpack/openers.h"
#include "wire/toolbox.h"

namespace {

using careo::Lane;
using careo::Toolbox;

// What is loaded here is shared by every child; what is not, each child would load again, or could not.
void warm_up(const Toolbox& toolbox, Lane lane) {
  if (lane != Lane::Light) careo::warm_up_unpack();
  careo::Text text;
  text.utf8 = "A line to load tables with.";
  for (const auto* readers : {&toolbox.text_readers, &toolbox.miners, &toolbox.article_miners})
    for (const careo::TextReader* reader : *readers) (void)reader->read(text);
  if (lane == Lane::Light) return;
  careo::Picture blank;
  blank.raster = careo::make_raster(64, 64, 1);
  blank.raster.pixels.assign(blank.raster.pixels.size(), 0xff);
  for (const careo::PictureReader* reader : toolbox.picture_readers) (void)reader->read(blank);
  if (lane == Lane::Ocr) (void)toolbox.recogniser->recognise(blank);
}

Toolbox make_toolbox() {
  Toolbox out;
  out.light = careo::light_openers();
  out.library = careo::library_openers();
  out.text_readers = careo::text_readers();
  out.miners = careo::miners();
  out.article_miners = careo::article_miners();
  out.picture_readers = careo::picture_readers();
  out.recogniser = careo::recogniser();
  out.renderer = careo::renderer();
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const auto lane = argc == 3 && std::string_view(argv[1]) == "--lane" ? careo::lane_named(argv[2]) : std::nullopt;
  if (!lane) {
    std::fputs("careo: error: the worker is started by careo itself\n", stderr);
    return 2;
  }
  Toolbox toolbox = make_toolbox();
  toolbox.warm_up = [&toolbox](Lane which) { warm_up(toolbox, which); };
  return careo::serve_worker(toolbox, *lane);
}
