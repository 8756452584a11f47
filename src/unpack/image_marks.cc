// SPDX-License-Identifier: Apache-2.0
#include "unpack/image_marks.h"

#include "base/text.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::size_t kMostComments = 100;
constexpr std::string_view kPng("\x89PNG\r\n\x1A\n", 8);

void add_comment(Bytes written, std::string_view charset, std::string before, ImageMarks* out) {
  std::string text = std::move(before) + decode_text(written, charset).utf8;
  tidy_text(&text);
  if (!trim(text).empty() && out->comments.size() < kMostComments) out->comments.push_back(std::move(text));
}

std::string keyword_of(std::string_view chunk) {
  const std::string_view keyword = chunk.substr(0, chunk.find('\0'));
  return decode_text(bytes_of(keyword), "iso-8859-1").utf8 + ": ";
}

/// keyword, 0, compressed, method, language, 0, translated keyword, 0, text in UTF-8
void add_international(Bytes chunk, ImageMarks* out) {
  const std::string_view text = text_of(chunk);
  const std::size_t flag = text.find('\0') + 1;
  if (flag == 0 || flag + 2 > text.size() || text[flag] != 0) return;
  const std::size_t language = text.find('\0', flag + 2);
  const std::size_t keyword = language == text.npos ? text.npos : text.find('\0', language + 1);
  if (keyword != text.npos) add_comment(chunk.subspan(keyword + 1), "utf-8", keyword_of(text), out);
}

ImageMarks marks_of_png(Bytes file) {
  ImageMarks out{file.size(), {}};
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

ImageMarks marks_of_jpeg(Bytes file) {
  constexpr std::uint8_t kEnd = 0xD9, kScan = 0xDA, kComment = 0xFE;
  ImageMarks out{file.size(), {}};
  for (std::size_t at = 2; at + 1 < file.size();) {
    if (file[at] != 0xFF) return out;
    const std::uint8_t marker = file[at + 1];
    if (marker == 0xFF) {  // fill
      ++at;
      continue;
    }
    if (marker == kEnd) {
      out.end = at + 2;
      return out;
    }
    if (at + 4 > file.size()) return out;
    const std::size_t length = static_cast<std::size_t>(file[at + 2]) << 8U | file[at + 3];
    if (length < 2 || length > file.size() - at - 2) return out;
    if (marker == kComment) add_comment(file.subspan(at + 4, length - 2), "", "", &out);
    at += 2 + length;
    if (marker == kScan) at = behind_scan(file, at);
  }
  return out;
}

}  // namespace

ImageMarks image_marks(Bytes file) {
  if (text_of(file).starts_with(kPng)) return marks_of_png(file);
  if (text_of(file).starts_with("\xFF\xD8\xFF")) return marks_of_jpeg(file);
  return {file.size(), {}};
}

}  // namespace careo
