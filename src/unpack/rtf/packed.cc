// SPDX-License-Identifier: Apache-2.0
#include "unpack/rtf/packed.h"

#include <algorithm>
#include <array>

namespace careo {
namespace {

// MS-OXRTFCP, section 2.1.2: what the dictionary holds before the first byte.
constexpr std::string_view kDictionary =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS "
    "Sans "
    "SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\"
    "tab\\tx";
static_assert(kDictionary.size() == 207);

}  // namespace

UnpackedRtf unpack_rtf(Bytes packed, std::uint64_t most) {
  constexpr std::uint32_t kCompressed = 0x75465A4C;    // "LZFu"
  constexpr std::uint32_t kUncompressed = 0x414C454D;  // "MELA"
  UnpackedRtf out;
  Cursor in(packed);
  const auto packed_size = in.u32le();
  const auto size = in.u32le();
  const auto kind = in.u32le();
  const auto checksum = in.u32le();
  if (!packed_size || !size || !kind || !checksum) return out;
  if (*kind == kUncompressed) {
    const Bytes raw = slice(packed, 16, std::min<std::uint64_t>(*size, most));
    out.bytes.assign(raw.begin(), raw.end());
    // Some writers give the packed size, without its own four bytes, as both sizes.
    out.complete = raw.size() == *size || (*size == *packed_size && packed.size() == *packed_size + 4ULL);
    return out;
  }
  if (*kind != kCompressed) return out;
  std::array<std::uint8_t, 4096> dictionary{};
  std::copy(kDictionary.begin(), kDictionary.end(), dictionary.begin());
  std::size_t write = kDictionary.size();
  const auto put = [&](std::uint8_t byte) {
    out.bytes.push_back(byte);
    dictionary[write] = byte;
    write = (write + 1) % dictionary.size();
  };
  // Some writers leave out the reference to itself that ends a text; its length tells that all of it is here.
  const auto ended = [&] {
    out.complete = out.bytes.size() == *size;
    return std::move(out);
  };
  while (out.bytes.size() < most) {
    const auto control = in.u8();
    if (!control) return ended();
    for (unsigned bit = 0; bit < 8; ++bit) {
      if ((*control >> bit & 1U) == 0) {
        const auto byte = in.u8();
        if (!byte) return ended();
        put(*byte);
        continue;
      }
      const auto reference = in.u16be();
      if (!reference) return ended();
      std::size_t from = *reference >> 4;
      if (from == write) {
        out.complete = true;
        return out;
      }
      for (std::size_t i = 0; i < (*reference & 15U) + 2U; ++i) put(dictionary[(from + i) % dictionary.size()]);
    }
  }
  return out;
}

}  // namespace careo
