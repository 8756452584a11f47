// SPDX-License-Identifier: Apache-2.0
#include "unpack/image/tiff.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/text.h"
#include "unpack/image/words.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::size_t kMostDirectories = 1000;
constexpr std::size_t kMostFields = 1000;
constexpr std::uint64_t kReached = 1U << 20U;  // by src/pixels/exif.cc
constexpr std::size_t kLongest = 64U << 10U;

struct Tag {
  unsigned number;
  std::string_view name;
};
constexpr auto kTags = std::to_array<Tag>({{269, "DocumentName"},
                                           {270, "ImageDescription"},
                                           {271, "Make"},
                                           {272, "Model"},
                                           {285, "PageName"},
                                           {305, "Software"},
                                           {306, "DateTime"},
                                           {315, "Artist"},
                                           {316, "HostComputer"},
                                           {33432, "Copyright"}});

class Directories {
 public:
  explicit Directories(Bytes file) : file_(file), big_(text_of(file).starts_with("MM")) {}

  TiffWords read() {
    std::unordered_set<std::uint64_t> seen;
    std::uint64_t at = number(4, 4);
    for (std::size_t i = 0; i < kMostDirectories && at >= 8 && at + 2 <= file_.size() && seen.insert(at).second; ++i)
      at = directory(at, i);
    return std::move(out_);
  }

 private:
  std::uint64_t number(std::uint64_t at, unsigned width) const {
    std::uint64_t out = 0;
    for (unsigned i = 0; i < width; ++i) {
      const std::uint64_t place = at + (big_ ? i : width - 1 - i);
      out = out << 8U | (place < file_.size() ? file_[place] : 0U);
    }
    return out;
  }

  /// Where the next one is.
  std::uint64_t directory(std::uint64_t at, std::size_t index) {
    const std::uint64_t count = number(at, 2);
    for (std::uint64_t i = 0; i < count; ++i) entry(at + 2 + 12 * i, index);
    return number(at + 2 + 12 * count, 4);
  }

  void entry(std::uint64_t at, std::size_t index) {
    constexpr unsigned kIptc = 33723, kPhotoshop = 34377, kAscii = 2;
    const auto tag = static_cast<unsigned>(number(at, 2));
    const auto type = static_cast<unsigned>(number(at + 2, 2));
    const std::uint64_t length = number(at + 4, 4) * (type == 4 ? 4 : 1);  // IPTC is often said to be of LONGs
    const std::uint64_t place = length <= 4 ? at + 8 : number(at + 8, 4);
    const Bytes value = slice(file_, place, length);
    if (tag == kIptc && out_.iptc.empty()) out_.iptc.assign(value.begin(), value.end());
    if (tag == kPhotoshop && out_.iptc.empty()) {
      const Bytes iptc = iptc_in_resources(value);
      out_.iptc.assign(iptc.begin(), iptc.end());
    }
    if (type != kAscii || (index < 2 && at + 12 <= kReached && place + length <= kReached)) return;
    const auto* known = std::find_if(kTags.begin(), kTags.end(), [&](const Tag& each) { return each.number == tag; });
    if (known == kTags.end() || out_.fields.size() >= kMostFields) return;
    const std::string_view text = text_of(slice(value, 0, kLongest));
    std::string utf8 = decode_text(bytes_of(trim(text.substr(0, text.find('\0')))), "").utf8;
    std::string field = std::string(known->name) + ": " + utf8;
    if (utf8.empty() || std::find(out_.fields.begin(), out_.fields.end(), field) != out_.fields.end()) return;
    out_.fields.push_back(std::move(field));
  }

  Bytes file_;
  bool big_;
  TiffWords out_;
};

}  // namespace

TiffWords tiff_words(Bytes file) {
  using namespace std::string_view_literals;
  const std::string_view text = text_of(file);
  if (!text.starts_with("II*\0"sv) && !text.starts_with("MM\0*"sv)) return {};
  return Directories(file).read();
}

}  // namespace careo
