// SPDX-License-Identifier: Apache-2.0
#include "unpack/image/marks.h"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "unpack/image/heif.h"
#include "unpack/image/tiff.h"
#include "unpack/image/words.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::size_t kMostComments = 100;
constexpr std::string_view kPng("\x89PNG\r\n\x1A\n", 8);

void add_comment(Bytes written, std::string_view charset, std::string before, ImageMarks* out) {
  std::string text = std::move(before) + decode_text(written, charset).utf8;
  tidy_text(&text);
  if (trim(text).empty()) return;
  if (out->comments.size() == kMostComments) out->lost.emplace_back("limit: more than 100 comments");
  if (out->comments.size() < kMostComments) out->comments.push_back(std::move(text));
}

/// What zlib packed, with its head or that of gzip or without one, as far as it goes and up to 1 MiB; says where that
/// is not all.
Buffer inflated(Bytes packed, ImageMarks* out) {
  constexpr std::size_t kMost = 1U << 20U;
  Buffer text(kMost);
  z_stream stream{};
  constexpr int kEitherHead = MAX_WBITS + 32;
  const bool head = packed.size() > 1 && ((packed[0] == 0x1F && packed[1] == 0x8B) ||
                                          ((packed[0] & 0x0FU) == 8 && (packed[0] * 256U + packed[1]) % 31 == 0));
  if (inflateInit2(&stream, head ? kEitherHead : -MAX_WBITS) != Z_OK) return {};
  stream.next_in = const_cast<Bytef*>(packed.data());  // zlib only reads
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = text.data();
  stream.avail_out = static_cast<uInt>(kMost);
  const int state = inflate(&stream, Z_FINISH);
  text.resize(kMost - stream.avail_out);
  inflateEnd(&stream);
  if (state != Z_STREAM_END) {
    const bool full = text.size() == kMost;
    out->lost.emplace_back(full ? "limit: a packed comment of more than 1 MiB" : "a packed comment is damaged");
  }
  return text;
}

std::string keyword_of(std::string_view chunk) {
  const std::string_view keyword = chunk.substr(0, chunk.find('\0'));
  return decode_text(bytes_of(keyword), "iso-8859-1").utf8 + ": ";
}

/// keyword, 0, compressed, method, language, 0, translated keyword, 0, text in UTF-8
void add_international(Bytes chunk, ImageMarks* out) {
  const std::string_view text = text_of(chunk);
  const std::size_t flag = text.find('\0') + 1;
  if (flag == 0 || flag + 2 > text.size()) return;
  const std::size_t language = text.find('\0', flag + 2);
  const std::size_t keyword = language == text.npos ? text.npos : text.find('\0', language + 1);
  if (keyword == text.npos) return;
  const Bytes written = chunk.subspan(keyword + 1);
  const Buffer unpacked = text[flag] == 0 ? Buffer(written.begin(), written.end()) : inflated(written, out);
  if (text.starts_with("XML:com.adobe.xmp")) {  // ISO 16684-3, 1.1.5
    out->xmp.emplace_back(text_of(unpacked));
  } else {
    add_comment(unpacked, "utf-8", keyword_of(text), out);
  }
}

/// keyword, 0, method, packed text
void add_packed(Bytes chunk, ImageMarks* out) {
  const std::size_t keyword = text_of(chunk).find('\0');
  if (keyword != std::string_view::npos && keyword + 2 <= chunk.size())
    add_comment(inflated(chunk.subspan(keyword + 2), out), "iso-8859-1", keyword_of(text_of(chunk)), out);
}

/// 11.3.6.1: when it was last changed.
void add_time(Bytes chunk, ImageMarks* out) {
  if (chunk.size() != 7) return;
  const auto two = [&](std::size_t at) { return std::string(chunk[at] < 10 ? "0" : "") + std::to_string(chunk[at]); };
  const std::string time = std::to_string(chunk[0] << 8U | chunk[1]) + "-" + two(2) + "-" + two(3) + "T" + two(4) +
                           ":" + two(5) + ":" + two(6) + "Z";
  add_comment(bytes_of(time), "us-ascii", "modified: ", out);
}

ImageMarks marks_of_png(Bytes file) {
  ImageMarks out{file.size(), {}, {}, {}, {}};
  for (std::size_t at = kPng.size(); at + 12 <= file.size();) {
    const std::size_t length = static_cast<std::size_t>(file[at]) << 24U |
                               static_cast<std::size_t>(file[at + 1]) << 16U |
                               static_cast<std::size_t>(file[at + 2]) << 8U | file[at + 3];
    if (length > file.size() - at - 12) return out;
    const std::string_view type = text_of(file.subspan(at + 4, 4));
    const Bytes chunk = file.subspan(at + 8, length);
    const std::size_t text = text_of(chunk).find('\0');
    if (type == "tEXt" && text != std::string_view::npos)
      add_comment(chunk.subspan(text + 1), "iso-8859-1", keyword_of(text_of(chunk)), &out);
    if (type == "iTXt") add_international(chunk, &out);
    if (type == "zTXt") add_packed(chunk, &out);
    if (type == "tIME") add_time(chunk, &out);
    at += 12 + length;
    if (type == "IEND") {
      out.end = at;
      return out;
    }
  }
  return out;
}

/// The marker behind the entropy-coded bytes that begin at `at`: no stuffed zero and no restart.
std::size_t behind_scan(Bytes file, std::size_t at) {
  for (; at + 1 < file.size(); ++at)
    if (file[at] == 0xFF && file[at + 1] != 0 && file[at + 1] != 0xFF && (file[at + 1] < 0xD0 || file[at + 1] > 0xD7))
      return at;
  return file.size();
}

/// XMP in APP1, what does not fit into 64 KiB in further ones (ISO 16684-3, 1.1.3); Photoshop's resources in APP13.
void add_segment(std::uint8_t marker, Bytes body, Buffer* resources, ImageMarks* out) {
  using namespace std::string_view_literals;
  constexpr std::uint8_t kComment = 0xFE, kApp1 = 0xE1, kApp13 = 0xED;
  constexpr auto kXmp = "http://ns.adobe.com/xap/1.0/\0"sv, kMore = "http://ns.adobe.com/xmp/extension/\0"sv,
                 kPhotoshop = "Photoshop 3.0\0"sv;
  constexpr std::size_t kMoreHead = 40;  // a digest, the length of all, where this piece stands
  const std::string_view text = text_of(body);
  if (marker == kComment) add_comment(body, "", "", out);
  if (marker == kApp1 && text.starts_with(kXmp)) out->xmp.emplace_back(text.substr(kXmp.size()));
  if (marker == kApp1 && text.starts_with(kMore) && text.size() > kMore.size() + kMoreHead) {
    const std::string_view piece = text.substr(kMore.size() + kMoreHead);
    const std::string_view offset = text.substr(kMore.size() + kMoreHead - 4, 4);
    if (offset == "\0\0\0\0"sv || out->xmp.empty())
      out->xmp.emplace_back(piece);
    else
      out->xmp.back().append(piece);
  }
  if (marker == kApp13 && text.starts_with(kPhotoshop))
    resources->insert(resources->end(), body.begin() + kPhotoshop.size(), body.end());
}

ImageMarks marks_of_jpeg(Bytes file) {
  constexpr std::uint8_t kEnd = 0xD9, kScan = 0xDA;
  ImageMarks out{file.size(), {}, {}, {}, {}};
  Buffer resources;
  const auto finish = [&] {
    const Bytes iptc = iptc_in_resources(resources);
    out.iptc.assign(iptc.begin(), iptc.end());
    return std::move(out);
  };
  for (std::size_t at = 2; at + 1 < file.size();) {
    if (file[at] != 0xFF) return finish();
    const std::uint8_t marker = file[at + 1];
    if (marker == 0xFF) {  // fill
      ++at;
      continue;
    }
    if (marker == kEnd) {
      out.end = at + 2;
      return finish();
    }
    if (at + 4 > file.size()) return finish();
    const std::size_t length = static_cast<std::size_t>(file[at + 2]) << 8U | file[at + 3];
    if (length < 2 || length > file.size() - at - 2) return finish();
    add_segment(marker, file.subspan(at + 4, length - 2), &resources, &out);
    at += 2 + length;
    if (marker == kScan) at = behind_scan(file, at);
  }
  return finish();
}

/// XMP that is not packed is found where it stands.
ImageMarks marks_of_heif(Bytes file) {
  HeifMarks heif = heif_marks(file);
  ImageMarks out{heif.end, {}, xmp_packets(file.first(heif.end)), {}, std::move(heif.lost)};
  for (const Buffer& packet : heif.packed_xmp) {
    const Buffer plain = inflated(packet, &out);
    if (!plain.empty()) out.xmp.emplace_back(text_of(plain));
  }
  return out;
}

}  // namespace

ImageMarks image_marks(Bytes file) {
  if (text_of(file).starts_with(kPng)) return marks_of_png(file);
  if (text_of(file).starts_with("\xFF\xD8\xFF")) return marks_of_jpeg(file);
  if (is_heif(file)) return marks_of_heif(file);
  ImageMarks out{file.size(), {}, {}, {}, {}};
  TiffWords tiff = tiff_words(file);
  for (const std::string& field : tiff.fields) add_comment(bytes_of(field), "utf-8", "", &out);
  out.iptc = std::move(tiff.iptc);
  out.xmp = xmp_packets(file);
  return out;
}

}  // namespace careo
