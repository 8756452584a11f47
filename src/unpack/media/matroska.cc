// SPDX-License-Identifier: Apache-2.0
#include "unpack/media/matroska.h"

#include <array>
#include <bit>
#include <functional>
#include <string>

namespace careo {
namespace {

constexpr int kMostElements = 100'000;
enum Id : std::uint64_t {
  kSegment = 0x18538067,
  kInfo = 0x1549A966,
  kScale = 0x2AD7B1,
  kDuration = 0x4489,
  kTitle = 0x7BA9,
  kWriter = 0x5741,
  kTags = 0x1254C367,
  kTag = 0x7373,
  kSimpleTag = 0x67C8,
  kTagName = 0x45A3,
  kTagText = 0x4487,
  kAttachments = 0x1941A469,
  kAttachedFile = 0x61A7,
  kFileName = 0x466E,
  kFileData = 0x465C,
};
/// Their elements are followed by those behind them.
constexpr auto kGoneInto =
    std::to_array<std::uint64_t>({kSegment, kInfo, kTags, kTag, kSimpleTag, kAttachments, kAttachedFile});

struct Element {
  std::uint64_t id = 0;
  std::uint64_t begin = 0;  ///< of what is in it
  std::uint64_t length = 0;
};

/// Each element that is not gone into.
void each_element(MediaSource& in, const std::function<void(const Element&)>& visit) {
  std::uint64_t at = 0;
  for (int i = 0; i < kMostElements && at < in.size(); ++i) {
    const EbmlNumber id = in.ebml(at, EbmlNumber::Marker::Kept);
    const EbmlNumber length = in.ebml(at + id.width, EbmlNumber::Marker::Off);
    if (id.width == 0 || length.width == 0) return;
    at += id.width + length.width;
    if (std::find(kGoneInto.begin(), kGoneInto.end(), id.value) != kGoneInto.end()) continue;
    visit({id.value, at, length.value});
    if (length.value > in.size()) return;
    at += length.value;
  }
}

double real_in(MediaSource& in, const Element& element) {
  if (element.length == 4) return std::bit_cast<float>(static_cast<std::uint32_t>(in.big(element.begin, 4)));
  return element.length == 8 ? std::bit_cast<double>(in.big(element.begin, 8)) : 0;
}

}  // namespace

std::optional<MediaLength> matroska_length(MediaSource& in) {
  double scale = 1e6;  // nanoseconds
  double duration = 0;
  each_element(in, [&](const Element& element) {
    if (element.id == kScale && element.length <= 8)
      scale = static_cast<double>(in.big(element.begin, static_cast<unsigned>(element.length)));
    if (element.id == kDuration) duration = real_in(in, element);
  });
  return media_length_of(duration * scale, 1e9);
}

void matroska_words(MediaSource& in, MediaWords* out) {
  std::string tag, file;
  each_element(in, [&](const Element& element) {
    switch (element.id) {
      case kTitle: return out->add_from(in, "title", element.begin, element.length);
      case kWriter: return out->add_from(in, "software", element.begin, element.length);
      case kTagName: tag = in.at(element.begin, element.length); break;
      case kTagText: return out->add_from(in, tag, element.begin, element.length);
      case kFileName: file = in.at(element.begin, element.length); break;
      case kFileData: return out->add_file(in, file.empty() ? "attached" : file, {element.begin, element.length});
      default: break;
    }
  });
}

}  // namespace careo
