// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/yenc.h"

#include <zlib.h>

#include <charconv>
#include <cstring>
#include <optional>

#include "base/text.h"
#include "base/transfer.h"

namespace careo {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kBegin = "=ybegin ";
constexpr std::string_view kPart = "=ypart ";
constexpr std::string_view kEnd = "=yend ";
// Longer lines are none, neither of keywords nor of data, which have 128 letters and seldom more.
constexpr std::size_t kLongestLine = 4096;

bool begins_line(std::string_view text, std::size_t at) {
  return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

/// The line at `at` without its end.
std::string_view line_of(Bytes text, std::size_t at) {
  return trim(text_of(slice(text, at, std::min(any_line_end(slice(text, at, kLongestLine), 0), kLongestLine))));
}

/// The value of a keyword: "size=123".
std::optional<std::uint64_t> number(std::string_view line, std::string_view keyword, int base = 10) {
  const std::string mark = " " + std::string(keyword) + "=";
  const std::size_t at = line.find(mark);
  if (at == kNone) return std::nullopt;
  const std::string_view digits = line.substr(at + mark.size());
  std::uint64_t out = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), out, base);
  if (parsed.ec != std::errc()) return std::nullopt;
  return out;
}

/// What the lines around the data say.
struct Said {
  std::uint64_t line = 0;  ///< letters a line
  std::uint64_t size = 0;  ///< bytes of the file
  std::string_view name;
  std::optional<std::uint64_t> part;
  std::optional<std::uint64_t> total;
  std::optional<std::uint64_t> part_begin;  ///< from 1
  std::optional<std::uint64_t> part_end;    ///< of the last byte

  std::uint64_t expected() const {
    const bool known = part_begin && part_end && *part_end >= *part_begin;
    return known ? *part_end - *part_begin + 1 : size;
  }
};

std::optional<Said> begin_line(std::string_view line) {
  constexpr std::string_view kName = " name=";
  const std::size_t name = line.find(kName);
  if (name == kNone) return std::nullopt;
  Said out;
  const std::string_view keywords = line.substr(0, name);
  const auto length = number(keywords, "line");
  const auto size = number(keywords, "size");
  if (!length || !size || *length == 0 || *length > kLongestLine) return std::nullopt;
  out.line = *length;
  out.size = *size;
  out.name = trim(line.substr(name + kName.size()));
  if (out.name.size() > 2 && out.name.starts_with('"') && out.name.ends_with('"'))
    out.name = out.name.substr(1, out.name.size() - 2);
  out.part = number(keywords, "part");
  out.total = number(keywords, "total");
  return out;
}

/// Letters less 42; the one behind "=" less 64 too. No data holds a line end.
Buffer decoded(Bytes data) {
  Buffer out;
  out.reserve(data.size());
  for (std::size_t i = 0; i < data.size(); ++i) {
    std::uint8_t c = data[i];
    if (c == '\r' || c == '\n') continue;
    if (c == '=') {
      if (++i >= data.size()) break;
      c = static_cast<std::uint8_t>(data[i] - 64);
    }
    out.push_back(static_cast<std::uint8_t>(c - 42));
  }
  return out;
}

/// Walks over a text from one "=ybegin" line to the next.
class Finder {
 public:
  explicit Finder(Bytes text) : bytes_(text), text_(text_of(text)) {}

  std::vector<YencFile> find() {
    std::vector<YencFile> out;
    for (std::size_t at = 0; (at = text_.find(kBegin, at)) != kNone;) {
      const std::size_t begin = at;
      at += kBegin.size();
      if (!begins_line(text_, begin)) continue;
      const std::optional<Said> said = begin_line(line_of(bytes_, begin));
      if (!said) continue;
      std::optional<YencFile> file = read(begin, *said);
      if (!file) continue;
      at = file->end;
      out.push_back(std::move(*file));
    }
    return out;
  }

 private:
  std::optional<YencFile> read(std::size_t begin, Said said) {
    std::size_t data = any_line_end(bytes_, begin);
    if (text_.substr(data).starts_with(kPart)) {
      const std::string_view line = line_of(bytes_, data);
      said.part_begin = number(line, "begin");
      said.part_end = number(line, "end");
      data = any_line_end(bytes_, data);
    }
    const std::size_t end = end_of_data(data);
    const bool closed = text_.substr(end).starts_with(kEnd);
    YencFile out;
    out.begin = begin;
    out.name = said.name;
    const std::size_t data_end = closed ? end : last_full_line(data, end, said.line);
    out.end = closed ? any_line_end(bytes_, end) : data_end;
    out.bytes = decoded(slice(bytes_, data, data_end - data));
    const bool as_said = closed && out.bytes.size() == said.expected();
    if (!as_said && !is_full_line(data, said.line)) return std::nullopt;
    out.damage = closed ? damage(out.bytes, said, line_of(bytes_, end)) : "a file in yEnc without its end";
    return out;
  }

  // The next line of keywords, or the text's end: "=y" begins no line of data.
  std::size_t end_of_data(std::size_t data) const {
    for (std::size_t at = data; (at = text_.find("=y", at)) != kNone; at += 2) {
      const std::string_view here = text_.substr(at);
      if (begins_line(text_, at) && (here.starts_with(kEnd) || here.starts_with(kBegin))) return at;
    }
    return text_.size();
  }

  // A line is as long as said, or one more where it ends with an escape.
  bool is_full_line(std::size_t at, std::uint64_t length) const {
    const std::size_t size = text_.substr(at, length + 2).find_first_of("\r\n");
    return size != kNone && (size == length || size == length + 1);
  }

  std::size_t last_full_line(std::size_t at, std::size_t end, std::uint64_t length) const {
    while (at < end && is_full_line(at, length)) at = std::min(any_line_end(bytes_, at), end);
    return any_line_end(bytes_, at) >= text_.size() ? end : at;  // one that was cut
  }

  static std::string damage(const Buffer& bytes, const Said& said, std::string_view end_line) {
    const bool piece = said.part && (said.part_begin || said.total);
    const auto sum = number(end_line, piece ? "pcrc32" : "crc32", 16);
    const auto crc = static_cast<std::uint32_t>(::crc32_z(0, bytes.data(), bytes.size()));
    if (bytes.size() != said.expected()) return "a file in yEnc of another size than it says";
    if (sum && *sum != crc) return "a file in yEnc whose checksum does not match";
    if (!piece || bytes.size() == said.size) return {};
    return "piece " + std::to_string(*said.part) + (said.total ? " of " + std::to_string(*said.total) : "") +
           " of a file in yEnc: the others are not in this mail";
  }

  Bytes bytes_;
  std::string_view text_;
};

}  // namespace

std::vector<YencFile> find_yenc(Bytes text) {
  return Finder(text).find();
}

}  // namespace careo
