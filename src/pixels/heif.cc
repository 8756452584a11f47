// SPDX-License-Identifier: Apache-2.0
// HEIC and AVIF through libheif. It applies the container's rotation itself, so EXIF orientation is not applied again.
#include "pixels/heif.h"

#include <libheif/heif.h>

#include <cstring>
#include <memory>

#include "pixels/codecs.h"

namespace careo {
namespace {

struct Free {
  void operator()(heif_context* it) const { heif_context_free(it); }
  void operator()(heif_image_handle* it) const { heif_image_handle_release(it); }
  void operator()(heif_image* it) const { heif_image_release(it); }
  void operator()(heif_decoding_options* it) const { heif_decoding_options_free(it); }
};

struct File {
  std::unique_ptr<heif_context, Free> context;
  std::unique_ptr<heif_image_handle, Free> primary;
};

Result<File> open(Bytes file) {
  File out;
  out.context.reset(heif_context_alloc());
  if (out.context == nullptr) return fail(Fault::Refused, "no memory for a HEIC reader");
  heif_context_set_max_decoding_threads(out.context.get(), 0);  // the worker may start no thread
  heif_error error = heif_context_read_from_memory_without_copy(out.context.get(), file.data(), file.size(), nullptr);
  if (error.code != heif_error_Ok) return fail(Fault::Malformed, error.message);
  heif_image_handle* handle = nullptr;
  error = heif_context_get_primary_image_handle(out.context.get(), &handle);
  out.primary.reset(handle);
  if (error.code != heif_error_Ok) return fail(Fault::Malformed, error.message);
  return out;
}

}  // namespace

Buffer heif_exif(Bytes file) {
  const Result<File> opened = open(file);
  if (!opened) return {};
  heif_item_id id = 0;
  if (heif_image_handle_get_list_of_metadata_block_IDs(opened->primary.get(), "Exif", &id, 1) != 1) return {};
  const std::size_t size = heif_image_handle_get_metadata_size(opened->primary.get(), id);
  if (size < 4 || size > file.size()) return {};
  Buffer out(size);
  if (heif_image_handle_get_metadata(opened->primary.get(), id, out.data()).code != heif_error_Ok) return {};
  // ISO/IEC 23008-12, A.2.1: the block begins with the offset of the TIFF header.
  const std::size_t skip =
      std::size_t{4} + (std::size_t{out[0]} << 24U | std::size_t{out[1]} << 16U | std::size_t{out[2]} << 8U | out[3]);
  if (skip >= out.size()) return {};
  out.erase(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(skip));
  return out;
}

namespace codec {

Result<ImageSize> heif_size(Bytes file) {
  const File opened = TRY(open(file));
  const int width = heif_image_handle_get_width(opened.primary.get());
  const int height = heif_image_handle_get_height(opened.primary.get());
  if (width <= 0 || height <= 0) return fail(Fault::Malformed, "no size");
  return ImageSize{static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)};
}

Result<DecodedImage> decode_heif(Bytes file, const DecodeLimits& limits) {
  const File opened = TRY(open(file));
  const int width = heif_image_handle_get_width(opened.primary.get());
  const int height = heif_image_handle_get_height(opened.primary.get());
  if (width <= 0 || height <= 0) return fail(Fault::Malformed, "no size");
  TRY(admit(static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height), limits));
  heif_image* decoded = nullptr;
  const heif_error error =
      heif_decode_image(opened.primary.get(), &decoded, heif_colorspace_RGB, heif_chroma_interleaved_RGBA, nullptr);
  const std::unique_ptr<heif_image, Free> image(decoded);
  if (error.code != heif_error_Ok) return fail(Fault::Malformed, error.message);
  int stride = 0;
  const std::uint8_t* plane = heif_image_get_plane_readonly(image.get(), heif_channel_interleaved, &stride);
  const int real_width = heif_image_get_width(image.get(), heif_channel_interleaved);
  const int real_height = heif_image_get_height(image.get(), heif_channel_interleaved);
  if (plane == nullptr || real_width <= 0 || real_height <= 0 || stride < real_width * 4) {
    return fail(Fault::Malformed, "no pixels");
  }
  TRY(admit(static_cast<std::uint64_t>(real_width), static_cast<std::uint64_t>(real_height), limits));
  DecodedImage out;
  out.raster = make_raster(real_width, real_height, channels_for(3, limits));
  for (int y = 0; y < real_height; ++y) {
    store_rgba_row(plane + static_cast<std::ptrdiff_t>(y) * stride, &out.raster, y);
  }
  return out;
}

}  // namespace codec
}  // namespace careo
