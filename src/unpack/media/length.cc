// SPDX-License-Identifier: Apache-2.0
#include "unpack/media/length.h"

#include <array>

#include "unpack/media/matroska.h"
#include "unpack/media/source.h"

namespace careo {
namespace {

constexpr int kMostSteps = 100'000;
constexpr std::size_t kNone = std::string_view::npos;

/// The bytes of sound at the rate of the format; of a film the frames at their length.
std::optional<MediaLength> in_riff(MediaSource& in) {
  std::uint64_t rate = 0;
  std::uint64_t at = 12;
  for (int i = 0; i < kMostSteps && at + 8 <= in.size(); ++i) {
    const std::string name(in.at(at, 4));
    const std::uint64_t length = in.little(at + 4, 4);
    if (name == "fmt ") rate = in.little(at + 8 + 8, 4);
    if (name == "data" && rate > 0)  // a recorder that was stopped hard left no length
      return media_length_of(static_cast<double>(std::min(length, in.size() - at - 8)), static_cast<double>(rate));
    if (name == "LIST" && in.at(at + 8, 8) == "hdrlavih")
      return media_length_of(static_cast<double>(in.little(at + 20 + 16, 4)),
                             1e6 / static_cast<double>(in.little(at + 20, 4)));
    at += 8 + length + length % 2;
  }
  return std::nullopt;
}

std::optional<MediaLength> in_flac(MediaSource& in) {
  const std::uint64_t packed = in.big(18, 8);  // 20 bits of rate, 8 of channels and depth, 36 of samples
  return media_length_of(static_cast<double>(packed & 0xFFFFFFFFFU), static_cast<double>(packed >> 44U));
}

/// The last page says how many samples there were, the first what a second holds.
std::optional<MediaLength> in_ogg(MediaSource& in) {
  const std::string head(in.at(0, 256));
  double rate = 0;
  double before = 0;
  if (const std::size_t at = head.find("OpusHead"); at != kNone) {
    rate = 48000;
    before = static_cast<double>(in.little(at + 10, 2));
  } else if (const std::size_t vorbis = head.find("\x01vorbis"); vorbis != kNone) {
    rate = static_cast<double>(in.little(vorbis + 12, 4));
  } else if (const std::size_t speex = head.find("Speex   "); speex != kNone) {
    rate = static_cast<double>(in.little(speex + 36, 4));
  }
  const std::uint64_t begin = in.size() > MediaSource::kMost ? in.size() - MediaSource::kMost : 0;
  const std::size_t last = in.at(begin, MediaSource::kMost).rfind("OggS");
  if (rate == 0 || last == kNone) return std::nullopt;
  return media_length_of(static_cast<double>(in.little(begin + last + 6, 8)) - before, rate);
}

/// ISO/IEC 11172-3, 2.4.1.3: what a frame's header says.
struct Frame {
  double rate = 0;     // samples a second
  double bits = 0;     // a second
  double samples = 0;  // a frame
  std::uint64_t side = 0;
};

std::optional<Frame> mp3_frame(std::uint64_t header) {
  constexpr std::array<int, 15> kFirst = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
  constexpr std::array<int, 15> kSecond = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
  constexpr std::array<int, 3> kRates = {44100, 48000, 32000};
  const auto version = header >> 19U & 3U;  // 3: 1, 2: 2, 0: 2.5
  const auto bits = header >> 12U & 15U;
  const auto rate = header >> 10U & 3U;
  const bool third_layer = (header >> 17U & 3U) == 1;
  if (header >> 21U != 0x7FF || version == 1 || !third_layer || bits == 0 || bits == 15 || rate == 3)
    return std::nullopt;
  const bool mono = (header >> 6U & 3U) == 3;
  Frame out;
  out.rate = kRates.at(rate) / (version == 3 ? 1.0 : version == 2 ? 2.0 : 4.0);
  out.bits = (version == 3 ? kFirst : kSecond).at(bits) * 1000.0;
  out.samples = version == 3 ? 1152 : 576;
  out.side = version == 3 ? (mono ? 17 : 32) : (mono ? 9 : 17);
  return out;
}

/// Behind a tag (ID3v2), the first frame; it may hold the count of all (Xing, Info, VBRI).
std::optional<MediaLength> in_mp3(MediaSource& in) {
  std::uint64_t at = 0;
  if (in.at(0, 3) == "ID3")
    for (unsigned i = 6; i < 10; ++i) at = at << 7U | (in.big(i, 1) & 0x7FU);
  if (at > 0) at += 10;
  for (int i = 0; i < 4096; ++i, ++at) {
    const std::optional<Frame> frame = mp3_frame(in.big(at, 4));
    if (!frame) continue;
    const std::uint64_t tag = at + 4 + frame->side;
    const std::string name(in.at(tag, 4));
    if ((name == "Xing" || name == "Info") && (in.big(tag + 4, 4) & 1U) != 0)
      return media_length_of(static_cast<double>(in.big(tag + 8, 4)) * frame->samples, frame->rate);
    if (in.at(at + 36, 4) == "VBRI")
      return media_length_of(static_cast<double>(in.big(at + 50, 4)) * frame->samples, frame->rate);
    return media_length_of(static_cast<double>(in.size() - at) * 8, frame->bits, false);
  }
  return std::nullopt;
}

/// Frames of 20 ms, whose first byte says how long each is.
std::optional<MediaLength> in_amr(MediaSource& in) {
  constexpr std::array<std::uint8_t, 16> kNarrow = {13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1};
  constexpr std::array<std::uint8_t, 16> kWide = {18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1};
  const bool wide = in.at(0, 9) == "#!AMR-WB\n";
  std::uint64_t frames = 0;
  for (std::uint64_t at = wide ? 9 : 6; at < in.size() && frames < 10'000'000;) {
    const std::string piece(in.at(at, MediaSource::kMost));
    if (piece.empty()) break;
    std::size_t here = 0;
    for (; here < piece.size(); ++frames)
      here += (wide ? kWide : kNarrow).at(static_cast<std::uint8_t>(piece[here]) >> 3U & 15U);
    at += here;
  }
  return media_length_of(static_cast<double>(frames), 50);
}

/// The box "mvhd" in "moov", wherever that stands.
std::optional<MediaLength> in_mp4(MediaSource& in) {
  std::uint64_t at = 0;
  for (int i = 0; i < kMostSteps && at + 8 <= in.size(); ++i) {
    std::uint64_t length = in.big(at, 4);
    const std::string name(in.at(at + 4, 4));
    if (name == "mvhd") {
      const bool wide = in.big(at + 8, 1) == 1;
      const auto scale = static_cast<double>(in.big(at + (wide ? 28 : 20), 4));
      return media_length_of(static_cast<double>(in.big(at + (wide ? 32 : 24), wide ? 8 : 4)), scale);
    }
    if (length == 1) length = in.big(at + 8, 8);
    if (name != "moov" && length < 8) return std::nullopt;
    at += name == "moov" ? 8 : length;
  }
  return std::nullopt;
}

}  // namespace

std::optional<MediaLength> media_length_of(double units, double a_second, bool exact) {
  const double seconds = units / a_second;
  if (!(seconds > 0) || seconds > 1e7) return std::nullopt;
  return MediaLength{seconds, exact};
}

std::optional<MediaLength> media_length(PartBytes& part, std::string_view type) {
  struct Reader {
    std::string_view type;
    std::optional<MediaLength> (*read)(MediaSource&);
  };
  constexpr auto kReaders = std::to_array<Reader>({{"audio/wav", in_riff},
                                                   {"video/x-msvideo", in_riff},
                                                   {"audio/flac", in_flac},
                                                   {"audio/ogg", in_ogg},
                                                   {"audio/mpeg", in_mp3},
                                                   {"audio/amr", in_amr},
                                                   {"video/mp4", in_mp4},
                                                   {"audio/mp4", in_mp4},
                                                   {"video/quicktime", in_mp4},
                                                   {"video/3gpp", in_mp4},
                                                   {"video/x-matroska", matroska_length}});
  MediaSource in(part);
  for (const Reader& reader : kReaders)
    if (reader.type == type) return reader.read(in);
  return std::nullopt;
}

}  // namespace careo
