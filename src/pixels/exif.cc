// SPDX-License-Identifier: Apache-2.0
#include "pixels/exif.h"

#include <libexif/exif-data.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "base/text.h"
#include "pixels/heif.h"
#include "pixels/image.h"

namespace careo {
namespace {

constexpr std::string_view Mark{"Exif\0\0", 6};
/// Larger than any real block (JPEG limits it to 64 KiB; some HEIC writers embed a thumbnail).
constexpr std::size_t MostBytes = 1U << 20U;

std::uint32_t be32(Bytes bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24U | std::uint32_t{bytes[at + 1]} << 16U | std::uint32_t{bytes[at + 2]} << 8U |
         bytes[at + 3];
}
std::uint32_t le32(Bytes bytes, std::size_t at) {
  return std::uint32_t{bytes[at + 3]} << 24U | std::uint32_t{bytes[at + 2]} << 16U |
         std::uint32_t{bytes[at + 1]} << 8U | bytes[at];
}

/// The TIFF structure inside a JPEG's APP1 (EXIF 2.32, 4.7.2), or empty.
Bytes find_in_jpeg(Bytes file) {
  std::size_t at = 2;
  while (at + 4 <= file.size() && file[at] == 0xff) {
    const unsigned marker = file[at + 1];
    if (marker == 0xff) {
      ++at;
      continue;
    }
    if (marker == 0xda || marker == 0xd9) break;
    const std::size_t length = std::size_t{file[at + 2]} << 8U | file[at + 3];
    if (length < 2) break;
    const Bytes body = slice(file, at + 4, length - 2);
    if (marker == 0xe1 && text_of(body).starts_with(Mark)) return body.subspan(Mark.size());
    at += 2 + length;
  }
  return {};
}

/// The eXIf chunk (PNG extensions 1.5).
Bytes find_in_png(Bytes file) {
  std::size_t at = 8;
  while (at + 12 <= file.size()) {
    const std::size_t length = be32(file, at);
    if (text_of(file.subspan(at + 4, 4)) == "eXIf") return slice(file, at + 8, length);
    at += 12 + length;
  }
  return {};
}

/// The EXIF chunk of the RIFF container (WebP container specification).
Bytes find_in_webp(Bytes file) {
  std::size_t at = 12;
  while (at + 8 <= file.size()) {
    const std::size_t length = le32(file, at + 4);
    if (text_of(file.subspan(at, 4)) == "EXIF") {
      Bytes body = slice(file, at + 8, length);
      if (text_of(body).starts_with(Mark)) body = body.subspan(Mark.size());
      return body;
    }
    at += 8 + length + (length & 1U);
  }
  return {};
}

std::string text_at(const ExifData* data, ExifIfd ifd, ExifTag tag) {
  ExifEntry* entry = exif_content_get_entry(data->ifd[ifd], tag);
  if (entry == nullptr || entry->format != EXIF_FORMAT_ASCII || entry->data == nullptr) return {};
  std::string_view text(reinterpret_cast<const char*>(entry->data), entry->size);
  text = text.substr(0, text.find('\0'));
  return std::string(trim(text));
}

/// GPSLatitude or GPSLongitude: three rationals, degrees, minutes and seconds (EXIF 2.32, 4.6.6).
std::optional<double> degrees_at(const ExifData* data, ExifTag value, ExifTag reference, char negative) {
  ExifEntry* entry = exif_content_get_entry(data->ifd[EXIF_IFD_GPS], value);
  if (entry == nullptr || entry->format != EXIF_FORMAT_RATIONAL || entry->components != 3 || entry->size < 24) {
    return std::nullopt;
  }
  const ExifByteOrder order = exif_data_get_byte_order(const_cast<ExifData*>(data));
  double sum = 0;
  double unit = 1;
  for (unsigned i = 0; i < 3; ++i, unit *= 60) {
    const ExifRational part = exif_get_rational(entry->data + 8U * i, order);
    if (part.denominator == 0) return std::nullopt;
    sum += static_cast<double>(part.numerator) / part.denominator / unit;
  }
  const std::string side = text_at(data, EXIF_IFD_GPS, reference);
  if (sum > 180 || side.empty()) return std::nullopt;
  return side.front() == negative ? -sum : sum;
}

int orientation_of(const ExifData* data) {
  ExifEntry* entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (entry == nullptr || entry->format != EXIF_FORMAT_SHORT || entry->size < 2) return 1;
  const int value = exif_get_short(entry->data, exif_data_get_byte_order(const_cast<ExifData*>(data)));
  return value >= 1 && value <= 8 ? value : 1;
}

/// What is in Exif by another name, or says how something else is to be read.
bool has_its_place(ExifIfd ifd, unsigned tag) {
  constexpr auto kTags = std::to_array<unsigned>({0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x9003, 0x9011});
  if (ifd == EXIF_IFD_INTEROPERABILITY) return true;
  if (ifd == EXIF_IFD_GPS) return tag <= 5;  // version, latitude, longitude, side of the sea level
  return ifd != EXIF_IFD_1 && std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

/// EXIF 2.32, 4.6.5: eight bytes that name the code, then the text; two bytes a letter are in the block's own order.
void take_coded(std::string_view bytes, ExifByteOrder order, ExifField* out) {
  if (bytes.size() < 8) return;
  const bool wide = bytes.starts_with("UNICODE");
  out->value = bytes.substr(8);
  if (wide) out->coding = order == EXIF_BYTE_ORDER_MOTOROLA ? ExifField::Coding::Utf16Be : ExifField::Coding::Utf16Le;
  if (!wide) out->value = std::string(trim(std::string_view(out->value.c_str())));
}

/// Texts; of GPS also numbers, as libexif prints them.
ExifField field_of(ExifEntry* entry, ExifIfd ifd) {
  constexpr unsigned kUserComment = 0x9286, kGpsMethod = 0x1B, kGpsArea = 0x1C, kXpTitle = 0x9C9B, kXpSubject = 0x9C9F;
  constexpr auto kWords = std::to_array<unsigned>({0x010D, 0x011D, 0x8298, 0x9286, 0xA430});  // names, rights, comment
  ExifField out;
  const auto tag = static_cast<unsigned>(entry->tag);
  const char* name = exif_tag_get_name_in_ifd(entry->tag, ifd);
  out.name = name != nullptr && *name != 0
                 ? std::string(name)
                 : "0x" + hex(std::array{static_cast<std::uint8_t>(tag >> 8U), static_cast<std::uint8_t>(tag)});
  if (tag == 0x013C && ifd != EXIF_IFD_GPS) out.name = "HostComputer";  // TIFF 6.0; libexif has no name for it
  out.words = ifd != EXIF_IFD_GPS && std::find(kWords.begin(), kWords.end(), tag) != kWords.end();
  const std::string_view bytes(reinterpret_cast<const char*>(entry->data), entry->size);
  const bool gps = ifd == EXIF_IFD_GPS;
  if (tag >= kXpTitle && tag <= kXpSubject && !gps) {
    out.value = bytes;
    out.coding = ExifField::Coding::Utf16Le;
    out.words = true;
  } else if (gps ? tag == kGpsMethod || tag == kGpsArea : tag == kUserComment) {
    take_coded(bytes, exif_data_get_byte_order(entry->parent->parent), &out);
  } else if (entry->format == EXIF_FORMAT_ASCII) {
    out.value = std::string(trim(bytes.substr(0, bytes.find('\0'))));
  } else if (gps && entry->size <= 64) {
    std::array<char, 128> printed{};
    const char* value = exif_entry_get_value(entry, printed.data(), printed.size());
    if (value != nullptr) out.value = clean_utf8(trim(value)).text;
  }
  return out;
}

std::vector<ExifField> fields_of(const ExifData* data) {
  constexpr std::size_t kMost = 200;
  std::vector<ExifField> out;
  for (unsigned ifd = 0; ifd < EXIF_IFD_COUNT; ++ifd) {
    const ExifContent* content = data->ifd[ifd];
    for (unsigned i = 0; content != nullptr && i < content->count; ++i) {
      ExifEntry* entry = content->entries[i];
      const auto tag = static_cast<unsigned>(entry->tag);
      if (entry->data == nullptr || has_its_place(static_cast<ExifIfd>(ifd), tag)) continue;
      ExifField field = field_of(entry, static_cast<ExifIfd>(ifd));
      if (!field.value.empty() && out.size() < kMost) out.push_back(std::move(field));
    }
  }
  return out;
}

Exif take(const ExifData* data) {
  Exif out;
  out.orientation = orientation_of(data);
  out.date = text_at(data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL);
  if (out.date.empty()) out.date = text_at(data, EXIF_IFD_0, EXIF_TAG_DATE_TIME);
  out.offset = text_at(data, EXIF_IFD_EXIF, static_cast<ExifTag>(0x9011));  // OffsetTimeOriginal: newer than the header
  out.make = text_at(data, EXIF_IFD_0, EXIF_TAG_MAKE);
  out.model = text_at(data, EXIF_IFD_0, EXIF_TAG_MODEL);
  out.software = text_at(data, EXIF_IFD_0, EXIF_TAG_SOFTWARE);
  out.artist = text_at(data, EXIF_IFD_0, EXIF_TAG_ARTIST);
  out.description = text_at(data, EXIF_IFD_0, EXIF_TAG_IMAGE_DESCRIPTION);
  // The GPS tags are numbers 1 to 4; libexif names them by macros that are no ExifTag.
  out.latitude = degrees_at(data, static_cast<ExifTag>(2), static_cast<ExifTag>(1), 'S');
  out.longitude = degrees_at(data, static_cast<ExifTag>(4), static_cast<ExifTag>(3), 'W');
  out.fields = fields_of(data);
  if (data->data != nullptr) out.thumbnail.assign(data->data, data->data + data->size);
  return out;
}

}  // namespace

std::optional<Exif> read_exif(Bytes file) {
  Buffer held;
  Bytes block;
  switch (image_type(file)) {
    case ImageType::Jpeg: block = find_in_jpeg(file); break;
    case ImageType::Png: block = find_in_png(file); break;
    case ImageType::WebP: block = find_in_webp(file); break;
    case ImageType::Tiff: block = file; break;
    case ImageType::Heif:
      held = heif_exif(file);
      block = held;
      break;
    default: break;
  }
  if (block.size() < 8) return std::nullopt;
  block = slice(block, 0, MostBytes);
  Buffer marked(Mark.begin(), Mark.end());
  marked.insert(marked.end(), block.begin(), block.end());
  const std::unique_ptr<ExifData, void (*)(ExifData*)> data(exif_data_new(), exif_data_unref);
  if (data == nullptr) return std::nullopt;
  exif_data_unset_option(data.get(), EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);  // do not repair: read what stands there
  exif_data_unset_option(data.get(), EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS);
  exif_data_load_data(data.get(), marked.data(), static_cast<unsigned>(marked.size()));
  const Exif out = take(data.get());
  return out == Exif{} ? std::nullopt : std::optional(out);
}

}  // namespace careo
