// SPDX-License-Identifier: Apache-2.0
// JPEG through libjpeg-turbo. The library reports errors by longjmp: everything between setjmp and a jump is plain
// data.
#include <csetjmp>
#include <cstdio>
#include <cstring>

// After <cstdio>, which its header needs and does not include.
#include <jpeglib.h>

#include "pixels/codecs.h"

namespace careo::codec {
namespace {

/// A progressive file may hold any number of scans, each of which costs a pass over the whole picture; real encoders
/// write at most about 20 (libjpeg-turbo's own advisory on this attack suggests a limit of 100).
constexpr int MostScans = 100;

struct Trap {
  jpeg_error_mgr base;  // first: libjpeg hands back a pointer to it
  std::jmp_buf jump;
  char message[JMSG_LENGTH_MAX];
  bool damaged;
  JDIMENSION damaged_at;  // the first row that may be wrong
};

Trap* trap_of(j_common_ptr info) {
  return reinterpret_cast<Trap*>(info->err);
}

void note(j_common_ptr info, const char* text) {
  Trap* trap = trap_of(info);
  if (trap->damaged) return;
  trap->damaged = true;
  if (info->is_decompressor) trap->damaged_at = reinterpret_cast<j_decompress_ptr>(info)->output_scanline;
  std::snprintf(trap->message, sizeof trap->message, "%s", text);
}

[[noreturn]] void stop(j_common_ptr info) {
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  note(info, text);
  std::longjmp(trap_of(info)->jump, 1);
}

void warn(j_common_ptr info, int level) {
  if (level >= 0) return;  // traces
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  note(info, text);
}

void count_scans(j_common_ptr info) {
  if (!info->is_decompressor || reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= MostScans) return;
  note(info, "too many scans");
  std::longjmp(trap_of(info)->jump, 1);
}

struct Decoder {
  jpeg_decompress_struct info{};
  jpeg_progress_mgr progress{};
  Trap trap{};

  Decoder() {
    info.err = jpeg_std_error(&trap.base);
    trap.base.error_exit = stop;
    trap.base.emit_message = warn;
    progress.progress_monitor = count_scans;
  }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  ~Decoder() { jpeg_destroy_decompress(&info); }
};

/// False when the library jumped out.
bool read_header(Decoder* decoder, Bytes file) {
  if (setjmp(decoder->trap.jump) != 0) return false;
  jpeg_create_decompress(&decoder->info);
  decoder->info.progress = &decoder->progress;
  jpeg_mem_src(&decoder->info, file.data(), file.size());
  return jpeg_read_header(&decoder->info, TRUE) == JPEG_HEADER_OK;
}

/// What the library is asked for, and what becomes of it.
enum class Colours { Grey, Rgb, Cmyk, InvertedCmyk };

void choose_colours(jpeg_decompress_struct* info, Colours colours) {
  info->out_color_space = colours == Colours::Grey ? JCS_GRAYSCALE : colours == Colours::Rgb ? JCS_RGB : JCS_CMYK;
  info->dct_method = JDCT_ISLOW;  // the one whose SIMD paths give the same bits on every processor
}

void store_cmyk_row(const std::uint8_t* in, std::uint8_t* out, const Raster& raster, bool inverted) {
  for (int x = 0; x < raster.width; ++x, in += 4) {
    // Adobe writes CMYK inverted: 255 is no ink.
    const auto ink_left = [&](int i) { return inverted ? unsigned{in[i]} : 255U - in[i]; };
    const unsigned black = ink_left(3);
    const auto mix = [&](int i) { return (ink_left(i) * black + 127U) / 255U; };
    if (raster.channels == 1) {
      *out++ = luminance(mix(0), mix(1), mix(2));
    } else {
      for (int i = 0; i < 3; ++i) *out++ = static_cast<std::uint8_t>(mix(i));
    }
  }
}

void store_rgb_as_grey(const std::uint8_t* in, std::uint8_t* out, int width) {
  for (int x = 0; x < width; ++x, in += 3) out[x] = luminance(in[0], in[1], in[2]);
}

/// Rows go straight into `raster` where the layouts agree, through `line` where not. False when the library jumped out;
/// the rows before stay.
bool read_rows(Decoder* decoder, Colours colours, Raster* raster, std::vector<std::uint8_t>* line) {
  if (setjmp(decoder->trap.jump) != 0) return false;
  jpeg_decompress_struct* info = &decoder->info;
  choose_colours(info, colours);
  jpeg_start_decompress(info);
  const bool direct = colours == Colours::Grey || (colours == Colours::Rgb && raster->channels == 3);
  while (info->output_scanline < info->output_height) {
    std::uint8_t* out = raster->row(static_cast<int>(info->output_scanline));
    JSAMPROW row = direct ? out : line->data();
    if (jpeg_read_scanlines(info, &row, 1) != 1) return false;
    if (direct) continue;
    if (colours == Colours::Rgb) {
      store_rgb_as_grey(line->data(), out, raster->width);
    } else {
      store_cmyk_row(line->data(), out, *raster, colours == Colours::InvertedCmyk);
    }
  }
  jpeg_finish_decompress(info);
  return true;
}

Colours colours_of(const jpeg_decompress_struct& info, int channels) {
  switch (info.jpeg_color_space) {
    case JCS_GRAYSCALE: return Colours::Grey;
    case JCS_YCbCr: return channels == 1 ? Colours::Grey : Colours::Rgb;  // grey is the Y plane: colours are skipped
    case JCS_CMYK:
    case JCS_YCCK: return info.saw_Adobe_marker ? Colours::InvertedCmyk : Colours::Cmyk;
    default: return Colours::Rgb;
  }
}

double dots_per_inch_of(const jpeg_decompress_struct& info) {
  if (!info.saw_JFIF_marker || info.X_density == 0) return 0;
  if (info.density_unit == 1) return info.X_density;
  return info.density_unit == 2 ? info.X_density * 2.54 : 0;
}

void spread_to_rgb(Raster* raster) {
  Raster out = make_raster(raster->width, raster->height, 3);
  for (std::size_t i = 0; i < raster->pixels.size(); ++i) {
    std::memset(out.pixels.data() + i * 3, raster->pixels[i], 3);
  }
  *raster = std::move(out);
}

}  // namespace

Result<ImageSize> jpeg_size(Bytes file) {
  Decoder decoder;
  if (!read_header(&decoder, file)) return fail(Fault::Malformed, decoder.trap.message);
  return ImageSize{decoder.info.image_width, decoder.info.image_height};
}

Result<DecodedImage> decode_jpeg(Bytes file, const DecodeLimits& limits) {
  Decoder decoder;
  if (!read_header(&decoder, file)) return fail(Fault::Malformed, decoder.trap.message);
  const jpeg_decompress_struct& info = decoder.info;
  TRY(admit(info.image_width, info.image_height, limits));
  const int channels = channels_for(info.num_components == 1 ? 1 : 3, limits);
  const Colours colours = colours_of(info, channels);
  DecodedImage out;
  out.dots_per_inch = dots_per_inch_of(info);
  const bool widen = colours == Colours::Grey && channels == 3;
  out.raster =
      make_raster(static_cast<int>(info.image_width), static_cast<int>(info.image_height), widen ? 1 : channels);
  std::memset(out.raster.pixels.data(), 255, out.raster.pixels.size());
  std::vector<std::uint8_t> line(std::size_t{info.image_width} * 4);
  const bool whole = read_rows(&decoder, colours, &out.raster, &line);
  if (!whole && info.output_scanline == 0) return fail(Fault::Malformed, decoder.trap.message);
  if (decoder.trap.damaged) {
    out.damage = decoder.trap.message;
    out.damage += " (from row " + std::to_string(decoder.trap.damaged_at) + ")";
  }
  if (widen) spread_to_rgb(&out.raster);
  return out;
}

}  // namespace careo::codec
