// SPDX-License-Identifier: Apache-2.0
#include "picture.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

namespace careo::sample {
namespace {

void append(std::string* out, std::uint32_t value, int bytes) {  // big-endian
  for (int i = bytes - 1; i >= 0; --i) out->push_back(static_cast<char>((value >> (8 * i)) & 0xff));
}

// A TIFF header with one directory: make, orientation, date (Exif 2.3, section 4.5).
std::string exif_block(const Exif& exif) {
  const std::string make{"Nowhere Optics\0", 15};
  std::string out{"Exif\0\0MM\0\x2a", 10};
  append(&out, 8, 4);
  append(&out, 3, 2);
  const std::uint32_t behind = 8 + 2 + 3 * 12 + 4;
  append(&out, 0x010f, 2), append(&out, 2, 2), append(&out, static_cast<std::uint32_t>(make.size()), 4),
      append(&out, behind, 4);
  append(&out, 0x0112, 2), append(&out, 3, 2), append(&out, 1, 4);
  append(&out, static_cast<std::uint32_t>(exif.orientation) << 16, 4);
  append(&out, 0x0132, 2), append(&out, 2, 2), append(&out, 20, 4);
  append(&out, behind + static_cast<std::uint32_t>(make.size()), 4);
  append(&out, 0, 4);
  return out + make + exif.date + std::string(1, '\0');
}

void chunk(std::string* out, const char* type, const std::string& body) {
  append(out, static_cast<std::uint32_t>(body.size()), 4);
  const std::string typed = type + body;
  *out += typed;
  append(out,
         static_cast<std::uint32_t>(
             crc32(0, reinterpret_cast<const Bytef*>(typed.data()), static_cast<uInt>(typed.size()))),
         4);
}

// Weights of half a kernel from its centre, in 1/1024, whole sum 1024.
std::vector<int> kernel(double deviation) {
  const int radius = std::max(1, static_cast<int>(deviation * 2.5 + 0.5));
  std::vector<double> raw;
  double sum = 0;
  double weight = 1;
  // exp(-i^2/2s^2) by a polynomial-free recurrence would drift; a rational bell of like width is as good a lens.
  for (int i = 0; i <= radius; ++i) {
    const double x = i / deviation;
    weight = 1 / (1 + x * x / 2 + x * x * x * x / 8 + x * x * x * x * x * x / 48);
    raw.push_back(weight);
    sum += i == 0 ? weight : 2 * weight;
  }
  std::vector<int> out;
  int total = 0;
  for (const double w : raw) out.push_back(static_cast<int>(w / sum * 1024 + 0.5));
  for (std::size_t i = 1; i < out.size(); ++i) total += 2 * out[i];
  out[0] = 1024 - total;
  return out;
}

void blur_lines(const Picture& from, Picture* to, const std::vector<int>& weights, bool down) {
  const int radius = static_cast<int>(weights.size()) - 1;
  const int step = 3;
  const int length = from.width * step;
  std::vector<int> sums(static_cast<std::size_t>(length));
  std::vector<std::uint8_t> wide(static_cast<std::size_t>(length + 2 * radius * step));
  for (int y = 0; y < from.height; ++y) {
    std::fill(sums.begin(), sums.end(), 512);
    if (!down) {
      const auto* row = from.row(y);
      for (int i = 0; i < radius; ++i) {
        for (int c = 0; c < 3; ++c) {
          wide[static_cast<std::size_t>(i * 3 + c)] = row[c];
          wide[static_cast<std::size_t>(length + (radius + i) * 3 + c)] = row[length - 3 + c];
        }
      }
      std::copy(row, row + length, wide.begin() + radius * step);
    }
    for (int k = -radius; k <= radius; ++k) {
      const int weight = weights[static_cast<std::size_t>(std::abs(k))];
      const auto* source = down ? from.row(std::clamp(y + k, 0, from.height - 1)) : wide.data() + (radius + k) * step;
      int* sum = sums.data();
      for (int i = 0; i < length; ++i) sum[i] += source[i] * weight;
    }
    auto* out = to->row(y);
    for (int i = 0; i < length; ++i) out[i] = static_cast<std::uint8_t>(sums[static_cast<std::size_t>(i)] >> 10);
  }
}

}  // namespace

std::string jpeg_of(const Picture& picture, int quality, int dpi, Colour colour, const Exif& exif) {
  jpeg_compress_struct job{};
  jpeg_error_mgr errors{};
  job.err = jpeg_std_error(&errors);  // leaves the program on an error: only a lack of memory can cause one here
  jpeg_create_compress(&job);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&job, &bytes, &size);
  job.image_width = static_cast<JDIMENSION>(picture.width);
  job.image_height = static_cast<JDIMENSION>(picture.height);
  job.input_components = 3;
  job.in_color_space = JCS_RGB;
  jpeg_set_defaults(&job);
  if (colour == Colour::Grey) jpeg_set_colorspace(&job, JCS_GRAYSCALE);
  jpeg_set_quality(&job, quality, TRUE);
  job.dct_method = JDCT_ISLOW;  // the one whose result is the same on every processor
  job.density_unit = 1;
  job.X_density = job.Y_density = static_cast<UINT16>(dpi);
  jpeg_start_compress(&job, TRUE);
  if (!exif.date.empty()) {
    const auto block = exif_block(exif);
    jpeg_write_marker(&job, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(block.data()),
                      static_cast<unsigned>(block.size()));
  }
  while (job.next_scanline < job.image_height) {
    auto* row = const_cast<JSAMPROW>(picture.row(static_cast<int>(job.next_scanline)));
    jpeg_write_scanlines(&job, &row, 1);
  }
  jpeg_finish_compress(&job);
  std::string out{reinterpret_cast<const char*>(bytes), size};
  jpeg_destroy_compress(&job);
  std::free(bytes);
  return out;
}

std::string png_of(const Picture& picture) {
  std::string out{"\x89PNG\r\n\x1a\n"};
  std::string head;
  append(&head, static_cast<std::uint32_t>(picture.width), 4);
  append(&head, static_cast<std::uint32_t>(picture.height), 4);
  head += std::string{"\x08\x02\x00\x00\x00", 5};
  chunk(&out, "IHDR", head);
  std::string rows;
  for (int y = 0; y < picture.height; ++y) {
    rows += '\0';
    rows.append(reinterpret_cast<const char*>(picture.row(y)), static_cast<std::size_t>(picture.width) * 3);
  }
  uLongf size = compressBound(rows.size());
  std::string packed(size, '\0');
  compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(rows.data()), rows.size(),
            6);
  packed.resize(size);
  chunk(&out, "IDAT", packed);
  chunk(&out, "IEND", "");
  return out;
}

Picture halved(const Picture& picture) {
  Picture out(picture.width / 2, picture.height / 2);
  for (int y = 0; y < out.height; ++y) {
    const auto* a = picture.row(2 * y);
    const auto* b = picture.row(2 * y + 1);
    auto* to = out.row(y);
    for (int x = 0; x < out.width; ++x) {
      for (int c = 0; c < 3; ++c) {
        const int sum = a[6 * x + c] + a[6 * x + 3 + c] + b[6 * x + c] + b[6 * x + 3 + c];
        to[3 * x + c] = static_cast<std::uint8_t>((sum + 2) / 4);
      }
    }
  }
  return out;
}

Picture turned(const Picture& picture, int quarters) {
  if (quarters % 4 == 0) return picture;
  Picture out(picture.height, picture.width);
  for (int y = 0; y < picture.height; ++y) {
    const auto* from = picture.row(y);
    for (int x = 0; x < picture.width; ++x)
      std::copy(from + 3 * x, from + 3 * x + 3, out.row(x) + 3 * (picture.height - 1 - y));
  }
  return turned(out, quarters - 1);
}

void blur(Picture* picture, double deviation) {
  if (deviation < 0.3) return;
  const auto weights = kernel(deviation);
  Picture between(picture->width, picture->height);
  blur_lines(*picture, &between, weights, false);
  blur_lines(between, picture, weights, true);
}

}  // namespace careo::sample
