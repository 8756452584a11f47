// SPDX-License-Identifier: Apache-2.0
// PNG through libpng. It reports errors by longjmp: everything between setjmp and a jump is plain data.
#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstring>

#include "pixels/codecs.h"
#include "pixels/png.h"

namespace careo::codec {
namespace {

struct Source {
  Bytes file;
  std::size_t at = 0;
  char message[128] = {};
};

void note(png_structp png, const char* text) {
  auto* source = static_cast<Source*>(png_get_error_ptr(png));
  if (source->message[0] == 0) std::snprintf(source->message, sizeof source->message, "%s", text);
}
[[noreturn]] void stop(png_structp png, const char* text) {
  note(png, text);
  png_longjmp(png, 1);
}
void warn(png_structp png, const char* text) {
  // Colour profiles and text chunks are often broken and change no pixel of ours; a bad checksum may.
  if (std::strstr(text, "CRC") != nullptr) note(png, text);
}
void pull(png_structp png, png_bytep out, std::size_t count) {
  auto* source = static_cast<Source*>(png_get_io_ptr(png));
  if (source->file.size() - source->at < count) png_error(png, "ends early");
  std::memcpy(out, source->file.data() + source->at, count);
  source->at += count;
}

struct Decoder {
  Source source;
  png_structp png = nullptr;
  png_infop info = nullptr;

  explicit Decoder(Bytes file) : source{file} {
    png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, stop, warn);
    if (png != nullptr) info = png_create_info_struct(png);
  }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  ~Decoder() { png_destroy_read_struct(&png, &info, nullptr); }
};

struct Header {
  png_uint_32 width = 0;
  png_uint_32 height = 0;
  bool colour = false;
  bool alpha = false;
  int passes = 1;
  double dots_per_inch = 0;
};

/// Leaves the reader set to give 8-bit grey, grey+alpha, RGB or RGBA rows. False when the library jumped out.
bool read_header(Decoder* decoder, Header* header) {
  png_structp png = decoder->png;
  png_infop info = decoder->info;
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_read_fn(png, &decoder->source, pull);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);  // admit() decides, with a reason
  png_set_chunk_malloc_max(png, 8U << 20U);
  png_set_crc_action(png, PNG_CRC_WARN_USE, PNG_CRC_WARN_DISCARD);
  png_read_info(png, info);
  const int type = png_get_color_type(png, info);
  header->width = png_get_image_width(png, info);
  header->height = png_get_image_height(png, info);
  header->colour = (type & PNG_COLOR_MASK_COLOR) != 0;
  header->alpha = (type & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(png, info, PNG_INFO_tRNS) != 0;
  header->dots_per_inch = png_get_x_pixels_per_meter(png, info) * 0.0254;
  png_set_expand(png);
  png_set_scale_16(png);
  header->passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  return true;
}

void store(const std::uint8_t* in, const Header& header, int channels, std::uint8_t* out) {
  const int colours = header.colour ? 3 : 1;
  for (png_uint_32 x = 0; x < header.width; ++x) {
    std::uint8_t value[3] = {in[0], in[0], in[0]};
    const unsigned alpha = header.alpha ? in[colours] : 255U;
    for (int i = 0; i < colours; ++i) value[i] = alpha == 255U ? in[i] : over_white(in[i], alpha);
    if (!header.colour) value[1] = value[2] = value[0];
    in += colours + (header.alpha ? 1 : 0);
    if (channels == 3) {
      for (int i = 0; i < 3; ++i) *out++ = value[i];
    } else {
      *out++ = header.colour ? luminance(value[0], value[1], value[2]) : value[0];
    }
  }
}

/// Rows in the order of the file; an interlaced one needs the whole picture in `lines`. Returns the rows that are whole
/// in `*done` even when the library jumps out.
bool read_rows(Decoder* decoder, const Header& header, std::vector<std::uint8_t>* lines, Raster* raster, int* done) {
  if (setjmp(png_jmpbuf(decoder->png)) != 0) return false;
  const std::size_t stride = png_get_rowbytes(decoder->png, decoder->info);
  for (int pass = 0; pass < header.passes; ++pass) {
    for (png_uint_32 y = 0; y < header.height; ++y) {
      std::uint8_t* line = lines->data() + (header.passes > 1 ? y * stride : 0);
      png_read_row(decoder->png, line, nullptr);
      if (header.passes == 1) store(line, header, raster->channels, raster->row(static_cast<int>(y)));
      if (pass == header.passes - 1) *done = static_cast<int>(y) + 1;
    }
  }
  png_read_end(decoder->png, nullptr);
  return true;
}

}  // namespace

Result<ImageSize> png_size(Bytes file) {
  Decoder decoder(file);
  Header header;
  if (decoder.info == nullptr) return fail(Fault::Refused, "no memory for a PNG reader");
  if (!read_header(&decoder, &header)) return fail(Fault::Malformed, decoder.source.message);
  return ImageSize{header.width, header.height};
}

Result<DecodedImage> decode_png(Bytes file, const DecodeLimits& limits) {
  Decoder decoder(file);
  Header header;
  if (decoder.info == nullptr) return fail(Fault::Refused, "no memory for a PNG reader");
  if (!read_header(&decoder, &header)) return fail(Fault::Malformed, decoder.source.message);
  TRY(admit(header.width, header.height, limits));
  const int channels = channels_for(header.colour ? 3 : 1, limits);
  DecodedImage out;
  out.dots_per_inch = header.dots_per_inch;
  out.raster = make_raster(static_cast<int>(header.width), static_cast<int>(header.height), channels);
  std::memset(out.raster.pixels.data(), 255, out.raster.pixels.size());
  const std::size_t stride = png_get_rowbytes(decoder.png, decoder.info);
  std::vector<std::uint8_t> lines(stride * (header.passes > 1 ? header.height : 1), 255);
  int done = 0;
  const bool whole = read_rows(&decoder, header, &lines, &out.raster, &done);
  if (header.passes > 1) {
    for (int y = 0; y < out.raster.height; ++y) {
      store(lines.data() + static_cast<std::size_t>(y) * stride, header, channels, out.raster.row(y));
    }
  }
  if (!whole && done == 0 && header.passes == 1) return fail(Fault::Malformed, decoder.source.message);
  if (decoder.source.message[0] != 0 && done < out.raster.height) {
    out.damage = decoder.source.message + std::string(" (from row ") + std::to_string(done) + ")";
  } else if (decoder.source.message[0] != 0) {
    out.damage = decoder.source.message;
  }
  return out;
}

}  // namespace careo::codec

namespace careo {
namespace {

struct Writer {
  Buffer out;
  png_structp png = nullptr;
  png_infop info = nullptr;
  ~Writer() { png_destroy_write_struct(&png, &info); }
};

void push(png_structp png, png_bytep data, std::size_t count) {
  auto* out = static_cast<Buffer*>(png_get_io_ptr(png));
  out->insert(out->end(), data, data + count);
}

[[noreturn]] void write_failed(png_structp png, const char*) {
  png_longjmp(png, 1);
}
void ignore(png_structp, const char*) {}

void write_grid(Writer* writer, std::string* words) {
  char key[] = "grid";
  png_text text{};
  text.compression = PNG_TEXT_COMPRESSION_NONE;
  text.key = key;
  text.text = words->data();
  text.text_length = words->size();
  png_set_text(writer->png, writer->info, &text, 1);
}

bool write_rows(Writer* writer, const Raster& raster, std::string* grid) {
  if (setjmp(png_jmpbuf(writer->png)) != 0) return false;
  png_set_write_fn(writer->png, &writer->out, push, nullptr);
  png_set_IHDR(writer->png, writer->info, static_cast<png_uint_32>(raster.width),
               static_cast<png_uint_32>(raster.height), 8,
               raster.channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  // A person waits for it and it is never stored: speed before size.
  png_set_compression_level(writer->png, 3);
  png_set_filter(writer->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB);
  if (!grid->empty()) write_grid(writer, grid);
  png_write_info(writer->png, writer->info);
  for (int y = 0; y < raster.height; ++y) png_write_row(writer->png, raster.row(y));
  png_write_end(writer->png, nullptr);
  return true;
}

}  // namespace

Result<Buffer> encode_png(const Raster& raster, PageGrid grid) {
  if (raster.empty() || raster.width <= 0 || raster.height <= 0) return fail(Fault::Refused, "an empty picture");
  Writer writer;
  writer.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, write_failed, ignore);
  if (writer.png != nullptr) writer.info = png_create_info_struct(writer.png);
  std::string words;  // outlives the jump
  if (grid.width > 0) words = std::to_string(grid.width) + " " + std::to_string(grid.height);
  if (writer.info == nullptr || !write_rows(&writer, raster, &words))
    return fail(Fault::Refused, "no PNG could be written");
  return std::move(writer.out);
}

}  // namespace careo
