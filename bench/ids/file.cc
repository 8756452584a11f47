// SPDX-License-Identifier: Apache-2.0
#include "file.h"

// jpeglib.h wants these first.
#include <cstddef>
#include <cstdio>

#include <jpeglib.h>
#include <png.h>

#include <array>
#include <cmath>
#include <cstdlib>

#include "pixels/image.h"

namespace careo::bench {

namespace {

// How the stored pixels lie, so that turning them by `orientation` (TIFF 6.0 tag 274) gives the shot.
int undo(int orientation) {
  return orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
}

// The smallest EXIF block there is: one entry of one directory, the orientation.
void write_orientation(jpeg_compress_struct* out, int orientation) {
  std::array<unsigned char, 32> block = {'E', 'x',  'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
                                         1,   0x12, 0,   3,   0, 0, 0,   1,   0, 0,  0, 0, 0, 0, 0, 0};
  block[25] = static_cast<unsigned char>(orientation);
  jpeg_write_marker(out, JPEG_APP0 + 1, block.data(), static_cast<unsigned>(block.size()));
}

Buffer jpeg(const Shot& shot) {
  const Raster stored = shot.orientation == 1 ? shot.raster : oriented(shot.raster, undo(shot.orientation));
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_error_mgr errors;
  jpeg_compress_struct out;
  out.err = jpeg_std_error(&errors);
  jpeg_create_compress(&out);
  jpeg_mem_dest(&out, &bytes, &size);
  out.image_width = static_cast<JDIMENSION>(stored.width);
  out.image_height = static_cast<JDIMENSION>(stored.height);
  out.input_components = stored.channels;
  out.in_color_space = stored.channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults(&out);
  jpeg_set_quality(&out, shot.quality, TRUE);
  jpeg_start_compress(&out, TRUE);
  if (shot.orientation != 1) write_orientation(&out, shot.orientation);
  for (int y = 0; y < stored.height; ++y) {
    JSAMPROW row = const_cast<JSAMPROW>(stored.row(y));
    jpeg_write_scanlines(&out, &row, 1);
  }
  jpeg_finish_compress(&out);
  jpeg_destroy_compress(&out);
  Buffer file(bytes, bytes + size);
  std::free(bytes);
  return file;
}

void append(png_structp png, png_bytep bytes, png_size_t count) {
  auto* file = static_cast<Buffer*>(png_get_io_ptr(png));
  file->insert(file->end(), bytes, bytes + count);
}

Buffer png(const Shot& shot) {
  const Raster& raster = shot.raster;
  Buffer file;
  png_structp out = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(out);
  png_set_write_fn(out, &file, append, nullptr);
  png_set_IHDR(out, info, static_cast<png_uint_32>(raster.width), static_cast<png_uint_32>(raster.height), 8,
               raster.channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (shot.dots_across > 0) {
    const auto a_metre = [](double inch) { return static_cast<png_uint_32>(std::lround(inch / 0.0254)); };
    png_set_pHYs(out, info, a_metre(shot.dots_across), a_metre(shot.dots_down), PNG_RESOLUTION_METER);
  }
  png_set_compression_level(out, 3);  // a set is written once and read often, but from a disk that has room
  png_write_info(out, info);
  for (int y = 0; y < raster.height; ++y) png_write_row(out, raster.row(y));
  png_write_end(out, info);
  png_destroy_write_struct(&out, &info);
  return file;
}

}  // namespace

Buffer encode(const Shot& shot) {
  return shot.storage == Shot::Storage::Jpeg ? jpeg(shot) : png(shot);
}

std::string_view extension_of(const Shot& shot) {
  return shot.storage == Shot::Storage::Jpeg ? ".jpg" : ".png";
}

}  // namespace careo::bench
