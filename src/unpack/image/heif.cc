// SPDX-License-Identifier: Apache-2.0
#include "unpack/image/heif.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace careo {
namespace {

constexpr int kMostBoxes = 10'000;
constexpr std::size_t kMostPackets = 16;
constexpr std::size_t kLeastBehind = 8;
constexpr std::uint64_t kMostPacket = 16U << 20U;

std::uint64_t number(Bytes bytes, std::size_t at, std::size_t width) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < width; ++i) out = out << 8U | (at + i < bytes.size() ? bytes[at + i] : 0U);
  return out;
}

struct Box {
  std::string_view name;
  std::size_t begin = 0;  ///< of what is in it
  std::size_t end = 0;
};

/// Four letters as the standard has them: what stands behind the last box is none.
bool is_name(std::string_view name) {
  return name.size() == 4 && std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c < '\x7F'; });
}

/// The boxes in [at, end) one behind the other; where the last one ends. One that is cut short is the last one.
std::size_t each(Bytes file, std::size_t at, std::size_t end, const std::function<void(const Box&)>& visit) {
  for (int i = 0; i < kMostBoxes && end - at >= 8; ++i) {
    std::uint64_t length = number(file, at, 4);
    const std::size_t head = length == 1 ? 16 : 8;
    if (length == 1) length = number(file, at + 8, 8);
    if (length == 0) length = end - at;
    const std::string_view name = text_of(file.subspan(at + 4, 4));
    if (!is_name(name)) break;
    if (length < head || length > end - at) return end;
    visit({name, at + head, at + static_cast<std::size_t>(length)});
    at += static_cast<std::size_t>(length);
  }
  return at;
}

/// "infe" (8.11.6), versions 2 and 3: the number of an item that is packed XMP.
std::optional<std::uint64_t> packed_xmp_item(Bytes file, const Box& box) {
  const std::uint64_t version = number(file, box.begin, 1);
  if (version < 2 || version > 3) return std::nullopt;
  const std::size_t width = version == 2 ? 2 : 4;
  const std::size_t type = box.begin + 4 + width + 2;
  if (type + 4 > box.end || text_of(file.subspan(type, 4)) != "mime") return std::nullopt;
  std::string_view rest = text_of(file.subspan(type + 4, box.end - type - 4));
  std::string_view fields[3];  // a name, the media type, how it is packed
  for (std::string_view& field : fields) {
    field = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(rest.size(), field.size() + 1));
  }
  const bool packed = fields[1] == "application/rdf+xml" && !fields[2].empty();
  return packed ? std::optional(number(file, box.begin + 4, width)) : std::nullopt;
}

/// "iloc" (8.11.3): where items stand, in pieces, in the file (0) or in "idat" (1).
class Locations {
 public:
  Locations(Bytes file, const Box& box, std::size_t idat) : file_(file), at_(box.begin), end_(box.end), idat_(idat) {}

  /// The bytes of one item; empty where it stands elsewhere.
  Buffer of(std::uint64_t wanted) {
    const std::uint64_t version = take(1);
    take(3);
    const std::uint64_t widths = take(2);
    const std::size_t offset = widths >> 12U & 15U, length = widths >> 8U & 15U, base = widths >> 4U & 15U,
                      index = version > 0 ? widths & 15U : 0;
    const std::uint64_t items = take(version < 2 ? 2 : 4);
    for (std::uint64_t i = 0; i < items && at_ < end_; ++i) {
      const std::uint64_t item = take(version < 2 ? 2 : 4);
      const std::uint64_t method = version > 0 ? take(2) & 15U : 0;
      take(2);
      const std::uint64_t from = take(base);
      const std::uint64_t pieces = take(2);
      Buffer out;
      for (std::uint64_t n = 0; n < pieces && at_ < end_; ++n) {
        take(index);
        const std::uint64_t begin = from + take(offset);
        const std::uint64_t size = take(length);
        if (item != wanted || method > 1 || out.size() + std::min(size, kMostPacket + 1) > kMostPacket) continue;
        const Bytes piece = slice(file_, (method == 1 ? idat_ : 0) + begin, size);
        out.insert(out.end(), piece.begin(), piece.end());
      }
      if (item == wanted) return out;
    }
    return {};
  }

 private:
  std::uint64_t take(std::size_t width) {
    const std::uint64_t out = number(file_.first(end_), at_, width);
    at_ += width;
    return out;
  }
  Bytes file_;
  std::size_t at_;
  std::size_t end_;
  std::size_t idat_;
};

void meta(Bytes file, const Box& meta, HeifMarks* out) {
  std::vector<std::uint64_t> items;
  std::optional<Box> locations;
  std::size_t idat = 0;
  if (meta.end - meta.begin < 4) return;
  each(file, meta.begin + 4, meta.end, [&](const Box& box) {
    if (box.name == "iloc") locations = box;
    if (box.name == "idat") idat = box.begin;
    if (box.name != "iinf") return;
    const std::size_t head = number(file, box.begin, 1) == 0 ? 6 : 8;
    if (box.end - box.begin < head) return;
    each(file, box.begin + head, box.end, [&](const Box& inside) {
      const auto item = inside.name == "infe" ? packed_xmp_item(file, inside) : std::nullopt;
      if (item && items.size() < kMostPackets) items.push_back(*item);
    });
  });
  for (const std::uint64_t item : items) {
    Buffer bytes = locations ? Locations(file, *locations, idat).of(item) : Buffer{};
    if (bytes.empty()) out->lost.emplace_back("packed XMP is not where it should be");
    if (!bytes.empty()) out->packed_xmp.push_back(std::move(bytes));
  }
}

}  // namespace

bool is_heif(Bytes file) {
  return file.size() > 12 && text_of(file.subspan(4, 4)) == "ftyp";
}

HeifMarks heif_marks(Bytes file) {
  HeifMarks out;
  std::optional<std::size_t> film;
  out.end = each(file, 0, file.size(), [&](const Box& box) {
    if (box.name == "meta") meta(file, box, &out);
    if (box.name == "mpvd" && !film && box.end > box.begin) film = box.begin;
  });
  out.end = film.value_or(file.size() - out.end < kLeastBehind ? file.size() : out.end);
  return out;
}

}  // namespace careo
