// SPDX-License-Identifier: Apache-2.0
// What people wrote into an image file beside its pixels: captions of IPTC, packets of XMP.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"

namespace careo {

struct ImageWord {
  std::string name;         ///< "Headline", "dc:title"
  std::string text;         ///< UTF-8, not empty
  bool by_a_person = true;  ///< false for what cameras and programs note of themselves
  bool operator==(const ImageWord&) const = default;
};

/// The texts of a packet of XMP (ISO 16684-1): of each element without others in it, and of each attribute, in order.
/// At most 1,000; a value of more than 4,096 bytes without a blank (pictures are kept so) is "[N bytes]".
std::vector<ImageWord> xmp_words(std::string_view packet);
/// Packets that stand in a file as they are (ISO 16684-3, 4: found by scanning), at most 20.
std::vector<std::string> xmp_packets(Bytes file);

/// The texts of the application record of IPTC-IIM 4.2, the datasets of record 2.
std::vector<ImageWord> iptc_words(Bytes datasets);
/// The IIM datasets among Photoshop's resources ("8BIM", number 0x0404), or nothing.
Bytes iptc_in_resources(Bytes resources);

}  // namespace careo
