// SPDX-License-Identifier: Apache-2.0
#include "unpack/media/length.h"

#include <gtest/gtest.h>

#include "unpack/collected.h"
#include "unpack/kept.h"
#include "unpack/media_maker.h"

namespace careo {
namespace {

using namespace std::string_literals;

// "type 1.5", "type 1.5 about" or "type", as the opener of what is kept says it.
std::string told(const std::string& bytes) {
  const Collected got = collect(*kept_opener(), bytes);
  MemoryBytes part(bytes);
  for (const char* known : {"audio/wav", "video/x-msvideo", "audio/flac", "audio/ogg", "audio/mpeg", "audio/amr",
                            "video/mp4", "video/quicktime", "video/x-matroska"}) {
    if (got.type.find(known) == std::string::npos) continue;
    const auto length = media_length(part, known);
    EXPECT_EQ(length.has_value(), !got.readings.empty());
    if (!length) return known;
    return std::string(known) + " " + std::to_string(length->seconds).substr(0, 4) + (length->exact ? "" : " about");
  }
  return got.type;
}

std::string wav(std::uint32_t claimed) {
  return "RIFF" + little(36 + 16000, 4) + "WAVEfmt " + little(16, 4) + little(1, 2) + little(1, 2) + little(8000, 4) +
         little(8000, 4) + little(1, 2) + little(8, 2) + "data" + little(claimed, 4) + std::string(12000, '\x80');
}

TEST(MediaLength, Sound) {
  EXPECT_EQ(told(wav(12000)), "audio/wav 1.50");
  EXPECT_EQ(told(wav(0xFFFFFFFF)), "audio/wav 1.50");
  EXPECT_EQ(told("fLaC\0\0\0\x22"s + std::string(10, '\1') + big(std::uint64_t{44100} << 44U | 88200, 8) +
                 std::string(16, '\0')),
            "audio/flac 2.00");
  const std::string page = "OggS\0\2"s + std::string(8, '\0') + std::string(14, '\0');
  const std::string last = "OggS\0\4"s + little(48000 * 3 + 312, 8) + std::string(14, '\0');
  EXPECT_EQ(told(page + "OpusHead\1\1"s + little(312, 2) + little(16000, 4) + std::string(300, '\0') + last),
            "audio/ogg 3.00");
  EXPECT_EQ(told("#!AMR\n" + std::string(13 * 75, '\x04')), "audio/amr 1.50");
}

TEST(MediaLength, SoundWithItsTitleBeforeItsFormat) {
  std::string file = wav(12000);
  file.insert(12, "LIST" + little(16, 4) + "INFOINAM" + little(4, 4) + "name");
  EXPECT_EQ(told(file), "audio/wav 1.50");
}

TEST(MediaLength, Mp3ByItsCountOrByItsSize) {
  const std::string tag = "ID3\4\0\0"s + std::string("\0\0\1\2", 4) + std::string(130, '\0');
  const std::string frame = "\xff\xfb\x90\x00"s;  // version 1, 128 kbit/s, 44.1 kHz, stereo
  EXPECT_EQ(told(tag + frame + std::string(32, '\0') + "Xing" + big(1, 4) + big(115, 4)), "audio/mpeg 3.00");
  EXPECT_EQ(told(tag + frame + std::string(31996, '\0')), "audio/mpeg 2.00 about");
  EXPECT_EQ(told(tag + std::string(9000, '\0')), "audio/mpeg");
}

TEST(MediaLength, Film) {
  const std::string head =
      "\0\0\0\x10"
      "ftypisom\0\0\0\1"s;
  const std::string data = big(1008, 4) + "mdat" + std::string(1000, 'x');
  const std::string mvhd =
      big(108, 4) + "mvhd" + std::string(12, '\0') + big(600, 4) + big(1500, 4) + std::string(80, '\0');
  EXPECT_EQ(told(head + data + big(8 + 108, 4) + "moov" + mvhd), "video/mp4 2.50");
  EXPECT_EQ(told(head + data), "video/mp4");
  EXPECT_EQ(told(head + big(4, 4) + "moof"), "video/mp4");
  const std::string avih = little(40000, 4) + std::string(12, '\0') + little(50, 4) + std::string(36, '\0');
  EXPECT_EQ(told("RIFF" + little(300, 4) + "AVI LIST" + little(200, 4) + "hdrlavih" + little(56, 4) + avih),
            "video/x-msvideo 2.00");
  const std::string info = "\x2A\xD7\xB1\x83"s + big(1000000, 3) + "\x44\x89\x84"s + big(0x453B8000, 4);  // 3000.0f
  const std::string segment = "\x15\x49\xA9\x66"s + static_cast<char>(0x80 + info.size()) + info;
  EXPECT_EQ(told("\x1A\x45\xDF\xA3\x80\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s + segment),
            "video/x-matroska 3.00");
}

}  // namespace
}  // namespace careo
