// SPDX-License-Identifier: Apache-2.0
// TIFF through libtiff, strip by strip or tile by tile, so that one broken strip costs its own rows and no more.
#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "pixels/codecs.h"

namespace careo::codec {
namespace {

struct Source {
  Bytes file;
  std::uint64_t at = 0;
};

tmsize_t read_some(thandle_t handle, void* out, tmsize_t count) {
  auto* source = static_cast<Source*>(handle);
  const Bytes got = slice(source->file, source->at, static_cast<std::uint64_t>(std::max<tmsize_t>(count, 0)));
  if (!got.empty()) std::memcpy(out, got.data(), got.size());
  source->at += got.size();
  return static_cast<tmsize_t>(got.size());
}
tmsize_t write_none(thandle_t, void*, tmsize_t) {
  return 0;
}
toff_t seek(thandle_t handle, toff_t offset, int whence) {
  auto* source = static_cast<Source*>(handle);
  const std::uint64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? source->at : source->file.size();
  source->at = std::min<std::uint64_t>(base + offset, source->file.size());
  return source->at;
}
int close_none(thandle_t) {
  return 0;
}
toff_t size_of(thandle_t handle) {
  return static_cast<Source*>(handle)->file.size();
}
int map_file(thandle_t handle, void** base, toff_t* size) {
  auto* source = static_cast<Source*>(handle);
  *base = const_cast<std::uint8_t*>(source->file.data());
  *size = source->file.size();
  return 1;
}
void unmap_none(thandle_t, void*, toff_t) {}

/// libtiff's handlers are global and print to stderr: set once, to nothing, before any thread reads (warm-up does).
void silence() {
  static const bool done = [] {
    TIFFSetErrorHandler(nullptr);
    TIFFSetWarningHandler(nullptr);
    return true;
  }();
  static_cast<void>(done);
}

using File = std::unique_ptr<TIFF, void (*)(TIFF*)>;

File open(Source* source) {
  silence();
  return {TIFFClientOpen("", "rm", source, read_some, write_none, seek, close_none, size_of, map_file, unmap_none),
          TIFFClose};
}

std::uint16_t short_of(TIFF* tiff, std::uint32_t tag) {
  std::uint16_t value = 0;
  TIFFGetFieldDefaulted(tiff, tag, &value);
  return value;
}

ImageSize stored_size(TIFF* tiff) {
  ImageSize size;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &size.width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &size.height);
  return size;
}

double dots_per_inch_of(TIFF* tiff) {
  float value = 0;
  if (TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &value) == 0 || !(value > 0)) return 0;
  const std::uint16_t unit = short_of(tiff, TIFFTAG_RESOLUTIONUNIT);
  return unit == RESUNIT_CENTIMETER ? double{value} * 2.54 : unit == RESUNIT_INCH ? double{value} : 0;
}

/// A block of libtiff's own RGBA (bottom row first) into the raster at (left, top).
void store_block(const std::vector<std::uint32_t>& block, std::uint32_t block_width, std::uint32_t block_height,
                 std::uint32_t left, std::uint32_t top, Raster* raster) {
  const auto width = static_cast<std::uint32_t>(raster->width);
  const auto height = static_cast<std::uint32_t>(raster->height);
  for (std::uint32_t y = 0; y < block_height && top + y < height; ++y) {
    const std::uint32_t* in = block.data() + std::size_t{block_height - 1 - y} * block_width;
    std::uint8_t* out =
        raster->row(static_cast<int>(top + y)) + std::size_t{left} * static_cast<unsigned>(raster->channels);
    for (std::uint32_t x = 0; x < block_width && left + x < width; ++x) {
      const unsigned alpha = TIFFGetA(in[x]);
      // libtiff gives colours already multiplied by alpha: only the white behind is missing.
      const unsigned white = 255U - alpha;
      const unsigned red = std::min(255U, TIFFGetR(in[x]) + white);
      const unsigned green = std::min(255U, TIFFGetG(in[x]) + white);
      const unsigned blue = std::min(255U, TIFFGetB(in[x]) + white);
      if (raster->channels == 1) {
        *out++ = luminance(red, green, blue);
      } else {
        *out++ = static_cast<std::uint8_t>(red);
        *out++ = static_cast<std::uint8_t>(green);
        *out++ = static_cast<std::uint8_t>(blue);
      }
    }
  }
}

struct Tally {
  std::uint32_t good = 0;
  std::uint32_t bad = 0;
};

/// Tiles and strips may be declared far larger than the picture: what is set aside for one is held to the limit too.
Result<Tally> read_tiles(TIFF* tiff, const DecodeLimits& limits, Raster* raster) {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_TILELENGTH, &height);
  TRY(admit(width, height, limits));
  std::vector<std::uint32_t> block(std::size_t{width} * height);
  Tally tally;
  for (std::uint32_t y = 0; y < static_cast<std::uint32_t>(raster->height); y += height) {
    for (std::uint32_t x = 0; x < static_cast<std::uint32_t>(raster->width); x += width) {
      std::fill(block.begin(), block.end(), 0xffffffffU);
      const bool good = TIFFReadRGBATile(tiff, x, y, block.data()) != 0;
      ++(good ? tally.good : tally.bad);
      store_block(block, width, height, x, y, raster);
    }
  }
  return tally;
}

Result<Tally> read_strips(TIFF* tiff, const DecodeLimits& limits, Raster* raster) {
  const auto width = static_cast<std::uint32_t>(raster->width);
  const auto height = static_cast<std::uint32_t>(raster->height);
  std::uint32_t rows = height;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &rows);
  rows = std::clamp<std::uint32_t>(rows, 1, height);
  TRY(admit(width, rows, limits));
  std::vector<std::uint32_t> block(std::size_t{width} * rows);
  Tally tally;
  for (std::uint32_t y = 0; y < height; y += rows) {
    std::fill(block.begin(), block.end(), 0xffffffffU);
    const bool good = TIFFReadRGBAStrip(tiff, y, block.data()) != 0;
    ++(good ? tally.good : tally.bad);
    // The last strip's rows stand at the block's beginning, as many as there are.
    store_block(block, width, std::min(rows, height - y), 0, y, raster);
  }
  return tally;
}

bool go_to_page(TIFF* tiff, std::uint32_t page) {
  for (std::uint32_t i = 1; i < page; ++i) {
    if (TIFFReadDirectory(tiff) == 0) return false;
  }
  return true;
}

}  // namespace

std::uint32_t tiff_pages(Bytes file, std::uint32_t most) {
  Source source{file};
  const File tiff = open(&source);
  if (tiff == nullptr) return 1;
  std::uint32_t pages = 1;
  while (pages < most) {
    const std::uint64_t here = TIFFCurrentDirOffset(tiff.get());
    const bool last = TIFFLastDirectory(tiff.get()) != 0;
    if (TIFFReadDirectory(tiff.get()) == 0) {
      // libtiff stays where it is when the next page is one that it has read.
      if (last || TIFFCurrentDirOffset(tiff.get()) == here) return pages;
      ++pages;  // named and not there: what is cut off, or damaged
      break;
    }
    ++pages;
  }
  return std::max<std::uint32_t>(pages, TIFFNumberOfDirectories(tiff.get()));  // each once, a million at most
}

Result<ImageSize> tiff_size(Bytes file) {
  Source source{file};
  const File tiff = open(&source);
  if (tiff == nullptr) return fail(Fault::Malformed, "no TIFF directory");
  return stored_size(tiff.get());
}

Result<DecodedImage> decode_tiff(Bytes file, std::uint32_t page, const DecodeLimits& limits) {
  Source source{file};
  const File tiff = open(&source);
  if (tiff == nullptr) return fail(Fault::Malformed, "no TIFF directory");
  if (!go_to_page(tiff.get(), page)) return fail(Fault::NotFound, "no such page");
  const ImageSize size = stored_size(tiff.get());
  TRY(admit(size.width, size.height, limits));
  const std::uint16_t colour = short_of(tiff.get(), TIFFTAG_PHOTOMETRIC);
  const bool grey = colour == PHOTOMETRIC_MINISWHITE || colour == PHOTOMETRIC_MINISBLACK;
  char why[1024] = {};
  if (TIFFRGBAImageOK(tiff.get(), why) == 0) return fail(Fault::Unsupported, clean_message(why));
  DecodedImage out;
  out.dots_per_inch = dots_per_inch_of(tiff.get());
  out.raster =
      make_raster(static_cast<int>(size.width), static_cast<int>(size.height), channels_for(grey ? 1 : 3, limits));
  std::memset(out.raster.pixels.data(), 255, out.raster.pixels.size());
  // libtiff would turn strips by their orientation, each for itself: we turn the whole picture afterwards.
  const int orientation = short_of(tiff.get(), TIFFTAG_ORIENTATION);
  TIFFSetField(tiff.get(), TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  const Tally tally = TRY(TIFFIsTiled(tiff.get()) != 0 ? read_tiles(tiff.get(), limits, &out.raster)
                                                       : read_strips(tiff.get(), limits, &out.raster));
  if (tally.good == 0) return fail(Fault::Malformed, "no strip of the picture could be decoded");
  if (tally.bad > 0) {
    out.damage = std::to_string(tally.bad) + " of " + std::to_string(tally.bad + tally.good) + " strips are damaged";
  }
  if (limits.upright == DecodeLimits::Upright::Yes) out.raster = oriented(std::move(out.raster), orientation);
  return out;
}

}  // namespace careo::codec
