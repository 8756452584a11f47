// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/uuencode.h"

#include <algorithm>
#include <cstring>

#include "base/transfer.h"

namespace careo {
namespace {

std::string_view line(Bytes text, std::size_t at, std::size_t next) {
  std::string_view out = text_of(text.subspan(at, next - at));
  while (!out.empty() && (out.back() == '\n' || out.back() == '\r')) out.remove_suffix(1);
  return out;
}

constexpr std::string_view kBegin = "begin";

// "begin 644 name" or "begin-base64 644 name": octal permissions and a name.
bool is_begin(std::string_view text, UuFile* file) {
  constexpr std::string_view kBase64 = "-base64";
  text.remove_prefix(kBegin.size());
  file->base64 = text.starts_with(kBase64);
  if (file->base64) text.remove_prefix(kBase64.size());
  if (!text.starts_with(' ')) return false;
  text.remove_prefix(1);
  const std::size_t digits = text.find_first_not_of("01234567");
  if (digits == std::string_view::npos || digits < 3 || digits > 4 || text[digits] != ' ') return false;
  file->name = text.substr(digits + 1);
  return !file->name.empty();
}

enum class UuLine {
  No,
  Short,  ///< data that blanks were cut from, if this is data
  Data,
};

// The first character tells how many bytes the line holds: four characters for each three, or one more as a checksum.
// Blanks at its end may be cut off, and are zeros: certainly so up to three.
UuLine kind_of_uu(std::string_view text) {
  if (text.empty() || text[0] < ' ' || text[0] > '`') return UuLine::No;
  const auto bytes = static_cast<std::size_t>((text[0] - ' ') & 63);
  const std::size_t wanted = (bytes + 2) / 3 * 4;
  const std::size_t given = text.size() - 1;
  if (given > wanted + 2) return UuLine::No;
  for (const char c : text)
    if (c < ' ' || c > '`') return UuLine::No;
  return given + 3 < wanted ? UuLine::Short : UuLine::Data;
}

UuLine kind_of_base64(std::string_view text) {
  const std::size_t letters =
      std::min(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"), text.size());
  const std::size_t padding = text.size() - letters;
  const bool padded = padding <= 2 && text.find_first_not_of('=', letters) == std::string_view::npos;
  return letters > 0 && padded && text.size() % 4 == 0 ? UuLine::Data : UuLine::No;
}

UuLine kind_of(std::string_view text, const UuFile& file) {
  return file.base64 ? kind_of_base64(text) : kind_of_uu(text);
}

// From the line behind "begin" to its "end", or to the last line that can only be data.
void find_end(Bytes text, std::size_t at, UuFile* file) {
  bool whole = true;  // no short line so far
  for (std::size_t next = at; at < text.size(); at = next) {
    next = any_line_end(text, at);
    const std::string_view data = line(text, at, next);
    file->closed = data == (file->base64 ? "====" : "end");
    if (file->closed) {
      file->data_end = at;
      file->end = next;
    }
    const UuLine kind = kind_of(data, *file);
    if (file->closed || kind == UuLine::No) return;
    whole = whole && kind == UuLine::Data;
    if (whole) file->data_end = file->end = next;
  }
}

}  // namespace

std::vector<UuFile> find_uuencoded(Bytes text) {
  std::vector<UuFile> out;
  for (std::size_t at = 0; at < text.size();) {
    const void* found = memmem(text.data() + at, text.size() - at, kBegin.data(), kBegin.size());
    if (found == nullptr) break;
    const auto begin = static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - text.data());
    at = begin + kBegin.size();
    if (begin > 0 && text[begin - 1] != '\n' && text[begin - 1] != '\r') continue;
    UuFile file;
    file.begin = begin;
    const std::size_t data = any_line_end(text, begin);
    if (!is_begin(line(text, begin, data), &file)) continue;
    file.end = file.data = file.data_end = data;
    find_end(text, data, &file);
    const bool empty = file.end == data || kind_of(line(text, data, any_line_end(text, data)), file) == UuLine::No;
    if (empty) continue;
    at = file.end;
    out.push_back(file);
  }
  return out;
}

}  // namespace careo
