// SPDX-License-Identifier: Apache-2.0
// careo-worker: the only program that parses what others made. The desk starts it; it is of no use by hand. It links no
// store and no key.
#include <iconv.h>
#include <malloc.h>

#include <cstdio>
#include <string_view>

#include "base/hash.h"
#include "read/readers.h"
#include "render/renderer.h"
#include "unpack/openers.h"
#include "wire/toolbox.h"

namespace {

using careo::Lane;
using careo::Toolbox;

// libarchive converts member names from the code pages that old archivers wrote in. A table is code to glibc, and code
// cannot be loaded in confinement; it leaves again when its last user closes, so these stay open.
void keep_code_pages() {
  for (const char* page :
       {"CP437",  "CP850",      "CP852",      "CP866",      "CP932",       "CP936",  "CP949",    "CP950",   "CP1250",
        "CP1251", "CP1252",     "SHIFT_JIS",  "EUC-JP",     "EUC-KR",      "GBK",    "GB18030",  "BIG5",    "KOI8-R",
        "KOI8-U", "ISO-8859-1", "ISO-8859-2", "ISO-8859-5", "ISO-8859-15", "UTF-16", "UTF-16BE", "UTF-16LE"}) {
    (void)::iconv_open("UTF-8", page);
    (void)::iconv_open(page, "UTF-8");
  }
}

// What is loaded here is shared by every child; what is not, each child would load again, or could not.
void warm_up(const Toolbox& toolbox, Lane lane) {
  (void)careo::sha256("OpenSSL reads its configuration at the first digest");
  careo::Text text;
  text.utf8 = "A line to load tables with.";
  for (const auto* readers : {&toolbox.text_readers, &toolbox.miners, &toolbox.article_miners})
    for (const careo::TextReader* reader : *readers) (void)reader->read(text);
  for (const careo::LayoutReader* reader : toolbox.layout_readers) (void)reader->read(text, {});
  careo::warm_up_light();
  if (lane == Lane::Light) return;
  keep_code_pages();
  careo::warm_up_unpack();
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
  out.layout_readers = careo::layout_readers();
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
  // Libraries read memory that they never wrote and put it into pixels (libheif did: CVE-2026-32882). Filled when it is
  // given and when it is freed, the heap at least holds nothing, and the same every time, for 3 % more page faults.
  constexpr int kFill = 0xff;  // its complement, 0, is what fresh memory holds
  if (*lane != Lane::Light) ::mallopt(M_PERTURB, kFill);
  // What one part needed the next one needs as well; given back in between, it is mapped and zeroed anew.
  constexpr int kKept = 4 << 20;
  ::mallopt(M_TRIM_THRESHOLD, kKept);
  ::mallopt(M_MMAP_THRESHOLD, kKept);
  Toolbox toolbox = make_toolbox();
  toolbox.warm_up = [&toolbox](Lane which) { warm_up(toolbox, which); };
  return careo::serve_worker(toolbox, *lane);
}
